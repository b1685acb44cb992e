import datetime

import numpy as np
import pytest

from maillage.core.rules.errors import UnknownValue
from maillage.core.territory.correction import Correction, density_around
from maillage.core.territory.times import MEASURED, correction_of, error_of, texts

TODAY = datetime.date(2026, 11, 22)
TWO_SPEEDS = Correction(radius_km=5, bounds=(100,), by_class=(1.0, 2.0), by_region={"53": 0.5})


def test_the_density_counts_who_lives_within_the_radius():
    around = density_around([0, 0, 1], [0, 0.02, 0], [1000, 500, 70], radius_km=5)
    assert around * np.pi * 25 == pytest.approx([1500, 1500, 70])


def test_a_place_beyond_the_radius_is_not_counted():
    assert density_around([0, 0], [0, 0.1], [100, 900], radius_km=5) * np.pi * 25 == pytest.approx([100, 900])


def test_a_place_without_coordinates_is_alone():
    assert density_around([0, np.nan], [0, np.nan], [100, 40], radius_km=5) * np.pi * 25 == pytest.approx([100, 40])


def test_an_unknown_population_counts_nobody():
    assert density_around([0, 0], [0, 0.01], [100, np.nan], radius_km=5) * np.pi * 25 == pytest.approx([100, 100])


def test_the_factor_is_that_of_the_density_times_that_of_the_region():
    people = [100 * np.pi * 25, 10, 10]
    factors = TWO_SPEEDS.factors([0, 1, 2], [0, 1, 2], people, ["53", "53", "11"])
    assert factors.tolist() == [1.0, 0.5, 1.0]


def test_a_region_that_is_not_known_has_no_factor_of_its_own():
    assert TWO_SPEEDS.factors([0], [0], [1], [""]).tolist() == [1.0]


@pytest.mark.parametrize(("bounds", "factors"), [((1, 1), (1, 1, 1)), ((1,), (1,)), ((1,), (1, 0))])
def test_a_correction_that_makes_no_sense_is_refused(bounds, factors):
    with pytest.raises(ValueError, match=r"factor more than bounds|above 0"):
        Correction(5, bounds, factors, {})


def test_dense_places_are_slower_than_the_others():
    found = correction_of(TODAY)
    assert found.by_class[-1] == max(found.by_class)


def test_a_region_without_published_values_keeps_the_factor_of_its_density():
    found = correction_of(TODAY)
    assert "06" not in found.by_region
    assert "53" in found.by_region


def test_there_is_no_correction_before_the_method():
    with pytest.raises(UnknownValue):
        correction_of(datetime.date(2011, 1, 1))


@pytest.mark.parametrize("profession", MEASURED)
def test_the_error_told_is_lower_with_the_correction(profession):
    error = error_of(profession, TODAY)
    assert error.gap < error.gap_before
    assert 0 < error.correlation < 1


def test_no_error_is_told_of_a_profession_that_was_not_measured():
    assert error_of("sage_femme", TODAY) is None


def test_every_parameter_of_the_times_is_told():
    assert {"territoire.temps.correction.rayon", "territoire.temps.facteur"} <= {text.path for text in texts()}
