"""The pages of protocols."""

import pytest
from tests import cast
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said

from maillage.apps.activity.inputs import ProtocolFields
from maillage.apps.activity.models import Protocol
from maillage.apps.activity.services.protocols import create_protocol

PROTOCOL = {
    "title": "Plaies",
    "state": "en_cours",
    "theme": "Patients obèses",
    "metiers": ["infirmier"],
    "planned_on": "2027-03-01",
}


@pytest.fixture
def two(people):
    return [
        create_protocol(people.structure, ProtocolFields(title=title, theme=theme), by=people.porteuse, at=cast.NOW)
        for title, theme in (("Plaies", "Domicile"), ("Chutes", ""))
    ]


def titles(page):
    return [row.one("th").all("a")[0].text for row in page.one("tbody").all("tr")]


def test_the_themes_of_the_agreement_are_a_start(porteuse):
    page = porteuse.get("protocoles/")
    assert "Grossesses à risque" in page.one("main").text
    (link,) = page.all("a", word="Patients obèses")
    page = porteuse.get("protocoles/nouveau/", theme="Patients obèses")
    assert "theme=Patients%20ob" in link.attrs["href"]
    (chosen,) = (each for each in page.one("select", id="champ-theme").all("option") if "selected" in each.attrs)
    assert chosen.attrs["value"] == "Patients obèses"


def test_an_agreement_without_list_of_themes_shows_none(people, porteuse):
    people.structure.kind = "cpts"
    people.structure.save()
    assert "Ce que l'accord en paie" not in porteuse.get("protocoles/").one("main").text


def test_a_protocol_is_written_changed_and_listed(porteuse):
    page = porteuse.posted("protocoles/nouveau/", PROTOCOL)
    assert "thème de l'accord" in said(page)
    page = porteuse.get("protocoles/")
    assert titles(page) == ["1. Plaies"]
    assert "infirmier" in page.one("tbody").text
    protocol = Protocol.objects.get()
    page = porteuse.get(f"protocoles/{protocol.pk}/modifier/")
    assert page.one("input", id="champ-planned_on").attrs["value"] == "2027-03-01"
    wrong = porteuse.posted(f"protocoles/{protocol.pk}/modifier/", {**PROTOCOL, "title": ""}, status=422)
    assert "obligatoire" in wrong.one("input", id="champ-title").described(wrong)


def test_the_list_is_filtered_ordered_and_exported(porteuse, two):
    assert titles(porteuse.get("protocoles/", theme="Domicile")) == ["1. Plaies"]
    assert titles(porteuse.get("protocoles/", tri="titre")) == ["2. Chutes", "1. Plaies"]
    porteuse.post(f"protocoles/{two[1].pk}/monter/")
    assert titles(porteuse.get("protocoles/")) == ["1. Chutes", "2. Plaies"]
    assert len(porteuse.raw("protocoles/", format="csv").content.decode("utf-8-sig").splitlines()) == 3


def test_a_removed_protocol_is_put_back(porteuse, two):
    page = porteuse.posted(f"protocoles/{two[0].pk}/supprimer/")
    key = page.one("input", name="cle").attrs["value"]
    assert titles(porteuse.posted("protocoles/retablir/", {"cle": key})) == ["1. Plaies", "2. Chutes"]


def test_who_may_only_read_reads(visitor, two):
    page = visitor("membre").get(f"protocoles/{two[0].pk}/")
    assert "Ce que fait chacun" in page.one("main").text
    assert page.one("main").all("form") == []
    assert visitor("membre").post(f"protocoles/{two[0].pk}/modifier/", PROTOCOL).status_code == 403
