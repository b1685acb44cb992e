"""Where the communes are, how far they are from one of them, and which can be reached within some minutes."""

import datetime
from collections.abc import Sequence

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from maillage.apps.territories.models import Commune, DataSource
from maillage.apps.territories.times import times_source
from maillage.core.kernel import french

Floats = NDArray[np.float64]
MARGIN = 0.5
"""Degrees around a territory: the communes that touch it are nearer."""
PROFESSION = "medecin_generaliste"
"""The estimate of minutes is the same for every profession."""


def positions() -> tuple[list[str], Floats]:
    """The codes of the communes whose position is known, and their longitudes and latitudes, shape (n, 2)."""
    rows = Commune.objects.filter(type=Commune.Type.COM, latitude__isnull=False).order_by("code")
    found = list(rows.values_list("code", "longitude", "latitude"))
    return [row[0] for row in found], np.array([row[1:] for row in found], float).reshape(-1, 2)


def km_from(here: tuple[float, float], points: Floats) -> Floats:
    """Kilometres on the ellipsoid from ``here`` (longitude, latitude) to each point, shape (n, 2)."""
    import pyproj  # 0.1 s to import: only a radius pays for it.

    count = len(points)
    metres = pyproj.Geod(ellps="WGS84").inv(
        np.full(count, here[0]), np.full(count, here[1]), points[:, 0], points[:, 1]
    )[2]
    return np.asarray(metres, float) / 1_000


def around(here: Sequence[tuple[float, float]], margin: float = MARGIN) -> tuple[list[str], Floats]:
    """The communes of the box that holds these points, with some of those around it."""
    codes, points = positions()
    corners = np.asarray(here, float)
    low, high = corners.min(axis=0) - margin, corners.max(axis=0) + margin
    kept = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    return [codes[rank] for rank in kept], points[kept]


def within_minutes(centre: Commune, minutes: float, *, today: datetime.date) -> tuple[list[str], str]:
    """The codes of the communes from which the mairie of ``centre`` is within ``minutes``, itself first.

    ``centre`` has a position. The sentence says which times were used: those of the table that is loaded when it has
    this commune, else the documented estimate.
    """
    source = times_source()
    near = _of_table(source, centre.code, minutes) if source else []
    if source and near:
        return [centre.code, *near], f"Les temps sont ceux de la table chargée : {source.label}, {source.vintage}."
    return [centre.code, *_estimated(centre, minutes, today)], _said(minutes, source)


def _of_table(source: DataSource, code: str, minutes: float) -> list[str]:
    import polars as pl  # 0.2 s to import: only a duration pays for it.

    rows = pl.scan_parquet(settings.TERRITORIES_DIR / source.file)
    kept = rows.filter((pl.col("destination") == code) & (pl.col("minutes") <= minutes) & (pl.col("origine") != code))
    return sorted(set(kept.select("origine").collect()["origine"].to_list()))


def _estimated(centre: Commune, minutes: float, today: datetime.date) -> list[str]:
    from maillage.core.territory.method import method_of  # OpenFisca costs a second to import.

    codes, points = positions()
    km = km_from((centre.longitude or 0, centre.latitude or 0), points)
    factors = _factors(codes, points, today)
    both_ends = (factors + factors[codes.index(centre.code)]) / 2
    near = method_of(PROFESSION, today).estimate.minutes(km) * both_ends <= minutes
    return [codes[rank] for rank in np.flatnonzero(near) if codes[rank] != centre.code]


def _factors(codes: Sequence[str], points: Floats, today: datetime.date) -> Floats:
    """What multiplies the estimated minutes of each commune: its density and its région."""
    from maillage.core.territory.times import correction_of

    known = {code: rest for code, *rest in Commune.objects.values_list("code", "population", "departement__region_id")}
    population = np.array([known[code][0] for code in codes], float)
    regions = np.array([known[code][1] for code in codes], np.str_)
    return correction_of(today).factors(points[:, 0], points[:, 1], population, regions)


def _said(minutes: float, source: DataSource | None) -> str:
    why = "la table chargée n'a pas cette commune" if source else "aucune table de temps de trajet n'est chargée"
    return (
        f"Les {french.number(minutes)} minutes sont estimées d'après la distance à vol d'oiseau, de mairie à mairie, "
        f"corrigée par la densité et la région ({why}). Un relief, un fleuve ou une île peuvent tromper l'estimation."
    )
