"""Mail leaves after the act, and a failure is told to who acted."""

import logging
from dataclasses import replace
from typing import ClassVar

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

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


class Taking:
    """A connection to a server that takes everything."""

    taken: ClassVar[list[str]] = []

    def __init__(self, *_args, **_options):
        pass

    def sendmail(self, _sender, recipients, _content):
        self.taken.extend(recipients)

    def quit(self):
        pass


class Recorded(EmailBackend):
    """Django's own, on such a connection."""

    connection_class = Taking


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


@pytest.mark.parametrize("address", ["jean@exemple..fr", "a\nb@example.org"])
def test_an_address_that_cannot_be_one_does_not_stop_the_others(settings, address, caplog):
    """With the backend of a true server, that reads addresses and builds messages when they leave."""
    settings.EMAIL_BACKEND = f"{__name__}.Recorded"
    Taking.taken.clear()
    wrong, other = Mail(address, "Sujet", "Texte"), replace(HELLO, to="other@example.org")
    with caplog.at_level(logging.WARNING):
        assert deliver([HELLO, wrong, other]) == (wrong,)
    assert Taking.taken == [HELLO.to, other.to]
    assert address not in caplog.text


def test_a_server_out_of_reach_gives_every_message_back(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    with caplog.at_level(logging.WARNING):
        assert deliver([HELLO, HELLO]) == (HELLO, HELLO)
    assert "2 messages not sent" in caplog.text


@pytest.mark.parametrize("mails", [[], ()])
def test_nothing_to_send_opens_no_connection(settings, mails):
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    assert deliver(mails) == ()
