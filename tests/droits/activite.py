"""What the team of the small world does: a sheet, a protocol, a line of budget, a meeting planned, another closed."""

import datetime
import zoneinfo

from tests import cast

from maillage.apps.activity.inputs import ActionFields, AttendanceFields, MeetingFields, ProtocolFields
from maillage.apps.activity.meeting_inputs import GuestFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.services.actions import create_action
from maillage.apps.activity.services.around import add_guests
from maillage.apps.activity.services.meetings import close_meeting, note_attendance, plan_meeting
from maillage.apps.activity.services.protocols import create_protocol
from maillage.apps.projets.budget import BudgetLineFields, add_line


class Activity:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        self.structure, self.by = people.structure, people.porteuse
        self.action = create_action(people.structure, ActionFields(title="Chutes"), **told)
        self.protocol = create_protocol(people.structure, ProtocolFields(title="Plaies"), **told)
        line = BudgetLineFields(kind="depense", year=2027, label="Logiciel")
        self.line = add_line(people.projet, line, **told)
        self.planned, self.closed = self._meeting("À tenir"), self._meeting("Tenue")
        self.guests = add_guests(self.planned, GuestFields(profession="pharmacien"), **told)
        first = people.structure.members.all()[0]
        note_attendance(self.closed, [AttendanceFields(member=first.pk, presence="present")], **told)
        close_meeting(self.closed, absent=True, **told)

    def _meeting(self, title: str) -> Meeting:
        day = cast.TODAY - datetime.timedelta(days=1)
        fields = MeetingFields(title=title, day=day, hour="20:00", minutes="60")
        zone = zoneinfo.ZoneInfo("Europe/Paris")
        return plan_meeting(self.structure, fields, zone=zone, by=self.by, at=cast.NOW)
