"""The actions and the meetings of a project by the API: who sees what, and no name of a person."""

import datetime
import uuid
import zoneinfo

import pytest
from django.test import Client
from tests import cast

from maillage.apps.activity.inputs import ActionFields, AttendanceFields, MeetingFields
from maillage.apps.activity.services.actions import create_action
from maillage.apps.activity.services.meetings import close_meeting, note_attendance, plan_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    found = cast.create()
    told = {"by": found.porteuse, "at": cast.NOW}
    missions = [{"code": "MSP-2.2", "titre": "Protocoles pluriprofessionnels", "niveau": "socle"}]
    create_action(found.structure, ActionFields(title="Chutes", budget="12 500,50"), missions=missions, **told)
    day = cast.TODAY - datetime.timedelta(days=1)
    for title in ("Tenue", "À tenir"):
        fields = MeetingFields(title=title, day=day, hour="18:00", minutes="60")
        meeting = plan_meeting(found.structure, fields, zone=zoneinfo.ZoneInfo("Europe/Paris"), **told)
        if title == "Tenue":
            member = found.structure.members.all()[0]
            note_attendance(meeting, [AttendanceFields(member=member.pk, presence="present", preparation=30)], **told)
            close_meeting(meeting, absent=True, **told)
    return found


def ask(person, address, status=200):
    client = Client()
    if person is not None:
        client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return response


def test_the_actions_are_told_in_their_order(people):
    (action,) = ask(people.membre, f"/api/projets/{people.projet.pk}/actions").json()["actions"]
    assert (action["rang"], action["intitule"], action["budget"], action["besoin"]) == (1, "Chutes", "12500.50", None)
    assert [mission["code"] for mission in action["missions"]] == ["MSP-2.2"]


def test_the_meetings_are_told_in_numbers_without_a_name(people):
    response = ask(people.membre, f"/api/projets/{people.projet.pk}/reunions")
    told = {each["sujet"]: each for each in response.json()["reunions"]}
    assert (told["Tenue"]["presents"], told["Tenue"]["minutes_passees"]) == (1, 90)
    assert len(told["Tenue"]["empreinte"]) == 64
    assert told["À tenir"]["empreinte"] is None
    assert "Exemple" not in response.content.decode()


@pytest.mark.parametrize("what", ["actions", "reunions"])
def test_a_stranger_finds_nothing_and_a_visitor_is_asked_to_sign_in(people, what):
    address = f"/api/projets/{people.projet.pk}/{what}"
    ask(people.stranger, address, 404)
    ask(None, address, 401)
    ask(people.membre, f"/api/projets/{uuid.uuid4()}/{what}", 404)
