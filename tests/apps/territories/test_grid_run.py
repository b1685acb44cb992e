"""The grid on disk: stopped and taken up, alone or on a cluster, always the same numbers."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.core.territory.test_grid import REACH, SITES, small_grid, whole
from tests.small_world import create_territories

from maillage.apps.territories.grid.cluster import cluster
from maillage.apps.territories.grid.question import prepare
from maillage.apps.territories.grid.reading import read_tiles
from maillage.apps.territories.grid.run import ACCESS, ThisProcess, access_by_row, run_grid
from maillage.apps.territories.grid.store import Store
from maillage.core.kernel.problems import BadInput
from maillage.core.territory.grid.compute import Sites

PART = 600


class Stopped(Exception):
    """Somebody pulled the plug."""


class StopsAfter:
    """Workers that do some tasks, then stop; says which ones were asked of it."""

    def __init__(self, tasks: int) -> None:
        self.left, self.asked = tasks, []

    def run(self, task: Callable[..., None], names: Sequence[str], *shared: Any) -> Generator[None, None, None]:
        self.asked.append(list(names))
        for name in names:
            if not self.left:
                raise Stopped
            self.left -= 1
            task(name, *shared)
            yield


def prepared(folder: Path) -> Store:
    store = Store(folder / "travail")
    prepare(store, small_grid(), SITES, REACH, PART)
    return store


def test_the_grid_on_disk_gives_the_numbers_of_memory(tmp_path: Path) -> None:
    store = prepared(tmp_path)
    told = run_grid(store, SITES, REACH, resumed=False)

    np.testing.assert_allclose(access_by_row(store, told.tiles), whole(small_grid()), rtol=1e-12)
    assert told.reached == pytest.approx(204)
    assert told.mean == pytest.approx(204 / 231_000)


def test_a_run_that_was_stopped_goes_on_from_where_it_was(tmp_path: Path) -> None:
    store = prepared(tmp_path)
    parts = len(store.partitions())
    with pytest.raises(Stopped):
        run_grid(store, SITES, REACH, workers=StopsAfter(parts + 2), resumed=False)

    second = StopsAfter(-1)
    assert prepare(store, small_grid(), SITES, REACH, PART)
    run_grid(store, SITES, REACH, workers=second, resumed=True)

    assert [len(asked) for asked in second.asked] == [0, parts - 2]
    np.testing.assert_allclose(access_by_row(store, 10**4)[: len(small_grid())], whole(small_grid()), rtol=1e-12)


def test_another_question_does_not_take_up_the_work_of_the_first(tmp_path: Path) -> None:
    store = prepared(tmp_path)
    run_grid(store, SITES, REACH, resumed=False)
    more = Sites(SITES.lon, SITES.lat, SITES.supply + 1, SITES.factor)

    assert not prepare(store, small_grid(), more, REACH, PART)
    assert store.missing(ACCESS) == sorted(store.missing(ACCESS), key=lambda name: -len(store.rows(name)))
    assert len(store.missing(ACCESS)) == len(store.partitions())


def test_a_folder_that_was_not_wholly_cut_is_cut_again(tmp_path: Path) -> None:
    store = prepared(tmp_path)
    (store.folder / "question.json").unlink()
    (store.folder / "53-000.tuiles.npz").unlink()

    assert not prepare(store, small_grid(), SITES, REACH, PART)
    assert "53-000" in store.partitions()


def test_a_file_half_written_is_not_taken_for_a_result(tmp_path: Path) -> None:
    store = prepared(tmp_path)
    run_grid(store, SITES, REACH, resumed=False)
    name = store.partitions()[0]
    (store.folder / f"{name}.{ACCESS}.npz").rename(store.folder / f".{name}.{ACCESS}.npz.partiel")

    assert store.missing(ACCESS) == [name]


def test_two_workers_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    alone, together = prepared(tmp_path / "un"), prepared(tmp_path / "deux")
    run_grid(alone, SITES, REACH, workers=ThisProcess(), resumed=False)
    with cluster("local:2") as workers:
        run_grid(together, SITES, REACH, workers=workers, resumed=False)

    assert np.array_equal(access_by_row(alone, 4_100), access_by_row(together, 4_100), equal_nan=True)


@pytest.mark.parametrize("address", ["local:0", "local:deux", "tcp://127.0.0.1:1"])
def test_a_cluster_that_does_not_answer_is_said(address: str) -> None:
    with pytest.raises(BadInput, match="local:N"), cluster(address):
        pass


@pytest.mark.django_db
def test_the_tiles_of_the_insee_are_placed_by_their_name(tmp_path: Path) -> None:
    create_territories()
    ages = {name: [10.0, 0.0] for names in ("ind_0_3 ind_4_5 ind_6_10 ind_11_17",) for name in names.split()}
    older = {name: [0.0, 5.0] for name in ("ind_18_24", "ind_25_39", "ind_40_54", "ind_55_64", "ind_65_79", "ind_80p")}
    pl.DataFrame(
        {
            "idcar_200m": ["CRS3035RES200mN2829800E3454200", "CRS3035RES200mN2830000E3454200"],
            "lcog_geo": ["3523635294", "35238"],
            "ind": [40.0, 30.0],
            **ages,
            **older,
        }
    ).write_parquet(path := tmp_path / "carreaux.parquet")

    tiles, names = read_tiles(path, [1.0, 1.0, 2.0])

    assert names[0] == "CRS3035RES200mN2829800E3454200"
    assert tiles.region.tolist() == ["53", "53"]
    assert tiles.lat[1] - tiles.lat[0] == pytest.approx(200 / 111_320, rel=0.02)
    assert tiles.demand.tolist() == pytest.approx([40 * 70 / 80, 40 * 70 / 80])


@pytest.mark.django_db
def test_a_file_of_tiles_says_every_column_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "carreaux.csv"
    path.write_text("lon;habitants\n1;2\n")

    with pytest.raises(BadInput) as refused:
        read_tiles(path)

    assert [problem.expected for problem in refused.value.problems] == [
        "la colonne lon et lat, ou idcar_200m",
        "la colonne population, ou ind",
        "la colonne region, ou lcog_geo, ou code_commune",
    ]


@pytest.mark.django_db
def test_a_line_without_inhabitants_is_refused_not_counted_as_none(tmp_path: Path) -> None:
    path = tmp_path / "carreaux.csv"
    path.write_text("lon;lat;population;region\n-2,08;47,65;;53\n-2,08;47,66;12;53\n")

    with pytest.raises(BadInput, match="1 lignes"):
        read_tiles(path)
