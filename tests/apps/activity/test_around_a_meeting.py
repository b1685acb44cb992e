"""Who is expected, the guests, the counts of a concertation, a meeting that begins now."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests import cast
from tests.apps.activity.conftest import PARIS

from maillage.apps.activity import meeting_queries
from maillage.apps.activity.deadlines.meetings import deadlines
from maillage.apps.activity.inputs import AttendanceFields, MeetingFields
from maillage.apps.activity.meeting_inputs import BaseFields, ConcertationFields, GuestFields
from maillage.apps.activity.models import Attendance, Concertation, ConcertationYear, Expected, Meeting, MeetingGuest
from maillage.apps.activity.queries import not_noted
from maillage.apps.activity.services import around
from maillage.apps.activity.services.meetings import change_meeting, close_meeting, note_attendance, plan_meeting
from maillage.apps.activity.services.spot import begin_now
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput

GUESTS = GuestFields(organisation="Centre hospitalier", profession="assistante sociale", count=2)


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def concertation(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(kind="concertation")
    meeting.refresh_from_db()
    return meeting


def present(meeting, member, told, **hours):
    note_attendance(meeting, [AttendanceFields(member=member.pk, presence="present", **hours)], **told)


def test_only_who_is_expected_must_be_noted(meeting, members, told):
    around.expect(meeting, [members["porteuse"].pk], **told)
    assert not_noted(meeting) == [members["porteuse"]]
    present(meeting, members["porteuse"], told)
    sheet = close_meeting(meeting, **told)
    assert [line["nom"] for line in sheet.content["presences"]] == ["Porteuse Exemple"]


def test_expecting_everyone_is_expecting_nobody_by_name(meeting, members, told):
    around.expect(meeting, [members["porteuse"].pk], **told)
    around.expect(meeting, [each.pk for each in members.values()], **told)
    assert not Expected.objects.exists()
    assert Event.objects.filter(verb="choisir les attendus").count() == 2


def test_a_stranger_is_not_expected(meeting, told):
    with pytest.raises(BadInput, match="membre de l'équipe"):
        around.expect(meeting, [uuid.uuid4()], **told)


def test_who_was_not_expected_may_be_left_out_of_the_sheet(meeting, members, told):
    present(meeting, members["porteuse"], told)
    sheet = close_meeting(meeting, leave_out=True, **told)
    assert len(sheet.content["presences"]) == 1
    assert [each.member for each in Expected.objects.all()] == [members["porteuse"]]


def test_guests_are_counted_removed_and_put_back(meeting, told):
    guest = around.add_guests(meeting, GUESTS, **told)
    around.remove_guests(meeting, guest, **told)
    assert not MeetingGuest.objects.exists()
    around.put_guests_back(meeting, str(guest.pk), **told)
    assert MeetingGuest.objects.get().count == 2
    with pytest.raises(NotNow):
        around.put_guests_back(meeting, str(guest.pk), **told)


def test_the_sealed_sheet_says_the_guests_the_hours_and_the_files(concertation, members, told):
    around.add_guests(concertation, GUESTS, **told)
    fields = ConcertationFields(files=4, eligible=3, themes=("domicile",))
    around.count_files(concertation, fields, **told)
    present(concertation, members["porteuse"], told, arrived_at="18:45", left_at="19:30")
    content = close_meeting(concertation, absent=True, **told).content
    assert content["invites"] == [{"qui": "assistante sociale, Centre hospitalier", "nombre": 2}]
    assert content["concertation"]["dossiers"] == 4
    assert "domicile" in content["concertation"]["themes"][0]
    line = next(each for each in content["presences"] if each["nom"] == "Porteuse Exemple")
    assert (line["minutes"], line["arrivee"]) == (45, "18\xa0h\xa045")


@pytest.mark.parametrize("organisation", ["Suivi de Mme MARTIN Jeanne, 82 ans, née le 03/04/1944"])
def test_no_patient_is_a_guest(meeting, told, organisation):
    with pytest.raises(PatientData):
        around.add_guests(meeting, GuestFields(organisation=organisation), **told)


def test_files_are_counted_in_a_concertation_only(meeting, told):
    with pytest.raises(NotNow, match="nature de la réunion"):
        around.count_files(meeting, ConcertationFields(files=4), **told)


def test_a_theme_is_one_of_the_agreement(concertation, told):
    with pytest.raises(BadInput, match="thème de la liste"):
        around.count_files(concertation, ConcertationFields(files=4, themes=("inconnu",)), **told)


def test_the_year_counts_closed_concertations(people, concertation, members, told):
    around.count_files(concertation, ConcertationFields(files=4, eligible=3), **told)
    assert meeting_queries.concertations(people.porteuse, people.structure, 2026) == []
    present(concertation, members["porteuse"], told)
    close_meeting(concertation, absent=True, **told)
    rows = meeting_queries.concertations(people.porteuse, people.structure, 2026)
    found = meeting_queries.progress(people.structure, 2026, rows)
    assert (found.meetings, found.files, found.files_asked) == (1, 4, None)
    around.tell_base(people.structure, BaseFields(year=2026, patients=200), **told)
    around.tell_base(people.structure, BaseFields(year=2026, patients=100), **told)
    assert meeting_queries.progress(people.structure, 2026, rows).files_asked == 5
    assert rows[0].professions == ("médecin généraliste",)


def test_who_may_only_read_writes_nothing_around(people, concertation, told):
    reader = {**told, "by": people.membre}
    for act in (
        lambda: around.expect(concertation, [], **reader),
        lambda: around.add_guests(concertation, GUESTS, **reader),
        lambda: around.count_files(concertation, ConcertationFields(files=1), **reader),
        lambda: around.tell_base(people.structure, BaseFields(year=2026, patients=1), **reader),
        lambda: begin_now(people.structure, "staff", zone=PARIS, **reader),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_meeting_begins_now_as_the_last_one_was(people, meeting, members, told):
    around.expect(meeting, [members["membre"].pk], **told)
    new, is_new = begin_now(people.structure, "projet", zone=PARIS, **told)
    assert is_new
    assert (new.minutes, new.place, new.title) == (90, "Redon", "Élaboration du projet de santé du 22 novembre 2026")
    assert new.starts_at.astimezone(PARIS).strftime("%H:%M") == "10:00"
    assert [each.member for each in new.expected.all()] == [members["membre"]]
    again, is_new = begin_now(people.structure, "projet", zone=PARIS, **told)
    assert (again, is_new) == (new, False)


def test_one_that_ended_this_morning_is_not_the_one_that_begins_now(people, told):
    fields = MeetingFields(title="Ce matin", kind="staff", day=cast.TODAY, hour="00:15", minutes="30")
    morning = plan_meeting(people.structure, fields, zone=PARIS, **told)
    new, is_new = begin_now(people.structure, "staff", zone=PARIS, **told)
    assert is_new
    assert new != morning


def test_the_first_of_its_kind_begins_with_nothing_invented(people, told):
    new, _is_new = begin_now(people.structure, "staff", zone=PARIS, **told)
    assert (new.minutes, new.place, new.expected.count()) == (60, "", 0)


def test_a_large_team_shows_who_comes_usually_and_finds_the_others(people, meeting, members, told):
    rows = [
        Member(
            structure=people.structure, nom=f"Nom{rank:03d}", prenom="Prune", metier="infirmier", joined_on=cast.TODAY
        )
        for rank in range(60)
    ]
    Member.objects.bulk_create(rows)
    present(meeting, members["membre"], told)
    new, _is_new = begin_now(people.structure, "projet", zone=PARIS, **told)
    shown = meeting_queries.people_of(new)
    assert shown.members == (members["membre"],)
    assert shown.others == 61
    assert [each.nom for each in meeting_queries.people_of(new, "prune 042").members] == ["Nom042"]


def test_the_calendar_holds_meetings_and_those_to_close_are_late(people, meeting, members, told):
    day = cast.TODAY - datetime.timedelta(days=1)
    [due] = deadlines(people.structure, since=day, until=day)
    assert (due.nature, due.day, due.is_late_after, due.page) == ("reunion", day, True, f"reunions/{meeting.pk}/")
    present(meeting, members["porteuse"], told)
    close_meeting(meeting, absent=True, **told)
    [due] = deadlines(people.structure, since=day, until=day)
    assert not due.is_late_after
    assert list(deadlines(people.structure, since=cast.TODAY, until=cast.TODAY)) == []


def test_a_shorter_meeting_shortens_who_stayed_to_its_end(meeting, members, told):
    present(meeting, members["porteuse"], told)
    present(meeting, members["membre"], told, minutes=20)
    shorter = MeetingFields(
        title="Le territoire", day=cast.TODAY - datetime.timedelta(days=1), hour="18:30", minutes="45"
    )
    change_meeting(meeting, shorter, zone=PARIS, **told)
    assert {each.member: each.minutes for each in Attendance.objects.all()} == {
        members["porteuse"]: 45,
        members["membre"]: 20,
    }


def test_a_meeting_does_not_leave_behind_an_arrival(meeting, members, told):
    present(meeting, members["porteuse"], told, arrived_at="19:30")
    shorter = MeetingFields(
        title="Le territoire", day=cast.TODAY - datetime.timedelta(days=1), hour="18:30", minutes="45"
    )
    with pytest.raises(BadInput, match="déjà notés"):
        change_meeting(meeting, shorter, zone=PARIS, **told)
    meeting.refresh_from_db()
    assert (meeting.minutes, Attendance.objects.get().minutes) == (90, 30)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (lambda m: MeetingGuest(meeting=m, organisation="CH", count=0), "De 1 à 999"),
        (lambda m: MeetingGuest(meeting=m), "Dites l'organisation"),
        (lambda m: Concertation(meeting=m, files=2, eligible=3), "Pas plus de patients"),
        (lambda m: Concertation(meeting=m, files=501), "500 dossiers au plus"),
        (lambda m: ConcertationYear(structure=m.structure, year=2026, patients=0), "Au moins un patient"),
    ],
)
def test_the_database_refuses_what_cannot_be(meeting, row, message):
    with pytest.raises(ValidationError, match=message):
        row(meeting).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(meeting).save()


def test_nothing_is_told_twice(people, meeting, members):
    Expected.objects.create(meeting=meeting, member=members["membre"])
    ConcertationYear.objects.create(structure=people.structure, year=2026, patients=3)
    with pytest.raises(ValidationError, match="déjà attendue"):
        Expected(meeting=meeting, member=members["membre"]).full_clean()
    with pytest.raises(ValidationError, match="déjà sa base"):
        ConcertationYear(structure=people.structure, year=2026, patients=4).full_clean()
