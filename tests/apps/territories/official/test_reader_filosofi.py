"""Income and poverty: workbook of levels, archive of CSV, table of communes; what is hidden stays unknown."""

import zipfile

import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_text, write_workbook

from maillage.apps.territories.reading.rows import LoadError

TITLES = [["Fichier localisé social et fiscal"], ["Communes"], ["Mise en ligne"], ["©Insee"], ["Code géographique"]]
CODES = ["CODGEO", "LIBGEO", "NBMENFISC15", "MED15", "TP6015", "D115", "TP60AGE115"]


def test_a_workbook_gives_each_level_under_its_titles(load, folder):
    sheets = {
        "COM": [*TITLES, CODES, ["35236", "Redon", 4000, 20000.5, None, None, None]],
        "EPCI": [*TITLES, CODES, ["243500741", "Redon Agglo", 9000, 21000, 12.5, 11000, 20]],
        "ARR": [*TITLES, CODES, ["353", "Redon", 9000, 21000, 12.5, 11000, 20]],
        "DEP": [*TITLES, CODES, ["35", "Ille-et-Vilaine", 9000, 22000, 10.5, 12000, 18]],
        "METRO": [*TITLES, CODES, ["1", "France métropolitaine", 9000, 20500, 14.9, 11000, 23]],
        "Documentation": [["Champ"]],
    }
    [found] = load("filosofi", write_workbook(folder / "base-cc-filosofi-2015.xlsx", sheets)).loaded
    assert (found.key, found.read, found.rejected) == ("filosofi-2015", 4, 0)
    assert values("revenus.mediane") == {"35236": 20_000.5}
    assert values("revenus.taux_pauvrete") == {"35236": None}
    assert values("revenus.mediane", level="epci") == {"243500741": 21_000}
    assert values("revenus.taux_pauvrete.moins_30_ans", level="departement") == {"35": 18}
    assert values("revenus.d1", level="france") == {"METROPOLE": 11_000}


def test_an_archive_of_levels_with_marks_of_secrecy(load, folder):
    with zipfile.ZipFile(folder / "base-cc-filosofi-2021.zip", "w") as archive:
        archive.writestr("cc_filosofi_2021_COM.csv", "CODGEO;MED21;TP6021\n35236;22300;s\n35238;21900,5;nd\n")
        archive.writestr("cc_filosofi_2021_DEP.csv", "CODGEO;MED21;TP6021\n35;22400;11,3\n")
        archive.writestr("meta_cc_filosofi_2021_COM.csv", "COD_VAR;LIB_VAR\n")
    load("filosofi", folder / "base-cc-filosofi-2021.zip")
    assert values("revenus.mediane", "2021") == {"35236": 22_300, "35238": 21_900.5}
    assert values("revenus.taux_pauvrete", "2021") == {"35236": None, "35238": None}
    assert values("revenus.taux_pauvrete", level="departement") == {"35": 11.3}


def test_a_median_of_communes_that_merged_is_unknown_and_it_is_said(load, folder):
    path = write_text(folder / "filo.csv", "CODGEO;MED16;NBMENFISC16", "35236;20000;10", "35900;18000;5", "35238;2;3")
    [found] = load("filosofi", path).loaded
    assert values("revenus.mediane") == {"35238": 2}
    assert values("revenus.menages_fiscaux") == {"35236": 15, "35238": 3}
    assert "1 commune issue d'une fusion sans valeur, car elle ne s'additionne pas" in found.notes[-1]


def test_a_file_of_one_other_level_takes_the_place_of_no_commune(load, folder):
    load("filosofi", write_text(folder / "cc_filosofi_2021_COM.csv", "CODGEO;MED21", "35236;22300", "35238;21900"))
    [found] = load(
        "filosofi", write_text(folder / "cc_filosofi_2021_EPCI.csv", "CODGEO;MED21", "243500741;22000")
    ).loaded
    assert found.key == "filosofi-epci-2021"
    assert values("revenus.mediane", "2021") == {"35236": 22_300, "35238": 21_900}
    assert values("revenus.mediane", level="epci") == {"243500741": 22_000}


def test_another_table_is_refused(load, folder):
    with pytest.raises(LoadError, match="MED21"):
        load("filosofi", write_text(folder / "filo.csv", "CODGEO;P21_POP", "35236;20000"))
