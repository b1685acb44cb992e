"""How a territory is chosen: communes, EPCI, a radius or minutes around a commune, a drawn contour, or several of them.

Pages, API, command line and recipes give the same fields; everything wrong is told at once, in French.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from maillage.core.kernel.problems import COMMUNE_CODE, BadInput, Problem, read
from maillage.core.kernel.typed_numbers import plain_number

MOST_COMMUNES = 2_000
"""Communes of a territory, at most: more than any EPCI, and about the size of a large région."""
FARTHEST_KM = 100
LONGEST_MINUTES = 60
MOST_CORNERS = 1_000
LISTS = ("communes", "epci")
STRUCTURES = {"esp": "ESP", "msp": "MSP", "cds": "centre de santé", "ess": "ESS", "cpts": "CPTS"}

Code = Annotated[str, StringConstraints(pattern=COMMUNE_CODE, to_upper=True, strip_whitespace=True)]
Siren = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$", strip_whitespace=True)]
CONTOUR = "des sommets « longitude,latitude » séparés par des points-virgules, en degrés (WGS84)"


def corners(value: Any) -> Any:
    """The corners of a contour written « lon,lat;lon,lat ». Raises ``ValueError``, in French."""
    if not isinstance(value, str):
        return value
    pairs = [part.split(",") for part in value.split(";") if part.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(CONTOUR)
    try:
        return [(plain_number(lon), plain_number(lat)) for lon, lat in pairs]
    except ValueError:
        raise ValueError(CONTOUR) from None


Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Contour = Annotated[tuple[tuple[Longitude, Latitude], ...], BeforeValidator(corners), Field(max_length=MOST_CORNERS)]


class Selection(BaseModel):
    """What makes a territory: the union of what each field brings. ``structure`` is that of the warnings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    communes: tuple[Code, ...] = Field((), max_length=MOST_COMMUNES, title="Communes", description="Codes INSEE.")
    epci: tuple[Siren, ...] = Field((), max_length=200, title="EPCI", description="SIREN des intercommunalités.")
    centre: Code | None = Field(None, title="Centre", description="Code INSEE de la commune du centre.")
    rayon_km: float | None = Field(None, gt=0, le=FARTHEST_KM, allow_inf_nan=False, title="Rayon, en kilomètres")
    minutes: float | None = Field(None, gt=0, le=LONGEST_MINUTES, allow_inf_nan=False, title="Durée de trajet")
    contour: Contour = Field((), title="Contour dessiné", description=CONTOUR)
    nom: str = Field("", max_length=120, title="Nom du territoire")
    structure: Literal["", "esp", "msp", "cds", "ess", "cpts"] = Field("", title="Structure")

    def as_dict(self) -> dict[str, Any]:
        """What was chosen, without what was left empty."""
        return {name: value for name, value in self.model_dump(mode="json").items() if value not in (None, "", [])}


def read_selection(data: Mapping[str, Any]) -> Selection:
    """The selection that ``data`` (as JSON) describes. Raises :class:`BadInput` with every problem."""
    selection = read(Selection, data)
    problems = list(_faults(selection))
    if problems:
        raise BadInput(problems)
    return selection


def selection_of_query(query: Mapping[str, Sequence[str]]) -> Selection:
    """The selection of an address: ``?communes=35236&communes=35294``, ``?centre=35236&rayon_km=20``, ``?contour=…``.

    ``query`` gives every value of each name; a name given empty is as if it were not, and names that are not those of
    a selection belong to the page. Raises :class:`BadInput`.
    """
    asked = ((name, values) for name, values in query.items() if name in Selection.model_fields)
    given = {name: [value for value in values if value.strip()] for name, values in asked}
    data: dict[str, Any] = {}
    for name, values in given.items():
        if name in LISTS and values:
            data[name] = [part for value in values for part in value.replace(",", " ").split()]
        elif values:
            data[name] = values[-1].replace(",", ".") if name in ("rayon_km", "minutes") else values[-1]
    return read_selection(data)


def query_of(selection: Selection) -> list[tuple[str, str]]:
    """The pairs of an address that :func:`selection_of_query` reads back."""
    pairs: list[tuple[str, str]] = []
    for name, value in selection.as_dict().items():
        if name == "contour":
            pairs.append((name, ";".join(f"{lon},{lat}" for lon, lat in value)))
        elif isinstance(value, list):
            pairs.extend((name, each) for each in value)
        else:
            pairs.append((name, f"{value:g}" if isinstance(value, float) else value))
    return pairs


def _faults(selection: Selection) -> list[Problem]:
    """What the fields cannot say together."""
    found = []
    around = selection.rayon_km is not None or selection.minutes is not None
    if selection.rayon_km is not None and selection.minutes is not None:
        found.append(Problem("minutes", selection.minutes, "un rayon en kilomètres ou une durée, pas les deux"))
    if around and selection.centre is None:
        found.append(Problem("centre", None, "le code INSEE de la commune du centre (par exemple 35236)"))
    if selection.centre is not None and not around:
        found.append(Problem("rayon_km", None, "un rayon en kilomètres ou une durée de trajet autour du centre"))
    if selection.contour and not _is_polygon(selection.contour):
        found.append(Problem("contour", None, "au moins trois sommets, dont le tracé ne se recoupe pas"))
    if not found and not (selection.communes or selection.epci or selection.centre or selection.contour):
        found.append(
            Problem("communes", None, "un territoire à choisir : des communes, un EPCI, un centre ou un contour")
        )
    return found


def _is_polygon(points: Sequence[tuple[float, float]]) -> bool:
    from shapely.geometry import Polygon  # 0.2 s to import: only a drawn contour pays for it.

    if len(set(points)) < 3:
        return False
    polygon = Polygon(points)
    return bool(polygon.is_valid) and not math.isclose(polygon.area, 0, abs_tol=1e-12)
