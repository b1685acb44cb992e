"""Aids that cannot be had together: each is offered, the total counts the best of them once."""

import datetime
from decimal import Decimal
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.rules.simulation.exclusive import best_choice, best_sum, conflicts_of
from maillage.core.rules.simulation.results import Line, answer_of

DAY = datetime.date(2026, 1, 1)
NAMES = "abcdef"


def line(name: str, amount: int, state: str = "certain", excludes: tuple[str, ...] = ()) -> Line:
    euros = Decimal(amount)
    return Line(name, name, f"Aide {name}", "G", "montant", state, "Formule.", euros, euros, counted=True,
                excludes=excludes)  # fmt: skip


def test_the_total_counts_the_best_of_two_aids_that_exclude_each_other() -> None:
    found = answer_of("x", "Total", DAY, [line("a", 5000, excludes=("b",)), line("b", 8000), line("c", 100)])
    assert (found.low, found.possible) == (Decimal(8100), 0)


def test_the_aid_that_is_set_aside_stays_possible_and_says_which_is_counted() -> None:
    found = answer_of("x", "Total", DAY, [line("a", 5000, excludes=("b",)), line("b", 8000)])
    aside, kept = found.lines
    assert (aside.state, aside.counted, kept.state, kept.counted) == ("possible", False, "certain", True)
    assert "Ne se cumule pas avec « Aide b »" in aside.explanation
    assert "Ne se cumule pas avec « Aide a »" in kept.explanation


def test_a_possible_aid_adds_only_what_it_gives_above_the_one_it_excludes() -> None:
    found = answer_of("x", "Total", DAY, [line("a", 5000), line("b", 8000, "possible", ("a",))])
    assert (found.low, found.possible) == (Decimal(5000), Decimal(3000))


def test_two_possible_aids_that_exclude_each_other_are_not_both_hoped_for() -> None:
    found = answer_of("x", "Total", DAY, [line("a", 5000, "possible", ("b",)), line("b", 8000, "possible")])
    assert (found.low, found.possible) == (Decimal(0), Decimal(8000))
    assert [each.counted for each in found.lines] == [False, True]


def test_an_excluded_aid_is_no_rival() -> None:
    found = answer_of("x", "Total", DAY, [line("a", 5000, excludes=("b",)), line("b", 8000, "exclu")])
    assert (found.low, found.lines[0].explanation) == (Decimal(5000), "Formule.")


def test_two_small_aids_may_be_worth_more_than_the_large_one_that_excludes_both() -> None:
    found = answer_of("x", "Total", DAY, [line("a", 10, excludes=("b", "c")), line("b", 8), line("c", 8)])
    assert found.low == Decimal(16)


@given(
    st.lists(st.integers(0, 50), min_size=6, max_size=6),
    st.lists(st.sampled_from(list(combinations(NAMES, 2))), max_size=8),
)
def test_the_best_choice_is_the_best_of_all_choices_alone_or_in_a_batch(sizes: list[int], pairs: list) -> None:
    amounts = {name: Decimal(size) for name, size in zip(NAMES, sizes, strict=True)}
    conflicts = conflicts_of((name, [b for a, b in pairs if a == name]) for name in NAMES)
    allowed = [
        choice
        for count in range(len(NAMES) + 1)
        for choice in combinations(NAMES, count)
        if not any(set(pair) <= set(choice) for pair in pairs)
    ]
    best = max(sum((amounts[name] for name in choice), Decimal()) for choice in allowed)
    assert sum(amounts[name] for name in best_choice(amounts, conflicts)) == best
    columns = {name: np.array([float(amount), 0.0]) for name, amount in amounts.items()}
    np.testing.assert_allclose(best_sum(columns, conflicts), [float(best), 0.0])
