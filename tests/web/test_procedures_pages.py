"""Public pages « Démarches »: every kind in every region, explained with its sources."""

import pytest
from django.utils.html import escape
from tests.web.reading import read

from maillage.core.dossiers.kinds import every_kind

LIST = "/regles/dossiers/"
KINDS = [(each.code, each.pack) for each in every_kind()]
NAMES = [f"{code}-{pack or 'nation'}" for code, pack in KINDS]


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return read(response.content.decode())


@pytest.mark.parametrize(("code", "pack"), KINDS, ids=NAMES)
def test_every_kind_is_explained_with_its_sources(client, code, pack):
    definition = next(each for each in every_kind() if (each.code, each.pack) == (code, pack))
    page = page_of(client, f"{LIST}{code}/?region={pack}" if pack else f"{LIST}{code}/")
    text = " ".join(page.one("main").text.split()).replace("\u202f", " ").replace("\xa0", " ").replace("’", "'")
    words = [
        *(each.libelle for each in (*definition.champs, *definition.pieces)),
        *(each.enonce for each in definition.verifications),
    ]
    assert [each for each in words if " ".join(each.split()).replace("’", "'") not in text] == []
    assert len(page.all("h1")) == 1
    assert text.count("confiance") >= len(words)
    assert "None" not in text


def test_the_list_is_by_structure_and_grows_with_the_region(client):
    national, breton = (page_of(client, f"{LIST}{query}").one("main").text for query in ("", "?region=bretagne"))
    assert "BoosTerr Santé" not in national
    assert "BoosTerr Santé" in breton
    assert "Projet de santé d’une CPTS" in national


def test_a_kind_of_one_region_leads_to_it(client):
    response = client.get(f"{LIST}audit_cds/")
    assert (response.status_code, response["Location"]) == (302, f"{LIST}audit_cds/?region=bretagne")
    assert client.get(f"{LIST}audit_cds/?region=paca").status_code == 404
    assert client.get(f"{LIST}inconnue/").status_code == 404


def test_a_wrong_region_is_said_beside_its_field(client):
    page = page_of(client, f"{LIST}?region=bretagnes", status=422)
    assert "bretagne" in page.one("p", id="region-erreur").text


def test_before_its_text_a_kind_is_not_listed(client):
    titles = page_of(client, f"{LIST}?date=2017-01-01").one("main").text
    assert "Agrément d’un centre" not in titles
    assert (
        "n’existe pas au 1er janvier 2017" in page_of(client, f"{LIST}agrement_cds/?date=2017-01-01").one("main").text
    )


@pytest.mark.django_db
def test_the_rules_lead_to_them_and_the_map_of_the_site_too(client):
    assert f'href="{LIST}"' in client.get("/regles/").content.decode()
    found = client.get("/sitemap.xml").content.decode()
    assert escape(f"{LIST}audit_cds/?region=bretagne") in found
    assert f"{LIST}projet_sante_cpts/<" in found
