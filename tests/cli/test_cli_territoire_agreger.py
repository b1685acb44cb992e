"""``maillage territoire agreger`` and ``zonage``: what is loaded in, a file out, faults told in French."""

import csv
from pathlib import Path

import pytest
from tests.apps.territories.accessibility.conftest import load_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territories")]


@pytest.fixture
def apl(territories: None) -> None:
    load_series("apl.medecin_generaliste.65_ans", {"35236": 2.0, "35294": 4.0, "35238": 3.0})


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("apl")
def test_the_places_of_a_level_are_written(maillage, tmp_path) -> None:
    out = tmp_path / "epci.csv"
    ran = maillage("territoire", "agreger", "--profession", "medecin_generaliste", "--maille", "epci", "--sortie", out)
    assert ran.code == 0
    (row,) = rows(out)
    assert list(row) == ["code", "nom", "apl", "poids", "couverture", "communes", "communes_connues"]
    assert float(row["apl"]) == pytest.approx((9_000 * 2 + 2_000 * 4) / 11_000)
    assert "Poids : population municipale" in ran.err


@pytest.mark.usefixtures("apl")
def test_a_place_without_a_value_has_an_empty_cell(maillage, tmp_path) -> None:
    from maillage.apps.territories.models import Value

    Value.objects.all().delete()
    out = tmp_path / "epci.csv"
    ran = maillage("territoire", "agreger", "--profession", "medecin_generaliste", "--maille", "epci", "--sortie", out)
    assert ran.code == 0
    assert rows(out)[0]["apl"] == ""
    assert "à confirmer, jamais 0" in ran.err


@pytest.mark.usefixtures("apl")
def test_an_unknown_level_exits_with_2_and_writes_nothing(maillage, tmp_path) -> None:
    out = tmp_path / "sortie.csv"
    ran = maillage("territoire", "agreger", "--profession", "medecin_generaliste", "--maille", "ville", "--sortie", out)
    assert (ran.code, out.exists()) == (2, False)
    assert "maille" in ran.err


@pytest.mark.usefixtures("apl")
def test_the_classes_and_the_gauges_are_written(maillage, tmp_path) -> None:
    out, gauges = tmp_path / "zonage.csv", tmp_path / "jauges.csv"
    options = ("--date", "2019-06-01", "--maille", "epci", "--sortie", out, "--jauges", gauges)
    ran = maillage("territoire", "zonage", "--profession", "medecin_generaliste", *options)
    assert ran.code == 0
    (row,) = rows(out)
    assert (row["classe"], row["selection_nationale"], row["regle"]) == ("zip", "oui", "ZON-17-04")
    assert {line["nom"] for line in rows(gauges)} >= {"marge_d_adaptation", "selection_nationale", "part_zip"}
    assert "ZIP : 1 territoire" in ran.out
    assert "est remplacée par une autre" in ran.err


@pytest.mark.usefixtures("apl")
def test_why_classes_are_to_confirm_is_told_once(maillage, tmp_path) -> None:
    options = ("--date", "2026-06-01", "--maille", "epci", "--sortie", tmp_path / "z.csv")
    ran = maillage("territoire", "zonage", "--profession", "medecin_generaliste", *options)
    assert ran.err.count("arrêté du 9 mai 2025") == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--profession", "kine", "--date", "2026-06-01"), "masseur_kinesitherapeute"),
        (("--profession", "medecin_generaliste", "--date", "hier"), "AAAA-MM-JJ"),
        (("--profession", "medecin_generaliste", "--date", "2015-01-01"), "avant le"),
        (("--profession", "medecin_generaliste"), "importer tvs"),
    ],
)
def test_a_fault_exits_with_2_and_says_what_is_expected(maillage, tmp_path, options, told) -> None:
    ran = maillage("territoire", "zonage", *options, "--sortie", tmp_path / "z.csv")
    assert ran.code == 2
    assert told in ran.err
