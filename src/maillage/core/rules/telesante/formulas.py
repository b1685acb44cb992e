"""What the formulas of télésanté share: rates by level or by profession, facts by name."""

from typing import Any

import numpy as np

from maillage.core.rules.base import Truth, truth_of
from maillage.core.rules.simulation.reading import known

PREFIX = "telesante_"
EXPERTISE = "telesante.teleexpertise."


def fact(structure: Any, period: Any, name: str) -> Any:
    """A variable of the simulator, by its name without prefix."""
    return structure(PREFIX + name, period)


def truth(structure: Any, period: Any, name: str) -> Truth:
    """The truth of a yes-or-no field."""
    return truth_of(fact(structure, period, name))


def single_or_level(structure: Any, period: Any, parameters: Any, name: str) -> Truth:
    """A figure of téléexpertise: the single one when there is one on the day, else that of the declared level."""
    rules = parameters(period)
    found = np.full(structure.count, known(rules, EXPERTISE + name, traced=False))
    if not np.isnan(found).any():
        return np.full(structure.count, known(rules, EXPERTISE + name))
    levels = fact(structure, period, "niveau").decode_to_str()
    for level in sorted(set(levels) - {"non_precise"}):
        found[levels == level] = known(rules, f"{EXPERTISE}{level}.{name}")
    return found


def met(structure: Any, period: Any, name: str) -> Truth:
    """Truth of a condition; what does not apply holds."""
    state = fact(structure, period, name).decode_to_str()
    return np.select([np.isin(state, ["remplie", "sans_objet"]), state == "manquante"], [1.0, 0.0], default=np.nan)


def within_the_limit(structure: Any, period: Any) -> Truth:
    """True, unknown once the share of acts at a distance passes its limit: what is paid beyond it is not sure."""
    return np.where(met(structure, period, "part_respectee") == 0, np.nan, 1.0)
