"""The pages of the log: filters in the address, pages, exports, who gets in."""

import datetime
import io
import json

import openpyxl
import pytest
from tests import cast
from tests.web.reading import read

from maillage.apps.common.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    people = cast.create()
    scope = str(people.structure.organisation_id)
    for minute in range(55):
        at = cast.NOW + datetime.timedelta(minutes=minute)
        record(by=people.membre, at=at, verb="renommer", subject=people.projet, after={"titre": minute}, scope=scope)
    record(by=people.porteuse, at=cast.NOW, verb="partager", subject=people.projet, scope=scope)
    return people


@pytest.fixture
def ask(client, people):
    """``ask("porteuse", "?acte=renommer")``: the answer."""

    def send(name, query="", *, status=200, address="/journal/"):
        client.force_login(getattr(people, name))
        response = client.get(address + query)
        assert response.status_code == status
        return response

    return send


@pytest.fixture
def page(ask):
    def seen(name, query="", **more):
        return read(ask(name, query, **more).content.decode())

    return seen


def test_the_log_asks_to_sign_in(client, people):
    assert client.get("/journal/")["Location"].startswith("/comptes/")
    assert client.get(f"/projets/{people.projet.pk}/journal/").status_code == 302


def test_a_manager_reads_all_a_page_at_a_time(page):
    first = page("porteuse")
    assert "56 actes." in first.one(role="status").text
    assert len(first.one("tbody").all("tr")) == 50
    assert "Page 1 sur 2" in first.one("main").text
    assert len(page("porteuse", "?page=2").one("tbody").all("tr")) == 6


def test_filters_are_in_the_address_and_stay_in_the_links(page):
    shown = page("porteuse", "?acte=renommer&page=2")
    assert "55 actes." in shown.one(role="status").text
    assert [o.attrs["value"] for o in shown.one("select", name="acte").all("option", selected=True)] == ["renommer"]
    assert shown.one("a", rel="prev").attrs["href"] == "?acte=renommer&page=1"


def test_a_wrong_day_is_said_beside_its_field_and_kept(page):
    shown = page("porteuse", "?du=hier", status=422)
    assert shown.one(id="du-erreur").text == "Écrivez une date."
    shown = page("porteuse", "?du=2026-11-22&au=2026-11-21", status=422)
    assert shown.one(id="au-erreur").text == "Ce jour vient avant le premier."
    assert shown.one(id="au").attrs["value"] == "2026-11-21"


def test_nothing_to_show_is_said(page):
    assert "Aucun acte n’est encore écrit." in page("stranger").one(role="status").text
    assert "Aucun acte pour ce choix." in page("porteuse", "?acte=signer").one(role="status").text


def test_the_log_of_a_project_is_in_its_frame_and_within_the_right(ask, page, people):
    address = f"/projets/{people.projet.pk}/journal/"
    assert page("porteuse", address=address).one("nav", **{"aria-label": "Structure"})
    assert "56 actes." in page("coordinatrice", address=address).one(role="status").text
    assert "55 actes." in page("membre", address=address).one(role="status").text
    assert "Aucun acte" in page("redactrice", address=address).one(role="status").text
    ask("stranger", address=address, status=404)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_is_shown_is_exported_whole(ask, kind):
    response = ask("porteuse", f"?acte=renommer&format={kind}")
    assert f".{kind}" in response["Content-Disposition"]
    rows = {
        "csv": lambda content: content.decode("utf-8-sig").splitlines()[1:],
        "xlsx": lambda content: list(openpyxl.load_workbook(io.BytesIO(content)).active)[1:],
        "json": lambda content: json.loads(content)["journal"],
    }[kind](response.content)
    assert len(rows) == 55


def test_an_export_tells_what_changed(ask):
    told = json.loads(ask("porteuse", "?acte=renommer&format=json").content)["journal"][-1]
    assert told["personne"] == "Membre Exemple"
    assert told["après"] == {"titre": "0"}
    assert told["date"] == "2026-11-22T10:00:00+01:00"


def test_the_log_stands_under_the_strict_policy(ask):
    policy = ask("porteuse")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_headings_taken_are_shown_on_demand_only(page, people):
    scope = str(people.structure.organisation_id)
    record(by=people.porteuse, at=cast.NOW, verb="prendre", subject=people.projet, scope=scope)
    assert "56 actes." in page("porteuse").one(role="status").text
    shown = page("porteuse", "?prises=1")
    assert "57 actes." in shown.one(role="status").text
    assert "checked" in shown.one("input", name="prises").attrs
    assert "checked" not in page("porteuse").one("input", name="prises").attrs
    assert shown.one("a", rel="next").attrs["href"] == "?prises=1&page=2"


def test_before_and_after_are_folded(page):
    shown = page("porteuse", "?acte=renommer")
    folded = shown.one("tbody").all("details")
    assert len(folded) == 50
    assert not [each for each in folded if "open" in each.attrs]
    assert "titre : 54" in folded[0].text
