"""Where would one more settle: villages in a row with answers known by hand, then random worlds and every choice."""

import itertools

import numpy as np
import pytest
from scipy import sparse

from maillage.core.territory.catchment import Catchments
from maillage.core.territory.decay import Decay
from maillage.core.territory.optimiser import MOST_ROWS, Question, exact, greedy, question, small
from maillage.core.territory.pairs import Pairs, pairs_from_table

DECAY = Decay((10, 20), (1, 0.5))
PEOPLE = np.array([100.0, 100, 100, 400])
EVERYWHERE = np.ones(4, bool)


def line(minutes_between: float = 8) -> Pairs:
    """Four villages in a row: A, B, C within 8 minutes of the next, D far away."""
    at = np.array([0.0, 1, 2, 50]) * minutes_between
    rows, columns = np.divmod(np.arange(16), 4)
    return pairs_from_table(rows, columns, np.abs(at[rows] - at[columns]), 4, 4, 20)


def ask(threshold: float, *, supply=(0.0, 0, 0, 0), candidates=(0, 1, 2, 3), inside=EVERYWHERE, near=None) -> Question:
    catchments = Catchments(line(), DECAY, PEOPLE)
    return question(
        catchments,
        np.array(supply),
        1.0,
        threshold,
        PEOPLE,
        inside=np.asarray(inside),
        candidates=np.array(candidates),
        near=near,
    )


def within(minutes: float) -> sparse.csc_array:
    pairs = line()
    kept = pairs.minutes <= minutes
    rows = np.repeat(np.arange(4), np.diff(pairs.indptr))[kept]
    return sparse.csc_array((np.ones(kept.sum()), (rows, pairs.indices[kept])), shape=(4, 4))


def test_the_middle_village_lifts_its_two_neighbours():
    # B serves A, B and C in full: 1 / 300 each. A serves C at half: 1 / 250, 1 / 250, 1 / 500. D alone has 1 / 400.
    plan = greedy(ask(1 / 300), 1)
    assert ([site.column for site in plan.sites], plan.lifted, plan.below) == ([1], 300, 700)
    assert plan.rows.tolist() == [0, 1, 2]


def test_a_lone_town_of_many_inhabitants_comes_first_when_one_is_enough():
    plan = greedy(ask(1 / 400), 2)
    assert [(site.column, site.gain) for site in plan.sites] == [(3, 400), (1, 300)]


def test_only_the_inhabitants_asked_for_count():
    plan = greedy(ask(1 / 300, inside=(True, True, True, False)), 1)
    assert (plan.sites[0].column, plan.below, plan.lifted) == (1, 300, 300)


def test_who_is_above_the_threshold_today_is_not_lifted():
    plan = greedy(ask(1 / 300, supply=(0, 1, 0, 0)), 1)
    assert plan.below == 400


def test_a_travel_limit_counts_only_those_who_live_near():
    asked = ask(1 / 300, candidates=(0, 1, 2), near=within(0))
    plan = greedy(asked, 1)
    assert plan.lifted == 100
    assert greedy(ask(1 / 300, candidates=(0, 1, 2), near=within(8)), 1).lifted == 300


def test_two_together_are_found_when_one_lifts_nobody():
    # 2 / 400 at D needs two professionals: the first lifts nobody, it still brings D nearest.
    plan = greedy(ask(2 / 400, candidates=(3,)), 2)
    assert [(site.column, site.gain) for site in plan.sites] == [(3, 0), (3, 400)]


def test_the_choice_stops_when_nobody_is_left_to_lift():
    plan = greedy(ask(1 / 300, candidates=(1,), inside=(True, True, True, False)), 5)
    assert len(plan.sites) == 1


def test_a_place_where_nobody_lives_brings_nothing():
    catchments = Catchments(line(), DECAY, np.zeros(4))
    asked = question(catchments, np.zeros(4), 1.0, 1.0, PEOPLE, inside=EVERYWHERE, candidates=np.arange(4), near=None)
    for answer in (greedy(asked, 3), exact(asked, 3)):
        assert (answer.sites, answer.lifted) == ((), 0)


def test_an_unknown_population_counts_nobody():
    catchments = Catchments(line(), DECAY, PEOPLE)
    people = np.array([100.0, np.nan, 100, 400])
    asked = question(catchments, np.zeros(4), 1.0, 1 / 300, people, inside=EVERYWHERE, candidates=np.array([1]))
    assert greedy(asked, 1).lifted == 200


@pytest.mark.parametrize(("amount", "threshold"), [(0, 1), (1, 0)])
def test_a_question_that_makes_no_sense_is_refused(amount, threshold):
    with pytest.raises(ValueError, match="above 0"):
        question(
            Catchments(line(), DECAY, PEOPLE),
            np.zeros(4),
            amount,
            threshold,
            PEOPLE,
            inside=EVERYWHERE,
            candidates=np.arange(4),
        )


def made_up(seed: int, size: int = 9) -> Question:
    """A random country small enough to try every choice."""
    random = np.random.default_rng(seed)
    points = random.uniform(0, 40, (size, 2))
    minutes = np.linalg.norm(points[:, None] - points[None], axis=2)
    rows, columns = np.divmod(np.arange(size * size), size)
    pairs = pairs_from_table(rows, columns, minutes.ravel(), size, size, 20)
    people = random.integers(50, 3000, size).astype(float)
    catchments = Catchments(pairs, DECAY, people)
    supply = random.integers(0, 2, size).astype(float)
    threshold = float(np.quantile(catchments.access(supply), 0.8)) + 1e-4
    return question(catchments, supply, 1.0, threshold, people, inside=np.ones(size, bool), candidates=np.arange(size))


def best_of_all(asked: Question, count: int) -> float:
    size = asked.candidates.size
    choices = itertools.combinations_with_replacement(range(size), count)
    return max(asked.people_lifted(np.bincount(choice, minlength=size).astype(float)) for choice in choices)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_exact_answer_is_the_best_of_every_choice(seed, count):
    asked = made_up(seed)
    found, first = exact(asked, count), greedy(asked, count)
    assert found.proven
    assert found.lifted == best_of_all(asked, count)
    assert found.lifted >= first.lifted
    assert sum(site.gain for site in found.sites) == pytest.approx(found.lifted)


@pytest.mark.parametrize("seed", range(12))
def test_one_site_is_never_better_than_the_greedy_one(seed):
    asked = made_up(seed)
    assert greedy(asked, 1).lifted == exact(asked, 1).lifted


def test_the_greedy_answer_can_be_beaten():
    """Why the exact one exists: some world where taking the best first is not the best of two."""
    assert any(greedy(made_up(seed), 2).lifted < exact(made_up(seed), 2).lifted for seed in range(40))


def test_no_proof_is_attempted_on_a_large_question():
    size = MOST_ROWS + 1
    empty = sparse.csc_array((size, 1))
    asked = Question(empty, empty, np.ones(size), np.arange(size), np.array([0]), float(size))
    assert not small(asked)
    with pytest.raises(ValueError, match="greedy"):
        exact(asked, 1)


def test_a_lifted_commune_reaches_the_threshold_in_the_engine():
    catchments = Catchments(line(), DECAY, PEOPLE)
    threshold = 1 / 320
    asked = question(catchments, np.zeros(4), 1.0, threshold, PEOPLE, inside=EVERYWHERE, candidates=np.arange(4))
    plan = greedy(asked, 2)
    supply = np.bincount([site.column for site in plan.sites], minlength=4).astype(float)
    reached = catchments.access(supply) >= threshold * (1 - 1e-9)
    assert np.flatnonzero(reached).tolist() == plan.rows.tolist()
