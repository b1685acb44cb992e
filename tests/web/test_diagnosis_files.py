"""The files of a diagnosis, of the territory in the address or of one that was kept."""

import json

import pytest

from maillage.apps.diagnostics.documents import KINDS
from maillage.apps.territories.models import Commune
from maillage.web.territoires.downloads import FORMATS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

PAGE = "/territoires/diagnostic"
TWO = {"communes": ["35236", "35294"], "nom": "Pays de Redon"}
STARTS = {
    "pdf": b"%PDF",
    "docx": b"PK",
    "odt": b"PK",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "geojson": b"{",
    "json": b"{",
}


@pytest.fixture
def kept(client):
    return client.post(f"{PAGE}/conserver/", TWO)["Location"]


def test_every_file_that_can_be_made_is_offered_and_no_other():
    assert set(FORMATS) == set(KINDS)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_page_leads_to_a_file_of_its_kind_named_after_the_territory(visit, client, kind):
    links = {link.attrs["href"] for link in visit(f"{PAGE}/", TWO).one("main").all("a")}
    link = next(link for link in links if link.startswith(f"{PAGE}.{kind}?"))
    response = client.get(link)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == KINDS[kind]
    assert response.content.startswith(STARTS[kind])
    assert 'filename="diagnostic-pays-de-redon-' in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("inline" if kind == "pdf" else "attachment")


def test_the_recipe_says_what_makes_the_same_diagnosis_again(client):
    recipe = json.loads(client.get(f"{PAGE}.json", TWO).content)
    assert recipe["selection"]["communes"] == ["35236", "35294"]
    assert recipe["millesimes"]


def test_the_file_of_a_kept_diagnosis_is_that_of_its_day(visit, client, kept):
    before = client.get(f"{kept.rstrip('/')}.csv").content
    Commune.objects.filter(code="35236").update(population=20_000)
    assert client.get(f"{kept.rstrip('/')}.csv").content == before
    assert f"{kept.rstrip('/')}.pdf" in {link.attrs["href"] for link in visit(kept).one("main").all("a")}


@pytest.mark.parametrize("kind", ["exe", "doc", "PDF"])
def test_a_file_of_another_kind_is_not_found_and_the_page_says_which_are(visit, kept, kind):
    assert "pdf, docx, odt" in visit(f"{PAGE}.{kind}", TWO, status=404).one("main").text
    visit(f"{kept.rstrip('/')}.{kind}", status=404)


def test_the_file_of_a_territory_that_is_wrong_leads_to_the_form(visit):
    page = visit(f"{PAGE}.pdf", {"communes": "99999"}, status=422)
    assert "« 99999 » n’est pas accepté" in page.one(id="choisir").text
