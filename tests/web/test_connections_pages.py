"""The pages of tokens and webhooks: a secret shown once, what each key may, what was sent and what came of it."""

import datetime

import pytest
from django.utils import timezone
from tests import cast
from tests.apps.connections.receiver import receiver
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.common.models import Event
from maillage.apps.connections import tokens
from maillage.apps.connections.models import ApiToken, Delivery, Webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def base(people, client):
    """The address of the MSP, seen by its porteuse, who has just proved who she is."""
    client.force_login(people.porteuse)
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    ]
    session.save()
    return f"/organisations/{people.structure.organisation_id}/"


@pytest.fixture
def server(settings):
    settings.WEBHOOKS_PRIVATE = True
    with receiver() as running:
        yield running


def page(client, address, data=None, status=200):
    response = client.get(address) if data is None else client.post(address, data, follow=True)
    assert response.status_code == status, address
    return read(response.content.decode())


def new_token(client, base, **changed):
    end = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    data = {"nom": "Tableau de bord", "portees": ["dossiers:lire"], "fin": end, **changed}
    return client.post(f"{base}jetons/nouveau/", data)


def test_a_token_is_shown_once_and_never_again(client, base):
    assert "Aucun jeton" in page(client, f"{base}jetons/").one("main").text
    response = new_token(client, base)
    secret = read(response.content.decode()).one("input", id="secret").attrs["value"]
    assert (response.status_code, response["Cache-Control"], secret[:4]) == (200, "no-store, private", "mlg_")
    assert tokens.recognised(secret) == ApiToken.objects.get()
    shown = client.get(f"{base}jetons/").content.decode()
    assert (secret in shown, secret[:10] in shown, "En vigueur" in shown, "jamais" in shown) == (
        False,
        True,
        True,
        True,
    )
    assert Event.objects.filter(subject_type="connections.apitoken", verb="créer").count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"nom": ""}, "Écrivez un nom"), ({"portees": []}, "Cochez au moins une portée"),
        ({"portees": ["dossiers:instruire"]}, "dossiers:instruire"), ({"fin": "2000-01-01"}, "Il faut un jour"),
        ({"fin": "2999-01-01"}, "Il faut un jour"), ({"fin": "demain"}, "Écrivez une date"),
    ],
)  # fmt: skip
def test_a_wrong_form_says_why_and_keeps_what_was_typed(client, base, changed, told):
    response = new_token(client, base, **changed)
    shown = read(response.content.decode())
    assert (response.status_code, told in shown.one("main").text) == (422, True)
    assert shown.one("input", name="nom").attrs.get("value", "") == changed.get("nom", "Tableau de bord")
    assert not ApiToken.objects.exists()


def test_who_makes_a_token_proves_again_who_they_are(client, people):
    client.force_login(people.porteuse)
    response = new_token(client, f"/organisations/{people.structure.organisation_id}/")
    assert (response.status_code, "/comptes/reauthenticate/" in response["Location"]) == (302, True)
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_from_its_page(client, base):
    new_token(client, base)
    made = ApiToken.objects.get()
    assert "tout de suite" in page(client, f"{base}jetons/{made.pk}/revoquer/").one("main").text
    shown = page(client, f"{base}jetons/{made.pk}/revoquer/", {})
    assert "Révoqué" in shown.one("tbody").text
    made.refresh_from_db()
    assert made.revoked_at is not None
    page(client, f"{base}jetons/00000000-0000-4000-8000-000000000000/revoquer/", status=404)


def test_who_has_no_role_on_dossiers_is_told_what_to_do(client, people):
    sign_in(client, people.administrateur)
    shown = page(client, f"/organisations/{people.structure.organisation_id}/jetons/nouveau/")
    assert ("Vos rôles dans cette organisation" in shown.one("main").text, shown.one("main").all("form")) == (True, [])


def test_a_token_whose_account_left_says_so(client, people, base):
    new_token(client, base)
    ApiToken.objects.update(created_by=people.stranger)
    assert "n’a plus de rôle" in page(client, f"{base}jetons/").one("tbody").text


def add(client, base, url):
    response = client.post(f"{base}webhooks/nouveau/", {"adresse": url, "evenements": ["dossier.depot"]})
    return response, Webhook.objects.first()


def test_a_webhook_is_added_tried_and_stopped(client, base, server):
    assert "Aucun webhook" in page(client, f"{base}webhooks/").one("main").text
    response, made = add(client, base, server.url)
    assert read(response.content.decode()).one("input", id="secret").attrs["value"].startswith("mlgw_")
    one = f"{base}webhooks/{made.pk}/"
    assert "Le message est reçu" in page(client, f"{one}essayer/", {}).one("main").text
    server.answers = [503]
    shown = page(client, f"{one}essayer/", {})
    assert ("503" in shown.one("tbody").text, "Non reçu" in shown.one("tbody").text) == (True, True)
    assert "Arrêté" in page(client, f"{one}arreter/", {}).one("main").text
    assert "En marche" in page(client, f"{one}reprendre/", {}).one("main").text
    assert len(page(client, f"{base}webhooks/").one("tbody").all("tr")) == 1


def test_a_message_is_sent_again_by_hand(client, base, server):
    _response, made = add(client, base, server.url)
    server.answers = [500, 200]
    page(client, f"{base}webhooks/{made.pk}/essayer/", {})
    sent = Delivery.objects.get()
    assert "Le message est reçu" in page(client, f"{base}webhooks/{made.pk}/envois/{sent.pk}/", {}).one("main").text
    sent.refresh_from_db()
    assert (sent.attempts, sent.status) == (2, 200)


@pytest.mark.parametrize("url", ["", "http://exemple.fr/", "exemple.fr", "https://moi:secret@exemple.fr/"])
def test_a_wrong_address_is_told_beside_its_field(client, base, url):
    response, made = add(client, base, url)
    shown = read(response.content.decode())
    assert (response.status_code, made, bool(shown.one("p", id="id_adresse_error").text)) == (422, None, True)


def test_settings_are_changed_and_another_secret_is_shown_once(client, base, server):
    _response, made = add(client, base, server.url)
    one = f"{base}webhooks/{made.pk}/"
    page(client, one, {"adresse": server.url + "/2", "evenements": ["dossier.message", "dossier.suivi"]})
    made.refresh_from_db()
    assert (made.url, made.events) == (server.url + "/2", ["dossier.message", "dossier.suivi"])
    before = made.secret
    response = client.post(f"{one}secret/", {})
    assert (b"mlgw_" in response.content, response["Cache-Control"]) == (True, "no-store, private")
    made.refresh_from_db()
    assert made.secret != before
    assert b"mlgw_" not in client.get(one).content
    page(client, f"{one}inconnu/", {}, status=404)


def test_a_webhook_is_removed_after_a_warning(client, base, server):
    _response, made = add(client, base, server.url)
    one = f"{base}webhooks/{made.pk}/retirer/"
    assert "effacé" in page(client, one).one("main").text
    page(client, one, {})
    assert not Webhook.objects.exists()


def test_the_history_has_pages(client, base, server):
    _response, made = add(client, base, server.url)
    rows = [Delivery(webhook=made, event="essai", payload={}, created_at=timezone.now()) for _ in range(30)]
    Delivery.objects.bulk_create(rows)
    first = page(client, f"{base}webhooks/{made.pk}/")
    assert (len(first.one("tbody").all("tr")), "Page 1 sur 2" in first.one("main").text) == (25, True)
    assert len(page(client, f"{base}webhooks/{made.pk}/?page=2").one("tbody").all("tr")) == 5


def test_the_organisation_leads_there_who_manages_it_only(client, people, base):
    assert page(client, base).one("a", href=f"{base}jetons/")
    client.force_login(people.membre)
    assert not page(client, base).all("a", href=f"{base}jetons/")
    assert client.get(f"{base}jetons/").status_code == 403


def test_the_token_is_made_once_the_password_is_given_again(client, people):
    client.force_login(people.porteuse)
    asked = new_token(client, f"/organisations/{people.structure.organisation_id}/")
    response = client.post(asked["Location"], {"password": cast.PASSWORD}, follow=True)
    assert (b"mlg_" in response.content, ApiToken.objects.count()) == (True, 1)
