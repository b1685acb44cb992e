"""Populations of reference and by age: the API of the INSEE, a column per year, IRIS added up."""

import polars as pl
import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_text, write_workbook

from maillage.apps.territories.reading.rows import LoadError

MELODI = "GEO;GEO_OBJECT;FREQ;POPREF_MEASURE;TIME_PERIOD;OBS_VALUE"


class TestReference:
    def test_the_municipal_population_is_kept_year_by_year(self, load, folder):
        lines = (
            '"35236";"COM";"A";"PMUN";"2023";9500',
            '"35236";"COM";"A";"PTOT";"2023";9800',
            '"2025-COM-35238";"";"A";"PMUN";"2023";230000',
            '"35";"DEP";"A";"PMUN";"2023";1100000',
            '"35236";"COM";"A";"PMUN";"2017";9000',
        )
        outcome = load("populations", write_text(folder / "DS_POPULATIONS_REFERENCE_data.csv", MELODI, *lines))
        assert [found.key for found in outcome.loaded] == ["populations-2017", "populations-2023"]
        assert values("population.totale", "2023") == {"35236": 9500, "35238": 230_000}
        assert values("population.totale", "2017") == {"35236": 9000}

    def test_each_column_of_a_year_is_a_vintage_and_delegated_communes_count_once(self, load, folder):
        lines = ("35236,COM,9500,9000", "35236,COM,9500,9000", "35900,COMD,120,130", "35238,COM,230000,")
        path = write_text(folder / "communes.csv", "insee_com,commune_type,population_2021,PMUN15", *lines)
        load("populations", path)
        assert values("population.totale", "2021") == {"35236": 9500, "35238": 230_000}
        assert values("population.totale", "2015") == {"35236": 9000, "35238": None}

    def test_merged_communes_are_added_up(self, load, folder):
        load("populations", write_text(folder / "p.csv", "CODGEO;P21_POP", "35236;9000", "35900;500"))
        assert values("population.totale", "2021") == {"35236": 9500}

    def test_one_year_can_be_asked_for(self, load, folder):
        path = write_text(folder / "p.csv", "CODGEO;PMUN21;PMUN15", "35236;9000;8000")
        assert [found.vintage for found in load("populations", path, vintage="2015").loaded] == ["2015"]

    def test_a_file_without_a_year_says_which_columns_it_has(self, load, folder):
        with pytest.raises(LoadError, match="« habitants »"):
            load("populations", write_text(folder / "p.csv", "CODGEO;habitants", "35236;9000"))


class TestAges:
    def test_the_ages_of_a_census_and_those_that_they_make(self, load, folder):
        header = "CODGEO;P21_POP;P21_POPF;P21_POP0014;P21_POP7589;P21_POP90P;P15_POP;P15_POP0014;C21_POP15P_CS1"
        path = write_text(folder / "base-cc.CSV", header, "35236;9000,5;4700;1500;800;150;8900;1600;12")
        outcome = load("populations-ages", path)
        assert [found.key for found in outcome.loaded] == ["populations-ages-2015", "populations-ages-2021"]
        assert values("population.0_14", "2021") == {"35236": 1500}
        assert values("population.75_plus", "2021") == {"35236": 950}
        assert values("population.femmes", "2021") == {"35236": 4700}
        assert values("population.tous_ages", "2015") == {"35236": 8900}

    def test_the_iris_of_a_commune_are_added_up_and_one_that_is_hidden_hides_the_commune(self, load, folder):
        rows = {
            "iris": ["352360101", "352360102", "352380101", "352380102"],
            "com": ["35236", "35236", "35238", "35238"],
            "pop": [5000, 4000, 100, None],
            "pop_0_19": [1000, 900, 20, 3],
            "pop_65p": [700, 600, 10, None],
        }
        path = folder / "insee_rp2021_iris.parquet"
        pl.DataFrame(rows).write_parquet(path)
        [found] = load("populations-ages", path).loaded
        assert found.key == "populations-ages-iris-2021"
        assert values("population.0_19") == {"35236": 1900, "35238": 23}
        assert values("population.65_plus") == {"35236": 1300, "35238": None}

    def test_the_two_layouts_of_a_census_stand_side_by_side(self, load, folder):
        iris = {
            "iris": ["352360101", "352380101"],
            "com": ["35236", "35238"],
            "pop": [9000, 200],
            "pop_0_19": [900, 20],
        }
        pl.DataFrame(iris).write_parquet(folder / "insee_rp2021_iris.parquet")
        load("populations-ages", folder / "insee_rp2021_iris.parquet")
        header = "CODGEO;P21_POP;P21_POP0014"
        [found] = load("populations-ages", write_text(folder / "base-cc.CSV", header, "35236;9001;1500")).loaded
        assert found.key == "populations-ages-2021"
        other = "« populations-ages-iris-2021 », qui reste en place"
        assert found.notes[-1] == f"Déjà donné par {other} : Population du recensement, tous âges."
        assert values("population.0_19") == {"35236": 900, "35238": 20}
        assert values("population.0_14") == {"35236": 1500}
        assert values("population.tous_ages") == {"35236": 9000, "35238": 200}

    def test_without_ages_or_without_a_year_the_file_is_refused(self, load, folder):
        with pytest.raises(LoadError, match="par âge"):
            load("populations-ages", write_text(folder / "a.csv", "CODGEO;MED16", "35236;9000"))
        with pytest.raises(LoadError, match="--millesime 2021"):
            load("populations-ages", write_text(folder / "a.csv", "COM;pop_0_19", "35236;9000"))


def test_the_estimates_of_departements_lead_to_their_own_source(load, folder):
    sheets = {"À savoir": [["Titre"]], "2022": [["Titre"]], "2023": [["Titre"]]}
    with pytest.raises(LoadError, match="maillage donnees importer estimations"):
        load("populations-ages", write_workbook(folder / "estim-pop.xlsx", sheets))
