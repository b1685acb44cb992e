"""Quorum, majority, length of a mandate: counted, never supposed."""

import datetime
from fractions import Fraction

import pytest

from maillage.core.projet.assemblies import HALF, QuorumRule, end_of_mandate, outcome, places, quorum

ALL = QuorumRule(HALF, counts_represented=True, counts_remote=True, by_college=False)


def voters(**count):
    return [("", place) for place, times in count.items() for _ in range(times)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ALL, True),
        (QuorumRule(HALF, False, True, False), False),
        (QuorumRule(HALF, True, False, False), False),
        (QuorumRule(HALF, None, True, False), None),
        (QuorumRule(HALF, True, None, False), None),
        (QuorumRule(None, True, True, False), None),
        (QuorumRule(Fraction(0), None, None, None), True),
        (QuorumRule(Fraction(1, 5), None, None, None), True),
        (QuorumRule(Fraction(9, 10), None, None, None), False),
    ],
)
def test_the_quorum_is_told_only_when_every_reading_of_the_rules_agrees(rule, expected):
    assert quorum(voters(present=3, distance=1, represente=1, absent=5), rule).is_reached is expected


def test_the_quorum_of_each_college_may_be_asked():
    rows = [("soignants", "present"), ("soignants", "present"), ("usagers", "absent"), ("usagers", "absent")]
    together, apart = QuorumRule(HALF, True, True, False), QuorumRule(HALF, True, True, True)
    assert quorum(rows, together).is_reached is True
    assert quorum(rows, apart).is_reached is False
    assert quorum(rows, QuorumRule(HALF, True, True)).is_reached is None
    assert [(each.name, each.called, each.needed) for each in quorum(rows, apart).colleges] == [
        ("soignants", 2, 1),
        ("usagers", 2, 1),
    ]


def test_nobody_called_is_no_quorum():
    assert quorum([], ALL).is_reached is None


def test_a_quorum_of_an_odd_number_is_rounded_up():
    assert quorum(voters(present=5, absent=6), ALL).whole.needed == 6


@pytest.mark.parametrize(
    ("pour", "contre", "share", "of", "expected"),
    [
        (6, 5, HALF, "exprimes", "adoptee"),
        (5, 5, HALF, "exprimes", "a_departager"),
        (10, 2, HALF, "presents", "rejetee"),
        (11, 2, HALF, "presents", "adoptee"),
        (11, 2, HALF, "membres", "rejetee"),
        (8, 4, Fraction(2, 3), "exprimes", "adoptee"),
        (7, 4, Fraction(2, 3), "exprimes", "rejetee"),
        (20, 0, Fraction(1), "presents", "adoptee"),
        (7, 4, None, "exprimes", "a_confirmer"),
        (7, 4, HALF, "", "a_confirmer"),
        (0, 0, HALF, "exprimes", "a_confirmer"),
    ],
)
def test_a_majority_is_that_of_the_statutes(pour, contre, share, of, expected):
    assert outcome(pour, contre, entitled=20, called=30, share=share, of=of) == expected


def test_a_power_counts_only_when_its_holder_is_there_and_its_giver_is_not():
    here = {"a": "present", "b": "distance", "c": "excuse"}
    powers = {"a": "b", "c": "b", "d": "a", "e": "c"}
    assert places(here, powers, "abcde") == {
        "a": "present",
        "b": "distance",
        "c": "represente_distance",
        "d": "represente",
        "e": "absent",
    }


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (None, None),
        (36, datetime.date(2029, 1, 31)),
        (1, datetime.date(2026, 2, 28)),
        (11, datetime.date(2026, 12, 31)),
    ],
)
def test_a_mandate_ends_after_its_months(months, expected):
    assert end_of_mandate(datetime.date(2026, 1, 31), months) == expected
