"""Statistics of dossiers: a small world whose figures are known, and nobody recognised in a small group."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from maillage.core.dossiers.statistics import SMALL, Filed, delays_of, lines, loads

START = datetime.date(2026, 1, 1)


def filed(days: int | None = None, *, outcome: str = "accord", holder: str = "", suspended: int = 0, due: int = 60):
    """A dossier received on 1 January 2026, ended after ``days`` (still open without)."""
    ended = None if days is None else START + datetime.timedelta(days=days)
    return Filed(
        kind="projet_sante_msp", departement="35", received=START, ended=ended,
        outcome="en_cours" if days is None else outcome, suspended=suspended,
        due=START + datetime.timedelta(days=due), requests=0, holder=holder,
    )  # fmt: skip


def test_delays_of_a_known_group():
    found = delays_of([filed(10), filed(20), filed(30), filed(40), filed(90), filed(50, outcome="retire"), filed()])
    assert (found.count, found.median, found.ninth, found.longest) == (5, 30, 90, 90)
    assert (found.in_time, found.with_delay) == (4, 5)


def test_days_of_suspension_are_not_counted_against_the_authority():
    assert delays_of([filed(30, suspended=20) for _ in range(SMALL)]).median == 10


def test_a_small_group_has_a_count_and_no_delay():
    found = delays_of([filed(10)] * (SMALL - 1))
    assert found.count == SMALL - 1
    assert found.median is found.longest is found.in_time is None


def test_reviewers_are_named_from_five_on_and_only_with_five_dossiers():
    few = [filed(holder=name) for name in "ABCD" for _ in range(9)]
    assert [each.name for each in loads(few, START)] == [""]
    enough = few + [filed(holder="E")] * 3
    assert [(each.name, each.open) for each in loads(enough, START)] == [(n, 9) for n in "ABCD"] + [("", 3)]


def test_a_group_says_its_outcomes_and_what_is_open():
    (found,) = lines([filed(3), filed(4, outcome="refus"), filed()], by=lambda each: each.kind)
    assert (found.filed, found.open, found.outcomes) == (3, 1, {"accord": 1, "refus": 1})


@given(st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.booleans()), max_size=60))
def test_every_held_dossier_is_counted_once_and_no_small_name_is_told(rows):
    dossiers = [filed(5 if done else None, holder=name) for name, done in rows]
    found = loads(dossiers, START)
    assert sum(each.open + each.ended for each in found) == len(rows)
    assert all(each.open + each.ended >= SMALL for each in found if each.name)
