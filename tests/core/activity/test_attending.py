"""How long someone stayed who came late or left early."""

import datetime

import pytest

from maillage.core.activity.attending import stayed

START = datetime.datetime(2026, 12, 1, 18, 30, tzinfo=datetime.UTC)
LATE = datetime.datetime(2026, 12, 1, 23, 30, tzinfo=datetime.UTC)


def at(words):
    return datetime.time.fromisoformat(words) if words else None


@pytest.mark.parametrize(
    ("start", "arrived", "left", "minutes"),
    [
        (START, "", "", 90),
        (START, "18:45", "", 75),
        (START, "", "19:30", 60),
        (START, "18:45", "19:30", 45),
        (START, "18:30", "20:00", 90),
        (LATE, "00:15", "", 45),
        (LATE, "", "00:30", 60),
    ],
)
def test_the_minutes_there_are_counted(start, arrived, left, minutes):
    assert stayed(start, 90, at(arrived), at(left)) == minutes


@pytest.mark.parametrize(("arrived", "left"), [("18:00", ""), ("", "20:01"), ("03:00", "")])
def test_an_hour_out_of_the_meeting_is_refused(arrived, left):
    with pytest.raises(ValueError, match="une heure de la réunion, de 18:30 à 20:00"):
        stayed(START, 90, at(arrived), at(left))


def test_nobody_leaves_before_they_arrive():
    with pytest.raises(ValueError, match="un départ après l'arrivée"):
        stayed(START, 90, at("19:30"), at("19:00"))
