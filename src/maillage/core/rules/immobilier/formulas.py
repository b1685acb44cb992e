"""What the formulas of the premises share: facts, sums of what is given, programmes of one place."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.core.rules.base import Truth, all_of, any_of, truth_of
from maillage.core.rules.cds.formulas import kind_is

Numbers = NDArray[np.float64]
PREFIX = "immobilier_"


def fact(structure: Any, period: Any, name: str) -> Any:
    """A variable of the simulator, by its name without prefix."""
    return structure(PREFIX + name, period)


def truths(structure: Any, period: Any, *names: str) -> list[Truth]:
    """The truth of yes-or-no fields."""
    return [truth_of(fact(structure, period, name)) for name in names]


def given_or(given: Numbers, otherwise: Any) -> Numbers:
    """What is given, else the calculated value."""
    return np.where(np.isnan(given), otherwise, given)


def hoped(truth: Truth) -> Truth:
    """Unknown where false: what fails can still be mended, it makes an amount possible, not excluded."""
    return np.where(truth == 1, 1.0, np.nan)


def here(structure: Any, period: Any, place: str, name: str) -> Numbers:
    """Whether the building is in the region or the département ``name``, 1 or 0: a place not given is elsewhere."""
    return np.nan_to_num(kind_is(fact(structure, period, place), [name]))


def amount_here(structure: Any, period: Any, place: str, name: str, variable: str) -> Numbers:
    """The amount of a programme where the building is in its place, 0 elsewhere; it is read only if needed."""
    found = here(structure, period, place, name)
    return np.where(found == 1, fact(structure, period, variable), 0.0) if found.any() else found


def in_zones(structure: Any, period: Any, zones: list[str]) -> Truth:
    """Whether the building is in one of ``zones``: that of doctors, a quartier prioritaire in a ZAC, an island…"""
    zone = fact(structure, period, "zone")
    district, island, country = truths(structure, period, "quartier_prioritaire", "ile", "zone_rurale")
    others = {"qpv_en_zac": all_of(district, kind_is(zone, ["zac"])), "ile": island, "zone_rurale": country}
    return any_of(kind_is(zone, zones), *(truth for name, truth in others.items() if name in zones))


def at_most(structure: Any, period: Any, asked: str, most: Numbers) -> Numbers:
    """What is asked, at most what can be had; all of it when nothing is asked. Not known as long as ``most`` is not."""
    wanted = fact(structure, period, asked)
    return np.where(np.isnan(most), np.nan, np.fmin(given_or(wanted, most), most))


def met(structure: Any, period: Any, name: str) -> Truth:
    """Truth of a condition; what does not apply holds."""
    state = fact(structure, period, name).decode_to_str()
    return np.select([np.isin(state, ["remplie", "sans_objet"]), state == "manquante"], [1.0, 0.0], default=np.nan)
