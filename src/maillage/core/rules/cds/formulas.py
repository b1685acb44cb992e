"""What the formulas of the simulator of a centre de santé share: kinds of lines, dated readings, calendar."""

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import DateUnit

from maillage.core.rules.base import Truth, Variable, at_least
from maillage.core.rules.entities import Structure
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR, months_after
from maillage.core.rules.simulation.inputs import NOT_GIVEN, given
from maillage.core.rules.simulation.reading import known

Days = NDArray[np.datetime64]


class _Line(Variable):
    """A variable of a structure on a day; OpenFisca does not read attributes that are inherited."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.entity, cls.definition_period = Structure, DateUnit.DAY


class Amount(_Line):
    """Euros, not-a-number when not known. A subclass adds label, spec, formula, and ``unit`` when not plain euros."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.value_type, cls.unit = float, cls.__dict__.get("unit", "euros")


class Measure(_Line):
    """A number with a unit, not-a-number when not known."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.value_type, cls.unit = float, cls.__dict__.get("unit", "")


class Deadline(_Line):
    """A day, :data:`NOT_GIVEN` when not known."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.value_type, cls.default_value = datetime.date, NOT_GIVEN


def listed(node: Any, path: str) -> list[Any] | None:
    """The list at ``path`` below ``node``, ``None`` when no text establishes it on the day."""
    try:
        for name in path.split("."):
            node = getattr(node, name)
    except UnknownValue:
        return None
    return list(node)


def dated(node: Any, path: str, size: int) -> Days:
    """The day written at ``path`` below ``node``, for ``size`` situations; :data:`NOT_GIVEN` when none is."""
    try:
        for name in path.split("."):
            node = getattr(node, name)
    except UnknownValue:
        node = NOT_GIVEN
    return np.full(size, np.datetime64(str(node)), dtype="datetime64[D]")


def month_day(node: Any, path: str) -> str:
    """The month and day (« 02-28 ») written at ``path`` below ``node``, empty when no text gives it."""
    try:
        for name in path.split("."):
            node = getattr(node, name)
    except UnknownValue:
        return ""
    return str(node)


def by_choice(node: Any, path: str, choices: Any) -> Truth:
    """For each choice, the number of the parameter named by it below ``path``; only those needed are read."""
    names = choices.decode_to_str()
    found = np.full(len(names), np.nan)
    for name in sorted(set(names) - {"non_precise"}):
        found[names == name] = known(node, f"{path}.{name}")
    return found


def at_days(read: Callable[[Any], Any], days: Days) -> Truth:
    """``read`` (instant → number, or a yes or no) on each of ``days``; not-a-number where none is given or established.

    A text read on the day of an event, not on the day of the question.
    """
    found = np.full(len(days), np.nan)
    for day in np.unique(days[given(days)]):
        found[days == day] = read(str(day))
    return found


def kind_is(choices: Any, names: list[str] | tuple[str, ...]) -> Truth:
    """Whether a choice is one of ``names``; unknown when it is not given."""
    chosen = choices.decode_to_str()
    return np.where(chosen == "non_precise", np.nan, np.isin(chosen, list(names)).astype(np.float64))


DECIMALS = 6
PERCENT = 100
"""A point of contribution, and a point of percentage, is a hundredth."""


def reaches(quantity: Truth, minimum: float | Truth) -> Truth:
    """Whether ``quantity`` is at least ``minimum``, a product of decimals being what it is on paper."""
    return at_least(np.round(quantity, DECIMALS), np.round(minimum, DECIMALS))


def below(quantity: Truth, maximum: float | Truth) -> Truth:
    """Whether ``quantity`` is at most ``maximum``; unknown when one of them is."""
    return at_least(-np.asarray(quantity, dtype=np.float64), -np.asarray(maximum, dtype=np.float64))


def after(days: Days, *, years: Any = 0, months: Any = 0, extra: Any = 0) -> Days:
    """``years``, ``months`` then ``extra`` days later; :data:`NOT_GIVEN` where the day or a delay is not known.

    >>> after(np.array(["2024-01-31", "2024-02-29"], dtype="datetime64[D]"), months=1)
    array(['2024-02-29', '2024-03-29'], dtype='datetime64[D]')
    """
    steps, more = _numbers(years, days) * MONTHS_IN_A_YEAR + _numbers(months, days), _numbers(extra, days)
    moved = months_after(days, np.nan_to_num(steps).astype(int)) + np.nan_to_num(more).astype(int)
    usable = given(days) & ~np.isnan(steps) & ~np.isnan(more)
    return np.where(usable, moved, np.datetime64(NOT_GIVEN)).astype("datetime64[D]")


def _numbers(delay: Any, days: Days) -> Truth:
    return np.broadcast_to(np.asarray(delay, dtype=np.float64), days.shape)


def earlier(first: Days, second: Days, *, strictly: bool = False) -> Truth:
    """Whether ``first`` is on or before ``second`` (``strictly`` before); unknown when one is not given."""
    both = given(first) & given(second)
    return np.where(both, (first < second if strictly else first <= second).astype(np.float64), np.nan)


def day_of(period: Any, size: int) -> Days:
    """The day of the question, one a situation."""
    return np.full(size, np.datetime64(str(period.start)), dtype="datetime64[D]")
