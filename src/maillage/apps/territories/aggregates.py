"""The accessibility of EPCI, bassins de vie, territoires de vie-santé, départements, régions and France.

The mean of the published values of the communes, each weighing what the zonage of the profession says (APL-T7). An
unknown value is never 0: the coverage says what share of the weight has one.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories import figures
from maillage.apps.territories.accessibility import accessibility
from maillage.apps.territories.accessibility.places import NO_COMMUNES, Places, all_places
from maillage.apps.territories.models import Commune, Departement, Epci, Grouping, Region, Series
from maillage.apps.territories.published import reference
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.system import system
from maillage.core.territory.aggregation import Aggregates, aggregate
from maillage.core.territory.method import Method, method_of

Floats = NDArray[np.float64]
Texts = NDArray[np.str_]
LEVELS = {
    "epci": "EPCI",
    "tvs": "territoires de vie-santé",
    "bassin_de_vie": "bassins de vie",
    "bvcv": "bassins de vie ou cantons-ou-villes",
    "departement": "départements",
    "region": "régions",
    "france": "France",
}
"""What the communes may be put together into."""
FILES = {"tvs": "tvs", "bassin_de_vie": "bassins-de-vie"}
NO_GROUPING = "La composition des {label} n'est pas chargée. Lancez : maillage donnees importer {source} FICHIER"
NO_FILE = "La composition des {label} n'est pas chargée, et aucun fichier public n'en est connu de Maillage."
NO_APL = "L'APL publiée n'est pas chargée pour cette profession. Lancez : maillage donnees importer apl FICHIER"
WOMEN = "population.femmes"
WOMEN_BY_AGE = (
    "population standardisée des sages-femmes (des femmes seulement, même total national) : le nombre de femmes de "
    "chaque commune, que le zonage prend, n'est pas chargé"
)
DENTISTS = (
    "le zonage des chirurgiens-dentistes pondère l'APL par un gradient social (ALD, C2S) qui n'est pas chargé : "
    "cette moyenne, pondérée par la population, n'est pas l'indicateur de leur zonage"
)


@dataclass(frozen=True)
class Figures:
    """A value and a weight by commune (shape (n,), not a number when unknown), and where they come from in French."""

    values: Floats
    weights: Floats
    weighting: str
    notes: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class Aggregated:
    """The accessibility of every place of a level, in the unit of the DREES, and how it is made."""

    level: str
    unit: str
    found: Aggregates
    names: Mapping[str, str]
    figures: Figures

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per place: the columns of the output file. ``couverture`` is the share of the weight known."""
        return [
            {
                "code": row.code,
                "nom": self.names.get(row.code, ""),
                "apl": row.value,
                "poids": row.weight,
                "couverture": row.coverage,
                "communes": row.counted,
                "communes_connues": row.known,
            }
            for row in self.found.rows()
        ]

    def as_dict(self) -> dict[str, Any]:
        """For the API."""
        return {
            "maille": self.level,
            "unite": self.unit,
            "valeurs": self.figures.told,
            "ponderation": self.figures.weighting,
            "remarques": list(self.figures.notes),
            "territoires": self.rows(),
        }


def aggregated(
    profession: str, level: str, day: datetime.date, *, age: int | None = None, model: bool = False
) -> Aggregated:
    """The published accessibility of the places of ``level``, or that of the model.

    ``age``: the published variant of professionals of at most that age. Raises :class:`BadInput`,
    :class:`LoadError` with what to load.
    """
    method = method_of(profession, day)
    if level not in LEVELS:
        near = nearest(level, list(LEVELS))
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise BadInput([Problem("maille", level, f"l'une de : {', '.join(LEVELS)}{proposal}")])
    places = all_places()
    if not places.codes:
        raise LoadError(NO_COMMUNES)
    groups, names = groups_of(places, level)
    given = modelled(method, places) if model else published(profession, day, places, age=age)
    return Aggregated(level, method.unit, aggregate(given.values, given.weights, groups), names, given)


def published(profession: str, day: datetime.date, places: Places, *, age: int | None = None) -> Figures:
    """The published values of a profession, weighted by the rules of ``day``. Raises :class:`LoadError`."""
    series = _series(profession, day, age)
    told = f"{series.indicator.label}, {series.indicator.producer}, {series.vintage}"
    return Figures(places.spread(figures.values(series)), *_weights(profession, day, places), told)


def modelled(method: Method, places: Places) -> Figures:
    """The values of the model, weighted the same."""
    made = accessibility(method.profession, method.day)
    told = f"modèle : {made.how.supply} ; {made.how.demand} ; {made.how.times}"
    return Figures(places.spread(made.as_dict()), *_weights(method.profession, method.day, places), told)


def _series(profession: str, day: datetime.date, age: int | None) -> Series:
    """The published series: the variant asked for, else the reference, which is that of the zonage."""
    series = reference(profession, day) if age is None else figures.latest(f"apl.{profession}.{age}_ans")
    if series is not None:
        return series
    variants = _variants(profession)
    if age is not None and variants:
        raise BadInput([Problem("age", age, f"une variante publiée ({', '.join(variants)})")])
    raise LoadError(NO_APL)


def _variants(profession: str) -> list[str]:
    """The variants loaded, in words."""
    start = f"apl.{profession}"
    codes = [row.code for row in figures.indicators() if row.code == start or row.code.endswith("_ans")]
    ages = [code.removeprefix(start).strip(".").removesuffix("_ans") for code in codes if code.startswith(start)]
    return [age or "sans borne d'âge" for age in ages]


def _weights(profession: str, day: datetime.date, places: Places) -> tuple[Floats, str, tuple[str, ...]]:
    """What weighs each commune, its name in French, and what to say of it."""
    weighting = system().text(f"territoire.apl.{profession}.ponderation").at(day).value
    if weighting == "population":
        notes = (DENTISTS,) if profession == "chirurgien_dentiste" else ()
        return *_people(profession, places), notes
    women = figures.latest(WOMEN) if weighting == "femmes" else None
    if women is not None:
        return places.spread(figures.values(women)), f"femmes ({women.vintage})", ()
    series = figures.latest(f"apl.{profession}.population_standardisee")
    if series is None:
        raise LoadError(NO_APL)
    notes = (WOMEN_BY_AGE,) if weighting == "femmes" else ()
    return places.spread(figures.values(series)), f"population standardisée (APL {series.vintage})", notes


def _people(profession: str, places: Places) -> tuple[Floats, str]:
    """Inhabitants: those of the file of the APL, of its year, else those of today."""
    series = figures.latest(f"apl.{profession}.population")
    if series is None:
        return places.population, "population municipale"
    return places.spread(figures.values(series)), f"population totale (APL {series.vintage})"


def groups_of(places: Places, level: str) -> tuple[Texts, dict[str, str]]:
    """The place of each commune ("" when in none) and the name of each place. Raises :class:`LoadError`."""
    if level == "france":
        return np.full(len(places), "FR"), {"FR": "France"}
    if level == "epci":
        return _of_epci(places), dict(Epci.objects.values_list("code", "nom"))
    if level == "departement":
        return places.departements, dict(Departement.objects.values_list("code", "nom"))
    if level == "region":
        return places.regions, dict(Region.objects.values_list("code", "nom"))
    members = figures.members_of(level)
    if not members:
        missing = NO_GROUPING if level in FILES else NO_FILE
        raise LoadError(missing.format(label=LEVELS[level], source=FILES.get(level, "")))
    parents = _parents()
    found = [members.get(code) or members.get(parents.get(code, ""), "") for code in places.codes]
    names = dict(Grouping.objects.filter(kind=level).values_list("code", "nom"))
    return np.array(found, np.str_), names


def _of_epci(places: Places) -> Texts:
    """The EPCI of each commune; of an arrondissement, that of its city."""
    cities = dict(Commune.objects.filter(epci__isnull=False, type="COM").values_list("code", "epci_id"))
    parents = _parents()
    known = zip(places.codes, places.epci.tolist(), strict=True)
    return np.array([epci or cities.get(parents.get(code, ""), "") for code, epci in known], np.str_)


def _parents() -> dict[str, str]:
    """The city of each arrondissement."""
    return dict(Commune.objects.filter(parent__isnull=False).values_list("code", "parent_id"))
