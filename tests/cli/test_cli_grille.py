"""``maillage territoire grille``: tiles in, the accessibility of each one out."""

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]
REDON = "lon;lat;population;region\n-2,0846;47,6513;300;53\n-2,0846;47,6530;100;53\n-1,6778;48,1113;500;53\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings) -> Path:
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    (tmp_path / "offre.csv").write_text("code_commune,quantite\n35236,4\n")
    (tmp_path / "carreaux.csv").write_text(REDON)
    return tmp_path


@pytest.fixture
def grid(maillage: "Maillage", tmp_path: Path):
    def run(*more: object, carreaux: str = "carreaux.csv", sortie: str = "sortie.csv"):
        return maillage(
            "territoire", "grille", "--profession", "infirmier", "--carreaux", tmp_path / carreaux,
            "--offre", tmp_path / "offre.csv", "--sortie", tmp_path / sortie, *more,
        )  # fmt: skip

    return run


def test_the_tiles_around_a_commune_share_its_professionals(grid, tmp_path: Path) -> None:
    told = grid()

    found = pl.read_csv(tmp_path / "sortie.csv")
    assert found.columns == ["carreau", "apl"]
    assert found["apl"].to_list() == pytest.approx([1_000, 1_000, 0])
    assert told.code == 0
    assert "3 carreaux" in told.err.replace("\u202f", " ").replace("\xa0", " ")


def test_the_second_run_takes_up_the_work_of_the_first(grid) -> None:
    first, second = grid(sortie="a.parquet"), grid(sortie="b.parquet")

    assert ("repris" in first.err, "repris" in second.err) == (False, True)


def test_two_processes_of_this_machine_give_the_same_file(grid, tmp_path: Path) -> None:
    grid(sortie="seul.csv")
    together = grid("--scheduler", "local:2", "--travail", tmp_path / "ailleurs", sortie="deux.csv")

    assert together.code == 0
    assert (tmp_path / "seul.csv").read_bytes() == (tmp_path / "deux.csv").read_bytes()


def test_a_file_that_is_not_a_grid_is_refused_and_nothing_is_written(grid, tmp_path: Path) -> None:
    (tmp_path / "faux.csv").write_text("nom,age\nRedon,12\n")
    told = grid(carreaux="faux.csv")

    assert told.code == 2
    assert "la colonne lon et lat, ou idcar_200m" in told.err
    assert not (tmp_path / "sortie.csv").exists()


def test_an_invented_grid_has_the_inhabitants_of_france_and_can_be_used(maillage, grid, tmp_path: Path) -> None:
    path = tmp_path / "fictif.parquet"
    assert maillage("territoire", "carreaux-fictifs", "--sortie", path, "--nombre", "40000").code == 0

    tiles = pl.read_parquet(path)
    assert 60_000_000 < tiles["population"].sum() < 70_000_000
    assert tiles["region"].n_unique() == 18
    assert grid(carreaux="fictif.parquet").code == 0
