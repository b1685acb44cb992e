"""Mail leaves after the act, and a failure is told to who acted."""

import logging

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend

from maillage.apps.common.mail import Mail, deliver

HELLO = Mail("someone@example.org", "Une invitation vous attend", "Bonjour,\n")


class Refusing(BaseEmailBackend):
    """A server that takes no message for one address."""

    def send_messages(self, email_messages):
        if any("lost@example.org" in each.to for each in email_messages):
            raise ConnectionResetError("gone")
        return len(email_messages)


class Closed(BaseEmailBackend):
    """A server that does not answer."""

    def open(self):
        raise ConnectionRefusedError("closed")


def test_a_message_leaves():
    assert deliver([HELLO]) == ()
    (sent,) = outbox.outbox
    assert (sent.to, sent.subject, sent.body) == (["someone@example.org"], HELLO.subject, HELLO.text)


def test_one_message_that_fails_does_not_stop_the_others(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    lost = Mail("lost@example.org", "Sujet", "Texte")
    with caplog.at_level(logging.WARNING):
        assert deliver([lost, HELLO]) == (lost,)
    assert "lost@example.org" not in caplog.text


def test_a_server_out_of_reach_gives_every_message_back(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    with caplog.at_level(logging.WARNING):
        assert deliver([HELLO, HELLO]) == (HELLO, HELLO)
    assert "2 messages not sent" in caplog.text


@pytest.mark.parametrize("mails", [[], ()])
def test_nothing_to_send_opens_no_connection(settings, mails):
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    assert deliver(mails) == ()
