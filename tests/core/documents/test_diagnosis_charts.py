"""The charts of a diagnosis."""

import pytest

from maillage.core.documents.diagnosis_charts import caption, chart
from maillage.core.documents.svg import alternative


def figure(code, value, **more):
    return {
        "code": code,
        "libelle": f"Figure {code}",
        "valeur": value,
        "texte": "à confirmer" if value is None else str(value),
        "unite": "%",
        "comparaisons": [
            {"niveau": "departement", "code": "35", "nom": "Ille-et-Vilaine", "valeur": 25.0, "texte": "25"},
            {"niveau": "france", "code": "FRANCE", "nom": "France", "valeur": 50.0, "texte": "50"},
        ],
        "evolution": [],
    } | more


def told(*figures):
    return {"sections": [{"chiffres": list(figures)}]}


def test_a_comparison_says_the_territory_first_then_the_others():
    image = chart(told(figure("apl.infirmier", 20)), "comparaison:apl.infirmier")

    said = alternative(image).replace("\u00a0", " ")
    assert said == "Figure apl.infirmier Ce territoire : 20 % ; Ille-et-Vilaine : 25 % ; France : 50 %."


def test_an_unknown_figure_draws_nothing():
    assert chart(told(figure("apl.infirmier", None)), "comparaison:apl.infirmier") == ""


def test_a_place_whose_figure_is_unknown_has_no_bar():
    unknown = [{"niveau": "france", "code": "FRANCE", "nom": "France", "valeur": None, "texte": "à confirmer"}]

    assert "France" not in chart(told(figure("a", 20, comparaisons=unknown)), "comparaison:a")


def test_densities_are_shares_of_that_of_france():
    image = chart(told(figure("offre.infirmier.densite", 75)), "densites")

    assert ">150<" in image
    assert "France = 100" in image


def test_densities_come_from_the_equipment_while_no_directory_is_loaded():
    assert ">50<" in chart(told(figure("equipement.infirmier.densite", 25)), "densites")


def test_ages_are_drawn_group_by_group():
    image = chart(told(figure("population.0_19.part", 20), figure("population.65_plus.part", 30)), "ages")

    assert "Figure population.0_19.part" in image
    assert "Figure population.65_plus.part" in image


def test_a_trend_needs_two_vintages():
    points = [
        {"millesime": year, "valeur": value, "texte": str(value)} for year, value in (("2019", 2.0), ("2021", 3.0))
    ]

    assert "2019" in chart(told(figure("a", 3, evolution=points)), "evolution:a")
    assert chart(told(figure("a", 3, evolution=points[:1])), "evolution:a") == ""


def test_the_same_diagnosis_draws_the_same_bytes():
    content = told(figure("a", 20))

    assert chart(content, "comparaison:a") == chart(content, "comparaison:a")


def test_an_unknown_chart_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        chart(told(), "camembert")


def test_a_caption_names_the_figure():
    assert caption(told(figure("a", 20)), "comparaison:a").startswith("Figure a")
