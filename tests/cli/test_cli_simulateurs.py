"""``maillage simuler CODE``, ``maillage echeances`` and ``maillage reforme comparer``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from icalendar import Calendar

from maillage.cli.simulateurs import TITLES
from maillage.core.rules.simulators import SIMULATORS

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

REFORM = """
libelle: Garder le soutien des équipes
simulateur: esp
a_partir_du: 2026-01-01
region_pack: centre_val_de_loire
parametres:
  financements.esp.fir: 8000
"""
TEAM = {"date": "2026-05-01", "reconnue": True, "association": True}
LINES = f"{json.dumps({**TEAM, 'nom': 'Équipe de Blois'})}\n\n{json.dumps({**TEAM, 'reconnue': False})}\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    reform, lines = tmp_path / "reforme.yaml", tmp_path / "situations.jsonl"
    reform.write_text(REFORM, "utf-8")
    lines.write_text(LINES, "utf-8")
    return reform, lines


def as_bytes(situation: dict[str, Any]) -> bytes:
    return json.dumps(situation).encode()


def test_every_simulator_of_the_kit_has_a_command() -> None:
    assert set(TITLES) == set(SIMULATORS)


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_example_of_a_simulator_is_accepted_by_it(maillage: "Maillage", code: str) -> None:
    example = maillage("simuler", code, "--exemple")
    answered = maillage("simuler", code, "-", stdin=example.out.encode())

    assert (answered.code, answered.err) == (0, "")
    assert json.loads(answered.out)["simulateur"] == code


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_schema_says_each_field_in_french(maillage: "Maillage", code: str) -> None:
    schema = json.loads(maillage("simuler", code, "--schema").out)

    assert set(schema["properties"]) == set(SIMULATORS[code].model.model_fields)
    assert all(field["description"] and field["title"] for field in schema["properties"].values())


@pytest.mark.parametrize("code", SIMULATORS)
def test_an_unknown_field_is_refused_without_a_traceback(maillage: "Maillage", code: str) -> None:
    refused = maillage("simuler", code, "-", stdin=as_bytes(SIMULATORS[code].example | {"nimporte": 1}))

    assert (refused.code, refused.out) == (2, "")
    assert "nimporte" in refused.err


def test_no_situation_says_how_to_get_an_example(maillage: "Maillage") -> None:
    assert "--exemple" in maillage("simuler", "esp").err


def test_deadlines_name_the_simulator_that_accepts_the_situation(maillage: "Maillage") -> None:
    told = json.loads(maillage("echeances", "-", stdin=as_bytes(SIMULATORS["esp"].example)).out)

    assert told["simulateur"] == "esp"
    assert isinstance(told["echeances"], list)


def test_the_dates_of_a_year_of_aci_are_found_without_naming_the_simulator(maillage: "Maillage") -> None:
    told = json.loads(maillage("echeances", "-", stdin=b'{"annee": 2025, "patientele": 4000, "associes": 10}').out)

    assert told["simulateur"] == "aci-msp"
    assert [each["date"] for each in told["echeances"]] == ["2025-04-30", "2026-01-31", "2026-04-30"]


@pytest.mark.parametrize("code", SIMULATORS)
def test_deadlines_may_be_a_calendar(maillage: "Maillage", code: str) -> None:
    ran = maillage("echeances", "-", "--simulateur", code, "--ics", stdin=as_bytes(SIMULATORS[code].example))

    assert ran.code == 0
    assert Calendar.from_ical(ran.out)["x-wr-calname"].startswith("Maillage")


def test_deadlines_of_nothing_known_are_refused(maillage: "Maillage") -> None:
    refused = maillage("echeances", "-", stdin=b'{"date": "hier"}')

    assert (refused.code, refused.out) == (2, "")


def test_an_unknown_simulator_is_refused_with_the_nearest(maillage: "Maillage") -> None:
    assert "esp" in maillage("echeances", "-", "--simulateur", "esps", stdin=b"{}").err


def test_a_reform_tells_who_gains_and_the_totals(maillage: "Maillage", files: tuple[Path, Path]) -> None:
    told = json.loads(maillage("reforme", "comparer", *files).out)

    assert told["reforme"]["parametres"][0]["apres"] == 8000
    assert [row["nom"] for row in told["situations"]] == ["Équipe de Blois", "ligne 3"]
    assert told["situations"][0]["apres"] == "8000.00"
    assert told["totaux"]["situations"] == 2


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_a_comparison_may_be_written(
    maillage: "Maillage", files: tuple[Path, Path], tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"comparaison{suffix}"
    ran = maillage("reforme", "comparer", *files, "--sortie", target)

    assert (ran.code, ran.out) == (0, "")
    if suffix == ".xlsx":
        assert openpyxl.load_workbook(target).active["B2"].value == "Équipe de Blois"
    else:
        assert "Équipe de Blois" in target.read_text("utf-8-sig")


def test_a_wrong_line_is_told_by_its_number(maillage: "Maillage", files: tuple[Path, Path]) -> None:
    refused = maillage("reforme", "comparer", files[0], "-", stdin=LINES.encode() + b'{"date": "2026-13-01"}')

    assert refused.code == 2
    assert "ligne 4, date" in refused.err
