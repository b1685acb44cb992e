"""The day of an act is that of the place: after midnight in Paris it is still the day before in UTC."""

import datetime

import pytest
from tests.apps.structures.entities import Entities

from maillage.apps.digital.fields import MonthFields
from maillage.apps.digital.models import MonthlyCount
from maillage.apps.digital.services import write_months
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.legal_entities import LegalEntityFields, add_entity
from maillage.apps.structures.team import add_member
from maillage.core.kernel.problems import read

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


def test_who_enters_after_midnight_enters_that_day(world, people):
    fields = read(MemberFields, {"nom": "Lebrun", "metier": "infirmier"})
    assert add_member(people.structure, fields, **world.told).joined_on == TODAY


def test_a_legal_person_constituted_after_midnight_exists(world, people):
    told = {"form": "scm", "nom": "SCM", "state": "constituee", "constituted_on": "2026-12-01"}
    assert add_entity(people.structure, read(LegalEntityFields, told), **world.told).constituted_on == TODAY
