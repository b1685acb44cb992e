"""The verbs on a section: save what one wrote, say how far it is, choose between two texts, go back.

Each save says the revision it stands on. When another one was saved since, the two texts are merged; when they
cannot be, both are kept and someone chooses. What an author wrote is always a revision or a text to merge.
"""

import datetime
import enum
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.apps.projets import patients
from maillage.apps.projets.locks import extend, held_row, scope_of
from maillage.apps.projets.models import Section, SectionConflict, SectionRevision
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.text import Doc, empty, merge, read, words

State = Section.State
BEFORE_MERGE = "texte avant rapprochement"
MERGED = "rapprochement de deux textes"
BACK = "retour à la révision {number}"
SETTABLE = (State.EN_COURS, State.PRET, State.A_REVOIR)
"""What a person says of a section; whether it is empty shows by itself."""


class Outcome(enum.StrEnum):
    """What became of a text."""

    SAVED = "enregistre"
    MERGED = "fusionne"
    SAME = "inchange"
    CONFLICT = "conflit"


@dataclass(frozen=True)
class Saved:
    """What became of a text: ``own`` is the revision that holds it as it was sent, when one does."""

    outcome: Outcome
    section: Section
    own: int
    conflict: SectionConflict | None = None


@transaction.atomic
def save(section: Section, *, body: Doc, base: int, by: User, at: datetime.datetime) -> Saved:
    """Save a text that stands on the revision ``base``; merge it with what was saved since.

    Sending the same text twice saves it once. Raises :class:`NotAllowed`, :class:`BadInput` (no such
    revision) and :class:`~maillage.apps.projets.patients.PatientDataFound`; nothing is saved then.
    """
    row = held_row(section, by)
    return _saved(row, body, base, by, at)


@transaction.atomic
def resolve_conflict(conflict: SectionConflict, *, body: Doc, base: int, by: User, at: datetime.datetime) -> Saved:
    """Save the text chosen between two, that stands on the revision ``base`` shown to who chose.

    When someone wrote elsewhere meanwhile it is merged; when it cannot be, there is a new choice to make.
    Raises as :func:`save`.
    """
    row = held_row(conflict.section, by)
    saved = _saved(row, body, base, by, at)
    found = SectionConflict.objects.select_for_update().get(pk=conflict.pk)
    if found.resolved_at is None:
        found.resolved_at = at
        found.save(update_fields=["resolved_at"])
        after = {"revision": row.revision, "base": found.base}
        record(by=by, at=at, verb="rapprocher", subject=row, scope=scope_of(row), after=after)
    return saved


@transaction.atomic
def set_state(section: Section, *, state: str, by: User, at: datetime.datetime) -> Section:
    """Say how far a section is. Raises :class:`NotAllowed`, and :class:`BadInput` when it is empty."""
    row = held_row(section, by)
    if state not in SETTABLE:
        raise BadInput([Problem("etat", state, "l'un de : en cours, prêt, à revoir")])
    if read(row.body).is_empty:
        raise BadInput([Problem("etat", state, "un texte : cette rubrique est vide")])
    before, row.state = row.state, State(state)
    if before != row.state:
        row.save(update_fields=["state"])
        record(
            by=by,
            at=at,
            verb="qualifier",
            subject=row,
            scope=scope_of(row),
            before={"etat": before},
            after={"etat": row.state},
        )
    return row


@transaction.atomic
def restore(section: Section, *, number: int, by: User, at: datetime.datetime) -> Section:
    """Write again the text of a former revision, as a new one: it can be undone the same way.

    Raises :class:`NotAllowed`, and :class:`BadInput` when there is no such revision.
    """
    row = held_row(section, by)
    body = body_of(row, number)
    if body != read(row.body):
        _write(row, body, by, at, reason=BACK.format(number=number))
        _log(row, "restaurer", by, at, row.revision - 1)
    return row


def body_of(row: Section, number: int) -> Doc:
    """The text of a revision; the revision 0 is empty. Raises :class:`BadInput` when there is no such revision."""
    if number == 0:
        return empty()
    found = SectionRevision.objects.filter(section=row, number=number).first()
    if found is None:
        raise BadInput([Problem("revision", number, "une révision enregistrée de cette rubrique")])
    return read(found.body)


def _saved(row: Section, body: Doc, base: int, by: User, at: datetime.datetime) -> Saved:
    patients.stop(body)
    before = row.revision
    start = body_of(row, base)
    if body == read(row.body):
        _hold(row, by, at)
        return Saved(Outcome.SAME, row, row.revision)
    if base == row.revision:
        _write(row, body, by, at)
        _log(row, "enregistrer", by, at, before)
        return Saved(Outcome.SAVED, row, row.revision)
    known = _sent_before(row, body, base, by)
    if body == start or known:
        _hold(row, by, at)
        return Saved(Outcome.MERGED, row, known or base)
    return _merged(row, body, start, base, by, at)


def _merged(row: Section, body: Doc, start: Doc, base: int, by: User, at: datetime.datetime) -> Saved:
    """What was saved meanwhile and this text, in one; or both kept apart."""
    before, theirs = row.revision, read(row.body)
    found = merge(start, body, theirs)
    if found.conflicts:
        return Saved(Outcome.CONFLICT, row, base, _conflict(row, body, base, by, at))
    _write(row, body, by, at, reason=BEFORE_MERGE)
    own = row.revision
    _write(row, found.doc, by, at, reason=MERGED)
    _log(row, "fusionner", by, at, before)
    return Saved(Outcome.MERGED, row, own)


def _conflict(row: Section, body: Doc, base: int, by: User, at: datetime.datetime) -> SectionConflict:
    """The text kept apart, once."""
    told = body.as_dict()
    for waiting in row.conflicts.filter(author=by, base=base, resolved_at=None):
        if waiting.body == told:
            return waiting
    kept = SectionConflict.objects.create(section=row, base=base, body=told, at=at, author=by)
    after = {"base": base, "revision": row.revision, "mots": len(words(body))}
    record(by=by, at=at, verb="mettre de côté", subject=row, scope=scope_of(row), after=after)
    return kept


def _sent_before(row: Section, body: Doc, base: int, by: User) -> int | None:
    """The revision that already holds this text of this author: an answer was lost, and the text came again."""
    told = body.as_dict()
    since = row.revisions.filter(author=by, number__gt=base)
    return next((each.number for each in since if each.body == told), None)


def _write(row: Section, body: Doc, by: User, at: datetime.datetime, *, reason: str = "") -> None:
    row.revision += 1
    row.body = body.as_dict()
    row.saved_at, row.saved_by = at, by
    row.state = _state_after(row, body)
    extend(row, by, at)
    row.save()
    SectionRevision.objects.create(section=row, number=row.revision, body=row.body, at=at, author=by, reason=reason)


def _state_after(row: Section, body: Doc) -> State:
    """A section that was ready, and changed, is to be read again."""
    if body.is_empty:
        return State.VIDE
    if row.state in (State.PRET, State.A_REVOIR):
        return State.A_REVOIR
    return State.EN_COURS


def _hold(row: Section, by: User, at: datetime.datetime) -> None:
    extend(row, by, at)
    row.save(update_fields=["locked_by", "locked_at", "locked_until"])


def _log(row: Section, verb: str, by: User, at: datetime.datetime, before: int) -> None:
    after: dict[str, Any] = {"revision": row.revision, "etat": row.state, "mots": len(words(read(row.body)))}
    record(by=by, at=at, verb=verb, subject=row, scope=scope_of(row), before={"revision": before}, after=after)
