"""A convocation to more people than a day lets one write to, or to people without an address."""

import datetime

import pytest
from django.core import mail
from tests import cast
from tests.apps.governance.conftest import PARIS, called

from maillage.apps.activity.writing import NotNow
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.governance.models import Dispatch
from maillage.apps.governance.services import assemblies, convocations
from maillage.core.kernel.problems import BadInput

SEND = {"address": "https://maillage.example.org/", "sender": "maillage@example.org"}
TOMORROW = cast.NOW + datetime.timedelta(days=1)


@pytest.fixture
def two_a_day(settings):
    settings.MAIL_PER_ACCOUNT = 2


def test_what_a_day_does_not_allow_leaves_the_next_day(assembly, told, two_a_day):
    convocation, sent = convocations.send_convocation(assembly, **SEND, **told)
    assert (len(sent.told), len(sent.waiting), len(mail.outbox)) == (2, 2, 2)
    with pytest.raises(TooMuchMail):
        convocations.carry_on(assembly, **SEND, **told)
    again, sent = convocations.carry_on(assembly, **SEND, by=told["by"], at=TOMORROW)
    assert again == convocation
    assert (len(sent.told), sent.waiting) == (2, ())
    assert len({message.to[0] for message in mail.outbox}) == 4
    assert Dispatch.objects.filter(convocation=convocation, state="envoye").count() == 4
    with pytest.raises(NotNow, match="Personne n'attend"):
        convocations.carry_on(assembly, **SEND, by=told["by"], at=TOMORROW)


def test_what_changed_since_is_not_sent_to_the_others(assembly, rules, told, two_a_day):
    convocations.send_convocation(assembly, **SEND, **told)
    assemblies.change_assembly(assembly, called(rules.body, place="Mairie"), zone=PARIS, **told)
    with pytest.raises(NotNow, match="a changé depuis"):
        convocations.carry_on(assembly, **SEND, by=told["by"], at=TOMORROW)
    assert len(mail.outbox) == 2


def test_who_did_not_get_the_message_waits_for_it(assembly, team, told, monkeypatch):
    monkeypatch.setattr(convocations, "deliver", lambda mails: tuple(mails)[:1])
    _, sent = convocations.send_convocation(assembly, **SEND, **told)
    monkeypatch.undo()
    _, again = convocations.carry_on(assembly, **SEND, **told)
    assert again.told == sent.failed


def test_the_letters_of_all_who_have_no_address_are_noted_at_once(assembly, team, told):
    for name in ("kine", "pharmacien"):
        team[name].email = ""
        team[name].save()
    convocation, _ = convocations.send_convocation(assembly, **SEND, **told)
    with pytest.raises(BadInput):
        convocations.note_dispatches(convocation, "courriel", **told)
    convocations.note_dispatches(convocation, "courrier", **told)
    assert convocation.dispatches.filter(way="courrier").count() == 2
    assert convocation.dispatches.filter(way="courriel").count() == 2
