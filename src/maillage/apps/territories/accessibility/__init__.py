"""The accessibility engine on what is loaded, or on files: values of France, and what a change of supply does."""

from maillage.apps.territories.accessibility.model import Accessibility, How, accessibility, forget
from maillage.apps.territories.accessibility.scenario import Departure, Move, Scenario, WhatIf, what_if

__all__ = [
    "Accessibility",
    "Departure",
    "How",
    "Move",
    "Scenario",
    "WhatIf",
    "accessibility",
    "forget",
    "what_if",
]
