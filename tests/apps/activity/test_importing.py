"""Meetings and actions from a spreadsheet: examined line by line, written together or not at all."""

import datetime
import io
import zoneinfo

import openpyxl
import pytest
from tests import cast

from maillage.apps.activity.importing import actions, meetings
from maillage.apps.activity.models import Action, Meeting
from maillage.apps.common.models import Event
from maillage.apps.structures.models import Member
from maillage.apps.structures.sheets import read_file, read_pasted
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
TITLES = "Sujet;Nature;Date;Heure;Durée;Présents;Excusés"


@pytest.fixture
def people():
    return cast.create()


def listed(people, *lines, titles=TITLES):
    return meetings.read_meetings(people.structure, read_pasted("\n".join([titles, *lines])))


def bring(people, found, **more):
    told = {"closed": False, "zone": PARIS, "by": people.porteuse, "at": cast.NOW, **more}
    return meetings.bring_meetings(people.structure, found.right, **told)


def test_a_meeting_comes_in_with_who_was_there(people):
    found = listed(people, "Staff;staff;10/11/2026;12h30;1 h;Membre Exemple, Exemple Porteuse;")
    assert found.is_ready
    [meeting] = bring(people, found)
    assert (meeting.kind, meeting.minutes) == ("staff", 60)
    assert meeting.starts_at.astimezone(PARIS).hour == 12
    assert meeting.attendances.filter(presence="present", minutes=60).count() == 2


def test_a_workbook_is_read_with_its_hours_and_a_long_list_of_names(people):
    told = {"structure": people.structure, "metier": "infirmier", "joined_on": cast.TODAY}
    rows = [Member(nom=f"Nom-de-Famille-{rank:03d}", prenom="Prune-Aliénor", **told) for rank in range(70)]
    Member.objects.bulk_create(rows)
    book = openpyxl.Workbook()
    book.active.append(["Sujet", "Date", "Heure", "Durée", "Présents", "Compte rendu"])
    names = ", ".join(map(str, rows))
    hours = (datetime.time(12, 30), datetime.time(1, 30))
    book.active.append(["Plénière", datetime.date(2026, 11, 10), *hours, names, "Décidé. " * 400])
    book.save(content := io.BytesIO())
    [line] = meetings.read_meetings(people.structure, read_file(content.getvalue())).lines
    assert line.problems == ()
    assert (line.fields.fields.hour, line.fields.fields.minutes) == (datetime.time(12, 30), 90)
    assert len(line.fields.attendance) == 70


def test_what_began_is_closed_and_sealed_when_asked(people):
    found = listed(
        people,
        "Passée;bureau;10/11/2026;12:30;60;Membre Exemple;Exemple Porteuse",
        "Sans personne;bureau;11/11/2026;12:30;60;;",
        "À venir;bureau;10/12/2026;12:30;60;Membre Exemple;",
    )
    written = bring(people, found, closed=True)
    states = dict(Meeting.objects.filter(pk__in=[each.pk for each in written]).values_list("title", "state"))
    assert states == {"Passée": "close", "Sans personne": "prevue", "À venir": "prevue"}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Staff;inconnue;10/11/2026;12:30;60;;", "kind"),
        ("Staff;staff;demain;12:30;60;;", "day"),
        ("Staff;staff;10/11/2026;midi;60;;", "hour"),
        (";staff;10/11/2026;12:30;60;;", "title"),
        ("Staff;staff;10/11/2026;12:30;60;Jeanne Inconnue;", "present"),
        ("Staff;staff;10/11/2026;12:30;60;Membre Exemple;Membre Exemple", "excuse"),
        ("Suivi de Mme Dupont, née le 12/03/1941;staff;10/11/2026;12:30;60;;", "title"),
    ],
)
def test_a_wrong_line_says_its_column_and_nothing_is_written(people, line, field):
    found = listed(people, line, "Juste;staff;10/11/2026;12:30;60;;")
    assert (found.wrong, found.is_ready) == (1, False)
    assert field in [problem.field for problem in found.lines[0].problems]
    assert found.right_rows[1][0] == "Juste"


def test_a_list_without_a_needed_column_is_refused(people):
    with pytest.raises(BadInput, match="durée"):
        listed(people, "Staff;10/11/2026", titles="Sujet;Date;Heure")


def test_all_the_meetings_or_none(people, monkeypatch):
    found = listed(people, "Une;staff;10/11/2026;12:30;60;;", "Deux;staff;11/11/2026;12:30;60;;")
    before, events = Meeting.objects.count(), Event.objects.count()
    plan, done = meetings.plan_meeting, []

    def broken(*arguments, **more):
        done.append(1)
        if len(done) == 2:
            raise BadInput([])
        return plan(*arguments, **more)

    monkeypatch.setattr(meetings, "plan_meeting", broken)
    with pytest.raises(BadInput):
        bring(people, found)
    assert (Meeting.objects.count(), Event.objects.count()) == (before, events)


def test_an_action_comes_in_with_its_pilot_and_its_mission(people):
    titles = "Intitulé;Pilote;Budget;État;Missions"
    text = f"{titles}\nChutes;Membre Exemple;1 500,50;en cours;"
    found = actions.read_actions(people.structure, read_pasted(text), today=cast.TODAY)
    [action] = actions.bring_actions(people.structure, found.right, by=people.porteuse, at=cast.NOW)
    assert (str(action.budget), action.state, action.pilot.prenom) == ("1500.50", "en_cours", "Membre")
    assert Action.objects.get().title == "Chutes"


def test_an_unknown_mission_is_told(people):
    text = "Intitulé;Missions\nChutes;Décrocher la lune"
    found = actions.read_actions(people.structure, read_pasted(text), today=cast.TODAY)
    assert [problem.field for problem in found.lines[0].problems] == ["missions"]


def test_a_list_brought_twice_adds_nothing(people):
    lines = (
        "Staff;staff;10/11/2026;12:30;60;;",
        "staff ;staff;10/11/2026;12h30;60;;",
        "Staff;staff;11/11/2026;9h;60;;",
    )
    found = listed(people, *lines)
    assert (found.there, len(found.right)) == (1, 2)
    bring(people, found)
    again = listed(people, *lines)
    assert (again.there, again.right, again.is_ready) == (3, [], False)
    Meeting.objects.update(state="annulee")
    assert len(listed(people, *lines).right) == 2


def test_an_action_that_is_there_is_not_added_again(people):
    rows = read_pasted("Intitulé;Couleur\nAtelier;bleu\nautre;vert")
    found = actions.read_actions(people.structure, rows, today=cast.TODAY)
    assert found.unread == ["Couleur"]
    actions.bring_actions(people.structure, found.right[:1], by=people.porteuse, at=cast.NOW)
    again = actions.read_actions(people.structure, rows, today=cast.TODAY)
    assert [line.is_there for line in again.lines] == [True, False]
    assert [each.fields.title for each in again.right] == ["autre"]
