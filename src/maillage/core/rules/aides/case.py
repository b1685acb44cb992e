"""What the formulas of the aids read of a case: its facts as truths and numbers, and figures at the day of a contract.

Arrays have one value a situation, shape (n,). A contract keeps the figures of the day on which it was signed: a figure
is read at a day of each situation, and only for those that need it.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.core.rules.base import Truth, truth_of
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.reading import known

ROOT = "aides"
Mask = NDArray[np.bool_]


class Case:
    """The facts of each situation and the figures of the texts, inside a formula."""

    def __init__(self, structure: Any, period: Any, parameters: Any = None) -> None:
        self._structure, self._period, self._parameters = structure, period, parameters
        self.today = structure.filled_array(np.datetime64(str(period.start)), dtype="datetime64[D]")

    def value(self, name: str) -> Any:
        """The column of a variable of the aids."""
        return self._structure(f"{ROOT}_{name}", self._period)

    def truth(self, name: str) -> Truth:
        """A yes or no that may not be given."""
        return truth_of(self.value(name))

    def words(self, name: str) -> NDArray[np.str_]:
        """A choice by its name, « non_precise » when it is not given."""
        return np.asarray(self.value(name).decode_to_str())

    def among(self, name: str, *choices: str) -> Truth:
        """Whether a choice is one of those; unknown when it is not given."""
        words = self.words(name)
        return np.where(words == "non_precise", np.nan, np.isin(words, choices).astype(np.float64))

    def day(self, name: str, default: Any = None) -> Any:
        """A date, ``default`` (today) where it is not given."""
        days = self.value(name)
        return np.where(given(days), days, self.today if default is None else default)

    def met(self, condition: str) -> Truth:
        """The truth of a condition already worked out; one without object is not met."""
        words = self.words(condition)
        return np.select([words == "remplie", words == "inconnue"], [1.0, np.nan], default=0.0)

    def open(self, condition: str) -> Mask:
        """Where a condition is met or not yet known: the aid may be had, its figures are needed."""
        return np.isin(self.words(condition), ("remplie", "inconnue"))

    def number(self, path: str, days: Any = None, needed: Any = True) -> Any:
        """A figure of the texts on ``days`` (today), not-a-number where it is not needed; a yes is 1, a no 0."""
        found = np.full(self.today.shape, np.nan)
        for rows, value in self._read(path, days, needed):
            found[rows] = float(value)
        return found

    def number_if_known(self, path: str, days: Any = None, needed: Any = True) -> Any:
        """The same, not-a-number as well on the days when no text gives it: the line then says that it is silent."""
        when, found = self.today if days is None else days, np.full(self.today.shape, np.nan)
        for rows, day in self._days(when, needed):
            found[rows] = known(self._parameters(day), f"{ROOT}.{path}")
        return found

    def listed(self, name: str, path: str, days: Any = None, needed: Any = True) -> Truth:
        """Whether a choice is in a list of the texts; unknown where it is not given."""
        words, found = self.words(name), np.full(self.today.shape, np.nan)
        for rows, values in self._read(path, days, needed):
            found[rows] = np.isin(words[rows], values)
        return np.where(words == "non_precise", np.nan, found)

    def instalment(self, path: str, years: Any, days: Any = None, needed: Any = True) -> Any:
        """What a list by year gives for each year (the first is 0): nothing after the last."""
        return self._of_list(path, years, days, needed, 0.0)

    def lasting_rate(self, path: str, years: Any, days: Any = None, needed: Any = True) -> Any:
        """What a list by year gives for each year (the first is 0): the last value goes on."""
        return self._of_list(path, years, days, needed, None)

    def whole(self, path: str, days: Any = None, needed: Any = True) -> Any:
        """The sum of a list by year."""
        found = np.full(self.today.shape, np.nan)
        for rows, values in self._read(path, days, needed):
            found[rows] = sum(values)
        return found

    def _of_list(self, path: str, years: Any, days: Any, needed: Any, after: float | None) -> Any:
        found = np.full(self.today.shape, np.nan)
        for rows, values in self._read(path, days, needed):
            padded = np.array([*values, values[-1] if after is None else after], dtype=np.float64)
            place = np.clip(np.nan_to_num(years[rows]), 0, len(values)).astype(int)
            found[rows] = np.where(np.isnan(years[rows]), np.nan, padded[place])
        return found

    def _read(self, path: str, days: Any, needed: Any) -> Iterator[tuple[Mask, Any]]:
        """The value of a parameter on each day where it is needed, with the situations of that day."""
        for rows, day in self._days(self.today if days is None else days, needed):
            node = self._parameters(day)
            for part in (ROOT, *path.split(".")):
                node = getattr(node, part)
            yield rows, node

    def _days(self, when: Any, needed: Any) -> Iterator[tuple[Mask, str]]:
        rows = np.broadcast_to(np.asarray(needed, dtype=bool), when.shape)
        for day in np.unique(when[rows]):
            yield rows & (when == day), str(day)


def yes(condition: Any) -> Truth:
    """A truth of what is always known."""
    return np.asarray(condition).astype(np.float64)


def below(quantity: Truth, limit: Any) -> Truth:
    """Whether ``quantity`` is under ``limit``; unknown when one of them is."""
    known = ~(np.isnan(quantity) | np.isnan(limit))
    return np.where(known, (quantity < limit).astype(np.float64), np.nan)
