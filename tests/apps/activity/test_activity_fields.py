"""What people type: days, hours, durations, amounts."""

import datetime
from decimal import Decimal

import pytest

from maillage.apps.activity.fields import read_amount, read_day, read_hour, read_minutes
from maillage.apps.activity.inputs import ActionFields, AttendanceFields
from maillage.core.kernel.problems import BadInput, read


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12 500,50", "12500.50"),
        ("12\u202f500,5 €", "12500.50"),
        ("0", "0.00"),
        ("7.25", "7.25"),
        ("", None),
        ("À confirmer", None),
    ],
)
def test_an_amount_is_read_as_french_people_type_it(typed, amount):
    assert read_amount(typed) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("typed", ["-5", "1e3", "12,555", "douze", "١٢", "12 500 50,5,5", "99999999999"])
def test_what_is_not_an_amount_is_refused(typed):
    with pytest.raises(ValueError, match="montant"):
        read_amount(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("90", 90), ("1h30", 90), ("1 h", 60), ("45 min", 45), ("", 0), ("24h", 1440), ("1:30", 90), ("01:30", 90)],
)
def test_a_duration_is_read_in_minutes(typed, minutes):
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["25h", "-3", "1:30:00", "une heure", "24 h 1"])
def test_what_is_not_a_duration_is_refused(typed):
    with pytest.raises(ValueError, match="durée"):
        read_minutes(typed)


def test_days_and_hours_are_read_both_ways():
    assert read_day("22/11/2026") == read_day("2026-11-22") == datetime.date(2026, 11, 22)
    assert read_day("") is None
    assert read_hour("18h30") == read_hour("18:30") == datetime.time(18, 30)
    assert read_day("22/11/26") == datetime.date(2026, 11, 22)
    assert read_hour("18 h 30") == read_hour("18.30") == datetime.time(18, 30)
    assert read_hour("9h") == datetime.time(9)


@pytest.mark.parametrize("typed", ["31/02/2026", "1/1/1066", "demain", "2026-13-01"])
def test_what_is_not_a_day_is_refused(typed):
    with pytest.raises(ValueError, match="date"):
        read_day(typed)


def test_an_action_does_not_end_before_it_starts():
    with pytest.raises(BadInput) as refused:
        read(ActionFields, {"title": "Chutes", "starts_on": "2026-12-01", "ends_on": "2026-11-01"})
    assert [problem.field for problem in refused.value.problems] == ["ends_on"]


def test_an_empty_row_of_indicator_is_left_out_and_a_nameless_one_refused():
    rows = [{"nom": "Ateliers", "cible": "10"}, {"nom": " ", "cible": ""}]
    assert [row.nom for row in read(ActionFields, {"title": "Chutes", "indicators": rows}).indicators] == ["Ateliers"]
    with pytest.raises(BadInput):
        read(ActionFields, {"title": "Chutes", "indicators": [{"cible": "10"}]})


def test_who_did_not_come_spent_no_time_there():
    key = "8d6d7e0e-0000-4000-8000-000000000000"
    with pytest.raises(BadInput):
        read(AttendanceFields, {"member": key, "presence": "absent", "minutes": 30})
