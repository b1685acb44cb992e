"""The second factor: set up, asked, compulsory for some, its secret ciphered, its codes of rescue shown once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.cast import NOW, PASSWORD
from tests.web.comptes.helpers import SECRET, code, sign_in, signed_in, verified, with_totp
from tests.web.reading import read

from maillage.apps.accounts.models import Organisation, Role
from maillage.web.comptes.ciphering import cipher

pytestmark = pytest.mark.django_db
INDEX, TOTP, ASKED = "/comptes/2fa/", "/comptes/2fa/totp/activate/", "/comptes/2fa/authenticate/"


def said(response):
    return read(response.content.decode()).one("main").text


def reviewer():
    """An ARS reviewer, whose role asks a second factor."""
    user = verified("instructrice")
    ars = Organisation.objects.create(kind="ars", nom="ARS Bretagne", region="53", created_at=NOW)
    Role.objects.create(user=user, organisation=ars, name=Role.Name.INSTRUCTEUR, since=NOW)
    return user


def confirmed(client):
    client.post("/comptes/reauthenticate/", {"password": PASSWORD})


def key(user, name="téléphone"):
    """A security key; what it answered does not matter here."""
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def test_an_application_is_added_by_the_code_it_shows_and_rescue_codes_are_shown_once(client):
    user = verified()
    sign_in(client, user)
    confirmed(client)
    secret = read(client.get(TOTP).content.decode()).one(id="cle-totp").text
    assert "pas le bon" in said(client.post(TOTP, {"code": "000000"}))
    shown = code(secret)
    codes = said(client.post(TOTP, {"code": f"{shown[:3]} {shown[3:]}"}, follow=True))
    assert len(re.findall(r"\b\d{8}\b", codes)) == 10
    again = said(client.get("/comptes/2fa/recovery-codes/"))
    assert re.findall(r"\b\d{8}\b", again) == []
    assert "Il vous reste 10 codes sur 10" in again


def test_the_rescue_codes_shown_can_be_kept_as_a_file(client):
    sign_in(client, verified())
    confirmed(client)
    secret = read(client.get(TOTP).content.decode()).one(id="cle-totp").text
    page = read(client.post(TOTP, {"code": code(secret)}, follow=True).content.decode())
    (link,) = [each for each in page.all("a", href=True) if each.attrs["href"].startswith("data:text/plain")]
    assert link.attrs["download"] == "codes-de-secours-maillage.txt"
    assert len(re.findall(r"%0A\d{8}", link.attrs["href"])) == 10


def test_the_secret_of_an_application_is_ciphered_in_the_database():
    with_totp(verified())
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert SECRET not in kept
    assert cipher().decrypt(kept.encode()).decode() == SECRET


def test_a_former_secret_key_still_reads_what_it_ciphered(settings):
    kept = cipher().encrypt(b"abc")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "une-autre", [settings.SECRET_KEY]
    assert cipher().decrypt(kept) == b"abc"


def test_signing_in_asks_the_code_and_a_wrong_one_does_not_enter(client):
    user = with_totp(verified())
    assert sign_in(client, user).url == ASKED
    assert not signed_in(client)
    assert "pas le bon" in said(client.post(ASKED, {"code": "000000"}))
    assert client.post(ASKED, {"code": code()}).status_code == 302
    assert signed_in(client)


def test_a_code_serves_once(client):
    user, now = with_totp(verified()), code()
    sign_in(client, user)
    client.post(ASKED, {"code": now})
    other = Client()
    sign_in(other, user)
    other.post(ASKED, {"code": now})
    assert not signed_in(other)


def test_a_rescue_code_enters_once(client):
    user = with_totp(verified())
    rescue = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, user)
    client.post(ASKED, {"code": rescue})
    assert signed_in(client)
    other = Client()
    sign_in(other, user)
    other.post(ASKED, {"code": rescue})
    assert not signed_in(other)


def test_codes_are_not_guessed(client):
    user = with_totp(verified())
    sign_in(client, user)
    for _ in range(5):
        client.post(ASKED, {"code": "000000"})
    assert "Trop d’essais" in said(client.post(ASKED, {"code": code()}))
    assert not signed_in(client)


@pytest.mark.parametrize("path", ["/", "/mentions/", "/orientation/", "/comptes/email/", "/comptes/sessions/"])
def test_who_must_have_a_second_factor_and_has_none_is_sent_to_add_one(client, path):
    sign_in(client, reviewer())
    answer = client.get(path)
    assert (answer.status_code, answer.url) == (302, INDEX)
    assert "Votre rôle demande un second facteur" in said(client.get(path, follow=True))


def test_the_api_and_the_parts_of_pages_are_closed_too(client):
    sign_in(client, reviewer())
    answer = client.get("/api/regles/")
    assert answer.status_code == 403
    assert "second facteur" in answer.json()["erreurs"][0]["message"]
    part = client.get("/mentions/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == INDEX


def test_the_site_opens_as_soon_as_the_factor_is_added(client):
    sign_in(client, reviewer())
    confirmed(client)
    secret = read(client.get(TOTP).content.decode()).one(id="cle-totp").text
    client.post(TOTP, {"code": code(secret)})
    assert client.get("/mentions/").status_code == 200


def test_an_administrator_needs_one_too_and_a_member_of_a_team_does_not(client):
    sign_in(client, verified("administrateur", is_administrator=True))
    assert client.get("/mentions/").status_code == 302
    other = Client()
    sign_in(other, verified("membre"))
    assert other.get("/mentions/").status_code == 200


def test_a_visitor_sees_the_site_without_signing_in(client):
    assert client.get("/mentions/").status_code == 200


def test_the_last_compulsory_factor_cannot_be_removed(client):
    user = with_totp(reviewer())
    enter(client, user)
    assert "ajoutez-en un autre" in said(client.post("/comptes/2fa/totp/deactivate/"))
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    only = key(user)
    Authenticator.objects.filter(type="totp").delete()
    remove = reverse("mfa_remove_webauthn", args=[only.pk])
    client.post(remove)
    assert Authenticator.objects.filter(pk=only.pk).exists()


def test_a_factor_goes_when_another_stays_or_when_none_is_compulsory(client):
    user = with_totp(reviewer())
    enter(client, user)
    second = key(user)
    client.post(reverse("mfa_remove_webauthn", args=[second.pk]))
    assert not Authenticator.objects.filter(pk=second.pk).exists()
    free = with_totp(verified("membre"))
    other = Client()
    enter(other, free)
    other.post("/comptes/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=free).exists()
    assert any("Second facteur retiré" in each.subject for each in mail.outbox)


def enter(client, user):
    """Sign in with both factors, then confirm oneself for the sensitive pages."""
    sign_in(client, user)
    client.post(ASKED, {"code": code()})
    confirmed(client)


def test_sensitive_pages_ask_who_one_is_again(client):
    user = with_totp(verified())
    sign_in(client, user)
    client.post(ASKED, {"code": code()})
    for path in (
        "/comptes/2fa/webauthn/add/",
        "/comptes/2fa/totp/deactivate/",
        "/comptes/2fa/recovery-codes/generate/",
    ):
        assert client.get(path).url.startswith("/comptes/reauthenticate/")


def test_a_key_of_someone_else_is_not_found(client):
    theirs = key(verified("autre"))
    enter(client, with_totp(verified()))
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404


def test_who_has_a_second_factor_can_change_address(client):
    enter(client, with_totp(verified()))
    page = said(client.post("/comptes/email/", {"email": "nouvelle@example.org", "action_add": ""}, follow=True))
    assert "attend sa vérification : nouvelle@example.org" in page


def test_each_way_to_prove_who_one_is_again_is_offered_in_plain_words(client):
    user = with_totp(verified())
    key(user)
    sign_in(client, user)
    client.post(ASKED, {"code": code()})
    page = said(client.get("/comptes/reauthenticate/"))
    assert "Avec un code de mon application ou un code de secours" in page
    assert "Avec ma clé de sécurité" in page
