"""What is laid over a map: the establishments of FINESS by category, and the priority neighbourhoods."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from maillage.apps.territories import shapes
from maillage.apps.territories.models import Commune, Facility, Grouping, Qpv

MOST = 3_000
"""Points sent at once: more cannot be told apart on a screen."""
MOST_CPTS = 100
"""Territories of CPTS drawn at once."""
SIMPLE = 0.001
"""Degrees under which a detail of their outline is left out: about a hundred metres."""
Box = tuple[float, float, float, float]


def categories() -> list[tuple[str, str, int]]:
    """Each category of establishments that has positions: its code, its label, how many; the most numerous first."""
    rows = Facility.objects.exclude(latitude=None).values("categorie", "categorie_libelle")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "categorie")
    return [(row["categorie"], row["categorie_libelle"] or row["categorie"], row["count"]) for row in counted]


def establishments(box: Box, category: str) -> tuple[list[Mapping[str, Any]], bool]:
    """The establishments of a category in a box (west, south, east, north), as GeoJSON; whether some are left out."""
    west, south, east, north = box
    rows = Facility.objects.filter(
        categorie=category, longitude__range=(west, east), latitude__range=(south, north)
    ).order_by("finess")[: MOST + 1]
    found = [_feature(row) for row in rows]
    return found[:MOST], len(found) > MOST


def neighbourhoods(box: Box) -> list[Mapping[str, Any]]:
    """The outlines of the priority neighbourhoods that meet a box, as GeoJSON."""
    west, south, east, north = box
    found: list[Mapping[str, Any]] = []
    for row in Qpv.objects.exclude(geometry=None):
        left, bottom, right, top = _bounds(row.geometry or {})
        if left <= east and right >= west and bottom <= north and top >= south:
            found.append(
                {"type": "Feature", "geometry": row.geometry, "properties": {"code": row.code, "nom": row.nom}}
            )
    return found


def has_cpts() -> bool:
    """Whether territories of CPTS are loaded."""
    return Grouping.objects.filter(kind=Grouping.Kind.CPTS).exists()


def cpts(box: Box) -> list[Mapping[str, Any]]:
    """The outlines of the territories of the known CPTS that have a mairie in a box, as GeoJSON."""
    west, south, east, north = box
    inside = Commune.objects.filter(longitude__range=(west, east), latitude__range=(south, north))
    groups = Grouping.objects.filter(kind=Grouping.Kind.CPTS, members__commune__in=inside.values("code")).distinct()
    found: list[Mapping[str, Any]] = []
    for row in groups.prefetch_related("members")[:MOST_CPTS]:
        shape = shapes.outline(tuple(member.commune for member in row.members.all()))
        if shape is not None:
            geometry = shape.simplify(SIMPLE).__geo_interface__
            found.append({"type": "Feature", "geometry": geometry, "properties": {"code": row.code, "nom": row.nom}})
    return found


def _feature(row: Facility) -> Mapping[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
        "properties": {"code": row.finess, "nom": row.nom, "categorie": row.categorie_libelle or row.categorie},
    }


def _bounds(geometry: Mapping[str, Any]) -> Box:
    import shapely

    west, south, east, north = shapely.geometry.shape(geometry).bounds
    return west, south, east, north
