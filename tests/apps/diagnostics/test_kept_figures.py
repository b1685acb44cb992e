"""What was added up before is kept with what it was made from."""

from pathlib import Path

import pytest
from tests.apps.diagnostics.conftest import source

from maillage.apps.diagnostics.kept_figures import SMALL, Kept
from maillage.apps.territories.models import DataSource

FOUND = {("departement", "35"): 12.0, ("france", "FRANCE"): None}


def never() -> dict[tuple[str, str], float | None]:
    pytest.fail("computed again")


def nothing_is_dead(_name: str) -> bool:
    return False


@pytest.fixture
def folder(world: None, settings: object) -> Path:
    """Enough rows for the figures to be worth keeping."""
    source("apl-2021", "apl", "2021")
    source("rpps", "rpps", "2025")
    DataSource.objects.update(rows_written=SMALL)
    return Path(settings.TERRITORIES_DIR)  # type: ignore[attr-defined]


def keep(*made_from: str) -> None:
    kept = Kept("0.95")
    assert kept.get("offre", made_from, lambda: FOUND) == FOUND
    kept.write(nothing_is_dead)


@pytest.mark.usefixtures("folder")
def test_what_was_added_up_is_not_added_up_again():
    keep("rpps")

    assert Kept("0.95").get("offre", ["rpps"], never) == FOUND


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("reloaded", "is_again"), [("apl-2021", False), ("rpps", True)])
def test_a_file_loaded_again_changes_its_own_figures_only(reloaded, is_again):
    keep("rpps")
    DataSource.objects.filter(key=reloaded).update(checksum="b" * 64)
    asked = []

    Kept("0.95").get("offre", ["rpps"], lambda: asked.append(1) or FOUND)

    assert bool(asked) is is_again


@pytest.mark.usefixtures("folder")
def test_another_method_adds_up_again():
    keep("rpps")

    assert Kept("0.5").get("offre", ["rpps"], dict) == {}


def test_a_file_that_is_broken_or_a_folder_that_cannot_be_written_costs_only_time(folder):
    (folder / "references").write_text("a file where the folder should be")
    keep("rpps")

    assert Kept("0.95").get("offre", ["rpps"], lambda: FOUND) == FOUND


def test_what_is_dead_is_forgotten(folder):
    kept = Kept("0.95")
    kept.get("series 1", [], lambda: FOUND)
    kept.write(lambda name: name == "series 1")

    assert (folder / "references" / "kept.json").read_text() == "{}"
