"""Amounts that cannot be had together: which of them add up to the most.

Lines say which others they exclude. Amounts that exclude no other always add up; among the others the best choice is
sought group by group, a group being amounts linked by exclusions: it holds a handful of them, so every choice is tried.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

Conflicts = Mapping[str, frozenset[str]]


def conflicts_of(excludes: Iterable[tuple[str, Iterable[str]]]) -> Conflicts:
    """By id, the ids that cannot be had with it: an exclusion that only one of the two says holds for both.

    >>> sorted(conflicts_of([("a", ["b"]), ("b", []), ("c", [])]).items())
    [('a', frozenset({'b'})), ('b', frozenset({'a'})), ('c', frozenset())]
    """
    said = {name: set(others) for name, others in excludes}
    for name, others in list(said.items()):
        for other in others & said.keys():
            said[other].add(name)
    return {name: frozenset(others & said.keys()) for name, others in said.items()}


def best_choice(amounts: Mapping[str, Decimal], conflicts: Conflicts) -> frozenset[str]:
    """The ids that add up to the most without excluding one another; the first ones where several choices do.

    >>> sorted(best_choice({"a": Decimal(5), "b": Decimal(8), "c": Decimal(1)}, conflicts_of([("a", "b"), ("b", "")])))
    ['b', 'c']
    """
    free, tied = _parted(amounts, conflicts)
    if not tied:
        return free
    first, rest = tied[0], {name: amounts[name] for name in tied[1:]}
    compatible = {name: amount for name, amount in rest.items() if name not in conflicts[first]}
    taking = best_choice(compatible, conflicts) | {first}
    leaving = best_choice(rest, conflicts)
    return free | (taking if _sum(amounts, taking) >= _sum(amounts, leaving) else leaving)


def best_sum(amounts: Mapping[str, NDArray[np.float64]], conflicts: Conflicts) -> Any:
    """The sum of the best choice of each situation, shape (n,); not-a-number where an amount is not known."""
    free, tied = _parted(amounts, conflicts)
    alone: Any = sum((amounts[name] for name in free), np.zeros(1))
    if not tied:
        return alone
    first, rest = tied[0], {name: amounts[name] for name in tied[1:]}
    compatible = {name: amount for name, amount in rest.items() if name not in conflicts[first]}
    return alone + np.maximum(best_sum(rest, conflicts), amounts[first] + best_sum(compatible, conflicts))


def _parted(amounts: Mapping[str, Any], conflicts: Conflicts) -> tuple[frozenset[str], list[str]]:
    """The ids that exclude none of the others, then those that exclude one."""
    tied = [name for name in amounts if conflicts.get(name, frozenset()) & amounts.keys()]
    return frozenset(amounts.keys() - set(tied)), tied


def _sum(amounts: Mapping[str, Decimal], names: Iterable[str]) -> Decimal:
    return sum((amounts[name] for name in names), Decimal())
