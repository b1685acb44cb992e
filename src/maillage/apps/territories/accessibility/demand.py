"""Who demands care: the standardised population of each place, from the best figures loaded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories import figures
from maillage.apps.territories.accessibility.places import Places
from maillage.apps.territories.models import PopulationByAge, Series
from maillage.core.territory.method import Method

Floats = NDArray[np.float64]
AGES = {
    5: ("population.0_19", "population.20_39", "population.40_59", "population.60_74", "population.75_plus"),
    3: ("population.0_19", "population.20_64", "population.65_plus"),
}
"""The indicators of each number of age classes, the finest first."""
NO_AGES = (
    "Aucune population par âge n'est chargée. Lancez : maillage donnees importer population-par-age, "
    "ou donnez un fichier de population."
)


@dataclass(frozen=True)
class Demand:
    """Standardised inhabitants (shape (n,), not a number where unknown) and the French sentence that says how."""

    values: Floats
    told: str


def demand_of(method: Method, places: Places) -> Demand | None:
    """The standardised population published by the DREES, completed by that of the ages; ``None`` without either.

    A place that neither knows is unknown, unless nobody lives there.
    """
    published, by_age = _published(method, places), _by_age(method, places)
    if published is None and by_age is None:
        return None
    known = [each for each in (published, by_age) if each is not None]
    values = (
        known[0].values if len(known) == 1 else np.where(np.isnan(known[0].values), known[1].values, known[0].values)
    )
    nobody = np.isnan(values) & (places.population == 0)
    return Demand(np.where(nobody, 0.0, values), known[0].told)


def _published(method: Method, places: Places) -> Demand | None:
    series = figures.latest(f"apl.{method.profession}.population_standardisee")
    if series is None:
        return None
    told = f"population standardisée publiée par la DREES (APL {series.vintage})"
    return Demand(places.spread(figures.values(series)), told)


def _by_age(method: Method, places: Places) -> Demand | None:
    for size, codes in AGES.items():
        found = [figures.latest(code) for code in codes]
        series = [each for each in found if each is not None]
        if len(series) == len(codes) and len({each.vintage for each in series}) == 1:
            return _standardised(
                method, np.column_stack([_figures(each, places) for each in series]), series[0].vintage, size
            )
    return _from_census(method, places)


def _figures(series: Series, places: Places) -> Floats:
    return places.spread(figures.values(series))


def _from_census(method: Method, places: Places) -> Demand | None:
    rows = PopulationByAge.objects.values_list("commune_id", "moins_de_20", "de_20_a_64", "plus_de_65", "vintage")
    found = {code: ages for code, *ages, _vintage in rows}
    if not found:
        return None
    unknown = (float("nan"),) * 3
    counts = np.array([found.get(code, unknown) for code in places.codes], float).reshape(-1, 3)
    return _standardised(method, counts, rows[0][-1], 3)


def _standardised(method: Method, counts: Floats, vintage: str, size: int) -> Demand:
    told = f"population standardisée par l'âge en {size} classes ({vintage})"
    return Demand(method.standardised(counts, np.nansum(counts, axis=0)), told)
