"""What arrivals and departures change, and what is refused."""

import numpy as np
import pytest
from tests.apps.territories.accessibility.conftest import DAY, load_series

from maillage.apps.territories.accessibility import Departure, Move, Scenario, accessibility, what_if
from maillage.apps.territories.accessibility.scenario import counts_of, departures_of, moves_of
from maillage.apps.territories.models import Commune
from maillage.core.kernel.problems import BadInput

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ages", "bpe")]
DENTIST = "chirurgien_dentiste"


def asked(**parts) -> dict[str, dict[str, float]]:
    found = what_if(accessibility(DENTIST, DAY), Scenario(**parts))
    return {row["code_commune"]: row for row in found.rows()}


def test_an_arrival_lifts_the_communes_that_reach_it_and_no_other() -> None:
    rows = asked(additions=[("35294", 1)])

    assert rows.keys() == {"35236", "35294"}
    assert all(row["difference"] > 0 for row in rows.values())
    assert rows["35236"]["apl_avant"] == pytest.approx(accessibility(DENTIST, DAY).as_dict()["35236"], abs=1e-12)


def test_a_departure_is_the_opposite_of_an_arrival() -> None:
    added, removed = asked(additions=[("35236", 1)]), asked(removals=[("35236", 1)])

    assert {code: -row["difference"] for code, row in removed.items()} == pytest.approx(
        {code: row["difference"] for code, row in added.items()}, abs=1e-12
    )


def test_everyone_leaving_leaves_nothing() -> None:
    assert all(row["apl_apres"] == 0 for row in asked(removals=[("35236", 3)]).values())


def test_a_move_takes_from_one_and_gives_to_the_other() -> None:
    rows = asked(moves=[Move("35238", "35294", 2)])

    assert rows["35238"]["difference"] < 0 < rows["35294"]["difference"]


def test_a_move_within_a_commune_changes_nothing() -> None:
    assert asked(moves=[Move("35236", "35236", 1)]) == {}


def test_a_commune_of_unknown_population_is_not_told_as_changed() -> None:
    assert asked(additions=[("97608", 1)]) == {}


def test_departures_by_age_need_an_age() -> None:
    with pytest.raises(BadInput, match="colonne « age »"):
        asked(departures=[Departure(60, "243500741")])


def test_departures_by_age_read_the_indicator_that_counts_them() -> None:
    load_series(f"offre.{DENTIST}.plus_de_60", {"35236": 1.0, "35238": 50.0}, absent_is_zero=True)
    found = what_if(accessibility(DENTIST, DAY), Scenario(departures=[Departure(60, "243500741")]))

    assert {row["code_commune"]: row["difference"] for row in found.rows()} == pytest.approx(
        {code: row["difference"] for code, row in asked(removals=[("35236", 1)]).items()}
    )
    assert "1 professionnel part" in found.notes[0]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({}, "au moins un professionnel"),
        ({"removals": [("35236", 4)]}, "au plus 3"),
        ({"removals": [("35236", 2), ("35236", 2)]}, "au plus 3"),
        ({"removals": [("35294", 1)]}, "au plus 0"),
        ({"moves": [Move("35294", "35236", 1)]}, "au plus 0"),
        ({"additions": [("35238x", 1)]}, "n'est pas accepté"),
        ({"departures": [Departure(60, "99")]}, "d'un département"),
    ],
)
def test_what_cannot_be_is_refused(parts, told) -> None:
    with pytest.raises(BadInput, match=told):
        asked(**parts)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        asked(additions=[("00000", 1)], removals=[("35294", 1)])

    assert [problem.field for problem in refused.value.problems] == ["ajouter", "retirer"]


def test_a_city_of_arrondissements_asks_for_one_of_them() -> None:
    rennes = Commune.objects.get(code="35238")
    rennes.pk, rennes.type, rennes.parent_id = "35381", "ARM", "35238"
    rennes.save(force_insert=True)

    with pytest.raises(BadInput, match="arrondissement"):
        asked(additions=[("35238", 1)])


def test_what_is_written_on_the_command_line_is_read() -> None:
    assert counts_of("f", ["35236:2", "2a004", "35294:0,5"]) == [("35236", 2), ("2A004", 1), ("35294", 0.5)]
    assert moves_of("f", ["35236:35294:1"]) == [Move("35236", "35294", 1)]
    assert departures_of("f", ["plus_de_60@243500741"]) == [Departure(60, "243500741")]


@pytest.mark.parametrize(
    "text", ["35236:0", "35236:-1", "35236:x", ":1", "", "35236:nan", "35236:inf", "35236:1e9", "35236:1_0", "35236:٣"]
)
def test_a_number_that_makes_no_sense_is_refused(text) -> None:
    with pytest.raises(BadInput, match="CODE:NOMBRE"):
        counts_of("--ajouter", [text])


@pytest.mark.parametrize("text", ["60@35236", "plus_de_@35", "plus_de_60", "plus_de_60@", "plus_de_x@35"])
def test_a_departure_that_makes_no_sense_is_refused(text) -> None:
    with pytest.raises(BadInput, match="plus_de_AGE@LIEU"):
        departures_of("--partants", [text])


@pytest.mark.parametrize("text", ["35236", "35236:35294:0", "35236::1"])
def test_a_move_that_makes_no_sense_is_refused(text) -> None:
    with pytest.raises(BadInput, match="DE:VERS:NOMBRE"):
        moves_of("--deplacer", [text])


def test_only_the_touched_rows_are_computed() -> None:
    model = accessibility(DENTIST, DAY)
    change = model.catchments.change(model.offer.supply, {model.places.index["35294"]: 1.0})

    assert set(np.array(model.codes)[change.rows]) == {"35236", "35294"}


def test_what_reaches_only_unknown_populations_has_an_unknown_effect() -> None:
    found = what_if(accessibility(DENTIST, DAY), Scenario(additions=[("97608", 1)]))

    assert (found.codes, found.unknown) == ((), ("97608",))
    assert any("effet inconnu" in note for note in found.notes)
