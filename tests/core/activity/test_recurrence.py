"""The days of a series of meetings."""

import datetime

import pytest

from maillage.core.activity.recurrence import MOST, RHYTHMS, days_of, rule_of, words_of

TUESDAY = datetime.date(2026, 12, 8)
CHRISTMAS = datetime.date(2026, 12, 25)


@pytest.mark.parametrize(
    ("rhythm", "expected", "words"),
    [
        ("s1", ["2026-12-08", "2026-12-15", "2026-12-22"], "chaque semaine, le mardi"),
        ("s2", ["2026-12-08", "2026-12-22", "2027-01-05"], "toutes les 2 semaines, le mardi"),
        ("m1", ["2026-12-08", "2027-01-12", "2027-02-09"], "chaque mois, le 2e mardi"),
        ("m2", ["2026-12-08", "2027-02-09", "2027-04-13"], "tous les 2 mois, le 2e mardi"),
        ("m1d", ["2026-12-29", "2027-01-26", "2027-02-23"], "chaque mois, le dernier mardi"),
    ],
)
def test_each_rhythm_has_its_days_and_its_words(rhythm, expected, words):
    rule = rule_of(rhythm, TUESDAY)
    found = days_of(rule, TUESDAY, datetime.date(2027, 9, 30)).kept
    assert [day.isoformat() for day in found[:3]] == expected
    assert words_of(rule, TUESDAY) == words


def test_a_fifth_tuesday_means_the_last_one():
    assert rule_of("m1", datetime.date(2026, 12, 29)).endswith("BYDAY=-1TU")


def test_the_first_day_of_a_month_is_the_first_of_its_name():
    day = datetime.date(2026, 12, 1)
    assert words_of(rule_of("m1", day), day) == "chaque mois, le 1er mardi"


def test_days_off_are_skipped_and_told():
    found = days_of(
        rule_of("s1", datetime.date(2026, 12, 18)), datetime.date(2026, 12, 18), CHRISTMAS, {CHRISTMAS: "Noël"}
    )
    assert found.kept == (datetime.date(2026, 12, 18),)
    assert found.skipped == ((CHRISTMAS, "Noël"),)


def test_a_series_has_a_measure():
    last = TUESDAY + datetime.timedelta(weeks=MOST - 1)
    assert len(days_of("FREQ=WEEKLY;INTERVAL=1", TUESDAY, last).kept) == MOST
    with pytest.raises(ValueError, match="60 réunions au plus"):
        days_of("FREQ=WEEKLY;INTERVAL=1", TUESDAY, last + datetime.timedelta(weeks=1))


def test_a_series_has_one_meeting_at_least():
    with pytest.raises(ValueError, match="une réunion au moins"):
        days_of("FREQ=WEEKLY;INTERVAL=1", CHRISTMAS, CHRISTMAS, {CHRISTMAS: "Noël"})


@pytest.mark.parametrize("rhythm", ["", "x9", "s9"])
def test_an_unknown_rhythm_is_refused(rhythm):
    with pytest.raises(ValueError, match="un rythme de la liste"):
        rule_of(rhythm, TUESDAY)


def test_every_rhythm_of_the_form_has_days():
    for rhythm in filter(None, RHYTHMS):
        assert days_of(rule_of(rhythm, TUESDAY), TUESDAY, datetime.date(2027, 6, 30)).kept
