"""From the polygons of the package to those of the communes of today, and of the larger places they make."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.apps.territories.contours import store
from maillage.apps.territories.contours.reading import Outlines
from maillage.apps.territories.models import Commune, FormerCommune
from maillage.core.maps.coverage import filled, joined, mended, united


@dataclass(frozen=True)
class Built:
    """What was prepared: communes drawn, names of those without a shape, empty places given to a neighbour."""

    drawn: int
    without: tuple[str, ...]
    filled: int


def build_shapes(outlines: Outlines, folder: Path) -> Built:
    """Write the shapes of the communes of today and of what they make."""
    today, heirs = _of_today(outlines)
    rows = list(Commune.objects.filter(type=Commune.Type.COM).select_related("departement").order_by("code"))
    drawn = [row for row in rows if row.code in today]
    lacking = {heirs[code] for code in outlines.incomplete if code in heirs}
    may_grow = np.array([rank for rank, row in enumerate(drawn) if row.code in lacking], dtype=np.int64)
    communes, count = filled(mended(joined([today[row.code] for row in drawn])), may_grow)
    cities = set(Commune.objects.filter(type=Commune.Type.ARM).values_list("code", flat=True))
    within = {code: shape for code, shape in outlines.arrondissements.items() if code in cities}
    places: dict[str, list[str | None]] = {
        "epci": [row.epci_id for row in drawn],
        "departement": [row.departement_id for row in drawn],
        "region": [row.departement.region_id for row in drawn],
    }
    levels = {
        "commune": dict(zip((row.code for row in drawn), communes, strict=True)),
        "arrondissement": dict(zip(within, joined(list(within.values())), strict=True)) if within else {},
        **{level: united(communes, of_level) for level, of_level in places.items()},
    }
    country = {"noms": [row.nom for row in drawn], "lieux": places}
    store.write_shapes(folder, {level: store.packed(shapes) for level, shapes in levels.items()}, country)
    return Built(len(drawn), tuple(row.nom for row in rows if row.code not in today), count)


def _of_today(outlines: Outlines) -> tuple[dict[str, list[bytes]], dict[str, str]]:
    """The polygons of each commune of today, its own and those that it took over; and the heir of each code."""
    known = set(Commune.objects.values_list("code", flat=True))
    successors: defaultdict[str, set[str]] = defaultdict(set)
    for code, successor in FormerCommune.objects.values_list("code", "commune_id"):
        successors[code].add(successor)
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    heirs: dict[str, str] = {}
    for code, shapes in outlines.communes.items():
        possible = {code} if code in known else successors[code]
        # A territory shared out among several communes is nobody's until a file says how.
        if len(possible) == 1:
            heirs[code] = next(iter(possible))
            found[heirs[code]] += shapes
    return found, heirs
