"""The points of the opening hours: the 25 values that the guide of the CNAM publishes, and what would gain more."""

from decimal import Decimal

import pytest

from maillage.core.opening.points import Opening, closing, score, together

OPEN, CLOSED = True, False
TABLE = [
    # hours, saturday, days closed in the school holidays, without and with a derogation (aci_msp.md, T22)
    (12, OPEN, 0, 800, 800), (12, OPEN, 21, 780, 780), (12, CLOSED, 0, 680, 680), (12, CLOSED, 21, 660, 660),
    (12, OPEN, 22, 0, 0),
    (10, OPEN, 0, 740, 800), (10, OPEN, 21, 720, 780), (10, CLOSED, 0, 620, 680), (10, CLOSED, 21, 600, 660),
    (10, OPEN, 22, 0, 0),
    (8, OPEN, 0, 650, 800), (8, OPEN, 21, 630, 780), (8, CLOSED, 0, 530, 680), (8, CLOSED, 21, 510, 660),
    (8, OPEN, 22, 0, 0),
    (7.5, OPEN, 0, 0, 800), (7.5, OPEN, 21, 0, 780), (7.5, CLOSED, 0, 0, 680), (7.5, CLOSED, 21, 0, 660),
]  # fmt: skip
FULL = Opening(12, OPEN, 0, 0, unscheduled=True, derogation=False)


@pytest.mark.parametrize(("hours", "saturday", "days", "without", "with_one"), TABLE)
def test_the_published_table_is_found_again(hours, saturday, days, without, with_one):
    for derogation, expected in ((False, without), (True, with_one)):
        opening = Opening(hours, saturday, days, 0, unscheduled=True, derogation=derogation)
        assert score(opening, 2026).points == expected


def test_more_than_a_week_outside_the_school_holidays_pays_nothing():
    assert [closing(0, days, 2026) for days in (0, 7, 8)] == ["aucune", "jusqu_a_3_semaines", "plus_de_3_semaines"]


def test_what_is_not_told_is_never_counted():
    found = score(Opening(12, None, None, None, None), 2026)
    assert found.points is None
    assert found.amount is None
    assert len(found.missing) == 3
    assert found.gains == ()


def test_the_gain_of_each_change_is_told_alone_the_largest_first():
    found = score(Opening(10, CLOSED, 14, 0, unscheduled=True, derogation=False), 2026)
    assert [(gain.points, gain.amount) for gain in found.gains] == [
        (120, Decimal("840.00")),
        (60, Decimal("420.00")),
        (20, Decimal("140.00")),
    ]
    assert found.most == 800


def test_a_missing_prerequisite_says_all_that_must_change():
    found = score(Opening(7, OPEN, 30, 0, unscheduled=False, derogation=False), 2026)
    assert (found.points, len(found.required)) == (0, 3)


def test_the_least_open_place_counts_for_all():
    least = Opening(9, CLOSED, 7, 0, unscheduled=True, derogation=False)
    assert together([FULL, least]) == Opening(9, CLOSED, 7, 0, unscheduled=True, derogation=False)
    assert together([FULL, Opening(9, None, 0, 0, None, derogation=True)]).amplitude == 12
    assert together([FULL, Opening()]).amplitude is None


def test_a_year_without_a_grid_is_refused():
    with pytest.raises(ValueError, match="2021"):
        score(FULL, 2021)


def test_a_step_names_the_places_that_do_not_do_it_yet():
    found = score(Opening(10, CLOSED, 14, 0, unscheduled=True, derogation=False), 2026)
    least = Opening(10, OPEN, 0, 0, unscheduled=True, derogation=False)
    assert [gain.step.concerns(FULL) for gain in found.gains] == [False, False, False]
    assert [gain.step.concerns(least) for gain in found.gains] == [False, True, False]
    assert not any(gain.step.concerns(Opening(6, OPEN, 0, 0, None, derogation=True)) for gain in found.gains)
