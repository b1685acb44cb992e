"""The map as a part of a page: what the template ``territoires/_carte.html`` and the script of maps need."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from maillage.apps.territories.cartes.subjects import COMMUNE, DEPARTEMENT, EPCI, REGION
from maillage.apps.territories.contours import folders
from maillage.core.maps.classes import Scale
from maillage.core.maps.zooms import ZOOMS
from maillage.web.carte.presenter import legend, palette

LAYERS = {COMMUNE: "communes", EPCI: "epci", DEPARTEMENT: "departements", REGION: "regions"}
"""The layer of the tiles that shows each level."""


@dataclass(frozen=True)
class Fragment:
    """A map to show in a page; its ``context()`` is the variable ``carte`` of the template.

    Values come with it (``values`` by code, ``None`` when not published, and their ``scale``), or from an address
    for the whole country (``values_url``).
    """

    title: str
    level: str = COMMUNE
    values: Mapping[str, float | None] | None = None
    scale: Scale = field(default_factory=lambda: Scale((), ()))
    values_url: str = ""
    unit: str = ""
    vintage: str = ""
    source: str = ""
    bounds: Sequence[float] | None = None
    """West, south, east, north of the first view, in degrees."""
    highlighted: Sequence[str] = ()
    """Codes of the communes that are outlined."""
    points: Sequence[Mapping[str, Any]] = ()
    """Sites: ``longitude``, ``latitude`` and ``nom`` of each."""
    draws: str = ""
    """Identifier of the field that a drawn contour fills, « lon,lat;lon,lat;… »; empty when one does not draw."""
    image: str = ""
    """Address of the image shown without JavaScript."""
    no_image: str = ""
    """What is said without JavaScript when there is no image."""
    cpts: bool = False
    """Whether the territories of the known CPTS are outlined."""
    elsewhere: Sequence[tuple[str, str]] = ()
    """Names and boxes (« west,south,east,north ») of other views."""

    def context(self) -> dict[str, Any]:
        """What the template reads."""
        home = folders.folder()
        settings = self._settings(home.name if home else "")
        return {
            "titre": self.title,
            "reglages": json.dumps(settings, ensure_ascii=False, separators=(",", ":")),
            "legende": legend(self.scale, list(self.values.values())) if self.values is not None else [],
            "palette": palette(self.scale),
            "unite": self.unit,
            "millesime": self.vintage,
            "source": self.source,
            "dessine": self.draws,
            "image": self.image,
            "sans_image": self.no_image,
            "ailleurs": self.elsewhere,
            "prete": home is not None,
        }

    def _settings(self, version: str) -> dict[str, Any]:
        """What the script reads."""
        return {
            "couche": LAYERS[self.level],
            "niveau": self.level,
            "tuiles": _tile_address(version),
            "preparation": reverse("web:carte_preparation"),
            "zooms": [ZOOMS[0], ZOOMS[-1]],
            "valeurs": self.values,
            "adresse": self.values_url,
            "bornes": self.scale.bounds,
            "palette": palette(self.scale),
            "couleurs": self.scale.colour_ranks,
            "libelles": self.scale.labels,
            "unite": self.unit,
            "cadre": self.bounds,
            "communes": self.highlighted,
            "points": self.points,
            "dessine": self.draws,
            "cpts": self.cpts,
            "lieu": reverse("web:carte_lieu"),
            "etablissements": reverse("web:carte_points"),
        }


def _tile_address(version: str) -> str:
    """The address of the tiles, with the places that the script fills."""
    whole = reverse("web:carte_tuile", args=[0, 1, 2])
    return whole.replace("/0/1/2.mvt", f"/{{z}}/{{x}}/{{y}}.mvt?v={version}")
