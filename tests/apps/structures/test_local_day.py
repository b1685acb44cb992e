"""The day of an act is that of the place: after midnight in Paris it is still the day before in UTC."""

import datetime

import pytest
from tests.apps.structures.entities import Entities

from maillage.apps.digital.fields import MonthFields
from maillage.apps.digital.models import MonthlyCount
from maillage.apps.digital.services import write_months

PAST_MIDNIGHT = datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 12, 1)


@pytest.fixture
def world(people) -> Entities:
    found = Entities(people)
    found.told["at"] = PAST_MIDNIGHT
    return found


def test_what_is_paid_after_midnight_is_paid_that_day(world):
    year = world.amounts(adherent="50")
    [payment] = world.pay(year, world.begin())
    [typed] = world.pay(year, world.begin(world.membre), day=TODAY)
    assert (payment.day, typed.day) == (TODAY, TODAY)


def test_shares_move_after_midnight_that_day(world):
    assert world.move(10, taker=f"m:{world.porteuse.pk}", day=TODAY).day == TODAY


def test_the_first_month_begins_after_midnight(world):
    write_months(world.structure, [MonthFields(month="2026-12", snp=3)], **world.told)
    assert MonthlyCount.objects.get().month == TODAY
