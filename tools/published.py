"""The published APL 2021 beside what an estimate needs: points, population, région, supply. Official files, read whole.

For developers and tests: the folder is that of MAILLAGE_DONNEES (its files are never committed).
"""

import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook

from maillage.core.territory.calibration import Observed
from maillage.core.territory.travel import km_of_chord, unit_vectors

APL = {"medecin_generaliste": "APL_mg_2021.xlsx", "infirmier": "APL_inf_2021.xlsx"} | {
    "masseur_kinesitherapeute": "APL_mk_2021.xlsx"
}
BPE_CODES = {"medecin_generaliste": "D201", "infirmier": "D232", "masseur_kinesitherapeute": "D233"}
POINTS, CENTRES = "datafrance_communes_mairie_points.csv", "datasfun_communes_2024.csv"
BPE = "insee_bpe2018_ensemble.parquet"
COMMUNES, ZONES = "cogiter_communes_epci_cog2025.parquet", "cogiter_communes_zonages_cog2025.parquet"
HISTORY = "cogiter_passage_communes_historique.csv"
METRIC = "metric_gironde_HC.dbf"
FAR_KM = 5.0
"""A mairie this far from the centre of its commune is that of another place: the centre is taken."""
FAILED = 9999
"""What METRIC writes when it finds no road."""
Floats = NDArray[np.float64]
Texts = NDArray[np.str_]


@dataclass(frozen=True)
class Published:
    """The communes of the APL 2021, all arrays of shape (n,): not a number or "" where a file says nothing."""

    codes: Texts
    departements: Texts
    regions: Texts
    lon: Floats
    lat: Floats
    people: Floats
    observed: tuple[Observed, ...]


def published(folder: Path) -> Published:
    """Read the three workbooks of the DREES, the points of the mairies and the BPE 2018."""
    tables = {profession: sheet(folder / name) for profession, name in APL.items()}
    rows = next(iter(tables.values()))
    codes = [code_of(row[0]) for row in rows]
    now = history(folder)
    points = _points(folder, codes, now)
    regions = dict(pl.read_parquet(folder / COMMUNES, columns=["DEP", "REG"]).unique().iter_rows())
    departements = [departement_of(code) for code in codes]
    return Published(
        np.array(codes),
        np.array(departements),
        np.array([regions.get(departement, "") for departement in departements]),
        *points.T,
        np.array([number(row[2]) for row in rows]),
        tuple(_observed(folder, profession, codes, now, table) for profession, table in tables.items()),
    )


def sheet(path: Path) -> list[list[Any]]:
    """The rows of a workbook of the DREES of one year, without its header."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    return [row for row in rows if row[0] != ""]


def history(folder: Path) -> dict[str, str]:
    """Former code of a commune → its code of today."""
    return dict(pl.read_csv(folder / HISTORY, infer_schema_length=0).iter_rows())


def zones(folder: Path, column: str) -> dict[str, str]:
    """Commune of today → its zone (« BV2022 »), from COGiter."""
    return dict(pl.read_parquet(folder / ZONES, columns=["DEPCOM", column]).iter_rows())


def code_of(cell: Any) -> str:
    """An INSEE code, whose leading zero a number has lost."""
    return str(cell).strip().zfill(5)


def departement_of(code: str) -> str:
    """« 35 » of 35236, « 974 » of 97411."""
    return code[:3] if code.startswith("97") else code[:2]


def number(cell: Any) -> float:
    """A figure; not a number when the cell holds none."""
    return float(cell) if isinstance(cell, int | float) else float("nan")


def metric(folder: Path) -> Floats:
    """The METRIC times of Gironde, shape (k, 5): x, y of both ends (Lambert 93, metres), minutes; failures left out."""
    raw = (folder / METRIC).read_bytes()
    count, start, length = struct.unpack("<IHH", raw[4:12])
    widths = [raw[offset + 16] for offset in range(32, start - 1, 32)]
    lines = [raw[start + line * length + 1 : start + (line + 1) * length] for line in range(count)]
    ends = np.cumsum([0, *widths])
    cells = [[float(line[low:high]) for low, high in itertools.pairwise(ends)] for line in lines]
    rows = np.array(cells)
    return rows[rows[:, 4] < FAILED]


def _points(folder: Path, codes: list[str], now: Mapping[str, str]) -> Floats:
    """Longitude and latitude of each commune, shape (n, 2); those of the new commune when it was merged.

    The points of the mairies put hundreds of them in another place of France: they give way to the other file.
    """
    nowhere, mairies, centres = (float("nan"), float("nan")), _mairies(folder), _centres(folder)

    def of(known: Mapping[str, tuple[float, float]], code: str) -> tuple[float, float]:
        return known.get(code) or known.get(now.get(code, ""), nowhere)

    first = np.array([of(mairies, code) for code in codes])
    other = np.array([of(centres, code) for code in codes])
    apart = km_of_chord(np.linalg.norm(unit_vectors(*first.T) - unit_vectors(*other.T), axis=1))
    wrong = (apart > FAR_KM) | np.isnan(first[:, 0])
    return np.where(wrong[:, None] & ~np.isnan(other), other, first)


def _mairies(folder: Path) -> dict[str, tuple[float, float]]:
    rows = pl.read_csv(folder / POINTS, schema_overrides={"code": pl.String}, infer_schema_length=None)
    return {code: (lon, lat) for code, lon, lat in rows.select("code", "lon", "lat").drop_nulls().iter_rows()}


def _centres(folder: Path) -> dict[str, tuple[float, float]]:
    rows = pl.read_csv(folder / CENTRES, infer_schema_length=0).filter(pl.col("commune_type").is_in(["COM", "ARM"]))
    kept = rows.select("insee_com", pl.col("lng").cast(pl.Float64), pl.col("lat").cast(pl.Float64)).drop_nulls()
    return {code: (lon, lat) for code, lon, lat in kept.iter_rows()}


def _observed(
    folder: Path, profession: str, codes: list[str], now: Mapping[str, str], table: list[list[Any]]
) -> Observed:
    if [code_of(row[0]) for row in table] != codes:
        raise ValueError(f"{APL[profession]}: the communes are not those of the other workbooks")
    position = {code: rank for rank, code in enumerate(codes)}
    supply = np.zeros(len(codes))
    lines = pl.scan_parquet(folder / BPE).filter(pl.col("TYPEQU") == BPE_CODES[profession])
    for code, count in lines.group_by("DEPCOM").agg(pl.col("NB_EQUIP").sum()).collect().iter_rows():
        rank = position.get(code, position.get(now.get(code, "")))
        if rank is not None:
            supply[rank] += count
    demand = np.nan_to_num([number(row[-1]) for row in table])
    return Observed(profession, demand, supply, np.array([number(row[3]) for row in table]))
