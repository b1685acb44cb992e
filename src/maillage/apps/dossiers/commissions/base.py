"""What every write of a commission shares: the right, the row held, the refusal, the event."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.apps.dossiers.commissions.rights import runs
from maillage.apps.dossiers.models import AgendaItem, Commission, Session
from maillage.apps.dossiers.refusals import refused

State = Session.State
LIVE = (State.CONVOQUEE, State.OUVERTE)
PLANNED = (State.PREPAREE, State.CONVOQUEE)
SAID = {
    State.PREPAREE: "Cette séance est en préparation : convoquez-la d'abord.",
    State.CONVOQUEE: "Cette séance est convoquée mais pas ouverte : ouvrez-la d'abord.",
    State.OUVERTE: "Cette séance est ouverte : fermez-la d'abord.",
    State.TENUE: "Cette séance est tenue : elle ne se prépare plus.",
    State.APPROUVEE: "Le procès-verbal est approuvé : rouvrez-le, avec une raison, pour changer quelque chose.",
    State.ANNULEE: "Cette séance est annulée.",
}
"""Why an act is refused in a state."""


def check_runs(by: User, commission: Commission, act: str) -> None:
    """Raises :class:`NotAllowed` when this person does not run the commission."""
    if not runs(by, commission):
        raise NotAllowed(act)


def held(identifier: uuid.UUID, *states: str) -> Session:
    """A session that nobody else changes until the end of the transaction, in one of these states (all of them
    without any). Raises :class:`BadInput` saying what to do instead."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("commission__organisation")
    session = rows.get(pk=identifier)
    if states and session.state not in states:
        raise refused("", SAID[State(session.state)])
    return session


def item_of(session: Session, identifier: uuid.UUID) -> AgendaItem:
    """An item of a session, with its dossier. Raises ``DoesNotExist``."""
    rows = AgendaItem.objects.select_related("dossier__structure__organisation", "dossier__filer", "dossier__authority")
    return rows.get(pk=identifier, session=session)


def tell(
    commission: Commission,
    verb: str,
    subject: models.Model,
    *,
    by: User,
    at: datetime.datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """The Event of an act, read in the organisation that runs the commission. It never says an avis nor a voice: its
    readers may have an interest in the dossier."""
    record(by=by, at=at, verb=verb, subject=subject, before=before, after=after, scope=str(commission.organisation_id))
