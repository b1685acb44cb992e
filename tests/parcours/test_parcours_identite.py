"""Through an identity provider and back, in a real browser under the real policy: forms may not leave the site."""

import pytest
import requests
from playwright.sync_api import expect
from tests.parcours.accessibility import violations
from tests.web.comptes import provider as openid
from tools import served

CLAIMS = {
    "sub": "agent-1",
    "given_name": "Nour",
    "usual_name": "Exemple",
    "email": "nour.agent@example.org",
    "email_verified": True,
    "siret": "1" * 14,
}


@pytest.fixture
def provider():
    with openid.served(dict(CLAIMS)) as running:
        yield running


@pytest.fixture
def open_site(provider, monkeypatch, site_var):
    """The site with ProConnect opened by its settings alone."""
    monkeypatch.setenv("PROCONNECT_URL", provider.address)
    monkeypatch.setenv("PROCONNECT_CLIENT_ID", openid.CLIENT)
    monkeypatch.setenv("PROCONNECT_SECRET", openid.SECRET)
    with served.served(site_var) as address:
        # A site that has just started answers its first page slowly; the journey does not measure that.
        requests.get(f"{address}/comptes/login/", timeout=60).raise_for_status()
        yield address


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_an_agent_enters_by_proconnect_and_leaves_there_too(
    new_page, complaints, open_site, provider, javascript
) -> None:
    complaints.site = "http://127.0.0.1"
    provider.claims["sub"] = f"agent-{javascript}"
    provider.claims["email"] = f"agent-{javascript}@example.org".lower()
    page = new_page(f"{open_site}/comptes/login/", javascript=javascript)
    assert not javascript or violations(page) == []
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    expect(page.locator("details.account > summary")).to_contain_text("Nour Exemple")
    assert page.url.startswith(open_site)
    page.locator("details.account > summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Session fermée chez l’opérateur")
    page.goto(f"{open_site}/comptes/sessions/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
