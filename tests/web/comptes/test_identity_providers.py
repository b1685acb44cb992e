"""Signing in through Pro Santé Connect and ProConnect, against a provider that the test starts, and its attacks."""

import hashlib
import hmac
import re
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client
from tests.cast import NOW, PASSWORD
from tests.web.comptes import provider as openid
from tests.web.comptes.helpers import LOGIN, code, sign_in, signed_in, verified, with_totp
from tests.web.reading import read

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.config.identity import identity_app

pytestmark = pytest.mark.django_db
RPPS = "10003456786"
AGENT = {
    "sub": "agent-1",
    "given_name": "Nour",
    "usual_name": "Exemple",
    "email": "Nour@Example.org",
    "siret": "1" * 14,
}
NURSE = {
    "sub": "f:psc:1",
    "given_name": "Camille",
    "family_name": "Exemple",
    "SubjectNameID": f"8{RPPS}",
    "SubjectRefPro": {"exercices": [{"codeProfession": "60"}, {"codeProfession": "60"}]},
    "otherIds": [{"identifiant": "secret"}],
}
VERIFIED = {**AGENT, "email_verified": True}


@pytest.fixture
def provider():
    with openid.served(dict(VERIFIED)) as running:
        yield running


@pytest.fixture
def opened(settings, provider):
    """Open ProConnect or Pro Santé Connect on this installation, at the provider of the test."""

    def open_provider(name="proconnect", second_factor=()):
        given = {"url": provider.address, "client_id": openid.CLIENT, "secret": openid.SECRET}
        lists = {"scope": ["openid", "email"], "acr": ["eidas1"], "second_factor": list(second_factor)}
        settings.SOCIALACCOUNT_PROVIDERS = {"identite": {"APPS": identity_app(name, given, lists)}}

    open_provider()
    return open_provider


def said(response):
    return read(response.content.decode()).one("main").text


def leave(client, name="proconnect", **more):
    """Press the button: what the site asks the provider."""
    answer = client.post(f"/comptes/identite/{name}/login/".replace("login/", ""), {"process": "login", **more})
    page = read(answer.content.decode())
    (refresh,) = [each for each in page.all("meta") if each.attrs.get("http-equiv") == "refresh"]
    address = refresh.attrs["content"].partition("url=")[2]
    assert page.one("main").all("a")[0].attrs["href"] == address
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(client, provider, asked, name="proconnect", **altered):
    """The provider identifies the person, who returns."""
    given = {"code": provider.authorize(asked), "state": asked["state"], **altered}
    return client.get(f"/comptes/identite/{name}/retour/", given)


def through(client, provider, name="proconnect", **more):
    return come_back(client, provider, leave(client, name, **more), name)


def refused(client, provider, name="proconnect"):
    """Whether the sign-in ends on the page of refusal, with nothing written."""
    answer = through(client, provider, name)
    assert "n’a pas abouti" in said(answer)
    return not signed_in(client) and not SocialAccount.objects.exists() and not User.objects.exists()


def test_no_button_until_a_provider_is_set(client):
    page = read(client.get(LOGIN).content.decode())
    assert "ProConnect" not in page.one("main").text
    assert client.post("/comptes/identite/proconnect/").status_code == 404


def test_the_buttons_have_the_official_words(client, opened):
    for name, words in (("proconnect", "S’identifier avec ProConnect"), ("psc", "S’identifier avec Pro Santé Connect")):
        opened(name)
        assert words in said(client.get(LOGIN))


def test_what_is_asked_of_the_provider(client, provider, opened):
    asked = leave(client, scope="admin", auth_params="acr_values=faible")
    assert asked["redirect_uri"] == "http://testserver/comptes/identite/proconnect/retour/"
    assert (asked["response_type"], asked["acr_values"]) == ("code", "eidas1")
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked["nonce"]), len(asked["state"]), len(asked["code_challenge"])) >= 16


def test_a_new_agent_gets_an_account_and_little_is_kept(client, provider, opened):
    through(client, provider)
    user = User.objects.get()
    assert (user.email, user.full_name) == ("nour@example.org", "Nour Exemple")
    assert not user.has_usable_password()
    assert signed_in(client)
    linked = SocialAccount.objects.get()
    assert (linked.provider, linked.uid, linked.extra_data) == ("proconnect", "agent-1", {"siret": "1" * 14})
    assert not SocialToken.objects.exists()


def test_a_professional_is_known_by_the_rpps_number_and_gives_an_address(client, provider, opened):
    opened("psc")
    provider.claims = NURSE
    form = through(client, provider, "psc")
    assert form.url == "/comptes/3rdparty/signup/"
    page = read(client.get(form.url).content.decode())
    assert page.one(id="id_prenom").attrs["value"] == "Camille"
    client.post(form.url, {"prenom": "Camille", "nom": "Exemple", "email": "camille@example.org"})
    linked = SocialAccount.objects.get()
    assert linked.extra_data == {"rpps": RPPS, "professions": ["60"]}
    assert not signed_in(client)
    client.post(re.search(r"http://\S+", mail.outbox[-1].body)[0])
    assert signed_in(client)


def test_userinfo_in_plain_json_is_read_too(client, provider, opened):
    provider.signed_userinfo = False
    through(client, provider)
    assert signed_in(client)


def test_an_address_that_the_provider_does_not_vouch_for_must_be_confirmed(client, provider, opened):
    provider.claims = {**AGENT, "email_verified": "true"}
    through(client, provider)
    assert not signed_in(client)
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize("claims", [VERIFIED, AGENT], ids=["vouched for", "not vouched for"])
def test_an_account_is_never_entered_by_its_address_alone(client, provider, opened, claims):
    user = verified("nour")
    provider.claims = claims
    through(client, provider)
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.get() == user
    assert user.check_password(PASSWORD)


def test_who_has_an_account_is_told_to_sign_in_first_then_links_and_enters(client, provider, opened):
    user = verified("nour")
    told = through(client, provider)
    assert "Vous avez déjà un compte" in said(client.get(told.url))
    sign_in(client, user)
    client.post("/comptes/reauthenticate/", {"password": PASSWORD})
    through(client, provider, process="connect")
    assert SocialAccount.objects.get().user == user
    assert "ProConnect" in said(client.get("/comptes/3rdparty/"))
    client.logout()
    through(client, provider)
    assert signed_in(client)


BEFORE = 1_700_000_000
ALTERED = {
    "signed with another key": partial(openid.sign, key=openid.OTHER_KEY),
    "key unknown": partial(openid.sign, kid="autre"),
    "no signature": openid.unsigned,
    "no signature, said in capitals": partial(openid.unsigned, algorithm="NONE"),
    "secret made of the public key": lambda claims: openid.unsigned(
        claims, "HS256", _hmac(openid.unsigned(claims, "HS256"))
    ),
    "for another application": lambda claims: openid.sign({**claims, "aud": "autre"}),
    "for several, made for another": lambda claims: openid.sign({**claims, "aud": ["autre", openid.CLIENT]}),
    "authorized party is another": lambda claims: openid.sign({**claims, "azp": "autre"}),
    "from another issuer": lambda claims: openid.sign({**claims, "iss": "https://ailleurs.example"}),
    "expired": lambda claims: openid.sign({**claims, "exp": BEFORE}),
    "without an end": lambda claims: openid.sign({k: v for k, v in claims.items() if k != "exp"}),
    "without an issuer": lambda claims: openid.sign({k: v for k, v in claims.items() if k != "iss"}),
    "without an audience": lambda claims: openid.sign({k: v for k, v in claims.items() if k != "aud"}),
    "of someone else": lambda claims: openid.sign({**claims, "sub": "victime"}),
    "not a token": lambda _claims: "abc",
    "empty": lambda _claims: "",
}


def _hmac(token):
    return hmac.new(openid.PUBLIC_PEM, token.rpartition(".")[0].encode(), hashlib.sha256).digest()


@pytest.mark.parametrize("what", ALTERED)
@pytest.mark.parametrize("where", ["id_token", "userinfo"])
def test_an_altered_token_is_refused(client, provider, opened, where, what):
    setattr(provider, where, ALTERED[what])
    assert refused(client, provider)


@pytest.mark.parametrize("nonce", ["autre", "", None])
def test_a_token_made_for_another_sign_in_is_refused(client, provider, opened, nonce):
    provider.id_token = lambda claims: openid.sign({**claims, "nonce": nonce})
    assert refused(client, provider)


def test_plain_userinfo_of_someone_else_is_refused(client, provider, opened):
    provider.signed_userinfo = False
    provider.id_token = lambda claims: openid.sign({**claims, "sub": "autre"})
    assert refused(client, provider)


def test_the_journal_tells_why_without_any_token(client, provider, opened, caplog):
    provider.id_token = ALTERED["expired"]
    through(client, provider)
    (line,) = [each.getMessage() for each in caplog.records if "sign-in through" in each.getMessage()]
    assert line == "sign-in through proconnect failed: token refused: Signature has expired"


def test_a_state_serves_once_and_belongs_to_one_browser(client, provider, opened):
    asked = leave(client)
    other = Client()
    assert "n’a pas abouti" in said(come_back(other, provider, asked))
    assert not signed_in(other)
    come_back(client, provider, asked)
    assert signed_in(client)
    client.post("/comptes/logout/")
    assert "n’a pas abouti" in said(come_back(client, provider, asked))
    assert not signed_in(client)


def test_a_code_without_its_verifier_is_useless(client, provider, opened):
    asked = leave(client)
    stolen = provider.authorize({**asked, "code_challenge": "celui-de-l-attaquant"})
    assert "n’a pas abouti" in said(come_back(client, provider, asked, code=stolen))
    assert not signed_in(client)


def test_giving_up_at_the_provider_says_so(client, provider, opened):
    answer = come_back(client, provider, leave(client), error="access_denied", code="")
    assert "Vous avez abandonné" in said(client.get(answer.url) if answer.status_code == 302 else answer)


def test_a_provider_that_does_not_answer_says_so_and_breaks_nothing(client, settings):
    given = {"url": "http://127.0.0.1:9", "client_id": "x", "secret": "x"}
    lists = {"scope": ["openid"], "acr": [], "second_factor": []}
    settings.SOCIALACCOUNT_PROVIDERS = {"identite": {"APPS": identity_app("psc", given, lists)}}
    assert "n’a pas abouti" in said(client.post("/comptes/identite/psc/", {"process": "login"}))


def test_signing_out_ends_the_session_at_the_provider_too(client, provider, opened):
    through(client, provider)
    page = read(client.post("/comptes/logout/").content.decode())
    (refresh,) = [each for each in page.all("meta") if each.attrs.get("http-equiv") == "refresh"]
    address = urlsplit(refresh.attrs["content"].partition("url=")[2])
    asked = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.address}/end"
    assert asked["post_logout_redirect_uri"] == ["http://testserver/"]
    assert asked["id_token_hint"]
    assert asked["state"]
    assert not signed_in(client)


def test_who_entered_by_a_password_signs_out_here_alone(client, provider, opened):
    sign_in(client, verified())
    assert client.post("/comptes/logout/").status_code == 302


def reviewer(user):
    ars = Organisation.objects.create(kind="ars", nom="ARS Bretagne", region="53", created_at=NOW)
    Role.objects.create(user=user, organisation=ars, name=Role.Name.INSTRUCTEUR, since=NOW)


@pytest.mark.parametrize(
    ("trusted", "told", "open_to"),
    [((), "eidas2", False), (("eidas2",), "eidas1", False), (("eidas2",), "eidas2", True)],
)
def test_a_second_factor_of_the_provider_counts_only_when_the_setting_says_so(
    client, provider, opened, trusted, told, open_to
):
    opened(second_factor=trusted)
    provider.acr = told
    through(client, provider)
    reviewer(User.objects.get())
    assert (client.get("/mentions/").status_code == 200) is open_to


@pytest.mark.parametrize(("trusted", "asked"), [((), True), (("eidas2",), False)])
def test_the_second_factor_kept_here_is_asked_unless_the_provider_just_did(client, provider, opened, trusted, asked):
    through(client, provider)
    with_totp(User.objects.get())
    client.logout()
    opened(second_factor=trusted)
    provider.acr = "eidas2"
    answer = through(client, provider)
    assert (answer.url == "/comptes/2fa/authenticate/") is asked
    assert signed_in(client) is not asked
    if asked:
        client.post(answer.url, {"code": code()})
        assert signed_in(client)


def test_the_only_way_in_cannot_be_unlinked(client, provider, opened):
    through(client, provider)
    linked = SocialAccount.objects.get()
    client.post("/comptes/3rdparty/", {"account": linked.pk})
    assert SocialAccount.objects.exists()
