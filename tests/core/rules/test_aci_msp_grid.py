"""The grid of the ACI MSP as data: its lines, their parameters, their totals."""

import datetime

import numpy as np
import pytest

from maillage.core.rules.aci_msp.engine import PREREQUISITES, calculation, lines
from maillage.core.rules.aci_msp.situation import FIRST_YEAR, GRID_YEAR, LAST_YEAR, SituationAciMsp
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.system import system
from maillage.core.rules.texts import ParameterText
from maillage.core.rules.variables.aci_msp_montants import FIXED, VARIABLE

NOBODY = {"patientele": np.array([4000])}
LINES = {line.spec.id: line for line in lines()}
TEXTS = {text.path: text for text in system().texts() if text.path.startswith("aci_msp.")}


def test_the_years_of_the_simulator_are_those_of_the_parameters() -> None:
    point, opening = TEXTS["aci_msp.valeur_du_point"], TEXTS["aci_msp.horaires.points"]
    assert point.known[0].year == FIRST_YEAR
    assert point.checked_on.year + 1 == LAST_YEAR
    assert opening.known[0].year == GRID_YEAR


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.spec.id)
def test_a_line_reads_fields_of_the_situation_and_parameters_that_exist(line) -> None:
    assert set(line.spec.fields) <= set(SituationAciMsp.model_fields)
    assert set(line.spec.parameters) <= set(TEXTS)
    assert line.spec.todo
    assert line.spec.proof


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.spec.id)
def test_a_line_is_counted_once_in_the_totals(line) -> None:
    parts = {
        "fixe": [line.variable],
        "variable": [line.variable],
        "mixte": [f"{line.variable}_fixes", f"{line.variable}_variables"],
    }[line.spec.part]
    assert [(FIXED + VARIABLE).count(part) for part in parts] == [1] * len(parts)
    assert (line.variable in FIXED) == (line.spec.part == "fixe")


def test_the_totals_count_nothing_but_the_lines() -> None:
    assert len(FIXED + VARIABLE) == len(LINES) + len([line for line in lines() if line.spec.part == "mixte"])


def test_the_prerequisites_are_the_lines_of_that_level() -> None:
    assert set(PREREQUISITES) == {line.spec.id for line in lines() if line.spec.level == "prérequis"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=lambda text: text.path)
def test_a_known_value_says_where_it_comes_from(text: ParameterText) -> None:
    assert text.ids
    for dated in text.values:
        if dated.value is None:
            assert dated.reason
        else:
            assert dated.references
            assert dated.confidence


@pytest.mark.parametrize("path", [path for line in lines() for path in line.spec.parameters])
def test_the_grid_may_have_changed_since_the_second_amendment(path: str) -> None:
    assert TEXTS[path].to_check_at(datetime.date(2026, 7, 8)) or path == "aci_msp.cstm.nouveaux_contrats"


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.spec.id)
def test_no_line_has_points_before_the_grid_is_known(line) -> None:
    with pytest.raises(UnknownValue, match=r"première date connue : 1er\sjanvier\s2022"):
        calculation(2021, NOBODY).calculate(line.variable, 2021)


@pytest.mark.parametrize("total", ["aci_msp_points", "aci_msp_montant", "aci_msp_avance", "aci_msp_solde"])
@pytest.mark.parametrize("year", [2016, 2018, 2021])
def test_no_total_is_known_before_the_grid(total: str, year: int) -> None:
    with pytest.raises(UnknownValue):
        calculation(year, NOBODY).calculate(total, year)


def test_the_point_is_never_worth_five_euros() -> None:
    assert {dated.value for dated in TEXTS["aci_msp.valeur_du_point"].values} == {7}


@pytest.mark.parametrize(("ipa", "fixed", "variable"), [(False, 6_800, 4_850), (True, 7_320, 5_050)])
def test_the_most_that_the_grid_pays_for_the_reference_patientele(ipa: bool, fixed: int, variable: int) -> None:
    everything = {
        "patientele": 4000, "associes": 0, "amplitude_horaire": 12, "samedi_matin": True, "soins_non_programmes": True,
        "plan_crise": True, "crise_actions": True, "diversite_niveau": 2, "vacataires_niveau": 2, "medecin_cstm": True,
        "missions_sante_publique": 2, "ipa": ipa, "usagers_niveau": 2, "sas_toutes_demandes": True,
        "coordination": True, "protocoles": 8, "reunions_concertation": 6, "dossiers_concertes": 50,
        "patients_ald_ou_75_ans": 1000, "stages": 4, "coordination_externe": True, "qualite_niveau": 3,
        "protocoles_nationaux": 6, "parcours_insuffisance_cardiaque": True, "parcours_obesite_enfant": True,
        "si_standard": True, "si_avance": True,
    }  # fmt: skip
    run = calculation(2024, {name: np.array([value]) for name, value in everything.items()})
    assert run.calculate("aci_msp_points_fixes", 2024)[0] == fixed
    assert run.calculate("aci_msp_points_variables", 2024)[0] == variable
