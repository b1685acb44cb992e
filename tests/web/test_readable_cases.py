"""Cases as a jurist reads them."""

from maillage.core.rules.catalogue import Case, cases
from maillage.web.regles.cases import readable


def case(given: dict[str, object], expected: dict[str, object]) -> Case:
    return Case(name="Un cas", file="msp/un.yaml", period="2026-01-01", given=given, expected=expected)


def test_people_are_counted_by_trade_and_way_of_practising() -> None:
    people = {
        "a": {"profession": "medecin_generaliste", "exercice": "liberal"},
        "b": {"profession": "medecin_generaliste", "exercice": "liberal"},
        "c": {"profession": "infirmier"},
    }
    (found,) = readable([case({"professionnels": people, "structure": {"adherents": ["a", "b", "c"]}}, {})])
    assert found.given == (("Équipe", "2 médecins généralistes en libéral, 1 infirmier"),)


def test_facts_and_expectations_have_their_labels_and_french_values() -> None:
    given = {"aci_msp_patientele": 6000, "structure": {"forme_juridique": "sisa"}}
    (found,) = readable([case(given, {"msp_medecins_generalistes": "remplie", "aci_msp_montant": 24850.5})])
    assert dict(found.given)["Forme juridique de la structure"].startswith("SISA")
    assert "6\u202f000" in dict(found.given).values()
    assert [value for _, value in found.expected] == ["remplie", "24\u202f850,5"]


def test_every_case_of_the_rules_can_be_told() -> None:
    told = readable(cases())
    assert len(told) == len(cases())
    assert all("_" not in value for each in told for _, value in each.expected)
