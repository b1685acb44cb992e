"""A calibration on a made-up country whose true factors are known."""

from dataclasses import replace

import numpy as np
import pytest

from maillage.core.territory.calibration import (
    Observed,
    Sample,
    Search,
    choose_prior,
    counted,
    fit_classes,
    fit_regions,
    regional,
    shrunk,
    weighted_correlation,
)
from maillage.core.territory.catchment import Catchments
from maillage.core.territory.decay import Decay
from maillage.core.territory.pairs import pairs_within
from maillage.core.territory.travel import Estimate

DECAY = Decay((10, 15, 20), (1, 2 / 3, 1 / 3))
ESTIMATE = Estimate(1.0, 1.0)
SIZE = 300
SEARCH = Search((0.7, 1.0, 1.5))
RANDOM = np.random.default_rng(4)
LON, LAT = RANDOM.uniform(0, 1, SIZE), RANDOM.uniform(46, 47, SIZE)
PEOPLE = RANDOM.integers(50, 5000, SIZE).astype(float)
SUPPLY = RANDOM.integers(0, 4, SIZE).astype(float)
CLASSES = (LON > 0.5).astype(np.int64)
REGIONS = np.where(LAT > 46.5, "53", "11")
TRAIN = np.arange(SIZE) % 3 != 1


def country(factors: np.ndarray) -> Sample:
    """A country whose published values are those of the model with these factors."""
    pairs = pairs_within(LON, LAT, 40, ESTIMATE)
    blank = Observed("infirmier", PEOPLE, SUPPLY, np.zeros(SIZE))
    sample = Sample.of(pairs, DECAY, PEOPLE, [blank])
    return replace(sample, observed=(replace(blank, published=sample.modelled(factors)[0]),))


def test_the_model_of_the_calibration_is_that_of_the_engine():
    factors = RANDOM.uniform(0.8, 1.4, SIZE)
    engine = Catchments(pairs_within(LON, LAT, 20, ESTIMATE, factors), DECAY, PEOPLE)
    assert country(np.ones(SIZE)).modelled(factors)[0] == pytest.approx(engine.access(SUPPLY), abs=1e-12)


def test_the_factors_of_the_classes_are_found_again():
    true = np.array([1.0, 1.5])
    assert fit_classes(country(true[CLASSES]), CLASSES, TRAIN, SEARCH, sweeps=2).tolist() == true.tolist()


def test_the_factor_of_a_region_is_found_again():
    true = regional({"53": 0.7}, REGIONS)
    assert fit_regions(country(true), np.ones(SIZE), REGIONS, TRAIN, SEARCH) == {"53": 0.7, "11": 1.0}


def test_what_is_kept_apart_is_never_looked_at():
    sample = country(np.full(SIZE, 1.5))
    other = np.where(TRAIN, sample.observed[0].published, 0.123)
    changed = replace(sample, observed=(replace(sample.observed[0], published=other),))
    assert changed.loss(np.ones(SIZE), TRAIN) == sample.loss(np.ones(SIZE), TRAIN)
    assert changed.observed[0].levelled(TRAIN).supply.tolist() == sample.observed[0].levelled(TRAIN).supply.tolist()
    assert fit_classes(changed, CLASSES, TRAIN, SEARCH, 1).tolist() == [1.5, 1.5]


def test_a_region_that_nothing_is_learnt_from_has_no_factor():
    sample = country(np.ones(SIZE))
    assert set(fit_regions(sample, np.ones(SIZE), REGIONS, TRAIN & (REGIONS == "11"), SEARCH)) == {"11"}


def test_the_catchments_around_a_region_give_its_values_whole():
    sample, inside = country(np.ones(SIZE)), REGIONS == "53"
    factors = np.full(SIZE, 1.1)
    near = sample.around(inside).modelled(factors)[0]
    assert near[inside] == pytest.approx(sample.modelled(factors)[0][inside], abs=1e-12)


def test_a_perfect_model_has_no_error():
    sample = country(np.ones(SIZE))
    (error,) = sample.errors(np.ones(SIZE), TRAIN)
    assert (error.correlation, error.absolute) == (pytest.approx(1), pytest.approx(0, abs=1e-12))
    assert sample.loss(np.ones(SIZE), TRAIN) == pytest.approx(0, abs=1e-12)


def test_a_place_without_a_published_value_is_not_judged():
    sample = country(np.ones(SIZE))
    published = sample.observed[0].published.copy()
    published[0] = np.nan
    changed = replace(sample, observed=(replace(sample.observed[0], published=published),))
    assert not changed.judged()[0]
    assert changed.errors(np.ones(SIZE), TRAIN)[0].absolute == pytest.approx(0, abs=1e-12)


def test_a_centred_loss_forgives_a_level_but_not_a_shape():
    sample = country(np.ones(SIZE))
    twice = replace(sample, observed=(replace(sample.observed[0], supply=SUPPLY * 2),))
    assert twice.loss(np.ones(SIZE), TRAIN) > 0.5
    assert twice.loss(np.ones(SIZE), TRAIN, centred=True) == pytest.approx(0, abs=1e-12)


def test_a_levelled_supply_adds_up_to_what_is_published():
    told = Observed("infirmier", np.array([10.0, 20, 9]), np.array([1.0, 1, 1]), np.array([0.5, np.nan, 8]))
    assert told.levelled(np.array([True, True, False])).supply.tolist() == [2.5, 2.5, 2.5]


def test_few_communes_are_drawn_further_towards_the_nation_than_many():
    found = shrunk({"11": 2.0, "94": 2.0}, {"11": 1000, "94": 10}, 100)
    assert 1 < found["94"] < found["11"] < 2


def test_cross_validation_prefers_no_factor_where_regions_do_not_differ():
    sample = country(np.ones(SIZE))
    folds = [TRAIN & (np.arange(SIZE) % 2 == rank) for rank in (0, 1)]
    losses = choose_prior(sample, np.ones(SIZE), REGIONS, folds, SEARCH, (0.0, 1e9))
    assert losses[1e9] == pytest.approx(0, abs=1e-9)
    assert losses[0.0] >= losses[1e9] - 1e-9


def test_only_places_that_can_be_judged_are_counted():
    counts = counted(country(np.ones(SIZE)), REGIONS, TRAIN)
    assert counts == {name: int((TRAIN & (name == REGIONS)).sum()) for name in ("11", "53")}


def test_a_shake_forgets_a_candidate_that_is_good_by_luck():
    losses = {0.9: 9.0, 1.0: 0.0, 1.1: 9.0, 1.8: 2.0, 2.0: 2.0, 2.2: 2.0}
    search = Search((1.0, 2.0), (0.9, 1.0, 1.1))
    assert search.best(lambda tried: losses[round(tried, 1)]) == 2.0


def test_an_array_that_does_not_vary_has_no_correlation():
    flat, weights = np.ones(3), np.ones(3)
    assert np.isnan(weighted_correlation(flat, np.arange(3.0), weights))
