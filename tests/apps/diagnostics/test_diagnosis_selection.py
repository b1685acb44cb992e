"""How a territory is chosen, and what is refused."""

import datetime

import polars as pl
import pytest
from tests.apps.diagnostics.conftest import REDON, RENNES, SAINTE_MARIE, source

from maillage.apps.diagnostics.chosen import communes_of
from maillage.apps.diagnostics.selection import query_of, read_selection, selection_of_query
from maillage.core.kernel.problems import BadInput
from maillage.core.territory import times
from maillage.core.territory.correction import Correction

TODAY = datetime.date(2026, 11, 22)
AROUND_REDON = "-2.3,47.5;-1.9,47.5;-1.9,47.8;-2.3,47.8"


def chosen(**given):
    return communes_of(read_selection(given), today=TODAY)


def codes(**given):
    return [commune.code for commune in chosen(**given).communes]


def refused(given):
    with pytest.raises(BadInput) as error:
        read_selection(given)
    return [problem.field for problem in error.value.problems]


@pytest.mark.usefixtures("world")
def test_each_way_of_choosing_brings_its_communes():
    assert codes(communes=[REDON]) == [REDON]
    assert codes(epci=["243500741"]) == [REDON, SAINTE_MARIE]
    assert codes(centre=REDON, rayon_km=10) == [REDON, SAINTE_MARIE]
    assert codes(centre=REDON, rayon_km=100) == [REDON, RENNES, SAINTE_MARIE]
    assert codes(contour=AROUND_REDON) == [REDON, SAINTE_MARIE]


@pytest.mark.usefixtures("world")
def test_ways_of_choosing_add_up_and_a_commune_counts_once():
    found = chosen(communes=[RENNES, REDON], epci=["243500741"])

    assert [commune.code for commune in found.communes] == [REDON, RENNES, SAINTE_MARIE]
    assert found.how == "Communes choisies : Rennes, Redon. Intercommunalité entière : Redon Agglomération."


@pytest.mark.usefixtures("world")
def test_minutes_are_estimated_and_said_so_without_a_table():
    found = chosen(centre=REDON, minutes=20)

    assert [commune.code for commune in found.communes] == [REDON, SAINTE_MARIE]
    assert "aucune table de temps de trajet n'est chargée" in found.notes[0]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("state", ["complete", "en_cours", "en_erreur"])
def test_minutes_are_those_of_the_table_that_is_loaded_whatever_a_later_loading_did(tmp_path, state):
    pl.DataFrame(
        {"origine": [RENNES, SAINTE_MARIE, REDON], "destination": [REDON, REDON, RENNES], "minutes": [15.0, 40.0, 15.0]}
    ).write_parquet(tmp_path / "temps.parquet")
    row = source("temps", "temps", "2025")
    row.file, row.state = "temps.parquet", state
    row.save()

    found = chosen(centre=REDON, minutes=20)

    assert [commune.code for commune in found.communes] == [REDON, RENNES]
    assert "table chargée" in found.notes[0]


@pytest.mark.usefixtures("world")
def test_a_territory_that_is_an_epci_knows_it():
    assert chosen(epci=["243500741"]).exactly == ("epci", "243500741")
    assert chosen(communes=[REDON, SAINTE_MARIE]).exactly == ("epci", "243500741")
    assert chosen(communes=[REDON]).exactly == ("commune", REDON)
    assert chosen(communes=[REDON, RENNES]).exactly is None
    assert chosen(communes=[REDON, RENNES, SAINTE_MARIE]).exactly == ("departement", "35")


@pytest.mark.usefixtures("world")
def test_every_unknown_code_is_told_at_once_with_the_nearest():
    with pytest.raises(BadInput) as error:
        chosen(communes=["35900", "99999"], epci=["243500742"])

    problems = error.value.problems
    assert [problem.field for problem in problems] == ["communes.0", "communes.1", "epci.0"]
    assert "35236" in problems[0].expected
    assert "243500741, Redon Agglomération" in problems[2].expected


@pytest.mark.usefixtures("world")
def test_a_contour_that_holds_no_mairie_is_refused():
    with pytest.raises(BadInput) as error:
        chosen(contour="0,0;1,0;1,1")

    assert error.value.problems[0].field == "contour"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, ["communes"]),
        ({"communes": ["352"], "rayon_km": -1}, ["communes.0", "rayon_km"]),
        ({"centre": REDON}, ["rayon_km"]),
        ({"rayon_km": 10}, ["centre"]),
        ({"centre": REDON, "rayon_km": 10, "minutes": 10}, ["minutes"]),
        ({"contour": "1,2"}, ["contour"]),
        ({"contour": "1_0,0;11,0;11,1"}, ["contour"]),
        ({"contour": "un,deux;1,2;3,4"}, ["contour"]),
        ({"contour": "0,0;1,1;0,1;1,0"}, ["contour"]),
        ({"contour": [[200, 0], [0, 1], [1, 1]]}, ["contour.0.0"]),
        ({"communes": [REDON], "structure": "clinique"}, ["structure"]),
        ({"communes": [REDON], "rayon": 10}, ["rayon"]),
    ],
)
def test_what_makes_no_territory_is_refused_field_by_field(given, fields):
    assert refused(given) == fields


def test_an_address_is_read_back_as_it_was_written():
    selection = read_selection(
        {"communes": [REDON], "centre": RENNES, "rayon_km": 12.5, "contour": AROUND_REDON, "structure": "cpts"}
    )
    pairs = query_of(selection)
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)

    assert selection_of_query(query) == selection


def test_an_address_takes_a_comma_for_decimals_and_leaves_alone_what_is_not_its_own():
    found = selection_of_query({"centre": [REDON], "rayon_km": ["12,5"], "epci": [""], "page": ["2"]})

    assert (found.rayon_km, found.epci) == (12.5, ())


def test_a_code_is_read_whatever_its_case():
    assert read_selection({"communes": ["2a004"]}).communes == ("2A004",)


@pytest.mark.usefixtures("world")
def test_estimated_minutes_around_a_place_are_corrected_as_those_of_the_model(monkeypatch):
    slow = Correction(radius_km=5.0, bounds=(500.0,), by_class=(9.0, 9.0), by_region={})
    assert codes(centre=REDON, minutes=20) == [REDON, SAINTE_MARIE]
    monkeypatch.setattr(times, "correction_of", lambda _day: slow)

    assert codes(centre=REDON, minutes=20) == [REDON]
