"""Lock-out, rates counted by all the processes, the address behind a proxy, sessions listed and closed."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from tests.cast import PASSWORD
from tests.web.comptes.helpers import LOGIN, link, sign_in, signed_in, verified
from tests.web.reading import read

from maillage.config import settings as real_settings

pytestmark = pytest.mark.django_db
WRONG = "pas-le-bon-mot-de-passe"


def said(response):
    return read(response.content.decode()).one("main").text


def test_five_mistakes_lock_the_account_even_for_the_right_password(client):
    user = verified()
    for _ in range(5):
        assert "incorrect" in said(sign_in(client, user, WRONG))
    assert "attendez dix minutes" in said(sign_in(client, user))
    assert not signed_in(client)


def test_the_lock_holds_from_any_address_and_spares_other_accounts(client):
    user, other = verified(), verified("autre")
    for number in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": user.email, "password": WRONG})
    sign_in(client, user)
    assert not signed_in(client)
    sign_in(client, other)
    assert signed_in(client)


def test_another_port_in_the_host_does_not_start_the_count_again(client):
    user = verified()
    for port in range(5):
        Client(headers={"Host": f"testserver:{8000 + port}"}).post(LOGIN, {"login": user.email, "password": WRONG})
    sign_in(client, user)
    assert not signed_in(client)


def test_a_new_password_lifts_the_lock(client):
    user = verified()
    for _ in range(6):
        sign_in(client, user, WRONG)
    client.post("/comptes/password/reset/", {"email": user.email})
    form = client.get(link(), follow=True)
    another = "Une-autre-phrase-bien-longue"
    client.post(form.redirect_chain[-1][0], {"password1": another, "password2": another})
    sign_in(client, user, another)
    assert signed_in(client)


def test_one_machine_cannot_try_many_accounts(client):
    for number in range(30):
        client.post(LOGIN, {"login": f"p{number}@example.org", "password": WRONG})
    answer = sign_in(client, verified())
    assert answer.status_code == 429 or "Trop d’essais" in said(answer)
    assert not signed_in(client)


def test_too_many_requests_have_their_page(client):
    for number in range(20):
        client.post("/comptes/signup/", {"email": f"p{number}@example.org"})
    answer = client.post("/comptes/signup/", {"email": "encore@example.org"})
    assert answer.status_code == 429
    assert "Trop d’essais en peu de temps" in said(answer)


def test_the_rates_are_counted_where_every_process_looks():
    """A cache in the memory of a process would give each one its own count."""
    assert real_settings.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")
    cache = caches["default"]
    assert isinstance(cache, DatabaseCache)
    assert cache._max_entries >= 100_000
    assert cache.add("essai", 1) is True
    assert DatabaseCache("cache", {}).add("essai", 2) is False


@pytest.mark.parametrize(
    ("proxies", "forwarded", "kept"),
    [(0, "203.0.113.9", "192.0.2.1"), (1, "198.51.100.7, 203.0.113.9", "203.0.113.9")],
)
def test_the_address_of_the_visitor_is_believed_only_from_our_proxies(settings, proxies, forwarded, kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client = Client(REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    sign_in(client, verified())
    assert kept in said(client.get("/comptes/sessions/"))


def test_each_session_is_listed_in_words_and_can_be_closed(client):
    user = verified()
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"
    other = Client(headers={"User-Agent": firefox})
    sign_in(other, user)
    other.get("/mentions/")
    sign_in(client, user)
    page = client.get("/comptes/sessions/")
    assert "Firefox sur Windows" in said(page)
    assert "Cet appareil" in said(page)
    (form,) = [each for each in read(page.content.decode()).all("form") if each.attrs["action"].endswith("/fermer/")]
    client.post(form.attrs["action"])
    assert other.get("/comptes/sessions/").url.startswith(LOGIN)
    assert client.get("/comptes/sessions/").status_code == 200


def test_all_other_sessions_close_at_once(client):
    user, other = verified(), Client()
    sign_in(other, user)
    sign_in(client, user)
    client.post("/comptes/sessions/")
    assert not signed_in(other) or other.get("/comptes/sessions/").status_code == 302
    assert client.get("/comptes/sessions/").status_code == 200


def test_a_session_of_someone_else_is_not_found(client):
    other = Client()
    sign_in(other, verified("autre"))
    other.get("/mentions/")
    sign_in(client, verified())
    theirs = UserSession.objects.get(user__email="autre@example.org")
    assert client.post(f"/comptes/sessions/{theirs.pk}/fermer/").status_code == 404
    assert client.get(f"/comptes/sessions/{theirs.pk}/fermer/").status_code == 405


def test_pages_of_accounts_are_not_kept_by_the_browser(client):
    sign_in(client, verified())
    assert "no-store" in client.get("/comptes/sessions/")["Cache-Control"]


def test_the_page_says_where_e_mails_go_on_a_machine_without_a_server(client, settings):
    data = {"prenom": "A", "nom": "B", "email": "a@example.org", "password1": PASSWORD}
    assert "/courriels" not in said(client.post("/comptes/signup/", data, follow=True))
    settings.LOCAL_ONLY = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "courriels" in said(client.get("/comptes/confirm-email/"))
