"""``maillage territoire diagnostic``: a recipe or a choice in, a file out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.small_world import create_territories

if TYPE_CHECKING:
    from tests.cli.conftest import Maillage

pytestmark = pytest.mark.django_db
CHOICE = ("--communes", "35236,35294")


@pytest.fixture(autouse=True)
def small_world(tmp_path: Path, settings, db) -> None:
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    create_territories()


@pytest.mark.parametrize(
    ("extension", "start"),
    [
        ("pdf", b"%PDF"),
        ("docx", b"PK"),
        ("odt", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbfniveau;"),
        ("geojson", b'{"type": "FeatureCollection"'),
        ("json", b"{"),
    ],
)
def test_each_extension_gives_its_file(maillage: "Maillage", tmp_path: Path, extension, start):
    output = tmp_path / f"rapport.{extension}"
    ran = maillage("territoire", "diagnostic", *CHOICE, "--sortie", output)

    assert ran.code == 0, ran.err
    assert output.read_bytes().startswith(start)
    assert "Redon et Sainte-Marie, 2 communes" in ran.err


def test_a_recipe_makes_the_same_report_to_the_byte(maillage: "Maillage", tmp_path: Path):
    recipe, first, second = (tmp_path / name for name in ("r.json", "a.pdf", "b.pdf"))
    for output in (recipe, first):
        maillage("territoire", "diagnostic", *CHOICE, "--date", "2026-11-22", "--sortie", output)

    ran = maillage("territoire", "diagnostic", recipe, "--sortie", second)

    assert ran.code == 0, ran.err
    assert second.read_bytes() == first.read_bytes()
    assert "Attention" not in ran.err


def test_a_recipe_says_what_is_no_longer_loaded(maillage: "Maillage", tmp_path: Path):
    recipe = tmp_path / "r.json"
    maillage("territoire", "diagnostic", *CHOICE, "--date", "2026-11-22", "--sortie", recipe)
    content = json.loads(recipe.read_text())
    content["millesimes"]["apl-2023"] = {"millesime": "2023", "empreinte": "a"}
    recipe.write_text(json.dumps(content))

    ran = maillage("territoire", "diagnostic", recipe, "--sortie", tmp_path / "b.csv")

    assert ran.code == 0
    assert "apl-2023 : 2023 dans la recette, non chargé aujourd'hui." in ran.err


def test_an_alert_of_the_rules_is_told_beside(maillage: "Maillage", tmp_path: Path):
    ran = maillage("territoire", "diagnostic", *CHOICE, "--structure", "cpts", "--sortie", tmp_path / "r.csv")

    assert "Alerte : CPTS : population du territoire" in ran.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "communes"),
        (("--communes", "99999"), "99999"),
        (("--centre", "35236"), "rayon_km"),
        (("--communes", "35236", "--date", "hier"), "AAAA-MM-JJ"),
        (("--contour", "un;deux"), "contour"),
    ],
)
def test_what_makes_no_territory_is_refused_and_nothing_is_written(maillage: "Maillage", tmp_path: Path, options, said):
    output = tmp_path / "r.csv"
    ran = maillage("territoire", "diagnostic", *options, "--sortie", output)

    assert ran.code == 2
    assert said in ran.err
    assert not output.exists()


def test_a_recipe_and_a_choice_are_not_given_together(maillage: "Maillage", tmp_path: Path):
    recipe = tmp_path / "r.json"
    recipe.write_text("{}")

    assert maillage("territoire", "diagnostic", recipe, *CHOICE, "--sortie", tmp_path / "r.csv").code == 2


def test_an_unknown_extension_is_refused(maillage: "Maillage", tmp_path: Path):
    ran = maillage("territoire", "diagnostic", *CHOICE, "--sortie", tmp_path / "rapport.doc")

    assert (ran.code, "extension inconnue" in ran.err) == (2, True)
