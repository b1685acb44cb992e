"""Reads of what goes from one meeting to the next, for the people of a structure only."""

import datetime
import uuid
from collections.abc import Mapping

from django.db.models import F, Q, QuerySet

from maillage.apps.activity.models import DatePoll, FollowUp, Meeting, PollVoter, Topic
from maillage.apps.structures.models import Structure
from maillage.core.activity.polls import Count, counted

OVER = (Meeting.State.CLOSE, Meeting.State.ANNULEE)


def polls_of(structure: Structure) -> QuerySet[DatePoll]:
    """The polls of a structure, the latest first."""
    rows = structure.date_polls.select_related("structure__organisation", "meeting")
    return rows.prefetch_related("dates", "voters")


def poll_of(structure: Structure, identifier: uuid.UUID) -> DatePoll | None:
    """A poll of a structure."""
    return polls_of(structure).filter(pk=identifier).first()


def answers_of(poll: DatePoll) -> tuple[list[PollVoter], list[Count[int]]]:
    """Who is asked, with what they answered, and the count of each date."""
    voters = list(poll.voters.select_related("member").prefetch_related("answers"))
    given = [(each.date_id, each.choice) for voter in voters for each in voter.answers.all()]
    return voters, counted([date.pk for date in poll.dates.all()], given)


def topics_of(structure: Structure) -> QuerySet[Topic]:
    """The subjects of a structure, the oldest first."""
    return structure.topics.select_related("meeting", "proposed_by", "structure__organisation")


def pending_topics(structure: Structure) -> QuerySet[Topic]:
    """The subjects that wait for a meeting, and those whose meeting is over without a word on them."""
    left = Q(state=Topic.State.INSCRIT) & (Q(meeting=None) | Q(meeting__state__in=OVER))
    return topics_of(structure).filter(Q(state=Topic.State.EN_ATTENTE) | left)


def follow_ups_of(structure: Structure) -> QuerySet[FollowUp]:
    """The decisions and tasks: the nearest day first, then those without a day."""
    rows = structure.follow_ups.select_related("meeting", "owner", "structure__organisation")
    return rows.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")


def open_follow_ups(structure: Structure) -> QuerySet[FollowUp]:
    """Those that are to be done."""
    return follow_ups_of(structure).filter(state=FollowUp.State.A_SUIVRE)


def agenda_of(meeting: Meeting) -> str:
    """The agenda of a meeting: what was typed, then the subjects that were put on it."""
    titles = [f"- {each.title}" for each in meeting.topics.exclude(state=Topic.State.ABANDONNE)]
    return "\n".join(part for part in (meeting.agenda, *titles) if part)


def left_before(meeting: Meeting) -> list[FollowUp]:
    """What former meetings left to do, seen in the agenda of each next one until it is done."""
    return list(open_follow_ups(meeting.structure).exclude(meeting=meeting))


def counts(structure: Structure, *, today: datetime.date) -> Mapping[str, int]:
    """How much waits: subjects, what is to be done, what is late."""
    rows = open_follow_ups(structure)
    late = rows.filter(due_on__lt=today).count()
    return {"sujets": pending_topics(structure).count(), "suites": rows.count(), "en_retard": late}
