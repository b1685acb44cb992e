"""Webhooks sent to a real server: signed, once, later and later; never to an address of a private network."""

import datetime
import hashlib
import hmac
import json

import pytest
from tests import cast
from tests.apps.connections.receiver import receiver
from tests.cast import NOW, give
from tests.dossiers import cpts, draft, filed

from maillage.apps.accounts.models import Role
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.connections import delivering, guard, sending, webhooks
from maillage.apps.connections.events import EVENTS
from maillage.apps.connections.models import Delivery, Webhook
from maillage.apps.dossiers.announcing import EVENT_OF, OTHER
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.moving import write_event
from maillage.apps.notifications.models import Notification
from maillage.core.dossiers.definition import VERBS
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def server(settings):
    settings.WEBHOOKS_PRIVATE = True
    with receiver() as running:
        yield running


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def hook(people, dossier, server):
    """A webhook of the CPTS, and its secret."""
    return webhooks.create(dossier.filer, url=server.url, events=list(EVENTS), by=people.porteuse, at=NOW)


def act(dossier, verb="deposer", at=NOW, **told):
    write_event(dossier, verb, by=None, at=at, **told)


def test_what_happens_is_told_and_signed(server, hook, dossier):
    act(dossier)
    assert delivering.deliver_due(at=NOW) == 1
    [(headers, body)] = server.received
    moment, sent = (part.partition("=")[2] for part in headers["X-Maillage-Signature"].split(","))
    expected = hmac.new(hook[1].encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(sent, expected)
    told = json.loads(body)
    assert told == {
        "id": headers["X-Maillage-Envoi"], "evenement": "dossier.depot", "dossier": str(dossier.pk), "geste": "deposer",
        "numero": "PSC-53-2026-0001", "nature": "projet_sante_cpts", "etat": "depose", "phase": "instruction",
        "le": NOW.isoformat(),
    }  # fmt: skip
    assert delivering.deliver_due(at=NOW + 99 * MINUTE) == 0


def test_a_failure_is_tried_again_later_and_later_with_the_same_body(server, hook, dossier):
    server.answers = [500, 200]
    act(dossier)
    assert delivering.deliver_due(at=NOW) == 0
    assert delivering.deliver_due(at=NOW) == 0
    row = Delivery.objects.get()
    assert (row.status, row.attempts, row.next_at > NOW) == (500, 1, True)
    assert delivering.deliver_due(at=NOW + 2 * MINUTE) == 1
    assert len({body for _headers, body in server.received}) == 1
    row.refresh_from_db()
    assert (row.status, row.attempts, row.next_at, row.error) == (200, 2, None, "")


def test_after_six_waits_it_is_given_up_and_a_hand_sends_it_again(server, hook, dossier, people):
    server.answers = [503]
    act(dossier)
    at, waits = NOW, []
    for _ in range(9):
        delivering.deliver_due(at=at)
        row = Delivery.objects.get()
        if row.next_at is None:
            break
        waits.append(round((row.next_at - at).total_seconds() / 60))
        at = row.next_at
    assert waits == [1, 5, 30, 120, 720, 1440]
    assert (row.attempts, row.delivered_at) == (7, None)
    server.answers = [204]
    webhooks.retry(row, by=people.porteuse, at=at)
    row.refresh_from_db()
    assert row.delivered_at is not None


@pytest.mark.parametrize("answer", ["lent", "goutte"])
def test_who_does_not_answer_in_time_is_cut(server, hook, dossier, monkeypatch, answer):
    monkeypatch.setattr(sending, "TIMEOUT", 0.4)
    server.answers = [answer]
    act(dossier)
    delivering.deliver_due(at=NOW)
    row = Delivery.objects.get()
    assert (row.status, row.error) == (None, "Pas de réponse en 0.4 secondes.")


def test_a_redirection_is_not_followed(server, hook, dossier):
    server.answers = [302]
    act(dossier)
    delivering.deliver_due(at=NOW)
    row = Delivery.objects.get()
    assert (row.status, "redirection" in row.error, len(server.received)) == (302, True, 1)


def test_nothing_is_sent_to_a_private_address(server, hook, dossier, settings):
    settings.WEBHOOKS_PRIVATE = False
    Webhook.objects.update(url=f"https://localhost:{server.server_port}/maillage")
    act(dossier)
    delivering.deliver_due(at=NOW)
    assert "réseau privé" in Delivery.objects.get().error
    assert server.received == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",  # noqa: S104
        "2130706433", "0x7f.1", "[::1]", "[::]", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_the_guard_knows_every_way_to_write_a_private_address(host):
    with pytest.raises(guard.Refused):
        guard.target_of(f"https://{host}/")


@pytest.mark.parametrize("host", ["93.184.215.14", "[2606:4700::1111]"])
def test_the_guard_lets_a_public_address_pass(host):
    assert guard.target_of(f"https://{host}/a?b=1").path == "/a?b=1"


def test_the_address_that_was_checked_is_the_one_that_is_used(monkeypatch):
    answers = iter([[(2, 1, 6, "", ("93.184.215.14", 443))], [(2, 1, 6, "", ("127.0.0.1", 443))]])
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *_args, **_named: next(answers))
    target = guard.target_of("https://exemple.fr/")
    assert (target.address, target.host, sending._connection(target).host) == (
        "93.184.215.14", "exemple.fr", "93.184.215.14",
    )  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "http://exemple.fr/", "ftp://exemple.fr/", "https://", "exemple.fr", "https://moi:secret@exemple.fr/", "",
        "https://exemple.fr/#ici", "https://exemple.fr:0/", "https://exemple.fr:99999/", "https://exemple .fr/",
        "https://exemple.fr/" + "a" * 500, "https://exemple.fr\r\nHost: ailleurs/", "https://[::1/",
    ],
)  # fmt: skip
def test_an_address_is_a_whole_https_address(people, dossier, url):
    with pytest.raises(BadInput):
        webhooks.create(dossier.filer, url=url, events=["dossier.depot"], by=people.porteuse, at=NOW)


def test_a_webhook_that_receives_nothing_for_days_is_stopped_and_its_managers_told(server, hook, dossier):
    server.answers = [500]
    for day in range(7):
        act(dossier, at=NOW + datetime.timedelta(days=day))
        delivering.deliver_due(at=NOW + datetime.timedelta(days=day))
    webhook = Webhook.objects.get()
    assert webhook.stopped_at.date() == NOW.date() + datetime.timedelta(days=5)
    told = Notification.objects.filter(kind="webhook_arrete")
    assert {each.user.prenom for each in told} == {"Porteuse", "Coordinatrice"}
    assert Event.objects.filter(verb="arrêter", subject_id=str(webhook.pk)).count() == 1
    before = len(server.received)
    assert (delivering.deliver_due(at=NOW + datetime.timedelta(days=8)), len(server.received)) == (0, before)


def test_each_organisation_is_told_of_its_dossiers_only(server, people, dossier):
    ars = dossier.authority
    give(people.instructrice, ars, Role.Name.ADMINISTRATEUR)
    for body, who in ((ars, people.instructrice), (people.structure.organisation, people.porteuse)):
        webhooks.create(body, url=server.url, events=list(EVENTS), by=who, at=NOW)
    act(dossier)
    act(dossier, "noter", internal=True)
    act(draft(Dossier.objects.get().projet), "modifier")
    assert [each.webhook.organisation for each in Delivery.objects.all()] == [ars]


def test_only_the_events_that_are_chosen_are_sent(server, people, dossier):
    webhooks.create(dossier.filer, url=server.url, events=["dossier.message"], by=people.porteuse, at=NOW)
    act(dossier)
    act(dossier, "écrire un message")
    assert [(each.event, each.payload["geste"]) for each in Delivery.objects.all()] == [
        ("dossier.message", "ecrire_un_message")
    ]


def test_every_verb_of_the_path_is_of_an_event_that_can_be_chosen():
    assert set(VERBS) <= set(EVENT_OF)
    assert {*EVENT_OF.values(), OTHER} == set(EVENTS)


def test_the_secret_is_ciphered_and_another_takes_its_place(server, hook, dossier, people):
    webhook, former = hook
    assert former not in Webhook.objects.get().secret
    new = webhooks.rotate(webhook, by=people.porteuse, at=NOW)
    sent = webhooks.test(webhook, by=people.porteuse, at=NOW)
    headers, body = server.received[0]
    assert (sent.event, sent.status, new != former) == ("essai", 200, True)
    moment = headers["X-Maillage-Signature"].split(",")[0][2:]
    expected = hmac.new(new.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Maillage-Signature"].endswith(expected)


def test_a_secret_that_cannot_be_read_fails_alone(server, hook, dossier, people):
    other = webhooks.create(dossier.authority, url=server.url, events=list(EVENTS), by=ars_manager(dossier), at=NOW)
    Webhook.objects.filter(pk=hook[0].pk).update(**{"secret": "gAAAAAB-d-une-autre-cle"})
    act(dossier)
    assert delivering.deliver_due(at=NOW) == 1
    [failed] = Delivery.objects.filter(webhook=hook[0])
    assert (failed.attempts, failed.status, failed.error) == (1, None, delivering.UNREADABLE)
    assert Delivery.objects.get(webhook=other[0]).status == 200
    webhooks.rotate(hook[0], by=people.porteuse, at=NOW)
    assert delivering.deliver_due(at=NOW + 2 * MINUTE) == 1


def ars_manager(dossier):
    manager = cast.person("gestionnaire")
    give(manager, dossier.authority, Role.Name.ADMINISTRATEUR)
    return manager


def test_a_stopped_webhook_starts_again_with_what_was_waiting(server, hook, dossier, people):
    webhook, _secret = hook
    webhooks.stop(webhook, by=people.porteuse, at=NOW)
    act(dossier)
    assert delivering.deliver_due(at=NOW) == 0
    webhooks.start_again(webhook, by=people.porteuse, at=NOW)
    act(dossier)
    assert delivering.deliver_due(at=NOW) == 1


def test_a_stranger_and_a_simple_member_change_nothing(server, hook, people):
    for who in (people.membre, people.stranger, people.instructrice):
        for verb in (webhooks.stop, webhooks.rotate, webhooks.remove, webhooks.test):
            with pytest.raises(NotAllowed):
                verb(hook[0], by=who, at=NOW)


def test_what_is_a_month_old_is_forgotten(server, hook, dossier):
    act(dossier)
    delivering.deliver_due(at=NOW)
    delivering.deliver_due(at=NOW + datetime.timedelta(days=31))
    assert not Delivery.objects.exists()
