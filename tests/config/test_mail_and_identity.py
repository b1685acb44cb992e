"""Settings of e-mail and of identity providers."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from maillage.config.identity import identity_app
from maillage.config.mail import mail_settings

LISTS = {"scope": ["openid"], "acr": ["eidas1"], "second_factor": []}
GIVEN = {"url": "https://identite.example", "client_id": "nous", "secret": "s"}


def test_without_a_server_an_e_mail_is_a_file():
    found = mail_settings("", Path("/tmp/courriels"))  # noqa: S108
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert found["EMAIL_FILE_PATH"] == Path("/tmp/courriels")  # noqa: S108


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://relais.example", 25, False, False),
        ("submission://moi:p%40sse@relais.example", 587, True, False),
        ("smtps://moi:p%40sse@relais.example:4650", 4650, False, True),
    ],
)
def test_the_scheme_says_how_the_connection_is_ciphered(url, port, tls, ssl):
    found = mail_settings(url, Path())
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("relais.example", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert found["EMAIL_HOST_PASSWORD"] in ("", "p@sse")


@pytest.mark.parametrize("url", ["http://moi:p4sse@relais.example", "smtp://", "smtp://moi:p4sse@relais.example:abc"])
def test_an_address_that_cannot_be_read_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_settings(url, Path())
    assert "EMAIL_URL" in str(refused.value)
    assert "p4sse" not in str(refused.value)


def test_a_provider_is_closed_until_its_client_is_given():
    assert identity_app("psc", {**GIVEN, "client_id": ""}, LISTS) == []
    (app,) = identity_app("psc", GIVEN, LISTS)
    assert (app["provider_id"], app["name"]) == ("psc", "Pro Santé Connect")
    assert app["settings"]["auth_params"] == {"acr_values": "eidas1"}
    assert app["settings"]["oauth_pkce_enabled"] is True


@pytest.mark.parametrize("lacking", [{"url": ""}, {"secret": ""}, {"url": "http://identite.example"}])
def test_a_provider_half_described_or_in_clear_stops_the_start(lacking):
    with pytest.raises(ImproperlyConfigured, match="PSC_"):
        identity_app("psc", {**GIVEN, **lacking}, LISTS)


def test_a_provider_of_this_machine_may_be_in_clear():
    assert identity_app("psc", {**GIVEN, "url": "http://127.0.0.1:9000"}, LISTS)
