"""The two steps of accessibility: against PySAL, against hand-made worlds, and its invariants."""

import numpy as np
import pandas as pd
import pytest
from access import Access, weights
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.territory.catchment import Catchments
from maillage.core.territory.decay import Decay
from maillage.core.territory.pairs import Pairs, pairs_from_table

THIRDS = Decay((10, 15, 20), (1, 2 / 3, 1 / 3))
# PySAL includes every bound in the band that it ends.
AS_PYSAL = Decay((10, 15, 20), (1, 2 / 3, 1 / 3), inner_included=True)


def world(seed: int, size: int = 40, decay: Decay = THIRDS) -> tuple[Catchments, np.ndarray, Pairs]:
    """Random places: some uninhabited, some without professional, about a third of the pairs reached."""
    rng = np.random.default_rng(seed)
    grid = rng.integers(0, 60, (size, size)).astype(float)
    np.fill_diagonal(grid, 0)
    rows, columns = np.indices(grid.shape)
    pairs = pairs_from_table(rows.ravel(), columns.ravel(), grid.ravel(), size, size, 20)
    demand = np.where(rng.random(size) < 0.2, 0, rng.uniform(0, 3000, size))
    supply = np.where(rng.random(size) < 0.5, 0, rng.uniform(0, 9, size))
    return Catchments(pairs, decay, demand), supply, pairs


def by_pysal(pairs: Pairs, demand: np.ndarray, supply: np.ndarray) -> np.ndarray:
    rows = np.repeat(np.arange(pairs.n_demand), np.diff(pairs.indptr))
    names = np.arange(len(demand))
    model = Access(
        demand_df=pd.DataFrame({"id": names, "demand": demand}), demand_index="id", demand_value="demand",
        supply_df=pd.DataFrame({"id": names, "supply": supply}), supply_index="id", supply_value="supply",
        cost_df=pd.DataFrame({"origin": rows, "dest": pairs.indices, "cost": pairs.minutes}),
        cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip
    step = weights.step_fn(dict(zip(AS_PYSAL.bounds, AS_PYSAL.steps, strict=True)))
    model.enhanced_two_stage_fca(name="fca", weight_fn=step, max_cost=20)
    return model.access_df["fca_supply"].to_numpy()


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_access_is_that_of_pysal_where_pysal_is_finite_and_never_infinite(seed: int) -> None:
    catchments, supply, pairs = world(seed, decay=AS_PYSAL)
    with np.errstate(all="ignore"):
        theirs = by_pysal(pairs, catchments.demand, supply)
    ours = catchments.access(supply)
    finite = np.isfinite(theirs)

    assert np.isfinite(ours).all()
    assert finite.sum() > len(ours) / 2
    assert np.abs(ours[finite] - theirs[finite]).max() <= 1e-12


def test_two_communes_share_the_professional_of_one_by_hand() -> None:
    pairs = pairs_from_table([0, 1], [1, 0], [12, 12], 2, 2, 20)
    catchments = Catchments(pairs, THIRDS, [300, 600])
    shared = 7 / (300 + 600 * 2 / 3)

    assert catchments.access([7, 0]).tolist() == pytest.approx([shared, shared * 2 / 3], rel=1e-15)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_supply_reached_is_conserved(seed: int) -> None:
    catchments, supply, _ = world(seed)

    assert catchments.access(supply) @ catchments.demand == pytest.approx(catchments.reached(supply), rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 39))
def test_adding_a_professional_lowers_no_one(seed: int, column: int) -> None:
    catchments, supply, _ = world(seed)
    more = supply.copy()
    more[column] += 1

    assert np.all(catchments.access(more) >= catchments.access(supply))
    assert np.all(catchments.change(supply, {column: 1}).difference >= 0)


def test_a_place_that_reaches_no_professional_has_none() -> None:
    catchments = Catchments(pairs_from_table([0], [1], [25], 2, 2, 20), THIRDS, [100, 100])

    assert catchments.access([0, 3]).tolist() == [0, 0.03]


def test_a_catchment_where_nobody_lives_has_none_rather_than_infinity() -> None:
    catchments = Catchments(pairs_from_table([0], [0], [0], 2, 2, 20), THIRDS, [0, 100])

    assert catchments.access([5, 1]).tolist() == [0, 0.01]
    assert catchments.reached([5, 1]) == 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.dictionaries(st.integers(0, 39), st.floats(0, 4), max_size=4))
def test_a_change_is_the_difference_of_two_whole_computations(seed: int, deltas: dict[int, float]) -> None:
    catchments, supply, _ = world(seed)
    removed = {int(np.argmax(supply)): -float(supply.max())}
    moved = deltas | removed
    after = supply.copy()
    for column, delta in moved.items():
        after[column] += delta

    change = catchments.change(supply, moved)
    untouched = np.setdiff1d(np.arange(40), change.rows)

    assert np.abs(change.before - catchments.access(supply)[change.rows]).max() <= 1e-12
    assert np.abs(change.after - catchments.access(after)[change.rows]).max() <= 1e-12
    assert np.array_equal(catchments.access(after)[untouched], catchments.access(supply)[untouched])


def test_no_change_touches_no_row() -> None:
    catchments, supply, _ = world(1)

    assert catchments.change(supply, {}).rows.size == 0


def test_a_place_cannot_supply_less_than_nothing() -> None:
    catchments, supply, _ = world(1)

    with pytest.raises(ValueError, match="at least 0"):
        catchments.change(supply, {0: -100.0})


@pytest.mark.parametrize("demand", [[1.0], [1.0, np.nan], [1.0, -1.0], [1.0, np.inf]])
def test_an_unknown_or_misshapen_demand_is_refused(demand: list[float]) -> None:
    with pytest.raises(ValueError, match="demand"):
        Catchments(pairs_from_table([0], [0], [0], 2, 2, 20), THIRDS, demand)
