"""What each place has today: the published value, which is the reference (APL-T8), else that of the model.

The model only tells differences: what a change brings is added to this.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.apps.territories import figures
from maillage.apps.territories.accessibility.model import Accessibility
from maillage.apps.territories.models import Series
from maillage.apps.territories.published import age_told, reference
from maillage.core.kernel.french import number, plural

Floats = NDArray[np.float64]
OF_THE_MODEL = "Selon le modèle seul : aucune APL publiée n'est chargée pour cette profession."
OF_FILES = "Selon le modèle seul : l'offre, la population ou les temps viennent d'un fichier."
PUBLISHED = (
    "Point de départ : l'APL publiée ({producer}, {vintage}, {age}), qui est la référence ; le modèle ne dit que ce "
    "qu'un professionnel de plus y ajoute."
)


@dataclass(frozen=True)
class Baseline:
    """``values`` (n,) in the unit of the DREES, not a number when unknown; ``published`` (n,) those it publishes.

    ``told``: sentences in French that say where they come from; ``label`` names what is published, or is empty.
    """

    values: Floats
    published: Floats
    told: tuple[str, ...]
    label: str = ""


def baseline(model: Accessibility) -> Baseline:
    """The published values completed by the model; the model alone with files of one's own, or without any."""
    series = reference(model.method.profession, model.method.day) if model.loaded else None
    if series is None:
        nothing = np.full(len(model.places), np.nan)
        return Baseline(model.apl, nothing, (OF_THE_MODEL if model.loaded else OF_FILES,))
    published = model.places.spread(figures.values(series))
    return Baseline(np.where(np.isnan(published), model.apl, published), published, _told(series), _label(series))


def told_of(found: Baseline, inside: NDArray[np.bool_]) -> tuple[str, ...]:
    """The sentences for some places: how many of them have no published value."""
    if not found.label:
        return found.told
    count = int((inside & np.isnan(found.published) & ~np.isnan(found.values)).sum())
    which = plural(count, "commune sans valeur publiée", "communes sans valeur publiée")
    return (*found.told, f"{number(count)} {which} : celle du modèle y est prise.") if count else found.told


def _told(series: Series) -> tuple[str, ...]:
    producer = series.indicator.producer or "DREES"
    return (PUBLISHED.format(producer=producer, vintage=series.vintage, age=age_told(series)),)


def _label(series: Series) -> str:
    return f"APL publiée ({series.vintage}, {age_told(series)})"
