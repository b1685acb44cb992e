"""``maillage territoire optimiser``: files in, sites on the screen and in a file, faults told in French."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Ran

pytestmark = pytest.mark.django_db
POPULATION = "code_commune,population\n01001,9000\n01002,2000\n01003,50000\n"
OFFER = "code_commune,quantite\n01001,3\n01003,100\n"
TIMES = "origine,destination,minutes\n01001,01002,8\n01002,01001,8\n"


@pytest.fixture
def ask(maillage, tmp_path: Path, settings, territories):
    settings.TERRITORIES_DIR = tmp_path / "territoires"

    def run(*more: object) -> "Ran":
        options: list[object] = ["--profession", "chirurgien_dentiste"]
        for name, text in {"offre": OFFER, "population": POPULATION, "temps": TIMES}.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, "utf-8")
            options += [f"--{name}", path]
        return maillage("territoire", "optimiser", *options, *more)

    return run


def test_the_best_sites_are_shown_and_written(ask, tmp_path) -> None:
    out = tmp_path / "sortie.csv"
    ran = ask("--seuil", "30", "--sortie", out)

    assert ran.code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:5] == ["rang", "code_commune", "commune", "habitants_gagnes", "habitants_gagnes_cumules"]
    assert rows[0]["apl_publiee"] == ""
    assert rows[0]["code_commune"] in ("01001", "01002")
    assert "habitants sous le seuil" in ran.out
    assert "Choix prouvé dans le modèle" in ran.err
    assert "Selon le modèle seul" in ran.err


def test_without_a_file_nothing_is_written(ask, tmp_path) -> None:
    before = set(tmp_path.iterdir())
    ran = ask("--seuil", "30")
    assert ran.code == 0
    assert {path.name for path in set(tmp_path.iterdir()) - before} <= {"offre.csv", "population.csv", "temps.csv"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--departement", "35", "--region", "53"), "un seul territoire"),
        (("--departement", "99"), "le code INSEE d'un département"),
        (("--methode", "magique"), "auto, glouton, exact"),
        (("--minutes-max", "45"), "la portée de l'APL"),
    ],
)
def test_a_fault_exits_with_2_and_says_what_is_expected(ask, options, told) -> None:
    ran = ask("--seuil", "30", *options)
    assert ran.code == 2
    assert told in ran.err


def test_a_threshold_of_0_is_refused(ask) -> None:
    ran = ask("--seuil", "0")
    assert ran.code == 2
    assert "supérieur à 0" in ran.err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--seuil", "1_0"), "il faut un nombre, en chiffres."),
        (("--seuil=٣",), "il faut un nombre, en chiffres."),
        (("--seuil", "3", "--nombre", "1_0"), "il faut un nombre entier."),
    ],
)
def test_a_number_that_is_not_plain_is_refused(ask, options, expected) -> None:
    ran = ask(*options)

    assert ran.code == 2
    assert expected in ran.err
