"""The cast, and a meeting of its team the day before."""

import datetime
import zoneinfo

import pytest
from tests import cast

from maillage.apps.activity.inputs import MeetingFields
from maillage.apps.activity.services.meetings import plan_meeting

PARIS = zoneinfo.ZoneInfo("Europe/Paris")


@pytest.fixture
def people(db) -> cast.Cast:
    return cast.create()


@pytest.fixture
def meeting(people):
    """Held yesterday evening, one hour and a half."""
    fields = MeetingFields(
        title="Le territoire",
        day=cast.TODAY - datetime.timedelta(days=1),
        hour="18:30",
        minutes="1 h 30",
        place="Redon",
    )
    return plan_meeting(people.structure, fields, zone=PARIS, by=people.porteuse, at=cast.NOW)


@pytest.fixture
def members(people):
    return {member.prenom.lower(): member for member in people.structure.members.all()}
