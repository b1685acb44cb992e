"""The pages of action sheets: listed, written, ordered, removed and put back."""

import io

import openpyxl
import pytest
from tests import cast
from tests.web.activity import *  # noqa: F403

from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import Action
from maillage.apps.activity.services.actions import create_action
from maillage.apps.diagnostics.models import KeptDiagnosis

SHEET = {
    "title": "Prévenir les chutes",
    "objective": "Moins de chutes",
    "budget": "12 500,50",
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
    "state": "prevue",
    "missions": ["MSP-1.6a", "MSP-2.2"],
    "indicateur-nom": ["Ateliers tenus", ""],
    "indicateur-cible": ["10", ""],
    "indicateur-source": ["émargement", ""],
}
KNOWN = {"code": "population.75_plus", "libelle": "75 ans et plus", "valeur": 900, "texte": "900", "unite": "habitants"}
UNKNOWN = {"code": "apl.infirmier", "libelle": "APL", "valeur": None, "texte": "à confirmer", "unite": ""}
FIGURES = {"sections": [{"chiffres": [KNOWN | {"millesime": "2021"}, UNKNOWN | {"millesime": "2023"}]}]}


@pytest.fixture
def with_diagnosis(people):
    people.projet.diagnosis = KeptDiagnosis.objects.create(
        created_at=cast.NOW, name="Redon", recipe={}, result=FIGURES, fingerprint="0" * 64
    )
    people.projet.save()


@pytest.fixture
def three(people):
    return [
        create_action(people.structure, ActionFields(title=title, state=state), by=people.porteuse, at=cast.NOW)
        for title, state in (("Chutes", "prevue"), ("Diabète", "en_cours"), ("Ancienne", "abandonnee"))
    ]


def sheets(page):
    return [row.one("th").all("a")[0].text for row in page.one("tbody").all("tr")]


def test_an_empty_list_offers_the_templates_of_the_structure(porteuse):
    page = porteuse.get("actions/")
    assert page.one("h1").text == "Missions et actions"
    templates = [link for link in page.all("a") if "modele=" in link.attrs["href"]]
    assert len(templates) >= 4
    begun = porteuse.get("actions/nouvelle/", modele="msp-stagiaires")
    assert begun.one("input", id="champ-title").attrs["value"] == "Accueillir des étudiants en santé"
    assert begun.one("input", value="MSP-2.4").attrs.get("checked") is not None
    assert not Action.objects.exists()


def test_a_sheet_is_written_and_read(porteuse, with_diagnosis):
    page = porteuse.posted("actions/nouvelle/", {**SHEET, "besoin": "population.75_plus"})
    assert page.one("h1").text == "Prévenir les chutes"
    assert "75 ans et plus : 900 habitants" in page.one("main").text
    assert "12 500,50 €" in page.one("main").text.replace("\u202f", " ")
    assert "Missions de santé publique" in page.one("main").text
    action = Action.objects.get()
    assert action.need == {
        "cle": "population.75_plus",
        "libelle": "75 ans et plus",
        "valeur": "900 habitants",
        "millesime": "2021",
    }
    assert action.indicators == [{"nom": "Ateliers tenus", "cible": "10", "source": "émargement"}]


def test_only_figures_that_have_a_value_are_offered(porteuse, with_diagnosis):
    choices = porteuse.get("actions/nouvelle/").one("select", id="champ-besoin").all("option")
    assert [choice.attrs["value"] for choice in choices] == ["", "population.75_plus"]


def test_a_wrong_sheet_keeps_what_was_typed_beside_its_message(porteuse):
    page = porteuse.posted("actions/nouvelle/", {**SHEET, "budget": "beaucoup", "ends_on": "2026-01-01"}, status=422)
    budget = page.one("input", id="champ-budget")
    assert budget.attrs["value"] == "beaucoup"
    assert "montant en euros" in budget.described(page)
    assert "ne précède pas le début" in page.one("input", id="champ-ends_on").described(page)
    assert page.one("textarea", id="champ-objective").text == "Moins de chutes"
    assert page.all("input", name="indicateur-nom")[0].attrs["value"] == "Ateliers tenus"
    assert not Action.objects.exists()


def test_rows_of_indicators_are_added_without_a_script_and_without_saving(porteuse):
    page = porteuse.posted("actions/nouvelle/", {**SHEET, "ajouter": "oui"})
    assert len(page.all("input", name="indicateur-nom")) == 5
    assert not Action.objects.exists()


def test_a_patient_in_a_sheet_is_stopped_then_masked(porteuse):
    told = {**SHEET, "objective": "Suivre Mme MARTIN Jeanne, 82 ans"}
    page = porteuse.posted("actions/nouvelle/", told, status=422)
    assert "peut désigner un patient" in page.one(id="donnees-patient").text
    assert not Action.objects.exists()
    masked = porteuse.posted("actions/nouvelle/", {**told, "masquer": "oui"})
    assert "[masqué]" in masked.one("textarea", id="champ-objective").text
    assert "MARTIN" not in masked.one("main").text


def test_two_people_who_write_see_what_the_other_wrote(people, porteuse, visitor, three):
    address = f"actions/{three[0].pk}/modifier/"
    seen = porteuse.get(address).one("input", name="vu").attrs["value"]
    visitor("redactrice").posted(address, {**SHEET, "title": "Premier", "vu": seen})
    page = porteuse.posted(address, {**SHEET, "title": "Second", "vu": seen}, status=422)
    assert "Quelqu'un a modifié cette page" in page.one("main").text
    assert "Premier" in page.one("dl", class_="answers").text
    assert page.one("input", id="champ-title").attrs["value"] == "Second"
    porteuse.posted(address, {**SHEET, "title": "Second", "vu": page.one("input", name="vu").attrs["value"]})
    three[0].refresh_from_db()
    assert three[0].title == "Second"


def test_the_list_is_filtered_sorted_and_exported_as_its_address_says(porteuse, three):
    assert sheets(porteuse.get("actions/")) == ["1. Chutes", "2. Diabète"]
    assert sheets(porteuse.get("actions/", etat="toutes", tri="titre")) == ["3. Ancienne", "1. Chutes", "2. Diabète"]
    assert sheets(porteuse.get("actions/", q="diab")) == ["2. Diabète"]
    assert "Aucune fiche ne correspond" in porteuse.get("actions/", q="rien").one("main").text
    csv = porteuse.raw("actions/", format="csv", etat="toutes").content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Rang;Intitulé")
    assert len(csv.splitlines()) == 4
    book = openpyxl.load_workbook(io.BytesIO(porteuse.raw("actions/", format="xlsx").content))
    assert [row[1].value for row in book.active.iter_rows()] == ["Intitulé", "Chutes", "Diabète"]
    assert porteuse.raw("actions/", format="pdf").status_code == 404


def test_more_than_fifty_sheets_are_cut_in_pages_and_exported_whole(people, porteuse):
    Action.objects.bulk_create(Action(structure=people.structure, title=f"A{n:02}", position=n) for n in range(52))
    first, second = porteuse.get("actions/"), porteuse.get("actions/", page="2", q="a")
    assert (len(sheets(first)), sheets(second)) == (50, ["51. A50", "52. A51"])
    assert "52 fiches" in first.one("main").text
    assert "q=a" in second.one("a", rel="prev").attrs["href"]
    assert len(first.all("button", title="Monter")) == 49
    assert len(first.all("button", title="Descendre")) == 50
    assert len(porteuse.raw("actions/", format="csv").content.decode("utf-8-sig").splitlines()) == 53


def test_sheets_are_ordered_by_buttons(porteuse, three):
    porteuse.post(f"actions/{three[1].pk}/monter/")
    assert sheets(porteuse.get("actions/")) == ["1. Diabète", "2. Chutes"]


def test_a_removed_sheet_is_put_back_by_one_button(porteuse, three):
    page = porteuse.posted(f"actions/{three[0].pk}/supprimer/")
    key = page.one("input", name="cle").attrs["value"]
    assert sheets(page) == ["1. Diabète"]
    assert "Chutes" in page.one("form", class_="undo").text
    assert sheets(porteuse.posted("actions/retablir/", {"cle": key})) == ["1. Chutes", "2. Diabète"]


def test_a_sheet_is_duplicated_abandoned_and_taken_up_again(porteuse, three):
    page = porteuse.posted(f"actions/{three[0].pk}/dupliquer/")
    assert page.one("input", id="champ-title").attrs["value"] == "Chutes (copie)"
    porteuse.posted(f"actions/{three[0].pk}/abandonner/")
    assert "1. Chutes" not in sheets(porteuse.get("actions/"))
    page = porteuse.posted(f"actions/{three[0].pk}/reprendre/")
    assert "prévue" in page.one("main").text
    assert porteuse.post(f"actions/{three[0].pk}/voler/").status_code == 404


def test_the_sheets_are_printed_in_full(porteuse, three):
    page = porteuse.get("actions/imprimer/")
    assert [title.text for title in page.one("main").all("h2")] == ["1. Chutes", "2. Diabète"]


def test_who_may_only_read_sees_no_button_and_writes_nothing(visitor, three):
    reader = visitor("membre")
    page = reader.get("actions/")
    assert page.one("main").all("form", method="post") == []
    assert reader.get(f"actions/{three[0].pk}/").one("main").all("form") == []
    for address in ("nouvelle/", f"{three[0].pk}/modifier/"):
        assert reader.raw(f"actions/{address}").status_code == 403
    assert reader.post(f"actions/{three[0].pk}/supprimer/").status_code == 403


def test_a_stranger_finds_nothing(visitor, three):
    for address in ("actions/", f"actions/{three[0].pk}/", "protocoles/", "budget/", "reunions/", "reunions/temps/"):
        assert visitor("stranger").raw(address).status_code == 404
