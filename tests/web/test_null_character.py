"""The null character, which PostgreSQL refuses: 400 and a page, whatever holds it."""

import io
import json

import pytest
from django.urls import reverse
from tests import cast
from tests.web.signing import sign_in

pytestmark = pytest.mark.django_db
TOLD = "caractère invisible"


@pytest.mark.parametrize(
    "address", ["/regles/?q=a%00b", "/regles/?%00=a", "/regles/a%00b/", "/comptes/login/?next=%00"]
)
def test_an_address_with_it_is_refused_in_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert TOLD in response.content.decode()
    assert response["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_percents_that_are_not_it_pass(client):
    assert client.get("/regles/", {"q": "%00"}).status_code == 200


def test_a_cookie_with_it_is_refused(client):
    client.cookies["sessionid"] = "aaaaaaaa\0"
    assert client.get("/projets/").status_code == 400


@pytest.mark.parametrize("sent", [{"nom": "a\0b"}, {"n\0m": "a"}, {"fichier": io.BytesIO(b"a"), "nom": "\0"}])
def test_a_form_with_it_is_refused_and_nothing_is_kept(client, sent):
    people = cast.create()
    sign_in(client, people.porteuse)
    response = client.post(reverse("web:projet_versions", args=[people.projet.pk]), sent)
    assert response.status_code == 400
    assert TOLD in response.content.decode()
    assert "Se connecter" not in response.content.decode()
    assert not people.projet.versions.exists()


def test_a_plain_form_with_it_is_refused(client):
    response = client.post("/comptes/login/", "login=a%00&password=b", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_a_file_may_hold_it(client):
    people = cast.create()
    sign_in(client, people.porteuse)
    sent = {"nom": "Relecture", "fichier": io.BytesIO(b"a\0b")}
    assert client.post(reverse("web:projet_versions", args=[people.projet.pk]), sent).status_code == 302


def test_the_api_answers_in_its_own_form(client):
    response = client.get("/api/regles?q=%00")
    assert response.status_code == 422
    assert json.loads(response.content)["erreurs"][0]["champ"] == "adresse"
    assert client.get("/api/%00").status_code == 422


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=a", "text/plain"])
def test_the_body_of_a_request_of_the_api_is_left_to_it(client, kind):
    assert client.post("/api/orientation", b"{}", content_type=kind).status_code in (200, 415, 422)
