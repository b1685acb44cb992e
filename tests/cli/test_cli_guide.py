"""The guide of the command line says what the command answers."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "ligne-de-commande.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", GUIDE, flags=re.DOTALL)
SITUATION = next(text for language, text in BLOCKS if language == "json")


@pytest.mark.usefixtures("territories")
def test_the_states_printed_in_the_guide_are_those_of_its_situation(maillage: "Maillage") -> None:
    printed = next(text for language, text in BLOCKS if not language)
    told = json.loads(maillage("orienter", "-", stdin=SITUATION.encode()).out)

    assert printed.splitlines() == [f"{name} {answer['etat']}" for name, answer in told["structures"].items()]


def test_the_refused_batch_of_the_guide_is_refused_with_its_words(maillage: "Maillage") -> None:
    printed = next(text for _, text in BLOCKS if text.startswith("ligne 2"))
    good = '{"annee": 2025, "patientele": 4000, "associes": 10}'
    bad = '{"annee": 2025, "patientele": -1, "associes": 3}'
    ran = maillage("simuler", "aci-msp", "--lot", "-", stdin=f'{good}\n{bad}\n{{"annee": 2025'.encode())

    assert ran.err == printed


def test_the_exit_codes_of_the_guide_are_those_of_the_help(maillage: "Maillage") -> None:
    told = " ".join(maillage("--help").out.split())

    for code in re.findall(r"^\| (\d+) \|", GUIDE, flags=re.MULTILINE):
        assert re.search(rf"\b{code}, ", told)
