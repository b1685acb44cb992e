"""The engine on the real files of the DREES: islands (APL-T2), conservation (APL-T3), national means (APL-T4)."""

import datetime

import numpy as np
import pytest
from tests import france_apl
from tests.france_apl import France

from maillage.core.territory.catchment import Catchments
from maillage.core.territory.method import method_of
from maillage.core.territory.pairs import pairs_from_table, pairs_within

pytestmark = pytest.mark.donnees
DAY = datetime.date(2026, 11, 22)
ALL_AGES = "APL aux médecins généralistes (sans borne d'âge)"


@pytest.fixture(scope="module")
def generalists() -> France:
    return france_apl.read("medecin_generaliste")


def catchments(france: France) -> Catchments:
    method = method_of("medecin_generaliste", DAY)
    pairs = pairs_within(france.lon, france.lat, method.decay.reach, method.estimate)
    return Catchments(pairs, method.decay, np.nan_to_num(france.standardised))


@pytest.mark.parametrize(("island", "doctors"), [("29082", 1), ("29083", 1), ("17004", 1), ("29155", 3)])
def test_the_published_value_of_an_island_is_the_floor_of_activity(generalists, island, doctors) -> None:
    row = generalists.codes.index(island)
    floor = method_of("medecin_generaliste", DAY).floor

    assert generalists.published[ALL_AGES][row] * generalists.standardised[row] == pytest.approx(
        floor * doctors, abs=5 * doctors
    )


def test_the_engine_gives_an_island_its_published_value(generalists) -> None:
    method, row = method_of("medecin_generaliste", DAY), generalists.codes.index("29155")
    # No road leads to Ouessant: a table of travel times joins it to itself alone.
    alone = pairs_from_table([], [], [], 1, 1, method.decay.reach)
    model = Catchments(alone, method.decay, generalists.standardised[[row]])
    value = method.published(model.access([method.bounded([1000, 2000, 3000]).sum()]))

    assert value == pytest.approx(generalists.published[ALL_AGES][[row]], rel=5e-4)


def test_the_supply_of_france_is_conserved(generalists) -> None:
    model = catchments(generalists)
    supply = method_of("medecin_generaliste", DAY).supply(generalists.professionals)

    assert model.access(supply) @ model.demand == pytest.approx(model.reached(supply), rel=1e-9)
    assert model.reached(supply) > 0.999 * supply.sum()


def test_a_change_of_france_is_the_difference_of_two_computations_of_all(generalists) -> None:
    model = catchments(generalists)
    supply = method_of("medecin_generaliste", DAY).supply(generalists.professionals)
    column = generalists.codes.index("35236")
    after = supply.copy()
    after[column] += 4146.0
    change = model.change(supply, {column: 4146.0})

    assert np.abs(change.after - model.access(after)[change.rows]).max() <= 1e-12
    assert np.array_equal(np.flatnonzero(model.access(after) != model.access(supply)), change.rows)


@pytest.mark.parametrize(
    ("profession", "expected"),
    [
        ("medecin_generaliste", [3.811, 3.369, 3.001]),
        ("infirmier", [156.07]),
        ("masseur_kinesitherapeute", [111.58]),
    ],
)
def test_the_national_means_are_those_published(profession, expected) -> None:
    france = france_apl.read(profession)
    known = np.isfinite(france.standardised)
    means = [
        np.average(values[known & np.isfinite(values)], weights=france.standardised[known & np.isfinite(values)])
        for values in france.published.values()
    ]

    assert means == pytest.approx(expected, abs=0.005)


def test_the_mean_of_the_model_is_near_that_published(generalists) -> None:
    method, model = method_of("medecin_generaliste", DAY), catchments(generalists)
    values = method.published(model.access(method.supply(generalists.professionals)))

    assert np.average(values, weights=model.demand) == pytest.approx(3.811, abs=0.01)
