"""A role that ended gives nothing any more: to the expert named, to who held a dossier; administering reads nothing
inside."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests import cast, small_world
from tests.cast import NOW
from tests.dossiers import cpts, filed
from tests.web.signing import sign_in

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import advice, deciding, exchanging, inbox, reviewing
from maillage.apps.dossiers.deciding import Wanted
from maillage.apps.dossiers.models import AvisRequest
from maillage.apps.dossiers.queries import avis_asked_of, visible
from maillage.apps.notifications.models import Notification

pytestmark = pytest.mark.django_db
SOON = (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=20)).date()
SECRET = "Le budget est fragile"  # noqa: S105


@pytest.fixture
def people():
    small_world.create_territories()
    cache.clear()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def elue(people):
    body = Organisation.objects.create(kind="urps", nom="URPS médecins", region="53", created_at=NOW)
    person = cast.person("elue")
    cast.give(person, body, Role.Name.COMMISSION)
    return person


@pytest.fixture
def asked(people, dossier, elue):
    expert = advice.Expert(Organisation.objects.get(kind="urps"), elue)
    return advice.ask(
        dossier, [expert], question="Et vous ?", answer_by=SOON, by=people.instructrice, at=NOW
    ).requests.get()


def end_role(elue):
    Role.objects.filter(user=elue).update(until=timezone.now())


def close_body(_elue):
    Organisation.objects.filter(kind="urps").update(closed_at=timezone.now())


def pass_to_another_body(elue):
    end_role(elue)
    body = Organisation.objects.create(kind="urps", nom="URPS infirmiers", region="53", created_at=NOW)
    cast.give(elue, body, Role.Name.COMMISSION)


@pytest.mark.parametrize("ended", [end_role, close_body, pass_to_another_body])
def test_a_named_expert_keeps_nothing(people, dossier, elue, asked, ended):
    client = sign_in(Client(), elue)
    assert client.get(f"/dossiers/{dossier.pk}/").status_code == 200
    ended(elue)
    for address in (f"/dossiers/{dossier.pk}/", f"/avis/{asked.pk}/", f"/api/dossiers/{dossier.pk}"):
        assert client.get(address).status_code == 404
    assert client.post(f"/avis/{asked.pk}/", {"sens": "favorable", "texte": SECRET}).status_code == 404
    asked = AvisRequest.objects.get()
    with pytest.raises(NotAllowed):
        advice.give(asked, sense="favorable", text=SECRET, by=elue, at=NOW)
    assert (asked.sense, list(visible(elue)), list(avis_asked_of(elue)), advice.people_of(asked)) == ("", [], [], [])


def test_a_holder_whose_role_ended_holds_nothing(people, dossier):
    other = cast.person("collegue")
    cast.give(other, dossier.authority, Role.Name.INSTRUCTEUR)
    reviewing.assign(dossier, people.instructrice, seen=None, by=people.instructrice, at=NOW)
    assert not inbox.waiting(other, NOW.date()).exists()
    Role.objects.filter(user=people.instructrice).update(until=timezone.now())
    dossier.refresh_from_db()
    exchanging.write_message(dossier, "Bonjour", by=people.porteuse, at=NOW)
    assert [each.user for each in Notification.objects.filter(kind="message")] == [other]
    assert dossier in inbox.waiting(other, NOW.date())
    client = sign_in(Client(), other)
    page = client.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert "À attribuer" in page
    assert "n’instruit plus ce dossier" in page
    assert "n’instruit plus" in client.get("/dossiers/a-traiter/").content.decode()
    assert str(dossier) in client.get("/dossiers/?responsable=personne").content.decode()
    client.post(f"/dossiers/{dossier.pk}/instruire/attribuer/", {"responsable": "moi", "tenu": dossier.holder_id})
    dossier.refresh_from_db()
    assert dossier.holder == other


@pytest.fixture
def pending(people):
    """A dossier with a decision that is not notified, and a note."""
    dossier = filed(cpts(people, nom="CPTS de Vilaine"), state="a_decider", number="PSC-53-2026-0002")
    decision = deciding.decide(dossier, Wanted(verb="refuser", motives=SECRET), by=people.decideuse, at=NOW)
    exchanging.write_message(dossier, SECRET, internal=True, by=people.instructrice, at=NOW)
    return decision


def journal_of(who) -> str:
    return sign_in(Client(), who).get("/journal/").content.decode()


def test_who_only_administers_the_authority_reads_nothing_internal(people, pending):
    body = pending.dossier.authority
    admin, both = cast.person("administre"), cast.person("deux")
    for who in (admin, both):
        cast.give(who, body, Role.Name.ADMINISTRATEUR)
    cast.give(both, pending.dossier.filer, Role.Name.PORTEUR)
    for who in (admin, both):
        told = journal_of(who)
        assert pending.number not in told
        assert str(pending.dossier) not in told
    assert pending.number in journal_of(people.decideuse)
    cast.give(both, body, Role.Name.INSTRUCTEUR)
    assert pending.number not in journal_of(both)
    cast.give(admin, body, Role.Name.INSTRUCTEUR)
    assert pending.number in journal_of(admin)


def test_a_collectivite_reads_what_is_done_on_what_it_files(people, dossier):
    body = Organisation.objects.create(kind="collectivite", nom="Redon Agglomération", region="53", created_at=NOW)
    admin = cast.person("mairie")
    cast.give(admin, body, Role.Name.ADMINISTRATEUR)
    dossier.filer = body
    dossier.save()
    exchanging.write_message(dossier, "Bonjour", by=people.instructrice, at=NOW)
    exchanging.write_message(dossier, SECRET, internal=True, by=people.instructrice, at=NOW)
    told = journal_of(admin)
    assert str(dossier) in told
    assert "Noter" not in told


def test_a_decision_that_waits_is_to_notify_and_not_to_decide(people, pending):
    for who in (people.decideuse, people.instructrice):
        (found,) = inbox.waiting(who, NOW.date())
        codes = {each.code for each in inbox.reasons_of(found)}
        assert "notifications" in codes
        assert not codes & {"decisions", "instruction"}
    told = sign_in(Client(), people.decideuse).get("/dossiers/a-traiter/").content.decode()
    assert "À notifier" in told
