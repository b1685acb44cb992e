"""The one way a dossier goes from a state to another: the path of its kind, and who acts."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from maillage.apps.accounts.models import User
from maillage.apps.common.services import record
from maillage.apps.dossiers import recognising
from maillage.apps.dossiers.announcing import announce
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Decision, Dossier
from maillage.apps.dossiers.permissions import actors_of
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers import path
from maillage.core.dossiers.definition import DECIDING, Actor, Verb
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


def allowed(dossier: Dossier, verb: Verb, *, by: User | None, acting_as: Actor | None = None) -> Move:
    """The move of a verb for a person (``None``: the legal clock). Raises :class:`BadInput`.

    ``acting_as``: what the caller knows that the person stands for here, whatever they are on the dossier.
    """
    actors: frozenset[Actor] = frozenset({"systeme"}) if by is None else actors_of(by, dossier)
    if acting_as is not None:
        actors = frozenset({acting_as})
    return path.move(definition_of(dossier), dossier.state, verb, actors)


def move(
    dossier: Dossier,
    verb: Verb,
    *,
    by: User | None,
    at: datetime.datetime,
    told: Mapping[str, Any] | None = None,
    acting_as: Actor | None = None,
) -> Move:
    """Take a locked dossier along its path, write its state and its phase, and record the Event.

    Call it in the transaction of the act, with the other columns of the row already set: it saves the whole row.
    ``told`` is what the log adds, ``acting_as`` as in :func:`allowed`. Raises :class:`BadInput` when the path has no
    such move for this person, or when a decision waits to be notified.
    """
    found = allowed(dossier, verb, by=by, acting_as=acting_as)
    if verb not in DECIDING:
        _settle_pending(dossier, found, by=by, at=at)
    before = {"etat": dossier.state}
    dossier.state = found.target
    dossier.phase = definition_of(dossier).state(found.target).phase
    dossier.closed_at = at if dossier.phase == "clos" else None
    dossier.save()
    write_event(
        dossier, verb.replace("_", " "), by=by, at=at, before=before, after={"etat": found.target, **(told or {})}
    )
    return found


def put_back(
    dossier: Dossier, state: str, verb: str, *, by: User, at: datetime.datetime, told: Mapping[str, Any] | None = None
) -> None:
    """Return a locked dossier to a state that it left by an act that is taken back; saves the row, one Event."""
    before = {"etat": dossier.state}
    dossier.state = state
    dossier.phase = definition_of(dossier).state(state).phase
    dossier.save()
    write_event(dossier, verb, by=by, at=at, before=before, after={"etat": state, **(told or {})})


def pending_decision(dossier: Dossier) -> Decision | None:
    """The decision that is taken and not notified yet: only the authority knows of it."""
    return dossier.decisions.filter(withdrawn_at=None, notified_at=None).first()


def _settle_pending(dossier: Dossier, wanted: Move, *, by: User | None, at: datetime.datetime) -> None:
    """A decision that waits to be notified holds the dossier for the authority, that withdraws it first. Who files
    knows nothing of it: their act undoes it."""
    pending = pending_decision(dossier)
    if pending is None:
        return
    if by is None or "deposant" not in wanted.actors or "deposant" not in actors_of(by, dossier):
        raise refused("geste", f"La décision {pending.number} attend sa notification : notifiez-la, ou retirez-la.")
    reason = f"« {wanted.said} », par qui dépose, avant la notification"
    recognising.drop(pending, reason=reason, at=at, day=day_of(dossier, at))
    told = {"decision": pending.number, "motif": reason}
    write_event(dossier, "retirer la décision", by=by, at=at, after=told, internal=True)


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
    if not internal:
        announce(dossier, verb, at=at)
