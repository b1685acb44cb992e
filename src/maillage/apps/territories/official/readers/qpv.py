"""Quartiers prioritaires de la politique de la ville: contours in GeoJSON (WGS84), or a list without contours."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from maillage.apps.territories.models import Qpv
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import ILLEGIBLE, OfficialFile
from maillage.apps.territories.official.grids import Columns, Wanted, find_columns, grids
from maillage.apps.territories.official.sink import Sink
from maillage.apps.territories.reading.rows import LoadError

NAMES = {
    "code": ("code_qp", "code_qpv", "codeqp"),
    "nom": ("lib_qp", "nom_qp", "lib_qpv", "nom"),
    "communes": ("insee_com", "code_insee", "depcom", "com"),
}
WANTED = Wanted({"code": NAMES["code"], "communes": NAMES["communes"]}, {"nom": NAMES["nom"]})
CODE = re.compile(r"Q[PN][0-9A-Z]{6}")
COMMUNE = re.compile(r"(?<![0-9A-Z])(?:[0-9]{2}|2A|2B)[0-9]{3}(?![0-9])")
YEAR = re.compile(r"(20[0-9]{2})(?![0-9])")
LOST_ZERO = re.compile(r"(?<![0-9A-Z])([0-9]{4})(?![0-9A-Z])")
"""« 1004 », which a number lost the first zero of."""
DEPTHS = {"Polygon": 2, "MultiPolygon": 3}
"""Lists of lists above a point."""
UNDATED = "à confirmer (le fichier ne dit pas son année)"
NOT_WGS84 = (
    "Les contours de {file} ne sont pas en longitude et latitude (WGS84, EPSG:4326) : prenez le fichier GeoJSON en "
    "EPSG:4326 de la même page."
)
NOT_GEOJSON = "Le fichier {file} n'est pas un GeoJSON de quartiers : « features » est attendu à sa racine."
NO_CODE = "{file} : aucun quartier n'a de code (« code_qp »). Propriétés trouvées : {found}."

Line = tuple[int, dict[str, str], dict[str, Any] | None]
"""A rank, what is said of the neighbourhood, its contour."""


def read(file: OfficialFile, asked: Asked) -> Iterator[Dataset]:
    """One dataset: every neighbourhood, in the place of those of the former decree."""
    if file.member.kind == "json":
        lines = list(_features(file))
        _check(file, lines)
    else:
        lines = list(_rows(find_columns(grids(file)[0], WANTED)))
    named = YEAR.search(file.name)
    vintage = asked.vintage or (named.group(1) if named else UNDATED)
    label = f"Quartiers prioritaires de la politique de la ville {vintage[:4]}" if named else "Quartiers prioritaires"
    yield Dataset(vintage=vintage, label=label, together=False, write=partial(_write, lines))


def _features(file: OfficialFile) -> Iterator[Line]:
    try:
        with file.member.open() as raw:
            content = orjson.loads(raw.read())
    except orjson.JSONDecodeError as error:
        raise LoadError(ILLEGIBLE.format(name=file.name, error=error)) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise LoadError(NOT_GEOJSON.format(file=file.name))
    for rank, feature in enumerate(features, start=1):
        whole = feature if isinstance(feature, dict) else {}
        properties, geometry = whole.get("properties"), whole.get("geometry")
        told = properties.items() if isinstance(properties, dict) else ()
        said = {str(name).lower(): value for name, value in told}
        yield (
            rank,
            {key: _first(said, names) for key, names in NAMES.items()} | {"*": ", ".join(said)},
            geometry if isinstance(geometry, dict) else None,
        )


def _first(said: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(said[name]).strip() for name in names if said.get(name)), "")


def _rows(columns: Columns) -> Iterator[Line]:
    for line, row in columns.rows():
        yield line, {key: columns.get(row, key) for key in NAMES}, None


def _check(file: OfficialFile, lines: list[Line]) -> None:
    if lines and not any(said["code"] for _rank, said, _geometry in lines):
        raise LoadError(NO_CODE.format(file=file.name, found=lines[0][1]["*"] or "aucune"))
    if any(not _is_wgs84(geometry) for _rank, _said, geometry in lines[:50] if geometry):
        raise LoadError(NOT_WGS84.format(file=file.name))


def _is_wgs84(geometry: dict[str, Any]) -> bool:
    """Whether the first point is a longitude and a latitude."""
    point: Any = geometry.get("coordinates")
    while isinstance(point, list) and point and isinstance(point[0], list):
        point = point[0]
    return _is_point(point)


def _is_point(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(part, int | float) for part in value):
        return False
    longitude, latitude = float(value[0]), float(value[1])
    return abs(longitude) <= 180 and abs(latitude) <= 90


def _is_contour(geometry: dict[str, Any]) -> bool:
    """Whether it is a polygon, or several, of longitudes and latitudes."""
    depth = DEPTHS.get(str(geometry.get("type")))
    return depth is not None and _are_points(geometry.get("coordinates"), depth)


def _are_points(value: Any, depth: int) -> bool:
    if not depth:
        return _is_point(value)
    return isinstance(value, list) and bool(value) and all(_are_points(part, depth - 1) for part in value)


def _write(lines: list[Line], sink: Sink) -> None:
    sink.insert(Qpv, ["code", "nom", "communes", "geometry"], _sent(lines, sink))


def _sent(lines: list[Line], sink: Sink) -> Iterator[tuple[str, str, str, str | None]]:
    seen: set[str] = set()
    for line, said, geometry in lines:
        sink.count()
        code, communes = said["code"].upper(), _communes(said["communes"], sink)
        if not CODE.fullmatch(code):
            sink.reject(line, f"« {code} » n'est pas le code d'un quartier prioritaire (QN03501M)")
        elif code in seen:
            sink.reject(line, f"« {code} » figure déjà plus haut")
        elif geometry and not _is_contour(geometry):
            sink.reject(line, f"le contour de « {code} » n'est pas un polygone en longitude et latitude")
        elif not communes:
            sink.reject(line, f"« {said['communes']} » : aucune commune connue")
        else:
            seen.add(code)
            yield code, said["nom"][:250] or code, json.dumps(communes), json.dumps(geometry) if geometry else None


def _communes(written: str, sink: Sink) -> list[str]:
    found = (sink.places.commune(code) for code in COMMUNE.findall(LOST_ZERO.sub(r"0\1", written.upper())))
    return sorted({code for code in found if code})
