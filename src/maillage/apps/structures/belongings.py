"""The verbs on who belongs to what: a belonging begins, is mended, ends, resumes, is removed and comes back."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.common.services import record
from maillage.apps.structures.belonging_fields import BelongingFields
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Belonging, LegalEntity, Member, Partner, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.apps.structures.share_counts import shares_held
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier les adhérents"
END, RESUME = "mettre fin", "faire revenir"
OF_A_PARTNER = frozenset({Belonging.Quality.ADHERENT, Belonging.Quality.ASSOCIE, Belonging.Quality.PARTENAIRE})
ATTACHED = "une appartenance sans parts ni cotisation payée"


@transaction.atomic
def begin(
    structure: Structure, who: Member | Partner, fields: BelongingFields, *, by: User, at: datetime.datetime
) -> Belonging:
    """Say that someone belongs to a legal person. Raises :class:`NotAllowed`, :class:`BadInput`."""
    check_edits(by, structure, ACT)
    held(structure)
    side = {"member": who} if isinstance(who, Member) else {"partner": who}
    belonging = Belonging(**side, **_values(fields))
    _check(belonging, structure)
    belonging.save()
    record(by=by, at=at, verb="faire entrer", subject=belonging, after=told(belonging), scope=scope(structure))
    return belonging


@transaction.atomic
def mend(belonging: Belonging, fields: BelongingFields, *, by: User, at: datetime.datetime) -> Belonging:
    """Correct what is said of a belonging. With shares or payments, its legal person and its quality stay.

    Raises :class:`NotAllowed`, :class:`BadInput`.
    """
    structure = _held_row(belonging, by)
    before, values = told(belonging), _values(fields)
    moved = (values["entity_id"], values["quality"]) != (belonging.entity_id, belonging.quality)
    if moved and is_attached(belonging):
        raise BadInput([Problem("quality", fields.quality.label, ATTACHED)])
    for name, value in values.items():
        setattr(belonging, name, value)
    _check(belonging, structure)
    if belonging.until is not None:
        _check_no_share(belonging, belonging.until)
    if (after := told(belonging)) != before:
        belonging.save()
        record(by=by, at=at, verb="modifier", subject=belonging, before=before, after=after, scope=scope(structure))
    return belonging


@transaction.atomic
def end(belonging: Belonging, *, on: datetime.date, by: User, at: datetime.datetime) -> Belonging:
    """Say that a belonging ended on a day. Raises :class:`NotAllowed`, :class:`BadInput` while shares are held."""
    structure = _held_row(belonging, by)
    if on < belonging.since:
        raise BadInput([Problem("until", on.isoformat(), "une date après le début")])
    _check_no_share(belonging, on)
    _check_no_share(belonging, max(on, timezone.localdate(at)))
    if belonging.until is None:
        ended(belonging, on, by=by, at=at, structure=structure)
    return belonging


@transaction.atomic
def resume(belonging: Belonging, *, by: User, at: datetime.datetime) -> Belonging:
    """Undo an end. Raises :class:`NotAllowed`, :class:`BadInput` when another took its place."""
    structure = _held_row(belonging, by)
    if belonging.until is None:
        return belonging
    before, belonging.until = {"jusqu_au": belonging.until}, None
    _check(belonging, structure)
    belonging.save(update_fields=["until"])
    record(by=by, at=at, verb=RESUME, subject=belonging, before=before, scope=scope(structure))
    return belonging


@transaction.atomic
def remove(belonging: Belonging, *, by: User, at: datetime.datetime) -> Belonging:
    """Take back a belonging that was a mistake. Raises :class:`NotAllowed`, :class:`BadInput` when it has shares."""
    structure = _held_row(belonging, by)
    if is_attached(belonging):
        raise BadInput([Problem("quality", str(belonging), ATTACHED)])
    if belonging.removed_at is None:
        belonging.removed_at = at
        belonging.save(update_fields=["removed_at"])
        record(by=by, at=at, verb="retirer", subject=belonging, before=told(belonging), scope=scope(structure))
    return belonging


@transaction.atomic
def restore(belonging: Belonging, *, by: User, at: datetime.datetime) -> Belonging:
    """Put back a belonging that was removed. Raises :class:`NotAllowed`, :class:`BadInput`."""
    structure = _held_row(belonging, by)
    if belonging.removed_at is not None:
        belonging.removed_at = None
        _check(belonging, structure)
        belonging.save(update_fields=["removed_at"])
        record(by=by, at=at, verb="rétablir", subject=belonging, after=told(belonging), scope=scope(structure))
    return belonging


def ended(belonging: Belonging, on: datetime.date, *, by: User, at: datetime.datetime, structure: Structure) -> None:
    """End a belonging whose right and state were checked."""
    belonging.until = on
    belonging.save(update_fields=["until"])
    record(by=by, at=at, verb=END, subject=belonging, after={"jusqu_au": on}, scope=scope(structure))


def end_of_all(member: Member, *, on: datetime.date, by: User, at: datetime.datetime) -> None:
    """End what a member who leaves belongs to; who holds shares stays an associé until they are handed over."""
    rows = member.belongings.filter(until=None, removed_at=None)
    for row in rows.select_related("entity__structure__organisation"):
        later = row.shares_taken.filter(undone_at=None, day__gt=on)
        if not shares_held(row, on=on) and not later.exists():
            ended(row, max(on, row.since), by=by, at=at, structure=member.structure)


def resume_ended(rows: QuerySet[Belonging], *, when: datetime.datetime, by: User, at: datetime.datetime) -> None:
    """Undo the ends that one act wrote at ``when``, as the log tells; one that another took the place of stays ended.

    The right and the state of the act that is undone were checked.
    """
    ended_then = ended_at(when)
    for row in rows.exclude(until=None).filter(removed_at=None).select_related("entity__structure__organisation"):
        before, row.until = {"jusqu_au": row.until}, None
        if str(row.pk) in ended_then and not list(_twice(row)):
            row.save(update_fields=["until"])
            record(by=by, at=at, verb=RESUME, subject=row, before=before, scope=scope(row.entity.structure))


def ended_at(when: datetime.datetime) -> set[str]:
    """The keys of the belongings that an act ended at a moment, as the log tells."""
    acts = Event.objects.filter(subject_type=Belonging._meta.label_lower, verb=END, at=when)
    return set(acts.values_list("subject_id", flat=True))


def is_attached(belonging: Belonging) -> bool:
    """Whether shares or payments stand on a belonging."""
    links = (belonging.shares_given, belonging.shares_taken, belonging.payments)
    return any(each.filter(undone_at=None).exists() for each in links)


def told(belonging: Belonging) -> dict[str, Any]:
    """What the log tells of a belonging: keys, never a name."""
    return {
        "membre": str(belonging.member_id) if belonging.member_id else None,
        "organisme": str(belonging.partner_id) if belonging.partner_id else None,
        "personne_morale": belonging.entity_id,
        "qualite": str(belonging.quality),
        "depuis_le": belonging.since.isoformat(),
        "jusqu_au": belonging.until.isoformat() if belonging.until else None,
        "demi_journees": None if belonging.half_days is None else str(belonging.half_days),
    }


def scope(structure: Structure) -> str:
    """Whose people read the log of it."""
    return str(structure.organisation_id)


def _held_row(belonging: Belonging, by: User) -> Structure:
    """The belonging as it is now, nobody else writing in the structure. Raises :class:`NotAllowed`."""
    structure = belonging.entity.structure
    check_edits(by, structure, ACT)
    held(structure)
    belonging.refresh_from_db()
    return structure


def _values(fields: BelongingFields) -> dict[str, Any]:
    values = fields.model_dump()
    values["entity_id"] = values.pop("entity")
    return values


def _check(belonging: Belonging, structure: Structure) -> None:
    if problems := [*_wrong(belonging, structure), *_twice(belonging)]:
        raise BadInput(problems)


def _wrong(belonging: Belonging, structure: Structure) -> Iterator[Problem]:
    if not LegalEntity.objects.filter(pk=belonging.entity_id, structure=structure).exists():
        yield Problem("entity", belonging.entity_id, "une personne morale de la structure")
    if belonging.until is not None and belonging.until < belonging.since:
        yield Problem("until", belonging.until.isoformat(), "une date après le début")
    if belonging.partner_id and belonging.quality not in OF_A_PARTNER:
        yield Problem("quality", belonging.get_quality_display(), "adhérent, associé ou partenaire, pour un organisme")
    if belonging.half_days is not None and belonging.quality != Belonging.Quality.VACATAIRE:
        yield Problem("half_days", str(belonging.half_days), "rien : seul un vacataire a des demi-journées ici")


def _twice(belonging: Belonging) -> Iterator[Problem]:
    """The same person, in the same quality, at the same time."""
    who = Q(member=belonging.member) if belonging.member else Q(partner=belonging.partner)
    same = Belonging.objects.filter(
        who, entity_id=belonging.entity_id, quality=belonging.quality, removed_at=None
    ).exclude(pk=belonging.pk)
    at_once = Q(until=None) | Q(until__gte=belonging.since)
    if belonging.until is not None:
        at_once &= Q(since__lte=belonging.until)
    if same.filter(at_once).exists():
        yield Problem("quality", belonging.get_quality_display(), "une qualité qu'elle n'a pas déjà à ces dates")


def _check_no_share(belonging: Belonging, on: datetime.date) -> None:
    if count := shares_held(belonging, on=on):
        raise BadInput(
            [Problem("until", f"{count} parts", "une date où plus aucune part n'est détenue : cédez-les d'abord")]
        )
