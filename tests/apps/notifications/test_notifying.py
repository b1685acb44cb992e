"""What is told in the site, when a mail may tell it, and what choosing otherwise changes."""

import datetime

import pytest
from tests import cast
from tests.cast import NOW

from maillage.apps.notifications.models import Notification, Preference
from maillage.apps.notifications.queries import bundles, kinds_told, subjects, told_to, unread_count
from maillage.apps.notifications.rhythm import due_at
from maillage.apps.notifications.services import mark_read, notify, prefer

UTC = datetime.UTC


def tell(*users, kind="message", group="dossier:1", at=NOW, **more):
    return notify(users, kind=kind, group=group, title="Un message", address="/d/1/", at=at, **more)


@pytest.fixture
def people(db):
    return cast.create()


@pytest.mark.parametrize(
    ("rhythm", "region", "due"),
    [
        ("aussitot", "53", NOW + datetime.timedelta(minutes=10)),
        ("jour", "53", datetime.datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("jour", "04", datetime.datetime(2026, 11, 23, 4, tzinfo=UTC)),
        ("jour", "02", datetime.datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("semaine", "53", datetime.datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("jamais", "53", None),
    ],
)
def test_a_mail_waits_for_its_hour_where_the_person_is(rhythm, region, due):
    assert due_at(rhythm, NOW, region) == due


def test_the_hour_stays_8_h_when_the_clocks_change():
    saturday = datetime.datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert due_at("jour", saturday, "53") == datetime.datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert due_at("semaine", datetime.datetime(2026, 3, 30, 6, tzinfo=UTC), "53").day == 6


def test_nobody_is_told_of_what_they_did_nor_twice(people):
    people.membre.is_active = False
    tell(people.porteuse, people.porteuse, people.coordinatrice, people.membre, by=people.coordinatrice)
    assert [row.user for row in Notification.objects.all()] == [people.porteuse]


def test_the_rhythm_chosen_sets_the_hour_of_the_mail(people):
    Preference.objects.create(user=people.porteuse, kind="message", rhythm="jamais")
    tell(people.porteuse, people.coordinatrice)
    due = dict(Notification.objects.values_list("user__prenom", "mail_due_at"))
    assert due == {"Porteuse": None, "Coordinatrice": NOW + datetime.timedelta(minutes=10)}


def test_what_waits_for_its_mail_follows_a_new_choice(people):
    tell(people.porteuse)
    prefer({"message": "jamais"}, by=people.porteuse, at=NOW)
    assert Notification.objects.get().mail_due_at is None
    prefer({"message": "jour"}, by=people.porteuse, at=NOW)
    assert Preference.objects.get().rhythm == "jour"


def test_unread_things_of_one_subject_are_one_line(people):
    for group in ("dossier:1", "dossier:1", "dossier:2"):
        tell(people.porteuse, group=group, about=f"Dossier {group[-1]}")
    tell(people.coordinatrice)
    assert unread_count(people.porteuse) == 3
    rows = told_to(people.porteuse)
    found = bundles(rows, subjects(rows))
    assert sorted((each.about, each.subject.count, len(each.items)) for each in found) == [
        ("Dossier 1", 2, 2), ("Dossier 2", 1, 1),
    ]  # fmt: skip


def test_what_is_read_comes_after(people):
    first, second = tell(people.porteuse, group="a")[0], tell(people.porteuse, group="b")[0]
    assert mark_read(people.porteuse, at=NOW, only=[second.pk]) == 1
    assert [(each.group, each.is_read) for each in subjects(told_to(people.porteuse))] == [("a", False), ("b", True)]
    assert mark_read(people.coordinatrice, at=NOW, only=[first.pk]) == 0
    assert mark_read(people.porteuse, at=NOW) == 1
    assert unread_count(people.porteuse) == 0


def test_only_the_kinds_told_are_offered_to_choose_from(people):
    tell(people.porteuse)
    assert kinds_told(people.porteuse) == [("message", "Messages")]
    assert not told_to(people.porteuse, kind="depot").exists()
