"""The one way a dossier goes from a state to another: the path of its kind, and who acts."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import actors_of
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers import path
from maillage.core.dossiers.definition import Verb
from maillage.core.dossiers.path import Move

CLOCK = "horloge légale"
"""How the log names the legal clock, that decides by silence."""


def locked(identifier: uuid.UUID) -> Dossier:
    """A dossier that nobody else changes until the end of the transaction, as it is now."""
    rows = Dossier.objects.select_for_update(of=("self",))
    return rows.select_related("structure__organisation", "filer", "authority", "holder", "projet").get(pk=identifier)


def moves_of(person: User, dossier: Dossier) -> tuple[Move, ...]:
    """What this person may do now with a dossier."""
    return path.possible(definition_of(dossier), dossier.state, actors_of(person, dossier))


def allowed(dossier: Dossier, verb: Verb, *, by: User | None) -> Move:
    """The move of a verb for a person (``None``: the legal clock). Raises :class:`BadInput`."""
    actors = frozenset({"systeme"}) if by is None else actors_of(by, dossier)
    return path.move(definition_of(dossier), dossier.state, verb, actors)


def move(
    dossier: Dossier,
    verb: Verb,
    *,
    by: User | None,
    at: datetime.datetime,
    told: Mapping[str, Any] | None = None,
) -> Move:
    """Take a locked dossier along its path, write its state and its phase, and record the Event.

    Call it in the transaction of the act, with the other columns of the row already set: it saves the whole row.
    ``told`` is what the log adds. Raises :class:`BadInput` when the path has no such move for this person.
    """
    found = allowed(dossier, verb, by=by)
    before = {"etat": dossier.state}
    dossier.state = found.target
    dossier.phase = definition_of(dossier).state(found.target).phase
    dossier.closed_at = at if dossier.phase == "clos" else None
    dossier.save()
    write_event(
        dossier, verb.replace("_", " "), by=by, at=at, before=before, after={"etat": found.target, **(told or {})}
    )
    return found


def write_event(
    dossier: Dossier,
    verb: str,
    *,
    by: User | None,
    at: datetime.datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    internal: bool = False,
) -> None:
    """One Event about a dossier: read by who files and who reviews, or by the authority only when it is internal.

    The subject is always the dossier: its page « Journal » reads them all by it.
    """
    body = dossier.authority_id if internal else dossier.filer_id
    record(
        by=by if by is not None else CLOCK,
        at=at,
        verb=verb,
        subject=dossier,
        before=before,
        after=after,
        scope=str(body or dossier.filer_id),
    )
