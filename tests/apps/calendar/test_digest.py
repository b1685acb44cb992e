"""The letter of the week: who has it, what it tells, once."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.models import FollowUp, Meeting
from maillage.apps.calendar import digest, gathering, job
from maillage.apps.calendar.digest import Sent, readers, send_letters
from maillage.apps.calendar.models import WeeklyLetter
from maillage.apps.notifications.models import Preference
from maillage.apps.structures.deadlines import Due

MONDAY = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
"""9 h in Paris."""
DAY = datetime.timedelta(days=1)


@pytest.fixture
def people(db) -> cast.Cast:
    return cast.create()


@pytest.fixture(autouse=True)
def dues(monkeypatch):
    """A meeting on Tuesday, a contract that ends on Friday, something late."""
    evening = MONDAY + DAY + datetime.timedelta(hours=9, minutes=30)
    rows = [
        Due(evening.date(), "reunion", "reunion:1", "Bureau", "reunions/1/", False, evening, 60),
        Due(MONDAY.date() + 4 * DAY, "contrat", "contrat:1", "Fin de la convention", "entites/"),
        Due(MONDAY.date() - 3 * DAY, "suite", "suite:1", "Écrire à la CPAM", "reunions/suites/"),
    ]
    monkeypatch.setattr(
        gathering,
        "sources",
        lambda: (lambda _structure, *, since, until: [each for each in rows if since <= each.day <= until],),
    )
    return rows


def letter_to(person):
    return next(message for message in mail.outbox if message.to == [person.email])


def test_each_has_one_letter_on_monday_and_no_second_one(people):
    expected = len({role.user_id for role in people.structure.organisation.roles.all()})
    assert send_letters(at=MONDAY) == Sent(expected, 0)
    assert {message.subject for message in mail.outbox} == {"Votre semaine"}
    assert send_letters(at=MONDAY + DAY) == Sent(0, 0)
    assert len(mail.outbox) == expected


@pytest.mark.parametrize("early", [MONDAY - 2 * datetime.timedelta(hours=1), MONDAY + 2 * DAY, MONDAY - 2 * DAY])
def test_no_letter_leaves_before_monday_morning_nor_after_tuesday(people, early):
    assert send_letters(at=early) == Sent(0, 0)


def test_who_runs_reads_every_day_and_what_is_late(people):
    send_letters(at=MONDAY)
    text = letter_to(people.coordinatrice).body.replace("\xa0", " ")
    assert "Semaine du 23 novembre 2026 au 29 novembre 2026." in text
    assert "- mardi 24 novembre 2026, 18 h 30 : Bureau" in text
    assert "- vendredi 27 novembre 2026 : Fin de la convention" in text
    assert "En retard :\n- vendredi 20 novembre 2026 : Écrire à la CPAM" in text


def test_the_others_read_the_meetings_and_what_awaits_them(people):
    FollowUp.objects.create(
        structure=people.structure,
        kind="tache",
        what="Relire la charte",
        owner=people.structure.members.get(user=people.membre),
        created_at=MONDAY,
    )
    send_letters(at=MONDAY)
    text = letter_to(people.membre).body
    assert "Bureau" in text
    assert "Relire la charte" in text
    assert "Fin de la convention" not in text
    assert "CPAM" not in text


def test_nobody_has_a_letter_that_says_nothing(people, dues):
    dues.clear()
    Meeting.objects.all().delete()
    assert send_letters(at=MONDAY) == Sent(0, 0)
    assert WeeklyLetter.objects.filter(lines=0).exists()
    assert readers(at=MONDAY) == []


def test_who_wants_no_letter_has_none(people):
    Preference.objects.create(user=people.membre, kind=digest.KIND, rhythm="jamais")
    send_letters(at=MONDAY)
    assert people.membre.email not in {message.to[0] for message in mail.outbox}


def test_a_closed_structure_tells_nothing(people):
    people.structure.organisation.closed_at = MONDAY
    people.structure.organisation.save()
    assert readers(at=MONDAY) == []


def test_a_letter_that_did_not_leave_is_tried_again_later(people, monkeypatch):
    monkeypatch.setattr(digest, "deliver", tuple)
    assert send_letters(at=MONDAY).sent == 0
    monkeypatch.undo()
    monkeypatch.setattr(gathering, "sources", lambda: ())
    assert send_letters(at=MONDAY + datetime.timedelta(minutes=5)) == Sent(0, 0)
    assert readers(at=MONDAY + datetime.timedelta(minutes=16))


def test_a_letter_stays_within_its_length(people, dues):
    dues += [Due(MONDAY.date() + DAY, "document", f"d:{n}", f"Pièce {n}", "documents/") for n in range(40)]
    send_letters(at=MONDAY)
    assert "- et 30 de plus" in letter_to(people.porteuse).body.replace("\xa0", " ")


def test_the_clock_sends_them(people):
    assert job.planned(at=MONDAY).mails == job.turn(at=MONDAY).mails > 0


def test_the_database_keeps_one_letter_a_week(people):
    told = {"structure": people.structure, "user": people.membre, "week": MONDAY.date(), "claimed_at": MONDAY}
    WeeklyLetter.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyLetter.objects.create(**told)
