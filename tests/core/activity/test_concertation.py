"""What a year asks of the concertations, and where a structure is."""

from fractions import Fraction

from maillage.core.activity.concertation import Asked, Progress, asked_in


def test_the_numbers_asked_are_those_of_the_texts():
    asked = asked_in(2026)
    assert (asked.meetings.value, asked.share.value) == (6, 0.05)
    assert asked_in(2019).share is None
    assert asked_in(2010) == Asked(None, None)


def test_what_is_left_follows_from_the_base_that_is_told():
    found = Progress(asked_in(2026), meetings=4, files=30, patients=650)
    assert found.rate == Fraction(30, 650)
    assert (found.meetings_left, found.files_asked, found.files_left) == (2, 33, 3)


def test_nothing_left_is_never_negative():
    found = Progress(asked_in(2026), meetings=9, files=90, patients=650)
    assert (found.meetings_left, found.files_left) == (0, 0)


def test_what_is_not_told_stays_unknown():
    found = Progress(asked_in(2026), meetings=4, files=30, patients=None)
    assert (found.rate, found.files_asked, found.files_left) == (None, None, None)
    assert Progress(Asked(None, None), 1, 1, 10).meetings_left is None
    assert Progress(Asked(None, None), 1, 1, 10).files_left is None
