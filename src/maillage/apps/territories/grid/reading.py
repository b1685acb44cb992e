"""The tiles of a file: the INSEE grid of 200 m (FILOSOFI) or any table of places with their inhabitants."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from maillage.apps.territories.models import Commune
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.territory.grid.tiles import Tiles

FIELD = "carreaux"
IDENTIFIERS = ("idcar_200m", "id_inspire", "id")
INSPIRE = r"^CRS3035RES200mN(\d+)E(\d+)$"
HALF = 100.0
"""From the south-west corner of a tile, which names it, to its centre, in metres."""
GRID_CRS, WGS84 = "EPSG:3035", "EPSG:4326"
POPULATION = ("population", "ind")
AGES = (
    ("ind_0_3", "ind_4_5", "ind_6_10", "ind_11_17"),
    ("ind_18_24", "ind_25_39", "ind_40_54", "ind_55_64"),
    ("ind_65_79", "ind_80p"),
)
"""The ages of the INSEE grid by our three classes. Those of 18 and 19 years are counted with the 20–64: the grid has
no finer class."""
UNKNOWN_REGION = "00"


def read_tiles(path: Path, weights: Iterable[float] | None = None) -> tuple[Tiles, NDArray[np.str_]]:
    """The tiles of a Parquet or CSV file, and their identifiers.

    Positions come from ``lon`` and ``lat`` (degrees WGS84) or from the INSPIRE name of the tile (« idcar_200m »);
    inhabitants from ``population`` or ``ind``, standardised by the ``weights`` of 0–19, 20–64 and 65 and over when the
    file has their classes; régions from ``region`` or from the commune (« lcog_geo », « code_commune »), only to share
    the work. Raises :class:`BadInput`, with every column that is missing.
    """
    table = _table(path)
    problems = _problems(table.columns)
    if problems:
        raise BadInput(problems)
    identifiers = _identifiers(table)
    lon, lat = _positions(table, identifiers)
    demand = _demand(table, weights)
    wrong = int((~(np.isfinite(lon) & np.isfinite(lat) & np.isfinite(demand) & (demand >= 0))).sum())
    if wrong:
        raise BadInput(
            [Problem(FIELD, f"{wrong} lignes", "une position et un nombre d'habitants, jamais négatif, par ligne")]
        )
    return Tiles(lon, lat, demand, _regions(table), np.ones(len(demand))), identifiers


def _table(path: Path) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, separator=_separator(path), infer_schema=False)
    except FileNotFoundError:
        raise BadInput([Problem(FIELD, path.name, "un fichier qui existe")]) from None
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError):
        raise BadInput(
            [Problem(FIELD, path.name, "un fichier Parquet, ou CSV en UTF-8 avec une ligne d'en-tête")]
        ) from None


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        header = lines.readline()
    return max(";,\t", key=header.count)


def _problems(columns: list[str]) -> list[Problem]:
    """What a file needs, each with what it may be called."""
    known = set(columns)
    needs = [
        ({"lon", "lat"} <= known or known & set(IDENTIFIERS), "lon et lat, ou idcar_200m"),
        (known & set(POPULATION), "population, ou ind"),
        (known & {"region", *COMMUNES}, "region, ou lcog_geo, ou code_commune"),
    ]
    return [Problem(FIELD, ", ".join(columns)[:60], f"la colonne {what}") for there, what in needs if not there]


COMMUNES = ("lcog_geo", "code_commune")


def _identifiers(table: pl.DataFrame) -> NDArray[np.str_]:
    for name in IDENTIFIERS:
        if name in table.columns:
            return table[name].cast(pl.String).to_numpy().astype(np.str_)
    return np.arange(1, table.height + 1).astype(np.str_)


def _positions(table: pl.DataFrame, identifiers: NDArray[np.str_]) -> tuple[Any, Any]:
    if {"lon", "lat"} <= set(table.columns):
        return _numbers(table["lon"]), _numbers(table["lat"])
    from pyproj import Transformer

    corners = pl.Series(identifiers).str.extract_groups(INSPIRE).struct.unnest().cast(pl.Float64)
    north, east = (corners[:, column].to_numpy() + HALF for column in (0, 1))
    return Transformer.from_crs(GRID_CRS, WGS84, always_xy=True).transform(east, north)


def _numbers(column: pl.Series) -> NDArray[np.float64]:
    text = column.cast(pl.String).str.replace(",", ".", literal=True)
    return text.cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy()


def _demand(table: pl.DataFrame, weights: Iterable[float] | None) -> NDArray[np.float64]:
    population = _numbers(table[next(name for name in POPULATION if name in table.columns)])
    if weights is None or not all(name in table.columns for names in AGES for name in names):
        return population
    classes = zip(weights, AGES, strict=True)
    raw = sum(weight * _numbers(table[name]) for weight, names in classes for name in names)
    # The standardised inhabitants of the whole file are as many as its inhabitants.
    return np.asarray(raw * (population.sum() / np.sum(raw)))


def _regions(table: pl.DataFrame) -> NDArray[np.str_]:
    if "region" in table.columns:
        return table["region"].cast(pl.String).fill_null(UNKNOWN_REGION).to_numpy().astype(np.str_)
    of_commune = dict(Commune.objects.values_list("code", "departement__region_id"))
    name = next(name for name in COMMUNES if name in table.columns)
    # A tile over several communes names them one after the other: the first one tells the région.
    return np.array([of_commune.get(str(code)[:5], UNKNOWN_REGION) for code in table[name]])
