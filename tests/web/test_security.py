"""What protects every page, signed in or not: policy of contents, frames, cookies, token of forms."""

from collections.abc import Iterator

import pytest
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import cast, small_world
from tests.answers import read_to_the_end
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, set[str]]]:
    """The name of each address and the parts that fill it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from ((name, parts | set(pattern.pattern.regex.groupindex)) for name, parts in names(pattern, inner))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", set(pattern.pattern.regex.groupindex)


ROUTES = sorted({name for name, parts in names(get_resolver()) if parts <= {"projet"} and not name.startswith("api")})


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def porteuse(client, people):
    client.force_login(people.porteuse)
    client.projet = people.projet.pk
    return client


def address(client, name):
    needed = next(parts for found, parts in names(get_resolver()) if found == name)
    return reverse(name, kwargs={"projet": client.projet} if needed else None)


def test_every_page_that_needs_nothing_but_a_project_is_asked():
    assert {"web:accueil", "web:projets", "web:projet", "web:journal", "account_login"} <= set(ROUTES)
    assert len(ROUTES) > 40


def test_every_page_of_a_person_signed_in_stands_under_the_strict_policy(porteuse):
    wrong = {
        name: faults for name in ROUTES if (faults := faults_of(porteuse.get(address(porteuse, name), follow=True)))
    }
    assert wrong == {}


def faults_of(response):
    """What a page lacks of its protections."""
    policy = response["Content-Security-Policy"]
    held = {
        "policy": "default-src 'none'" in policy and "unsafe-" not in policy and "*" not in policy,
        "frames": "frame-ancestors 'none'" in policy and response["X-Frame-Options"] == "DENY",
        "types": response["X-Content-Type-Options"] == "nosniff",
        "referrer": response["Referrer-Policy"] == "same-origin",
    }
    if response["Content-Type"].startswith("text/html"):
        page = response.content.decode()
        held["inline"] = not any(word in page for word in (" style=", "<script>", "javascript:", " onclick="))
    read_to_the_end(response)
    return [name for name, is_held in held.items() if not is_held]


def test_signing_in_gives_cookies_that_scripts_and_other_sites_cannot_use(client, people, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    client.get("/comptes/login/", secure=True)
    client.post("/comptes/login/", {"login": people.membre.email, "password": PASSWORD}, secure=True)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["secure"] is True
    assert session["httponly"] is True
    assert session["samesite"] == "Lax"
    assert session["domain"] == ""
    assert client.cookies["csrftoken"]["secure"] is True
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_a_page_over_https_is_remembered_as_such(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = Client().get("/mentions/", secure=True)
    assert "max-age=31536000" in response["Strict-Transport-Security"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["form", "htmx"])
def test_a_form_without_its_token_is_refused_even_from_htmx(people, headers):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.porteuse)
    response = strict.post("/comptes/logout/", headers=headers)
    assert response.status_code == 403
    assert "Le formulaire a expiré" in response.content.decode()


def test_htmx_sends_the_token_of_the_page(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.porteuse)
    strict.get("/journal/")
    token = strict.cookies["csrftoken"].value
    assert len(token) == CSRF_SECRET_LENGTH
    response = strict.post("/comptes/logout/", headers={"HX-Request": "true", "X-CSRFToken": token})
    assert response.status_code == 302


def test_a_form_from_another_site_is_refused_with_the_right_token(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.porteuse)
    strict.get("/journal/")
    headers = {"X-CSRFToken": strict.cookies["csrftoken"].value, "Origin": "https://ailleurs.exemple.fr"}
    assert strict.post("/comptes/logout/", headers=headers).status_code == 403


def test_a_page_of_a_person_is_not_kept_for_another(porteuse):
    response = porteuse.get("/journal/")
    assert "Cookie" in response["Vary"]


def test_a_foreign_host_is_refused_so_that_no_mail_leads_to_it(client, people, settings, mailoutbox):
    settings.ALLOWED_HOSTS = ["maillage.test"]
    page, asked = reverse("account_reset_password"), {"email": "porteuse@example.org"}
    for foreign in ({"host": "voleur.example"}, {"host": "maillage.test.voleur.example"}):
        assert client.post(page, asked, headers=foreign).status_code == 400
    assert mailoutbox == []
    given = {"host": "maillage.test", "x-forwarded-host": "voleur.example"}
    assert client.post(page, asked, headers=given).status_code == 302
    assert "://maillage.test/" in mailoutbox[0].body
    assert "voleur" not in mailoutbox[0].body
