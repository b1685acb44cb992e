import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.kernel import french

BREAKING_SPACE = " "


def test_an_amount_has_french_spacing_and_no_useless_cents() -> None:
    assert french.euros(40250) == "40\u202f250\u00a0€"
    assert french.euros("12922.5") == "12\u202f922,50\u00a0€"
    assert french.euros(7, cents=True) == "7,00\u00a0€"


def test_a_number_loses_its_useless_zeros_only() -> None:
    assert french.number(4187.5) == "4\u202f187,5"
    assert french.number(100) == "100"
    assert french.number(1846.1538) == "1\u202f846,15"


def test_a_negative_number_has_a_minus_and_not_a_hyphen() -> None:
    assert french.euros(-38850) == "\u221238\u202f850\u00a0€"
    assert french.number(-3.5) == "\u22123,5"
    assert french.percent(-0.051) == "\u22125,1\u00a0%"
    assert french.quantity(-60, "points") == "\u221260\u00a0points"


def test_a_difference_says_its_sign_both_ways() -> None:
    assert french.difference("1400.00") == "+1\u202f400\u00a0€"
    assert french.difference(-1400) == "\u22121\u202f400\u00a0€"
    assert french.difference(0) == french.difference("-0.001") == "0\u00a0€"


def test_a_rate_becomes_a_percentage() -> None:
    assert french.percent(0.051) == "5,1\u00a0%"


def test_the_first_of_a_month_is_written_1er() -> None:
    assert french.day(datetime.date(2022, 1, 1)) == "1er\u00a0janvier\u00a02022"


@pytest.mark.parametrize(("count", "noun"), [(0, "patient"), (1, "patient"), (1.5, "patient"), (2, "patients")])
def test_the_plural_begins_at_two(count: float, noun: str) -> None:
    assert french.plural(count, "patient") == noun


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=2))
def test_no_amount_can_break_across_lines(amount) -> None:  # type: ignore[no-untyped-def]
    assert BREAKING_SPACE not in french.euros(amount)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("L'Haÿ-les-Roses", "l’hay les roses"),
        ("Œuilly", "oeuilly"),
        (" Le  HAVRE", "le havre"),
    ],
)
def test_two_spellings_of_a_name_fold_to_the_same_text(one: str, other: str) -> None:
    assert french.fold(one) == french.fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert french.fold(french.fold(text)) == french.fold(text)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (None, "points", "à confirmer"),
        (0, "points pour 4 000 patients", "0\u00a0point pour 4 000 patients"),
        (1, "années civiles", "1\u00a0année civile"),
        (1, "mois avant le contrat", "1\u00a0mois avant le contrat"),
        (1, "professionnels de santé", "1\u00a0professionnel de santé"),
        (1, "paramédicaux", "1\u00a0paramédical"),
        (0.5, "équivalents temps plein", "0,5\u00a0équivalent temps plein"),
        (3, "semaines", "3\u00a0semaines"),
        (4000, "", "4\u202f000"),
        (True, "oui ou non", "oui"),
        (["sisa", "association_1901"], "", "SISA, association loi 1901"),
        (0.05, "part (1 pour 100 %)", "5\u00a0%"),
        ("guide_cnam", "exact ou guide_cnam", "guide cnam"),
    ],
)
def test_a_value_is_written_with_its_unit(value: Any, unit: str, expected: str) -> None:
    assert french.quantity(value, unit) == expected
