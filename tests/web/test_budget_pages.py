"""The pages of the budget."""

import pytest
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said

from maillage.apps.projets.models import BudgetLine

LINE = {"kind": "depense", "year": "2027", "label": "Logiciel partagé", "amount": "12 500,50", "envelope": "FIR"}


def test_a_line_is_added_and_the_year_adds_up(porteuse):
    porteuse.posted("budget/", LINE)
    page = porteuse.posted("budget/", {**LINE, "kind": "ressource", "label": "Aide", "amount": "", "is_secured": "oui"})
    assert "12 500,50 €" in said(page)
    figures = page.all("dl", class_="figures")[0].text
    assert "1 montant à confirmer" in figures
    assert figures.count("à confirmer") >= 2


def test_a_wrong_line_is_refused_beside_its_field(porteuse):
    page = porteuse.posted("budget/", {**LINE, "amount": "-3", "year": "27"}, status=422)
    assert "montant" in page.one("input", id="champ-amount").described(page)
    assert "année" in page.one("input", id="champ-year").described(page)
    assert page.one("input", id="champ-label").attrs["value"] == "Logiciel partagé"
    assert not BudgetLine.objects.exists()


def test_a_line_is_changed_removed_and_put_back(porteuse):
    porteuse.posted("budget/", LINE)
    line = BudgetLine.objects.get()
    page = porteuse.get(f"budget/{line.pk}/")
    seen = page.one("input", name="vu").attrs["value"]
    assert page.one("input", id="champ-amount").attrs["value"].replace("\u202f", " ") == "12 500,5"
    porteuse.posted(f"budget/{line.pk}/", {**LINE, "amount": "10", "vu": seen})
    assert porteuse.posted(f"budget/{line.pk}/", {**LINE, "vu": seen}, status=422)
    page = porteuse.posted(f"budget/{line.pk}/supprimer/")
    key = page.one("input", name="cle").attrs["value"]
    porteuse.posted("budget/retablir/", {"cle": key})
    assert str(BudgetLine.objects.get().amount) == "10.00"


def test_the_budget_is_exported(porteuse):
    porteuse.posted("budget/", LINE)
    rows = porteuse.raw("budget/", format="csv").content.decode("utf-8-sig").splitlines()
    assert rows[1] == "2027;dépense;Logiciel partagé;FIR;12500.5;non;"


def test_without_a_territory_the_page_of_the_aids_says_what_to_do(people, porteuse):
    people.structure.communes.all().delete()
    assert "Complétez l'équipe et le territoire" in said(porteuse.get("budget/aides/"))


@pytest.mark.usefixtures("france")
def test_what_the_rules_suggest_is_put_in_the_budget_never_secured(porteuse):
    page = porteuse.get("budget/aides/")
    keys = [box.attrs["value"] for box in page.all("input", name="aide")]
    assert len(keys) > 2
    wrong = porteuse.posted("budget/aides/", {"aide": keys[:2], "year": "27"}, status=422)
    assert "année" in wrong.one("input", id="year").described(wrong)
    porteuse.posted("budget/aides/", {"aide": keys[:2], "year": "2027"})
    lines = list(BudgetLine.objects.all())
    assert len(lines) == 2
    assert all(line.kind == "ressource" and not line.is_secured and line.envelope and line.note for line in lines)
    assert "déjà au budget" in said(porteuse.get("budget/aides/"))


def test_who_may_only_read_adds_nothing(visitor):
    assert visitor("membre").get("budget/").one("main").all("form") == []
    assert visitor("membre").post("budget/", LINE).status_code == 403
    assert visitor("membre").raw("budget/aides/").status_code == 403
