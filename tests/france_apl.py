"""All French communes from the real official files: published APL 2021, places, professionals of the BPE 2018."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook
from tests.official import official

Floats = NDArray[np.float64]
FILES = {
    "medecin_generaliste": ("APL_mg_2021.xlsx", "D201"),
    "infirmier": ("APL_inf_2021.xlsx", "D232"),
    "masseur_kinesitherapeute": ("APL_mk_2021.xlsx", "D233"),
}


@dataclass(frozen=True)
class France:
    """Communes and arrondissements of 2021. ``published``: the columns of APL; not a number where there is no value."""

    codes: tuple[str, ...]
    lon: Floats
    lat: Floats
    population: Floats
    standardised: Floats
    published: dict[str, Floats]
    professionals: Floats


def read(profession: str = "medecin_generaliste") -> France:
    """The communes of the APL file of a profession. Skips loudly when the official files are absent."""
    name, equipment = FILES[profession]
    header, *rows = CalamineWorkbook.from_path(official(name)).get_sheet_by_index(0).to_python()
    codes = tuple(str(row[0]) for row in rows)
    columns = {str(title): _numbers(rows, rank) for rank, title in enumerate(header) if rank > 1}
    titles = list(columns)
    lon, lat = _points(codes)
    return France(
        codes,
        lon,
        lat,
        columns[titles[0]],
        columns[titles[-1]],
        {title: columns[title] for title in titles[1:-1]},
        _professionals(codes, equipment),
    )


def _numbers(rows: list[list[Any]], rank: int) -> Floats:
    return np.array([row[rank] if isinstance(row[rank], int | float) else np.nan for row in rows], float)


def _points(codes: tuple[str, ...]) -> tuple[Floats, Floats]:
    places = {row["code"]: row for row in _lines(official("datafrance_communes_mairie_points.csv"))}
    now = successors()
    found = [places.get(code) or places.get(now.get(code, ""), {}) for code in codes]
    lon, lat = ([_number(row.get(name)) for row in found] for name in ("lon", "lat"))
    return np.array(lon, float), np.array(lat, float)


def successors() -> dict[str, str]:
    """Code of today by code of the past."""
    rows = _lines(official("cogiter_passage_communes_historique.csv"))
    return {row["DEPCOM_HIST"]: row["DEPCOM"] for row in rows}


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str | None) -> float:
    return float(text) if text and text != "\\N" else float("nan")


def _professionals(codes: tuple[str, ...], equipment: str) -> Floats:
    frame = pl.read_parquet(official("insee_bpe2018_ensemble.parquet")).filter(pl.col("TYPEQU") == equipment)
    found = np.zeros(len(codes))
    rank, now = {code: rank for rank, code in enumerate(codes)}, successors()
    for commune, count in frame.select("DEPCOM", pl.col("NB_EQUIP").cast(pl.Float64)).iter_rows():
        place = rank.get(commune, rank.get(now.get(commune, ""), -1))
        if place >= 0:
            found[place] += count
    return found
