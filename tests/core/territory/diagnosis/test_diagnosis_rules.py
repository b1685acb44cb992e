"""What the rules say of a territory."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.territory.diagnosis.contiguity import pieces, pieces_of_shapes
from maillage.core.territory.diagnosis.rules import STRUCTURES, Facts, Overlap, warnings

DAY = datetime.date(2026, 11, 22)
BRETAGNE, ILE_DE_FRANCE = "53", "11"


def said(facts, structure):
    return {warning.code: warning for warning in warnings(facts, structure)}


def facts(population=30_000, region=BRETAGNE, **more):
    return Facts(DAY, region, population, "INSEE 2023", **more)


@pytest.mark.parametrize(("population", "state"), [(20_000, "alerte"), (20_001, "respecte"), (None, "a_verifier")])
def test_bretagne_asks_a_cpts_for_more_than_twenty_thousand_inhabitants(population, state):
    warning = said(facts(population), "cpts")["cpts.population"]

    assert warning.state == state
    assert "20\u202f000" in warning.text
    assert (warning.parameter, warning.rule) == ("cpts.territoire.population_minimale", "cpts_population")
    assert warning.texts


def test_no_national_rule_asks_a_cpts_for_a_population():
    warning = said(facts(5_000, ILE_DE_FRANCE), "cpts")["cpts.population"]

    assert warning.state == "information"
    assert "Aucun plancher national" in warning.text


@pytest.mark.parametrize(("population", "size"), [(39_999, 1), (40_000, 2), (1_000_000, 4)])
def test_the_size_of_a_cpts_follows_its_population(population, size):
    assert f"taille {size}" in said(facts(population), "cpts")["cpts.taille"].text


def test_an_overlap_is_to_be_verified_while_no_territory_of_a_cpts_is_loaded():
    assert said(facts(), "cpts")["cpts.unicite"].state == "a_verifier"


def test_a_known_cpts_on_the_territory_is_named_with_what_it_shares():
    warning = said(facts(overlaps=(Overlap("CPTS du Pays", 3, 12),)), "cpts")["cpts.unicite"]

    assert warning.state == "alerte"
    assert "CPTS du Pays (3 communes sur ses 12)" in warning.text
    assert "l'interdit" in warning.text


def test_no_known_cpts_on_the_territory_is_what_is_asked():
    assert said(facts(overlaps=()), "cpts")["cpts.unicite"].state == "respecte"


@pytest.mark.parametrize(("population", "state"), [(3_999, "alerte"), (4_000, "respecte"), (None, "a_verifier")])
def test_the_basin_of_a_centre_de_sante_has_four_thousand_inhabitants(population, state):
    warning = said(facts(population), "cds")["cds.bassin"]

    assert (warning.state, warning.parameter) == (state, "cds.reperes.bassin")


def test_the_landmark_of_one_region_judges_no_centre_of_another():
    warning = said(facts(870_000, "93"), "cds")["cds.bassin"]

    assert warning.state == "a_verifier"
    assert "Provence-Alpes-Côte d'Azur" in warning.text
    assert "ARS Bretagne" in warning.text
    assert "À confirmer auprès de votre ARS" in warning.text


def test_the_policy_of_a_region_is_named():
    assert "La politique de l'ARS (Bretagne) demande" in said(facts(), "cpts")["cpts.population"].text


@pytest.mark.parametrize("structure", ["cpts", "cds"])
def test_another_region_that_the_territory_touches_is_named(structure):
    texts = " ".join(warning.text for warning in warnings(facts(other_regions=("52",)), structure))

    assert "Aucune règle de l'ARS n'est connue pour Pays de la Loire" in texts


def test_the_threshold_of_another_region_is_told():
    text = said(facts(region="52", other_regions=("53",)), "cpts")["cpts.population"].text

    assert "touche aussi Bretagne, dont l'ARS demande 20\u202f000\xa0habitants" in text


def test_an_ess_needs_a_whole_departement():
    assert said(facts(), "ess")["ess.perimetre"].state == "alerte"
    assert said(facts(departments=("Ille-et-Vilaine",)), "ess")["ess.perimetre"].state == "respecte"


def test_without_the_territories_of_the_cpts_a_coordinator_is_told_whom_to_ask():
    warning = said(facts(), "cpts")["cpts.unicite"]

    assert warning.state == "a_verifier"
    assert warning.text.startswith("Demandez à l'ARS ou à l'URPS")
    assert "maillage donnees" not in warning.text


def test_a_territory_in_two_pieces_is_warned_of_where_a_text_asks_for_one():
    assert said(facts(pieces=2, pieces_by="d'après les contours"), "ess")["ess.continuite"].state == "alerte"
    assert said(facts(pieces=1, pieces_by="d'après les contours"), "ess")["ess.continuite"].state == "respecte"
    assert said(facts(), "ess")["ess.continuite"].state == "a_verifier"


def test_every_structure_has_its_warnings_when_none_is_chosen():
    assert {warning.structure.lower() for warning in warnings(facts())} == set(STRUCTURES)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_warning_that_judges_shows_the_text_it_rests_on(structure):
    judged = [warning for warning in warnings(facts(pieces=1), structure) if warning.state in ("alerte", "respecte")]

    assert all(warning.parameter and warning.texts for warning in judged)


def test_mairies_hold_together_unless_others_stand_between_them():
    grid = [(column, row) for row in range(7) for column in range(7)]
    low, high = ([rank for rank, (x, y) in enumerate(grid) if 0 < x < 6 and y in rows] for rows in ((1, 2), (4, 5)))

    assert pieces(grid, low) == 1
    assert pieces(grid, [*low, *high]) == 2


def test_outlines_that_touch_hold_together():
    from shapely.geometry import box

    assert pieces_of_shapes([box(0, 0, 1, 1), box(1, 0, 2, 1)]) == 1
    assert pieces_of_shapes([box(0, 0, 1, 1), box(1.5, 0, 2, 1)]) == 2


def reached(cells):
    """How many groups of cells a walk finds, from one to those around it, corners included."""
    left, groups = set(cells), 0
    while left:
        edge, groups = {left.pop()}, groups + 1
        while edge:
            x, y = edge.pop()
            near = {(x + across, y + up) for across in (-1, 0, 1) for up in (-1, 0, 1)} & left
            left -= near
            edge |= near
    return groups


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1))
def test_the_parts_of_any_outlines_are_those_that_a_walk_reaches(cells):
    from shapely.geometry import box

    assert pieces_of_shapes([box(x, y, x + 1, y + 1) for x, y in cells]) == reached(cells)
