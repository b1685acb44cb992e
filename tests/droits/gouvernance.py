"""The governance of the small world: a bureau with a collège, a mandate, an assembly to come and another that was."""

import datetime
import zoneinfo

from tests import cast

from maillage.apps.governance.inputs import (
    AssemblyFields,
    BodyFields,
    CandidateFields,
    CollegeFields,
    MandateFields,
    ResolutionFields,
    RulesFields,
)
from maillage.apps.governance.models import Assembly, Body
from maillage.apps.governance.services.assemblies import call_assembly, note_presences
from maillage.apps.governance.services.bodies import add_body, add_college, add_rules
from maillage.apps.governance.services.convocations import send_convocation
from maillage.apps.governance.services.mandates import give_mandate
from maillage.apps.governance.services.minutes import seal_minutes
from maillage.apps.governance.services.votes import add_candidate, add_resolution

LATER = datetime.datetime(2026, 12, 31, tzinfo=datetime.UTC)


class Governance:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        self.body = add_body(people.structure, BodyFields(nom="Bureau", kind="bureau", seats=3), **told)
        self.college = add_college(self.body, CollegeFields(nom="Soignants", metiers=("infirmier",)), **told)
        self.rules = add_rules(self.body, RulesFields(nom="Décisions ordinaires"), **told)
        self.member = people.structure.members.get(user=people.porteuse)
        fields = MandateFields(member=self.member.pk, function="Présidence", since=cast.TODAY)
        self.mandate = give_mandate(self.body, fields, **told)
        general = add_body(people.structure, BodyFields(nom="Assemblée générale", kind="assemblee"), **told)
        self.assembly = called(people, general, "2050-12-01")
        send_convocation(self.assembly, address="https://example.org/", sender="maillage@example.org", **told)
        wanted = ResolutionFields(title="Élire le bureau", elects=self.body.pk)
        self.election = add_resolution(self.assembly, wanted, **told)
        candidate = CandidateFields(member=self.member.pk, function="Présidence")
        self.candidate = add_candidate(self.election, candidate, **told)
        self.closed = called(people, general, "2026-12-01")
        note_presences(self.closed, {self.member.pk: "present"}, **told)
        seal_minutes(self.closed, by=people.porteuse, at=LATER)


def called(people: cast.Cast, body: Body, day: str) -> Assembly:
    """An assembly of a body on a day."""
    fields = AssemblyFields(body=body.pk, title="Assemblée", day=day, hour="20:00", minutes="60")
    zone = zoneinfo.ZoneInfo("Europe/Paris")
    return call_assembly(people.structure, fields, zone=zone, by=people.porteuse, at=cast.NOW)
