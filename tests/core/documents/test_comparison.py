"""Two simulations side by side: what changes in the answers, in the amounts, in what is to be confirmed."""

from decimal import Decimal
from typing import Any

from maillage.core.documents.comparison import Told, compare

Values = dict[str, Any]


def test_the_same_scenario_twice_changes_nothing(simulation: Values, inputs: Values) -> None:
    found = compare(Told(simulation, inputs), Told(simulation, inputs))
    assert found["reponses"] == found["lignes"] == found["reserves"]["a"] == found["reserves"]["b"] == []
    assert found["reserves"]["communes"] == simulation["a_confirmer"]
    assert {row["ecart"] for row in found["totaux"]} == {Decimal(0)}


def test_only_the_lines_that_do_not_earn_the_same_are_told(simulation: Values, inputs: Values) -> None:
    lines = [line | {"montant": "0.00"} if line["id"] == "qualite" else line for line in simulation["indicateurs"]]
    found = compare(Told(simulation, inputs), Told(simulation | {"indicateurs": lines}, inputs))
    assert found["lignes"] == [
        {"libelle": "Indicateur qualite", "a": "700.00", "b": "0.00", "ecart": Decimal("-700.00")}
    ]


def test_an_answer_that_is_not_given_is_said_so(simulation: Values, inputs: Values) -> None:
    found = compare(Told(simulation, inputs), Told(simulation, inputs | {"taux_c2s": None, "qualite_niveau": 2}))
    assert found["reponses"] == [
        {"nom": "Démarche qualité : niveau", "a": "non atteint", "b": "niveau\u00a02"},
        {"nom": "Part des patients à la C2S", "a": "12\u00a0%", "b": "non donnée"},
    ]


def test_an_amount_that_is_not_established_has_no_gap(simulation: Values, inputs: Values) -> None:
    unknown = simulation | {"montant": None, "indicateurs": []}
    found = compare(Told(unknown, inputs), Told(simulation, inputs))
    assert found["totaux"][0]["ecart"] is None
    assert found["lignes"] == []


def test_a_scenario_without_its_prerequisites_is_compared_as_if_it_had_them_too(
    simulation: Values, inputs: Values
) -> None:
    blocked = simulation | {"prerequis_manquants": ["horaires"], "montant": "0.00", "montant_si_prerequis": "900.00"}
    reachable, paid = compare(Told(blocked, inputs), Told(simulation, inputs))["totaux"][:2]
    assert (reachable["a"], reachable["b"], reachable["ecart"]) == ("900.00", "1400.00", Decimal("500.00"))
    assert (paid["a"], paid["ecart"]) == ("0.00", Decimal("1400.00"))
