"""What the summary of a project says in words."""

from maillage.apps.projets.document_words import _budgets


def line(nature: str, amount: str | None) -> dict[str, object]:
    return {"annee": 2027, "nature": nature, "montant": amount}


def said(*lines: dict[str, object]) -> str:
    return next(_budgets({"budget": lines})).replace("\u202f", " ").replace("\xa0", " ")


def test_what_nobody_entered_is_never_said_to_be_nothing() -> None:
    assert said(line("depense", "12500.50")) == "Budget 2027 : 12 500,50 € de dépenses et aucune ressource saisie."
    assert said(line("ressource", "10")).startswith("Budget 2027 : aucune dépense saisie et 10 € de ressources")


def test_amounts_that_nobody_knows_are_to_confirm_and_those_entered_as_nothing_are_nothing() -> None:
    told = said(line("depense", "1200"), line("depense", None), line("ressource", None))
    assert told == "Budget 2027 : 1 200 € de dépenses et ressources à confirmer ; 2 montants à confirmer."
    assert "0 € de ressources" in said(line("ressource", "0"))
