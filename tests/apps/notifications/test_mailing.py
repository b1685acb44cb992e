"""The mails of notifications: one for a person, tried again until it leaves, never to a closed account."""

import datetime
import smtplib

import pytest
from django.core import mail
from tests import cast
from tests.cast import NOW

from maillage.apps.accounts.forgetting import forget
from maillage.apps.notifications.mailing import AGAIN, GIVE_UP, send_due, waiting
from maillage.apps.notifications.models import Notification
from maillage.apps.notifications.services import mark_read, notify
from maillage.config.mail import site_address

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def people(db, settings):
    settings.SITE_ADDRESS = "https://maillage.example"
    return cast.create()


def tell(*users, at=NOW, about="PSC-53-2026-0001 · CPTS du lac", title="Un message vous attend", kind="message"):
    notify(users, kind=kind, group=about, about=about, title=title, address="/d/", at=at)


def test_nothing_leaves_before_ten_minutes_then_everything_at_once(people):
    tell(people.porteuse)
    tell(people.porteuse, at=NOW + 8 * MINUTE, title="Des pièces vous sont demandées")
    tell(people.porteuse, at=NOW + 9 * MINUTE, about="ACI-1 · CPTS du lac")
    assert send_due(at=NOW + 9 * MINUTE).sent == 0
    assert waiting(at=NOW + 10 * MINUTE) == 1
    assert send_due(at=NOW + 10 * MINUTE).sent == 1
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("3 nouvelles sur vos dossiers", [people.porteuse.email])
    assert message.body.count("PSC-53-2026-0001 · CPTS du lac\n- ") == 1
    assert "- Des pièces vous sont demandées (le 22/11/2026 à 10 h 08)" in message.body
    assert message.body.count("https://maillage.example/") == 2
    assert "https://maillage.example/mon-compte/notifications/" in message.body


def test_a_second_run_sends_nothing_more(people):
    tell(people.porteuse)
    send_due(at=NOW + 10 * MINUTE)
    assert send_due(at=NOW + 11 * MINUTE).sent == 0
    assert Notification.objects.get().mailed_at == NOW + 10 * MINUTE


def test_what_was_read_in_the_site_is_not_mailed(people):
    tell(people.porteuse)
    mark_read(people.porteuse, at=NOW)
    assert send_due(at=NOW + AGAIN).sent == 0


def test_a_mail_that_could_not_leave_is_tried_again(people, monkeypatch):
    tell(people.porteuse)

    def refused(_self):
        raise smtplib.SMTPException

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refused)
        assert send_due(at=NOW + 10 * MINUTE).failed == 1
    assert send_due(at=NOW + 11 * MINUTE).sent == 0
    assert send_due(at=NOW + 10 * MINUTE + AGAIN).sent == 1
    assert mail.outbox[0].subject == "Une nouvelle sur vos dossiers"


def test_a_mail_that_never_leaves_is_given_up(people):
    tell(people.porteuse)
    assert send_due(at=NOW + GIVE_UP + MINUTE).sent == 0
    assert Notification.objects.get().mail_due_at is None


def test_a_closed_account_gets_nothing_and_keeps_nothing(people):
    tell(people.stranger)
    forget(by=people.stranger, at=NOW)
    assert not Notification.objects.exists()
    tell(people.porteuse)
    people.porteuse.is_active = False
    people.porteuse.save()
    assert send_due(at=NOW + AGAIN).sent == 0


def test_a_day_has_only_so_many_mails_for_a_person(people, settings):
    settings.MAIL_PER_ACCOUNT = 1
    tell(people.porteuse)
    send_due(at=NOW + 10 * MINUTE)
    tell(people.porteuse, at=NOW + 20 * MINUTE)
    assert send_due(at=NOW + 30 * MINUTE).sent == 0
    assert send_due(at=NOW + 30 * MINUTE + datetime.timedelta(days=1)).sent == 1


def test_the_site_is_named_as_it_was_told_else_by_its_first_host():
    assert site_address("https://exemple.fr/", ["*"]) == "https://exemple.fr"
    assert site_address("", ["127.0.0.1", "localhost"]) == "http://127.0.0.1:8000"
    assert site_address("", ["*", ".maillage.example"]) == "https://maillage.example"
