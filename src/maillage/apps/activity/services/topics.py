"""The verbs on subjects: the team proposes; who writes puts one on an agenda, and says what became of it."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.activity.models import Meeting, Topic
from maillage.apps.activity.permissions import check_writes, may_see_inside
from maillage.apps.activity.poll_inputs import TopicFields
from maillage.apps.activity.services.meetings import REFUSED as MEETING_REFUSED
from maillage.apps.activity.writing import NotNow, tell, values
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.structures.models import Structure

State = Topic.State
TRANSITIONS = {
    (State.EN_ATTENTE, "inscrire"): State.INSCRIT,
    (State.INSCRIT, "inscrire"): State.INSCRIT,
    (State.INSCRIT, "reporter"): State.EN_ATTENTE,
    (State.INSCRIT, "traiter"): State.TRAITE,
    (State.EN_ATTENTE, "traiter"): State.TRAITE,
    (State.EN_ATTENTE, "abandonner"): State.ABANDONNE,
    (State.INSCRIT, "abandonner"): State.ABANDONNE,
    (State.TRAITE, "reprendre"): State.EN_ATTENTE,
    (State.ABANDONNE, "reprendre"): State.EN_ATTENTE,
}
"""What a subject becomes, by its state and the act. What is not here is refused."""
ACTS = frozenset(act for _state, act in TRANSITIONS) - {"inscrire"}


@transaction.atomic
def propose(structure: Structure, fields: TopicFields, *, by: User, at: datetime.datetime) -> Topic:
    """Propose a subject for a next meeting. Raises :class:`PatientData`."""
    if structure.organisation.closed_at is not None or not may_see_inside(by, structure):
        raise NotAllowed("proposer un sujet")
    screened({"title": fields.title, "words": fields.words})
    row = Topic.objects.create(structure=structure, **fields.model_dump(), proposed_at=at, proposed_by=by)
    tell(structure, by=by, at=at, verb="proposer un sujet", subject=row, after=values(row))
    return row


@transaction.atomic
def put_on_agenda(meeting: Meeting, topics: Collection[uuid.UUID], *, by: User, at: datetime.datetime) -> list[Topic]:
    """Put subjects of the structure on the agenda of a meeting that is to come. Raises :class:`NotNow`."""
    check_writes(by, meeting.structure, "inscrire un sujet à l'ordre du jour")
    if meeting.state != Meeting.State.PREVUE:
        raise NotNow(MEETING_REFUSED[Meeting.State(meeting.state)])
    found = meeting.structure.topics.filter(pk__in=list(topics))
    return [_turn(each, "inscrire", meeting, by, at) for each in found]


@transaction.atomic
def turn(topic: Topic, act: str, *, by: User, at: datetime.datetime) -> Topic:
    """Bring a subject to a later meeting, say that it was dealt with, give it up, take it back. Raises
    :class:`NotNow` when its state forbids it."""
    check_writes(by, topic.structure, f"{act} un sujet")
    return _turn(topic, act, None, by, at)


def _turn(topic: Topic, act: str, meeting: Meeting | None, by: User, at: datetime.datetime) -> Topic:
    row = Topic.objects.select_for_update(of=("self",)).select_related("structure__organisation").get(pk=topic.pk)
    before = State(row.state)
    if (before, act) not in TRANSITIONS:
        raise NotNow(f"Ce sujet est déjà « {before.label} ».")
    row.state = TRANSITIONS[before, act]
    if act in ("inscrire", "reporter", "reprendre"):
        row.meeting = meeting
    row.save(update_fields=["state", "meeting"])
    after = {"state": row.state, "réunion": str(row.meeting_id or "")}
    tell(row.structure, by=by, at=at, verb=act, subject=row, before={"state": before}, after=after)
    return row
