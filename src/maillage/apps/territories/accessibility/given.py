"""The model of files given by a person, completed by what is loaded."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from django.db import OperationalError, ProgrammingError

from maillage.apps.territories.accessibility.demand import NO_AGES, Demand, demand_of
from maillage.apps.territories.accessibility.files import OfferLine, read_offer, read_population
from maillage.apps.territories.accessibility.model import Accessibility, accessibility, build
from maillage.apps.territories.accessibility.offer import NO_OFFER, Offer, Professional, offer_of, offer_of_lines
from maillage.apps.territories.accessibility.places import NO_COMMUNES, NOWHERE, Places, all_places
from maillage.apps.territories.accessibility.times import Table, times_of
from maillage.apps.territories.accessibility.times_file import read_times
from maillage.apps.territories.models import Commune
from maillage.apps.territories.official.places import load_places
from maillage.apps.territories.proposals import expected_instead_of
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.territory.catchment import Weights
from maillage.core.territory.method import Method, method_of

MOST_TOLD = 10
ONLY_GIVEN = " ; celle des autres communes que le fichier de population n'est pas comptée"
ONLY_GP = "un fichier sans colonne « actes » : seule l'activité des médecins généralistes est comptée en actes"


@dataclass(frozen=True)
class Files:
    """The files given, each optional."""

    offer: Path | None = None
    population: Path | None = None
    times: Path | None = None


def accessibility_from(profession: str, day: datetime.date, files: Files) -> Accessibility:
    """The accessibility with these files in place of what is loaded.

    The places are the communes of the population file and of the offer; without a population file, those of France.
    Raises :class:`BadInput` (lines that cannot be used) or :class:`LoadError` (files or data missing).
    """
    if files == Files():
        return accessibility(profession, day)
    method = method_of(profession, day)
    population = read_population("--population", files.population) if files.population else None
    lines = read_offer("--offre", files.offer) if files.offer else None
    table = read_times("--temps", files.times) if files.times else None
    places = _places(population, lines, table)
    demand = _demand(method, places, population, files)
    offer = _offer(method, places, lines, files)
    times = times_of(method, places, table)
    return build(method, places, demand, offer, times, Weights.of(times.pairs, method.decay))


def _places(population: Mapping[str, float] | None, lines: Sequence[OfferLine] | None, table: Table | None) -> Places:
    loaded = _loaded(optional=population is not None and table is not None and lines is not None)
    if population is None:
        if not loaded.codes:
            raise LoadError(NO_COMMUNES)
        _refuse_unknown("--offre", [line.code for line in lines or ()], loaded, with_former=True)
        return loaded
    if table is None:
        if not loaded.codes:
            raise LoadError(f"Sans table de temps de trajet (--temps), il faut les coordonnées. {NO_COMMUNES}")
        _refuse_unknown("--population", population, loaded)
        _refuse_unknown("--offre", [line.code for line in lines or ()], loaded)
    return loaded.only([*population, *(line.code for line in lines or ())])


def _loaded(*, optional: bool) -> Places:
    """The communes loaded; none when files are enough and there is no database."""
    try:
        return all_places()
    except (OperationalError, ProgrammingError):
        if not optional:
            raise
        return NOWHERE


def _refuse_unknown(option: str, codes: Iterable[str], loaded: Places, *, with_former: bool = False) -> None:
    """Raises :class:`BadInput` for codes that are no commune of today (or of yesterday, ``with_former``)."""
    today = load_places().commune if with_former else (lambda code: code)
    unknown = sorted({code for code in codes if (today(code) or "") not in loaded.index})
    if unknown:
        raise BadInput([Problem(f"{option}, code_commune", code, _expected(code)) for code in unknown[:MOST_TOLD]])


def _expected(code: str) -> str:
    if Commune.objects.filter(parent_id=code).exists():
        return "un arrondissement municipal : Paris, Lyon et Marseille sont comptés par arrondissement"
    return expected_instead_of(code)


def _demand(method: Method, places: Places, population: Mapping[str, float] | None, files: Files) -> Demand:
    if population is None or files.population is None:
        found = demand_of(method, places)
        if found is None:
            raise LoadError(NO_AGES)
        return found
    told = f"population du fichier {files.population.name}, prise comme elle est"
    missing = [code for code in places.codes if code not in population]
    if missing:
        count = len(missing)
        which = plural(count, "commune de l'offre qui n'y est pas", "communes de l'offre qui n'y sont pas")
        told += f" ({number(count)} {which} : aucun habitant compté)"
    return Demand(places.spread(population, 0.0), told)


def _offer(method: Method, places: Places, lines: Sequence[OfferLine] | None, files: Files) -> Offer:
    if lines is None or files.offer is None:
        found = offer_of(method, places)
        if found is None:
            raise LoadError(NO_OFFER)
        return replace(found, told=f"{found.told}{ONLY_GIVEN}") if files.population else found
    if method.floor is None and any(line.acts is not None for line in lines):
        raise BadInput([Problem("--offre", "actes", ONLY_GP)])
    today = load_places().commune if any(line.code not in places.index for line in lines) else (lambda code: code)
    professionals = [
        Professional(places.index[today(line.code) or line.code], line.quantity, line.age, line.acts) for line in lines
    ]
    told = f"offre du fichier {files.offer.name}, {_activity(method, lines)}"
    return offer_of_lines(method, places, professionals, told)


def _activity(method: Method, lines: Sequence[OfferLine]) -> str:
    known = np.mean([line.acts is not None for line in lines])
    if known == 1:
        return "activité de chaque ligne" + (" ramenée entre ses bornes" if method.floor is not None else "")
    return "activité moyenne" if known == 0 else "activité de chaque ligne quand elle est donnée, sinon moyenne"
