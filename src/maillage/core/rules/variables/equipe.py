"""Counting a team when part of it may be unknown.

A count is a pair of bounds: those of whom one is sure, and those who are possible. A team that was not described
may hold anybody; a person whose profession was not given may be of any profession.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from maillage.core.rules.base import Truth
from maillage.core.rules.variables.inputs import Exercice, Profession

EN_LIBERAL = ("liberal", "mixte")
LIBERAUX_SEULEMENT = ("liberal",)
SALARIES_SEULEMENT = ("salarie",)
AUXILIAIRES, DE_SANTE = "professions.auxiliaires_medicaux", "professions.de_sante"
"""Paths of the lists of professions, for the conditions that count them."""


class Count(NamedTuple):
    """People of a kind, per structure: ``sure`` at least, ``possible`` at most (infinite when nothing is known)."""

    sure: NDArray[np.float64]
    possible: NDArray[np.float64]


def count(structure: Any, period: Any, professions: Iterable[str]) -> Count:
    """Members of these professions (codes of :class:`Profession`), whatever their way of exercising."""
    given = structure.members("profession", period)
    return _bounds(structure, period, one_of(given, professions), given == Profession.inconnue)


def count_exercising(structure: Any, period: Any, professions: Iterable[str], ways: Iterable[str]) -> Count:
    """Members of these professions who exercise in one of these ways (codes of :class:`Exercice`)."""
    given = structure.members("profession", period)
    exercice = structure.members("exercice", period)
    named, possible = one_of(given, professions), given == Profession.inconnue
    way, maybe_way = one_of(exercice, ways), exercice == Exercice.inconnu
    sure = named & way
    return _bounds(structure, period, sure, (named | possible) & (way | maybe_way) & ~sure)


def reaches(counted: Count, minimum: float) -> Truth:
    """Whether there are at least ``minimum`` of them; unknown between the bounds."""
    return np.select([counted.sure >= minimum, counted.possible < minimum], [1.0, 0.0], default=np.nan)


def one_of(given: Any, codes: Iterable[str]) -> NDArray[np.bool_]:
    """Where an array of an Enum holds one of these codes. Raises ``KeyError`` for a code that does not exist."""
    return np.isin(np.asarray(given), [given.possible_values[code].index for code in codes])


def _bounds(structure: Any, period: Any, sure: NDArray[np.bool_], maybe: NDArray[np.bool_]) -> Count:
    known = structure("equipe_connue", period)
    certain = structure.sum(sure)
    return Count(certain, np.where(known, certain + structure.sum(maybe), np.inf))
