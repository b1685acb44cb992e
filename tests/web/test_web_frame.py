"""What surrounds the pages: what search engines are told, and what an address answers to a method it refuses."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponseNotAllowed
from django.test import Client
from tests.web.addresses import SITUATION

from maillage.apps.territories.models import Commune, Departement, Region
from maillage.core.documents.typography import MARKUP
from maillage.web.middleware import method_not_allowed_page
from maillage.web.territoires.views import LISTED

LOCATION = re.compile("<url><loc>http://testserver([^<]*)</loc></url>")


@pytest.fixture
def addresses(client: Client) -> list[str]:
    """The addresses of the sitemap, without the host."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return LOCATION.findall(response.content.decode())


@pytest.fixture
def saints(db: None) -> Callable[[int], None]:
    """Makes that many communes whose name begins with Saint."""

    def create(count: int) -> None:
        bretagne = Region.objects.create(code="53", nom="Bretagne")
        place = Departement.objects.create(code="35", nom="Ille-et-Vilaine", region=bretagne)
        names = {f"35{number:03}": f"saint {number}" for number in range(count)}
        Commune.objects.bulk_create(
            Commune(code=code, nom=name.title(), nom_recherche=name, nom_sans_article=name, departement=place)
            for code, name in names.items()
        )

    return create


def test_robots_are_told_where_the_sitemap_is(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_the_sitemap_names_each_standing_page_once(addresses):
    assert {"/", "/orientation/", "/simuler/aci-msp/", "/regles/", "/mentions/"} <= set(addresses)
    assert "/regles/aci_msp_montant/" in addresses
    assert "/regles/parametres/aci_msp.valeur_du_point/" in addresses
    assert len(addresses) == len(set(addresses))


def test_a_page_that_refuses_a_method_says_so_in_a_page(client):
    response = client.post("/mentions/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "<h1>Cette page se lit, elle ne reçoit pas d’envoi</h1>" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_an_address_that_only_receives_forms_says_so_to_who_opens_it(rf):
    answered = method_not_allowed_page(lambda _request: HttpResponseNotAllowed(["POST"]))(rf.get("/envoi/"))
    assert (answered.status_code, answered["Allow"]) == (405, "POST")
    told = answered.content.decode()
    assert "<h1>Cette adresse ne s’ouvre pas seule</h1>" in told
    assert "Cette page se lit" not in told


def test_the_api_keeps_its_own_answer_to_a_method_it_refuses(client):
    response = client.get("/api/orientation")
    assert response.status_code == 405
    assert response["Content-Type"].startswith("application/json")


def test_a_search_that_finds_too_many_communes_says_that_there_are_others(client, saints):
    saints(LISTED + 1)
    page = client.get("/territoires/", {"commune": "saint"}).content.decode()
    assert f"Les {LISTED} premières communes pour «\xa0saint\xa0»" in page
    assert "Il y en a d’autres" in page


def test_a_search_that_shows_all_it_found_says_how_many(client, saints):
    saints(2)
    page = client.get("/territoires/", {"commune": "saint"}).content.decode()
    assert "2 communes pour «\xa0saint\xa0»" in page
    assert "Il y en a d’autres" not in page


@pytest.mark.usefixtures("france")
@pytest.mark.parametrize(
    "address", [f"/orientation/resultat/?{SITUATION}", "/regles/", "/aide/?region=bretagne", "/donnees/"]
)
def test_a_page_has_the_spaces_and_the_apostrophes_of_french(client: Client, address: str) -> None:
    page = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
    said = "|".join(MARKUP.split(page)[::2])
    assert not re.search(r"\w(&#x27;|')\w|« | [:;?!»]", said)
