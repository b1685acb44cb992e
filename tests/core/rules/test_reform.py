"""A reform: changed parameters read with care, and who gains or loses by them."""

import pytest

from maillage.core.kernel.problems import BadInput
from maillage.core.rules.aci_msp.simulation import simulate
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.esp.situation import SituationEsp
from maillage.core.rules.reform.comparison import compare
from maillage.core.rules.reform.reading import read_reform
from maillage.core.rules.reform.simulators import CODES, amounts
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

POINT = """
libelle: Le point à 8 €
simulateur: aci-msp
a_partir_du: 2026-01-01
parametres:
  aci_msp.valeur_du_point: 8
"""
TEAM = {
    "annee": 2026,
    "patientele": 4000,
    "associes": 10,
    "amplitude_horaire": 12,
    "samedi_matin": True,
    "soins_non_programmes": True,
    "plan_crise": True,
    "coordination": True,
    "protocoles": 3,
    "si_standard": True,
}


def situations(*years: int) -> list[SituationAciMsp]:
    return [SituationAciMsp(**{**TEAM, "annee": year}) for year in years]


def wrong(text: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_reform(text.encode())
    return str(refused.value)


def test_a_dearer_point_pays_each_point_more_from_its_first_day_only() -> None:
    found = compare(read_reform(POINT.encode()), situations(2026, 2025), ["A", "B"])
    points = simulate(situations(2026)[0]).points

    assert points is not None
    assert [row.gap for row in found.rows] == [points, 0]
    assert [row.outcome for row in found.rows] == ["gagne", "inchangé"]


def test_an_amount_that_no_text_establishes_is_left_out_of_the_totals() -> None:
    told = compare(read_reform(POINT.encode()), situations(2026, 2019), ["A", "B"]).as_dict()

    assert told["situations"][1]["ecart"] is None
    assert (told["totaux"]["a_confirmer"], told["totaux"]["situations"]) == (1, 2)
    assert told["totaux"]["ecart"] == told["situations"][0]["ecart"]


def test_the_rules_in_force_are_left_as_they_are() -> None:
    read_reform(POINT.encode()).system()

    assert system().get_parameters_at_instant("2026-06-01").aci_msp.valeur_du_point == 7


def test_a_reform_may_start_from_the_policy_of_a_region() -> None:
    text = """
libelle: Garder le soutien
simulateur: esp
a_partir_du: 2026-01-01
region_pack: centre_val_de_loire
parametres: {financements.esp.fir: 8000}
"""
    team = SituationEsp.model_validate({"date": "2026-05-01", "reconnue": True, "association": True})
    row = compare(read_reform(text.encode()), [team], ["A"]).rows[0]

    assert row.before is None
    assert str(row.after) == "8000.00"


@pytest.mark.parametrize("code", CODES)
def test_every_simulator_that_adds_up_can_be_reformed(code: str) -> None:
    assert amounts(code, [], system()).shape == (0,)


def test_an_unknown_parameter_is_refused_with_the_nearest() -> None:
    assert "vouliez-vous dire « aci_msp.valeur_du_point »" in wrong(POINT.replace("valeur_du_point", "valeur_point"))


def test_a_value_of_another_kind_is_refused_with_the_unit() -> None:
    assert "un nombre (euros par point)" in wrong(POINT.replace(": 8\n", ": huit\n"))


def test_an_unknown_simulator_is_refused() -> None:
    assert "l'un de : aci-msp" in wrong(POINT.replace("simulateur: aci-msp", "simulateur: aci"))


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [", "du YAML valide, à la ligne 1"), ("3", "des champs"), ("", "des champs"), ("libelle: x", "obligatoire")],
)
def test_what_is_not_a_reform_is_refused_in_french(text: str, said: str) -> None:
    assert said in wrong(text)


CPTS = """
libelle: Un fonctionnement plus élevé
simulateur: aci-cpts
a_partir_du: 2024-01-01
parametres: {financements.cpts.fonctionnement.taille_2: 66000}
"""


def test_what_is_established_is_compared_when_the_whole_is_not_known() -> None:
    example = SIMULATORS["aci-cpts"]
    comparison = compare(read_reform(CPTS.encode()), [example.model.model_validate(example.example)], ["A"])

    assert (str(comparison.rows[0].gap), comparison.rows[0].partial) == ("6000.00", True)
    assert comparison.totals()["en_partie"] == 1


def test_totals_of_nothing_known_are_not_zero() -> None:
    told = compare(read_reform(POINT.encode()), situations(2019), ["A"]).totals()

    assert (told["avant"], told["apres"], told["ecart"]) == (None, None, None)
