"""Creating an account, confirming its address, signing in and out, a forgotten password."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.shortcuts import resolve_url
from django.test import Client
from tests.cast import PASSWORD
from tests.web.comptes.helpers import LOGIN, link, sign_in, signed_in, verified
from tests.web.reading import read

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.config import settings as real_settings

pytestmark = pytest.mark.django_db
SIGNUP = "/comptes/signup/"
NEW = {"prenom": "Nour", "nom": "Exemple", "email": "Nour@Example.org", "password1": PASSWORD}


def said(response):
    return read(response.content.decode()).one("main").text


def test_an_account_opens_once_its_address_is_confirmed(client):
    answer = client.post(SIGNUP, NEW)
    assert answer.url == "/comptes/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.full_name) == ("nour@example.org", "Nour Exemple")
    assert user.created_at is not None
    assert not signed_in(client)
    page = client.get(link())
    assert "L’adresse nour@example.org est-elle la vôtre" in said(page)
    client.post(link())
    assert signed_in(client)
    assert EmailAddress.objects.get().verified
    assert "ouvrir un compte" in Event.objects.values_list("verb", flat=True)


def test_passwords_are_kept_by_argon2():
    assert real_settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_the_link_works_on_another_device(client):
    client.post(SIGNUP, NEW)
    other = Client()
    answer = other.post(link(), follow=True)
    assert EmailAddress.objects.get().verified
    assert not signed_in(other)
    assert "Votre adresse est confirmée" in said(answer)


def test_a_link_already_used_says_what_to_do(client):
    client.post(SIGNUP, NEW)
    client.post(link())
    assert "Ce lien n’est plus valable" in said(client.get("/comptes/confirm-email/inconnu/"))


def test_an_account_not_confirmed_cannot_enter_and_gets_a_link_again(client):
    client.post(SIGNUP, NEW)
    user = User.objects.get()
    assert sign_in(client, user).url == "/comptes/confirm-email/"
    assert not signed_in(client)


def test_creating_an_account_twice_tells_the_owner_of_the_address_alone(client):
    user = verified()
    before = client.post(SIGNUP, {**NEW, "email": "inconnue@example.org"})
    after = client.post(SIGNUP, {**NEW, "email": user.email})
    assert (before.status_code, before.url) == (after.status_code, after.url)
    assert mail.outbox[-1].subject == "[Maillage] Vous avez déjà un compte"
    assert User.objects.filter(email=user.email).count() == 1


@pytest.mark.parametrize("password", ["court", "123456789012", "motdepasse", "nour@example.org"])
def test_a_weak_password_is_refused_beside_its_field(client, password):
    answer = client.post(SIGNUP, {**NEW, "password1": password})
    page = read(answer.content.decode())
    assert answer.status_code == 200
    assert page.one(id="id_password1_error").text
    assert page.one(id="id_prenom").attrs["value"] == "Nour"
    assert not User.objects.exists()


def test_what_is_refused_at_sign_in_does_not_say_whether_the_account_exists(client):
    user = verified()
    wrong = said(sign_in(client, user, "pas-le-bon-mot-de-passe"))
    unknown = said(client.post(LOGIN, {"login": "personne@example.org", "password": "pas-le-bon-mot-de-passe"}))
    assert "Adresse ou mot de passe incorrect" in wrong
    assert wrong == unknown


def test_a_person_signs_in_whatever_the_case_and_out_by_a_form_only(client):
    verified()
    client.post(LOGIN, {"login": "CAMILLE@example.org", "password": PASSWORD})
    assert signed_in(client)
    assert "Se déconnecter" in said(client.get("/comptes/logout/"))
    assert signed_in(client)
    client.post("/comptes/logout/")
    assert not signed_in(client)


def test_the_bar_shows_who_is_signed_in(client):
    assert "Se connecter" in client.get("/mentions/").content.decode()
    sign_in(client, verified())
    bar = client.get("/mentions/").content.decode()
    assert "Camille Exemple" in bar
    assert "Se connecter" not in bar


def test_the_browser_forgets_the_session_unless_asked_to_remember(client):
    user = verified()
    sign_in(client, user)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, user, remember="on")
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_signing_in_goes_back_to_the_page_that_asked_and_never_to_another_site(client, settings):
    user = verified()
    assert sign_in(client, user, next="/mentions/").url == "/mentions/"
    client.logout()
    assert sign_in(client, user, next="https://ailleurs.example/").url == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_a_closed_account_cannot_enter(client):
    user = verified()
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_in(client, user)
    assert not signed_in(client)


def test_a_forgotten_password_is_replaced_by_a_link_that_serves_once(client):
    user = verified()
    client.post("/comptes/password/reset/", {"email": user.email})
    address = link()
    form = client.get(address, follow=True)
    another = "Une-autre-phrase-bien-longue"
    client.post(form.redirect_chain[-1][0], {"password1": another, "password2": another})
    assert mail.outbox[-1].subject == "[Maillage] Mot de passe renouvelé"
    assert "Ce lien n’est plus valable" in said(client.get(address, follow=True))
    sign_in(client, user, another)
    assert signed_in(client)


def test_asking_for_an_unknown_password_says_the_same_and_sends_nothing(client):
    known = client.post("/comptes/password/reset/", {"email": verified().email}, follow=True)
    mail.outbox.clear()
    unknown = client.post("/comptes/password/reset/", {"email": "personne@example.org"}, follow=True)
    assert said(known) == said(unknown)
    assert mail.outbox == []


def test_an_address_changes_once_the_new_one_is_confirmed(client):
    user = verified()
    sign_in(client, user)
    client.post("/comptes/email/", {"email": "nouvelle@example.org", "action_add": ""}, follow=True)
    confirm_identity(client)
    client.post("/comptes/email/", {"email": "nouvelle@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "camille@example.org"
    message = next(each for each in mail.outbox if each.to == ["nouvelle@example.org"])
    mail.outbox.append(message)
    client.post(link())
    user.refresh_from_db()
    assert user.email == "nouvelle@example.org"
    assert any(each.to == ["camille@example.org"] and "changée" in each.subject for each in mail.outbox)


def confirm_identity(client):
    client.post("/comptes/reauthenticate/", {"password": PASSWORD})


def test_changing_the_password_closes_the_other_sessions(client):
    user, other = verified(), Client()
    sign_in(client, user)
    sign_in(other, user)
    another = "Une-autre-phrase-bien-longue"
    wrong = client.post("/comptes/password/change/", {"oldpassword": "non", "password1": another, "password2": another})
    assert "Ce n’est pas votre mot de passe actuel" in said(wrong)
    confirm_identity(client)
    client.post("/comptes/password/change/", {"oldpassword": PASSWORD, "password1": another, "password2": another})
    assert client.get("/comptes/sessions/").status_code == 200
    assert other.get("/comptes/sessions/").status_code == 302


def test_no_subject_of_an_e_mail_names_anyone(client):
    client.post(SIGNUP, NEW)
    client.post(link())
    client.post("/comptes/password/reset/", {"email": "nour@example.org"})
    assert all("nour" not in each.subject.lower() and "exemple" not in each.subject.lower() for each in mail.outbox)
    assert all(each.body.startswith("Bonjour,") for each in mail.outbox)


def test_an_e_mail_that_cannot_leave_is_told_and_the_account_stays(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = client.post(SIGNUP, NEW, follow=True)
    assert "n’a pas pu partir" in said(page)
    assert User.objects.exists()
    assert "nour" not in caplog.text


def test_a_failing_server_does_not_say_whether_an_account_exists(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    known = client.post("/comptes/password/reset/", {"email": verified().email}, follow=True)
    unknown = client.post("/comptes/password/reset/", {"email": "personne@example.org"}, follow=True)
    assert said(known) == said(unknown)


def test_a_day_of_birth_is_not_a_name(client):
    answer = client.post(SIGNUP, {**NEW, "nom": "Lefèvre, née le 12/03/1948"})
    assert "Une date de naissance est donnée" in said(answer)
    assert not User.objects.exists()
