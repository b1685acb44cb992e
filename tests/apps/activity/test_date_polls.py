"""Finding a date: who is asked, what they answer by their link, the meeting that it gives."""

import datetime
import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests import cast
from tests.apps.activity.conftest import PARIS

from maillage.apps.activity.between_meetings import answers_of
from maillage.apps.activity.models import DatePoll, PollAnswer, PollDate, PollVoter
from maillage.apps.activity.poll_inputs import PollFields
from maillage.apps.activity.services import polls
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.core.activity.polls import counted
from maillage.core.kernel.problems import BadInput, read

DAYS = [(cast.TODAY + datetime.timedelta(days=n)).isoformat() for n in (10, 11)]
GIVEN = {
    "title": "Bureau de décembre",
    "kind": "bureau",
    "minutes": "1 h 30",
    "dates": [{"day": DAYS[0], "hour": "18:30"}, {"day": DAYS[1], "hour": "20h"}],
    "guests": "Jeanne Martin, jeanne@example.org",
}


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def poll(people, told):
    return polls.open_poll(people.structure, read(PollFields, GIVEN), zone=PARIS, **told)


def answer_all(voter, *choices):
    dates = voter.poll.dates.values_list("pk", flat=True)
    return polls.answer(voter, dict(zip(dates, choices, strict=True)), at=cast.NOW)


def test_the_whole_team_is_asked_when_nobody_is_chosen(poll):
    assert sorted(str(voter) for voter in poll.voters.all()) == ["Jeanne Martin", "Membre Exemple", "Porteuse Exemple"]
    assert [f"{date.starts_at:%H:%M}" for date in poll.dates.all()] == ["17:30", "19:00"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"dates": GIVEN["dates"][:1]}, "dates"),
        ({"dates": [GIVEN["dates"][0]] * 2}, "dates"),
        ({"guests": "jeanne@example.org"}, "guests"),
        ({"guests": "Jeanne, pas une adresse"}, "guests"),
        ({"title": " "}, "title"),
    ],
)
def test_what_cannot_be_a_poll_is_told_beside_its_field(wrong, field):
    with pytest.raises(BadInput) as refused:
        read(PollFields, {**GIVEN, **wrong})
    assert refused.value.problems[0].field == field


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"dates": [GIVEN["dates"][0], {"day": "2020-01-01", "hour": "12:30"}]}, "dates.1.day"),
        ({"answer_by": "2020-01-01"}, "answer_by"),
        ({"answer_by": "2027-06-01"}, "answer_by"),
    ],
)
def test_nobody_is_asked_about_a_day_that_is_past(people, told, wrong, field):
    with pytest.raises(BadInput) as refused:
        polls.open_poll(people.structure, read(PollFields, {**GIVEN, **wrong}), zone=PARIS, **told)
    assert [each.field for each in refused.value.problems] == [field]
    assert not DatePoll.objects.exists()


def test_other_people_are_read_as_an_agenda_gives_them_and_a_wrong_line_is_told():
    given = read(PollFields, {**GIVEN, "guests": "Paul Durand; paul@example.org\nAnne Petit <anne@example.org>"})
    assert given.guests == (("Paul Durand", "paul@example.org"), ("Anne Petit", "anne@example.org"))
    with pytest.raises(BadInput) as refused:
        read(PollFields, {**GIVEN, "guests": "Paul Durand, paul@example.org\n\nAnne Petit, anne"})
    assert "Ligne 3" in refused.value.problems[0].expected


def test_who_answered_without_an_account_is_told_the_date(poll, told):
    meeting = polls.keep_date(poll, poll.dates.first(), zone=PARIS, **told)
    reached, left = polls.tell_guests(poll, meeting, **told)
    assert ([str(voter) for voter in reached], left) == (["Jeanne Martin"], [])
    [sent] = mail.outbox
    assert sent.to == ["jeanne@example.org"]
    assert "mercredi 2\xa0décembre\xa02026" in sent.body
    assert f"UID:{meeting.pk}@maillage" in str(sent.attachments[0][1])


def test_a_word_that_tells_a_patient_is_stopped(people, told):
    given = read(PollFields, {**GIVEN, "words": "Pour Mme Durand, née le 12/03/1948"})
    with pytest.raises(PatientData):
        polls.open_poll(people.structure, given, zone=PARIS, **told)
    assert not DatePoll.objects.exists()


def test_who_only_reads_opens_no_poll(people):
    with pytest.raises(NotAllowed):
        polls.open_poll(people.structure, read(PollFields, GIVEN), zone=PARIS, by=people.membre, at=cast.NOW)


def test_each_receives_a_link_of_their_own_that_needs_no_account(poll, told):
    sent, left = polls.send_links(poll, **told)
    assert (len(sent), left) == (3, [])
    assert {message.subject for message in mail.outbox} == {"Trouver une date de réunion : votre réponse"}
    links = {re.search(r"/sondages/(\S+)/", message.body)[1] for message in mail.outbox}
    assert {polls.voter_of(link).pk for link in links} == set(poll.voters.values_list("pk", flat=True))


def test_only_who_has_not_answered_is_reminded(poll, told):
    answer_all(poll.voters.get(nom="Jeanne Martin"), "oui", "non")
    polls.send_links(poll, **told)
    assert "jeanne@example.org" not in {message.to[0] for message in mail.outbox}


def test_a_link_that_was_not_made_here_opens_nothing(poll):
    link = polls.link_of(poll.voters.first())
    assert polls.voter_of(f"{link}x") is None
    assert polls.voter_of("n’importe quoi") is None
    poll.delete()
    assert polls.voter_of(link) is None


def test_the_best_date_is_the_one_where_the_most_people_can_come(poll):
    first, second, third = poll.voters.all()
    answer_all(first, "oui", "non")
    answer_all(second, "si_besoin", "oui")
    answer_all(third, "non", "si_besoin")
    _voters, counts = answers_of(poll)
    assert [(each.yes, each.if_needed, each.no, each.is_best) for each in counts] == [(1, 1, 1, True), (1, 1, 1, True)]
    answer_all(third, "non", "oui")
    assert [each.is_best for each in answers_of(poll)[1]] == [False, True]


def test_no_date_is_the_best_while_nobody_can_come():
    assert [each.is_best for each in counted(["lundi"], [("lundi", "non")])] == [False]


def test_an_answer_is_for_each_date(poll):
    voter = poll.voters.first()
    with pytest.raises(BadInput):
        polls.answer(voter, {poll.dates.first().pk: "oui"}, at=cast.NOW)
    assert not PollAnswer.objects.exists()


def test_a_new_answer_replaces_the_former(poll):
    voter = poll.voters.first()
    answer_all(voter, "oui", "oui")
    answer_all(voter, "non", "oui")
    assert list(voter.answers.values_list("choice", flat=True)) == ["non", "oui"]


def test_the_date_kept_becomes_a_meeting(poll, told):
    meeting = polls.keep_date(poll, poll.dates.last(), zone=PARIS, **told)
    assert (meeting.title, meeting.kind, meeting.minutes) == ("Bureau de décembre", "bureau", 90)
    assert meeting.starts_at == poll.dates.last().starts_at
    assert not meeting.expected.exists()  # the whole team was asked
    with pytest.raises(NotNow, match="déjà retenue"):
        polls.keep_date(poll, poll.dates.first(), zone=PARIS, **told)
    with pytest.raises(NotNow):
        answer_all(poll.voters.first(), "oui", "oui")


def test_only_those_who_were_asked_are_expected(people, members, told):
    given = read(PollFields, {**GIVEN, "members": [str(members["membre"].pk)]})
    poll = polls.open_poll(people.structure, given, zone=PARIS, **told)
    meeting = polls.keep_date(poll, poll.dates.first(), zone=PARIS, **told)
    assert [each.member for each in meeting.expected.all()] == [members["membre"]]


def test_a_poll_that_is_given_up_can_be_opened_again(poll, told):
    polls.turn(poll, "abandonner", **told)
    with pytest.raises(NotNow, match="abandonné"):
        polls.send_links(DatePoll.objects.get(), **told)
    assert polls.turn(poll, "rétablir", **told).state == "ouvert"


def refused_by_the_database(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_cannot_be(poll):
    voter, date = poll.voters.exclude(member=None).first(), poll.dates.first()
    refused_by_the_database(lambda: DatePoll.objects.filter(pk=poll.pk).update(title=""))
    refused_by_the_database(lambda: DatePoll.objects.filter(pk=poll.pk).update(minutes=0))
    refused_by_the_database(lambda: PollDate.objects.create(poll=poll, starts_at=date.starts_at))
    refused_by_the_database(lambda: PollVoter.objects.create(poll=poll, member=voter.member))
    refused_by_the_database(lambda: PollVoter.objects.create(poll=poll))
    refused_by_the_database(lambda: PollAnswer.objects.create(voter=voter, date=date, choice="peut-être"))
    PollAnswer.objects.create(voter=voter, date=date, choice="oui")
    refused_by_the_database(lambda: PollAnswer.objects.create(voter=voter, date=date, choice="non"))
