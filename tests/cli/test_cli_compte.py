"""``maillage compte``: the first administrator of a new machine, a closed account, a lost second factor."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.cast import PASSWORD, person
from tests.web.comptes.helpers import sign_in, signed_in, verified, with_totp

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event

pytestmark = pytest.mark.django_db
TYPED = f"{PASSWORD}\n".encode()


@pytest.fixture(autouse=True)
def _tables(territories):
    """The commands want a database that was prepared."""


def test_the_first_administrator_enters_and_is_asked_a_second_factor(maillage, client):
    ran = maillage(
        *("compte", "creer", "Chef@Example.org", "--prenom", "Sam", "--nom", "Exemple", "--administrateur"), stdin=TYPED
    )
    assert (ran.code, ran.err) == (0, "")
    assert "Le compte chef@example.org est ouvert" in ran.out
    assert PASSWORD not in ran.out
    user = User.objects.get()
    assert user.is_administrator
    assert EmailAddress.objects.get(user=user).verified
    sign_in(client, user)
    assert client.get("/mentions/").url == "/comptes/2fa/"
    event = Event.objects.get(verb="ouvrir un compte")
    assert (event.actor, event.after) == ("commande", {"administre": True})


def test_a_link_lets_the_owner_choose_the_password(maillage, client):
    ran = maillage("compte", "creer", "chef@example.org", "--lien", "--adresse", "https://maillage.example/")
    link = re.search(r"https://maillage\.example(/\S+)", ran.out)[1]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(client, User.objects.get())
    assert signed_in(client)


@pytest.mark.parametrize(
    ("address", "password", "told"),
    [
        ("pas-une-adresse", PASSWORD, "une adresse électronique"),
        ("chef@example.org", "court", "douze caractères au moins"),
        ("chef@example.org", "", "Il manque le mot de passe"),
        ("porteuse@example.org", PASSWORD, "celle-ci en a déjà un"),
    ],
)
def test_what_cannot_be_opened_is_told_and_nothing_is_written(maillage, address, password, told):
    person("porteuse")
    ran = maillage("compte", "creer", address, stdin=password.encode())
    assert ran.code == 2
    assert told in ran.err
    assert "court" not in ran.err
    assert User.objects.count() == 1


def test_an_administrator_is_named_then_no_more(maillage):
    person("porteuse")
    assert "administre maintenant" in maillage("compte", "administrateur", "porteuse@example.org").out
    assert User.objects.get().is_administrator
    assert "n’administre plus" in maillage("compte", "administrateur", "porteuse@example.org", "--retirer").out
    assert not User.objects.get().is_administrator


def test_an_unknown_address_proposes_the_nearest(maillage):
    person("porteuse")
    ran = maillage("compte", "fermer", "porteus@example.org")
    assert ran.code == 2
    assert "la plus proche est porteuse@example.org" in ran.err


def test_a_closed_account_leaves_at_once_and_can_be_opened_again(maillage):
    user, client = verified(), Client()
    sign_in(client, user)
    maillage("compte", "fermer", user.email)
    assert client.get("/comptes/sessions/").status_code == 302
    maillage("compte", "fermer", user.email, "--rouvrir")
    sign_in(client, user)
    assert signed_in(client)


def test_who_lost_every_second_factor_enters_again(maillage, client):
    user = with_totp(verified())
    ran = maillage("compte", "depanner", user.email)
    assert "2 moyens retirés" in ran.out
    assert not Authenticator.objects.exists()
    sign_in(client, user)
    assert signed_in(client)
