"""Population estimates by département: a sheet per year, totals mixed with départements, overseas codes as numbers."""

import pytest
from tests.apps.territories.official.conftest import values
from tests.apps.territories.official.written import write_workbook

from maillage.apps.territories.reading.rows import LoadError

AGES = ["0 à 19 ans", "20 à 39 ans", "40 à 59 ans", "60 à 74 ans", "75 ans et plus", "Total"]


def sheet(*rows):
    titles = [["Estimation de population"], ["Année"], [""], ["Départements", "", "Ensemble", *[""] * 5, "Hommes"]]
    return [*titles, ["", "", *AGES, *AGES], *rows, ["Source : Insee"]]


def line(code, name, *whole):
    return [code, name, *whole, *[1] * 6]


def test_each_year_gives_the_ages_of_the_departements_and_of_the_country(load, folder):
    rows = [
        line("35", "Ille-et-Vilaine", 10, 20, 30, 25, 15, 100),
        line("France métropolitaine ", "", 1, 2, 3, 4, 5, 15),
        line(976.0, "Mayotte", 9, 9, 9, 9, 9, 45),
    ]
    sheets = {"À savoir": [["Notice"]], "2023": sheet(*rows), "2022": sheet(line("35", "I", 11, 20, 30, 25, 14, 100))}
    [found] = load("estimations", write_workbook(folder / "estim-pop.xlsx", sheets)).loaded
    assert (found.key, found.vintage) == ("estimations", "2022–2023")
    assert values("estimations.75_plus", "2023", "departement") == {"35": 15}
    assert values("estimations.tous_ages", "2023", "france") == {"METROPOLE": 15}
    assert values("estimations.0_19", "2022", "departement") == {"35": 11}
    assert [reject.reason for reject in found.rejects] == ["le code « 976 » n'est pas connu aujourd'hui (département)"]


def test_another_workbook_is_refused(load, folder):
    with pytest.raises(LoadError, match="0 à 19 ans"):
        load("estimations", write_workbook(folder / "a.xlsx", {"2023": [["CODGEO", "MED15"], ["35236", 1]]}))
