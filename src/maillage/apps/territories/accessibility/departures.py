"""Who leaves above an age when no file gives the ages one by one: counts by commune, else the published variants."""

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories import figures
from maillage.apps.territories.accessibility.model import Accessibility
from maillage.core.kernel.french import number
from maillage.core.territory.retirement import Departures, from_counts, from_variants

INDICATION = (
    "Indication seulement, faute d'âges chargés : l'APL publiée ({vintage}) perd {share} % de son activité quand la "
    "DREES retire les plus de {age} ans ; cette part est retirée de chaque commune du lieu, bien que l'activité "
    "atteinte soit aussi celle des communes voisines."
)


def indicator_of(profession: str, age: int) -> str:
    """The code of the indicator that counts the professionals above an age."""
    return f"offre.{profession}.plus_de_{age}"


def departures_of_places(model: Accessibility, age: int, inside: NDArray[np.int64]) -> tuple[Departures, str] | None:
    """Those above ``age`` who practise in the places ``inside`` (positions), and what to say of it in French.

    ``None`` when neither an indicator of counts nor a published variant of that age is loaded.
    """
    mask = np.zeros(len(model.places), bool)
    mask[inside] = True
    present = np.where(mask, model.offer.professionals, 0.0)
    series = figures.latest(indicator_of(model.method.profession, age))
    if series is not None:
        empty = 0.0 if series.absent_is_zero else float("nan")
        return from_counts(model.places.spread(figures.values(series), empty), present), ""
    return _by_variants(model, age, present, mask)


def _by_variants(
    model: Accessibility, age: int, present: NDArray[np.float64], inside: NDArray[np.bool_]
) -> tuple[Departures, str] | None:
    start = f"apl.{model.method.profession}"
    names = (start, f"{start}.{age}_ans", f"{start}.population_standardisee")
    series = [figures.latest(name) for name in names]
    found = [each for each in series if each is not None]
    if len(found) < len(names) or len({each.vintage for each in found}) > 1:
        return None
    whole, part, demand = (model.places.spread(figures.values(each)) for each in found)
    departures = from_variants(whole, part, demand, present, inside)
    people = float(present[departures.unknown == 0].sum())
    share = 100 * float(departures.leaving.sum()) / people if people else 0.0
    return departures, INDICATION.format(vintage=found[0].vintage, share=number(share, 1), age=age)
