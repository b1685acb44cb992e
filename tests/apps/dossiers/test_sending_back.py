"""From « À décider » back to the review: sent back, or pieces asked for."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.commissions import before_a_commission, board, follow
from tests.dossiers import cpts, filed

from maillage.apps.common.models import Event
from maillage.apps.dossiers import asking, reviewing
from maillage.apps.dossiers.commissions import agenda
from maillage.apps.dossiers.models import Dossier, Message
from maillage.apps.dossiers.reviewing import AskedPiece
from maillage.apps.notifications.models import Notification
from maillage.core.dossiers import kinds, path
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
SOON = TODAY + datetime.timedelta(days=20)
SUSPENDED = "engagement_cds"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """What is deposited goes to a folder of the test."""
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def waiting_for_the_decision(people, kind=SUSPENDED):
    return filed(cpts(people), kind, state="a_decider", completed_on=TODAY)


@pytest.mark.parametrize("who", ["instructrice", "decideuse"])
def test_sent_back_to_the_review_with_a_reason_that_stays_inside(people, who):
    dossier = waiting_for_the_decision(people)
    by = getattr(people, who)
    with pytest.raises(BadInput, match="Écrivez pourquoi"):
        reviewing.send_back(dossier, reason=" ", by=by, at=NOW)
    reviewing.send_back(dossier, reason="Le budget est à revoir.", by=by, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.phase) == ("complet", "instruction")
    assert Message.objects.get().is_internal
    event = Event.objects.get(verb="renvoyer")
    assert "budget" not in f"{event.before} {event.after}"
    told = set(Notification.objects.values_list("user", flat=True))
    assert people.porteuse.pk not in told
    if who == "decideuse":
        assert people.instructrice.pk in told
    reviewing.propose(dossier, by=people.instructrice, at=NOW)


def test_who_files_does_not_send_back(people):
    with pytest.raises(BadInput):
        reviewing.send_back(waiting_for_the_decision(people), reason="Non.", by=people.porteuse, at=NOW)


def test_on_the_path_of_a_commission_it_goes_back_to_the_avis():
    for code, region in (("projet_sante_cpts", "53"), ("accompagnement_cds", "53")):
        definition = kinds.kind(code, region)
        found = path.move(definition, "a_decider", "renvoyer", {"decideur"})
        assert found.target == "avis_rendu"
        for state in ("avis_rendu", "a_decider"):
            assert path.move(definition, state, "demander_pieces", {"instructeur"}).target == "incomplet"


def test_pieces_asked_for_before_the_decision_stop_the_clock_then_it_goes_on(people):
    dossier = waiting_for_the_decision(people)
    asking.ask_pieces(dossier, [AskedPiece("autre", "Budget")], answer_by=SOON, by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.suspended_since) == ("incomplet", TODAY)
    later = NOW + datetime.timedelta(days=3)
    asking.withdraw_request(dossier, reason="Reçu par courrier.", by=people.instructrice, at=later)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.suspended_since) == ("a_decider", None)
    assert dossier.suspensions.get().until == later.date()


def test_a_dossier_completed_after_its_avis_waits_for_the_commission_again(people, monkeypatch):
    follow(monkeypatch, before_a_commission())
    made = board(people)
    made.held()
    item = made.item
    item.sense, item.reasons, item.given_at = "favorable", "Oui.", NOW
    item.save()
    Dossier.objects.filter(pk=made.dossier.pk).update(state="complet", phase="instruction")
    assert agenda.waiting(people.instructrice, made.commission) == [made.dossier]
    Dossier.objects.filter(pk=made.dossier.pk).update(state="avis_rendu", phase="commission")
    assert agenda.waiting(people.instructrice, made.commission) == []


def test_the_page_offers_it_to_who_decides(people):
    dossier = waiting_for_the_decision(people)
    Authenticator.objects.create(user=people.decideuse, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
    client = Client()
    client.force_login(people.decideuse)
    page = client.get(f"/dossiers/{dossier.pk}/").content.decode()
    assert f'action="/dossiers/{dossier.pk}/renvoyer/"' in page
    assert "qui instruit le lira" in client.post(f"/dossiers/{dossier.pk}/renvoyer/", follow=True).content.decode()
    client.post(f"/dossiers/{dossier.pk}/renvoyer/", {"motif": "Le budget est à revoir."})
    assert Dossier.objects.get(pk=dossier.pk).state == "complet"
