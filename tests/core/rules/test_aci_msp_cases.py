"""The YAML cases of the ACI MSP: all there, and none with a sum known to be wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parents[2] / "regles" / "aci_msp"
IDS = [f"T{number:02d}" for number in range(1, 35)]
# Sums printed in a guide, and values of public simulators, that the rules must never give.
WRONG_SUMS = {42_750, 70_000, 5 * 3250}


# Euros that the guide of the CNAM prints beside the points (T18, T20, T21: the most that the line pays).
EUROS = {
    "T01": {24_850},
    "T02": {30_800},
    "T03": {38_500},
    "T04": {15_925},
    "T05": {21_700},
    "T06": {30_100, 26_600},
    "T07": {22_400},
    "T10": {4_900},
    "T18": {5_600},
    "T20": {6_300},
    "T21": {4_200},
}


def cases() -> list[dict[str, Any]]:
    return [case for path in sorted(CASES.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]


@pytest.mark.parametrize("case_id", IDS)
def test_every_case_of_the_knowledge_base_is_a_yaml_test(case_id: str) -> None:
    assert any(case["name"].startswith(f"aci_msp:{case_id} — ") for case in cases())


@pytest.mark.parametrize(("case_id", "euros"), EUROS.items())
def test_a_case_published_in_euros_expects_them(case_id: str, euros: set[int]) -> None:
    expected = [case["output"] for case in cases() if case["name"].startswith(f"aci_msp:{case_id} — ")]
    assert {output.get("aci_msp_montant_des_points") for output in expected} - {None} == euros


def test_the_cases_carry_no_unknown_id() -> None:
    ids = {found for case in cases() for found in re.findall(r"^aci_msp:(T\d+)", case["name"])}
    assert ids == set(IDS)


def test_the_table_of_opening_hours_has_its_combinations_with_and_without_derogation() -> None:
    table = [case for case in cases() if case["name"].startswith("aci_msp:T22")]
    exempt = [case for case in table if case["input"]["aci_msp_derogation_horaires"]]
    assert len(table) - len(exempt) >= 20
    assert len(exempt) >= 5


def test_no_case_expects_a_sum_known_to_be_wrong() -> None:
    assert not {value for case in cases() for value in case["output"].values()} & WRONG_SUMS
