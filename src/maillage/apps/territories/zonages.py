"""The class of each territory in the zonage of a profession, from the published accessibility that is loaded."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from maillage.apps.territories.accessibility.places import NO_COMMUNES, Places, all_places
from maillage.apps.territories.aggregates import Figures, Texts, groups_of, published
from maillage.apps.territories.models import Departement
from maillage.apps.territories.published import age_of_zonage
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.territory.aggregation import aggregate
from maillage.core.territory.method import PROFESSIONS as WITH_APL
from maillage.core.territory.zoning import Classification, Unit, Zoned, classify
from maillage.core.territory.zoning.attribution import region_of_code
from maillage.core.territory.zoning.regimes import PROFESSIONS, Regime

WHOLE = 0.99
"""Share of the inhabitants from which the territories are taken to be those of all France."""
OTHER_MESH = (
    "la maille du zonage ({wanted}) est remplacée par une autre ({used}) : ces classes approchent celles de l'arrêté, "
    "elles ne les donnent pas"
)
NOT_APL = "le zonage des orthophonistes se fonde sur une densité standardisée, pas sur l'APL : elle n'est pas chargée"
NOT_DECIDED = "le zonage en vigueur est celui de l'arrêté de l'ARS : ces classes sont celles des règles nationales"


@dataclass(frozen=True)
class Zonage:
    """The classes of every territory, the figures that they rest on, and the names of the places."""

    classification: Classification
    names: dict[str, str]
    level: str
    told: str
    notes: tuple[str, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per territory: the columns of the output file."""
        return [_row(row, self.names) for row in self.classification.zoned]

    def gauges(self) -> list[dict[str, Any]]:
        """What the rules bound, by région."""
        return [
            {
                "nom": gauge.name,
                "region": gauge.region or "FRANCE",
                "habitants": round(gauge.counted),
                "part": gauge.share,
                "plafond_habitants": gauge.bound,
                "plafond_part": gauge.bound_share,
                "motif": gauge.why or None,
            }
            for gauge in self.classification.gauges
        ]

    def as_dict(self) -> dict[str, Any]:
        """For the API: as the rows, with real lists and booleans."""
        return {
            "profession": self.classification.profession,
            "date": self.classification.day.isoformat(),
            "maille": self.level,
            "indicateur": self.told,
            "remarques": list(self.notes),
            "territoires": [_told(row, self.names) for row in self.classification.zoned],
            "jauges": self.gauges(),
        }


def zonage(profession: str, day: datetime.date, *, level: str = "") -> Zonage:
    """The classes by the rules of the profession on ``day``, from the published APL aggregated to their mesh.

    ``level`` replaces the mesh of the rules (« bassin_de_vie » when that of the rules is not loaded): the answer says
    so. Raises :class:`BadInput`, :class:`LoadError` with what to load.
    """
    _check(profession, day)
    places = all_places()
    if not places.codes:
        raise LoadError(NO_COMMUNES)
    mesh = Regime(profession, day).value("maille") or ""
    used = level or mesh or "bassin_de_vie"
    groups, names = groups_of(places, used)
    figures = _figures(profession, day, places)
    found = _units(places, groups, figures, mesh)
    whole = _share(places, groups) >= WHOLE
    classification = classify(profession, day, found, whole_nation=whole)
    notes = (*classification.notes, *figures.notes, NOT_DECIDED)
    if used != mesh and mesh:
        notes = (*notes, OTHER_MESH.format(wanted=mesh, used=used))
    told = f"{figures.told} ; moyenne pondérée par : {figures.weighting}"
    return Zonage(classification, names, used, told, notes)


def _check(profession: str, day: datetime.date) -> None:
    if profession not in PROFESSIONS:
        near = nearest(profession, PROFESSIONS)
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise BadInput([Problem("profession", profession, f"l'une de : {', '.join(PROFESSIONS)}{proposal}")])
    if not Regime(profession, day).begun:
        raise BadInput([Problem("date", day.isoformat(), f"une autre date : {Regime(profession, day).before}")])


def _units(places: Places, groups: Texts, figures: Figures, mesh: str) -> list[Unit]:
    people = aggregate(places.population, places.population, groups)
    populations = dict(zip(people.codes, people.weights.tolist(), strict=True))
    values = aggregate(figures.values, figures.weights, groups)
    counts = _people_by_region(places, groups)
    of_departement = dict(Departement.objects.values_list("code", "region_id")) if mesh == "bvcv" else {}
    return [
        _unit(row.code, row.value, populations[row.code], counts.get(row.code, {}), of_departement)
        for row in values.rows()
    ]


def _unit(
    code: str, value: float | None, population: float, counts: dict[str, float], of_departement: dict[str, str]
) -> Unit:
    """A territory with its région: by its code for a BVCV (ZON-X-02), else where most of its inhabitants are.

    A territoire de vie-santé over several régions is counted by each for its own inhabitants (ZON-17-09).
    """
    attributed = region_of_code(code, of_departement)
    if attributed:
        return Unit(code, value, population, attributed)
    most = max(counts, key=lambda region: (counts[region], region), default="")
    return Unit(code, value, population, most, counts if len(counts) > 1 else {})


def _figures(profession: str, day: datetime.date, places: Places) -> Figures:
    """The APL that the zonage takes: doctors of at most 65 years, every professional otherwise."""
    if profession not in WITH_APL:
        nothing = np.full(len(places), np.nan)
        return Figures(nothing, places.population, "population municipale", (NOT_APL,), "aucun indicateur")
    return published(profession, day, places, age=age_of_zonage(profession, day))


def _people_by_region(places: Places, groups: Texts) -> dict[str, dict[str, float]]:
    """By territory, the inhabitants of each région in which it lies."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for group, region, people in zip(groups.tolist(), places.regions.tolist(), places.population.tolist(), strict=True):
        if group and region:
            counts[group][region] += 0.0 if np.isnan(people) else people
    return {group: dict(regions) for group, regions in counts.items()}


def _share(places: Places, groups: Texts) -> float:
    people = np.nan_to_num(places.population)
    return float(people[groups != ""].sum() / people.sum()) if people.sum() else 0.0


def _told(row: Zoned, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row.unit.code,
        "nom": names.get(row.unit.code, ""),
        "region": row.unit.region or None,
        "regions": list(row.unit.regions),
        "indicateur": row.unit.value,
        "population": row.unit.population,
        "classe": row.zone,
        "classes_possibles": list(row.choices),
        "selection_nationale": row.locked,
        "echange": row.exchange or None,
        "regle": row.rule or None,
        "motif": row.why,
    }


def _row(row: Zoned, names: dict[str, str]) -> dict[str, Any]:
    """The same for a table: no empty cell is a null, lists are joined."""
    told = {name: "" if value is None else value for name, value in _told(row, names).items()}
    locked = "oui" if row.locked else "non"
    joined = {"classes_possibles": "|".join(row.choices), "regions": "|".join(row.unit.regions)}
    joined["selection_nationale"] = locked
    return told | {"indicateur": row.unit.value, "population": row.unit.population} | joined
