"""The grid: the same numbers whoever computes and however it is cut."""

import numpy as np
import pytest

from maillage.core.territory.catchment import Catchments
from maillage.core.territory.decay import Decay
from maillage.core.territory.grid.compute import (
    Reach,
    Sites,
    access_of_tiles,
    demand_of_sites,
    nearest,
    ratios_of,
    weights_of,
)
from maillage.core.territory.grid.synthetic import synthetic_tiles
from maillage.core.territory.grid.tiles import Tiles, partitions
from maillage.core.territory.pairs import Pairs
from maillage.core.territory.travel import Estimate, km_of_chord, unit_vectors

REACH = Reach(Decay((10, 15, 20), (1, 2 / 3, 1 / 3)), Estimate(1.88, 0.838, 1.25))
LON, LAT = np.array([-2.08, -1.68, -2.0]), np.array([47.65, 48.11, 47.7])
SITES = Sites(LON, LAT, np.array([3.0, 200.0, 1.0]), np.ones(3))


def small_grid(count: int = 4_000) -> Tiles:
    return synthetic_tiles(LON, LAT, np.array([9_000.0, 220_000.0, 2_000.0]), np.array(["53", "53", "52"]), count)


def whole(tiles: Tiles) -> np.ndarray:
    """The access computed in one piece."""
    return access_of_tiles(tiles, SITES, REACH, ratios_of(SITES, demand_of_sites(tiles, SITES, REACH)))


def test_a_synthetic_grid_keeps_the_inhabitants_of_each_region() -> None:
    tiles = small_grid()

    assert abs(len(tiles) - 4_000) < 10
    assert tiles.demand[tiles.region == "53"].sum() == pytest.approx(229_000)
    assert tiles.demand[tiles.region == "52"].sum() == pytest.approx(2_000)
    assert len(set(zip(tiles.lon, tiles.lat, strict=True))) == len(tiles)


def test_a_synthetic_grid_is_always_the_same() -> None:
    assert np.array_equal(small_grid().demand, small_grid().demand)


def test_partitions_hold_each_tile_once_and_no_more_than_asked() -> None:
    tiles = small_grid()
    cut = dict(partitions(tiles.region, 1_500))

    assert sorted(cut) == ["52-000", "53-000", "53-001", "53-002"]
    assert max(map(len, cut.values())) <= 1_500
    assert np.array_equal(np.sort(np.concatenate(list(cut.values()))), np.arange(len(tiles)))


def test_partitions_give_the_numbers_of_one_piece() -> None:
    tiles = small_grid()
    rows = [rows for _name, rows in partitions(tiles.region, 700)]
    demand = np.sum([demand_of_sites(tiles.take(part), SITES, REACH) for part in rows], axis=0)
    access = np.empty(len(tiles))
    for part in rows:
        access[part] = access_of_tiles(tiles.take(part), SITES, REACH, ratios_of(SITES, demand))

    np.testing.assert_allclose(access, whole(tiles), rtol=1e-12)


def test_the_grid_is_the_same_computation_as_the_communes() -> None:
    tiles = small_grid(300)
    chords = np.linalg.norm(unit_vectors(tiles.lon, tiles.lat)[:, None] - unit_vectors(LON, LAT)[None], axis=2)
    minutes = REACH.estimate.minutes(km_of_chord(chords))
    indptr = np.arange(len(tiles) + 1) * len(SITES)
    pairs = Pairs(indptr, np.tile(np.arange(len(SITES), dtype=np.int32), len(tiles)), minutes.ravel(), len(SITES))

    expected = Catchments(pairs, REACH.decay, tiles.demand).access(SITES.supply)

    np.testing.assert_allclose(whole(tiles), expected, rtol=1e-12)


def test_the_supply_that_is_reached_is_conserved() -> None:
    tiles = small_grid()

    assert whole(tiles) @ tiles.demand == pytest.approx(SITES.supply.sum(), rel=1e-12)


def test_a_site_that_nobody_reaches_gives_nothing_and_nothing_undefined() -> None:
    tiles = small_grid(100)
    sea = Sites(np.array([-2.08, -30.0]), np.array([47.65, 30.0]), np.array([1.0, 5.0]), np.ones(2))
    ratios = ratios_of(sea, demand_of_sites(tiles, sea, REACH))

    assert ratios[1] == 0
    assert np.isfinite(access_of_tiles(tiles, sea, REACH, ratios)).all()


def test_without_any_site_the_access_is_nil() -> None:
    nowhere = Sites(np.empty(0), np.empty(0), np.empty(0), np.empty(0))

    assert not access_of_tiles(small_grid(50), nowhere, REACH, np.empty(0)).any()


def test_slower_roads_bring_the_tiles_of_a_region_further_from_care() -> None:
    tiles = small_grid()
    slower = Tiles(tiles.lon, tiles.lat, tiles.demand, tiles.region, np.where(tiles.region == "52", 3.0, 1.0))
    reached = {name: weights_of(each, SITES, REACH).sum(axis=1) for name, each in (("as is", tiles), ("slow", slower))}

    assert reached["slow"][tiles.region == "52"].sum() < reached["as is"][tiles.region == "52"].sum()
    assert np.array_equal(reached["slow"][tiles.region == "53"], reached["as is"][tiles.region == "53"])


def test_each_tile_knows_its_nearest_place() -> None:
    tiles = small_grid(200)

    assert set(nearest(tiles, LON, LAT)[tiles.region == "53"]) <= {0, 1, 2}
    assert nearest(tiles, LON, LAT)[0] == 0
