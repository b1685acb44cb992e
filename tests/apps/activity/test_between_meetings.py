"""What goes from one meeting to the next: subjects, decisions, tasks."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast
from tests.apps.activity.conftest import PARIS

from maillage.apps.activity.between_meetings import agenda_of, counts, left_before, pending_topics
from maillage.apps.activity.deadlines.follow_ups import deadlines
from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.models import FollowUp, Topic
from maillage.apps.activity.poll_inputs import FollowUpFields, TopicFields
from maillage.apps.activity.services import follow_ups, topics
from maillage.apps.activity.services.meetings import cancel_meeting, plan_meeting
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.core.kernel.problems import BadInput, read

DAY = datetime.timedelta(days=1)


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def topic(people):
    return topics.propose(people.structure, TopicFields(title="Agenda partagé"), by=people.membre, at=cast.NOW)


@pytest.fixture
def note(people, told):
    return lambda meeting=None, **given: follow_ups.note(
        people.structure, read(FollowUpFields, {"what": "Écrire à la CPAM", **given}), meeting=meeting, **told
    )


def test_anyone_of_the_team_proposes_a_subject_and_nobody_else(people, topic):
    assert list(pending_topics(people.structure)) == [topic]
    for outside in (people.stranger, people.instructrice):
        with pytest.raises(NotAllowed):
            topics.propose(people.structure, TopicFields(title="Non"), by=outside, at=cast.NOW)


def test_a_subject_that_tells_a_patient_is_stopped(people):
    given = TopicFields(title="Retour", words="Mme Durand, née le 12/03/1948")
    with pytest.raises(PatientData):
        topics.propose(people.structure, given, by=people.membre, at=cast.NOW)


def test_subjects_fill_the_agenda_of_a_meeting(people, meeting, topic, told):
    topics.put_on_agenda(meeting, [topic.pk], **told)
    assert agenda_of(meeting) == "- Agenda partagé"
    assert not pending_topics(people.structure).exists()
    topics.turn(topic, "traiter", **told)
    assert agenda_of(meeting) == "- Agenda partagé"
    with pytest.raises(NotNow, match="traité"):
        topics.turn(topic, "traiter", **told)
    assert topics.turn(topic, "reprendre", **told).meeting is None


def test_a_subject_whose_meeting_is_over_waits_again(people, meeting, topic, told):
    topics.put_on_agenda(meeting, [topic.pk], **told)
    cancel_meeting(meeting, **told)
    assert list(pending_topics(people.structure)) == [topic]
    meeting.refresh_from_db()
    with pytest.raises(NotNow, match="annulée"):
        topics.put_on_agenda(meeting, [topic.pk], **told)


def test_who_only_reads_fills_no_agenda(people, meeting, topic):
    with pytest.raises(NotAllowed):
        topics.put_on_agenda(meeting, [topic.pk], by=people.membre, at=cast.NOW)


def test_what_a_meeting_left_is_in_the_next_agenda_until_it_is_done(people, meeting, note, told):
    row = note(meeting)
    fields = MeetingFields(title="La suivante", day=cast.TODAY + DAY, hour="18:30", minutes="60")
    following = plan_meeting(people.structure, fields, zone=PARIS, **told)
    assert left_before(following) == [row]
    assert left_before(meeting) == []
    follow_ups.turn(row, "faire", day=cast.TODAY, **told)
    assert left_before(following) == []


def test_a_decision_that_asks_nothing_of_anybody_is_acted(note, members):
    assert note(kind="decision").state == "actee"
    assert note(kind="decision", due_on=cast.TODAY.isoformat()).state == "a_suivre"
    assert note(kind="decision", owner=str(members["membre"].pk)).state == "a_suivre"
    assert note(kind="tache").state == "a_suivre"


def test_who_is_in_charge_says_that_it_is_done(people, members, note):
    row = note(owner=str(members["membre"].pk))
    assert follow_ups.turn(row, "faire", day=cast.TODAY, by=people.membre, at=cast.NOW).ended_on == cast.TODAY
    other = note()
    with pytest.raises(NotAllowed):
        follow_ups.turn(other, "faire", day=cast.TODAY, by=people.membre, at=cast.NOW)


def test_what_is_done_is_opened_again_before_it_is_changed(note, told):
    row = follow_ups.turn(note(), "faire", day=cast.TODAY, **told)
    with pytest.raises(NotNow, match="rouvrez"):
        follow_ups.change(row, FollowUpFields(what="Autre chose"), **told)
    with pytest.raises(NotNow, match="faite"):
        follow_ups.turn(row, "faire", day=cast.TODAY, **told)
    row = follow_ups.turn(row, "rouvrir", day=cast.TODAY, **told)
    assert (row.state, row.ended_on) == ("a_suivre", None)
    assert follow_ups.change(row, FollowUpFields(what="Autre chose"), **told).what == "Autre chose"


def test_the_owner_is_of_the_team_of_today(people, members, note):
    members["membre"].left_on = cast.TODAY
    members["membre"].save()
    with pytest.raises(BadInput):
        note(owner=str(members["membre"].pk))


def test_the_days_are_told_to_the_calendar(people, note):
    note(due_on=(cast.TODAY - DAY).isoformat())
    note()
    rows = list(deadlines(people.structure, since=cast.TODAY - 2 * DAY, until=cast.TODAY))
    assert [(each.nature, each.what) for each in rows] == [("suite", "Écrire à la CPAM")]
    assert counts(people.structure, today=cast.TODAY) == {"sujets": 0, "suites": 2, "en_retard": 1}


def refused_by_the_database(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_cannot_be(meeting, topic, note):
    rows, row = FollowUp.objects, note()
    refused_by_the_database(lambda: Topic.objects.filter(pk=topic.pk).update(title=""))
    refused_by_the_database(lambda: Topic.objects.filter(pk=topic.pk).update(meeting=meeting))
    refused_by_the_database(lambda: rows.filter(pk=row.pk).update(what=""))
    refused_by_the_database(lambda: rows.filter(pk=row.pk).update(state="faite"))
    refused_by_the_database(lambda: rows.filter(pk=row.pk).update(state="actee"))
