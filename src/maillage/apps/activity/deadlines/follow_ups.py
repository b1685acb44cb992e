"""The days by which what a meeting left is to be done, and by which a poll of dates is to be answered."""

import datetime
from collections.abc import Iterator

from maillage.apps.activity.models import DatePoll, FollowUp
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """What is open and has a day."""
    span = (since, until)
    for row in structure.follow_ups.filter(state=FollowUp.State.A_SUIVRE, due_on__range=span):
        if row.due_on is not None:
            yield Due(row.due_on, "suite", f"suite:{row.pk}", row.what, f"reunions/suites/{row.pk}/")
    for poll in structure.date_polls.filter(state=DatePoll.State.OUVERT, answer_by__range=span):
        if poll.answer_by is not None:
            what = f"Réponses au sondage « {poll.title} »"
            yield Due(poll.answer_by, "sondage", f"sondage:{poll.pk}", what, f"reunions/sondages/{poll.pk}/")
