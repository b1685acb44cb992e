"""One tap begins a meeting; people scan, search, are expected, invited; a concertation counts its files."""

import datetime
import io
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from tests import cast
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said
from tests.web.reading import read

from maillage.apps.activity.check_in import link_of
from maillage.apps.activity.models import Attendance, Concertation, Expected, Meeting, MeetingGuest, MeetingSeries
from maillage.apps.structures.models import Member

STAFF = {"nature": "staff"}


@pytest.fixture
def members(people):
    return {member.prenom.lower(): member for member in people.structure.members.all()}


@pytest.fixture
def meeting(porteuse):
    """A concertation that has just begun."""
    porteuse.posted("reunions/maintenant/", {"nature": "concertation"})
    return Meeting.objects.get()


def many(structure, count=60):
    told = {"structure": structure, "metier": "infirmier", "joined_on": cast.TODAY}
    Member.objects.bulk_create([Member(nom=f"Nom{rank:03d}", prenom="Prune", **told) for rank in range(count)])


def test_one_tap_opens_a_meeting_and_a_second_one_finds_it(porteuse):
    page = porteuse.posted("reunions/maintenant/", STAFF)
    assert page.one("h1").text.startswith("Réunion d'équipe du")
    assert "était déjà prévue" in porteuse.posted("reunions/maintenant/", STAFF).text
    assert Meeting.objects.count() == 1


def test_an_unknown_kind_begins_nothing(porteuse):
    assert porteuse.post("reunions/maintenant/", {"nature": "fête"}).status_code == 404
    assert not Meeting.objects.exists()


def test_the_kinds_that_are_held_most_come_first(porteuse):
    assert porteuse.get("reunions/").all("button", name="nature")[0].attrs["value"] == "staff"
    porteuse.posted("reunions/maintenant/", {"nature": "bureau"})
    assert porteuse.get("reunions/").all("button", name="nature")[0].attrs["value"] == "bureau"


def test_everyone_is_noted_present_in_one_tap(porteuse, meeting):
    assert "2 présents" in said(porteuse.posted(f"reunions/{meeting.pk}/presences/", {"tous": "oui"}))
    assert Attendance.objects.filter(presence="present").count() == 2


def test_late_arrivals_are_noted_beside_the_name(porteuse, meeting, members):
    key, start = members["membre"].pk, timezone.localtime(meeting.starts_at)
    late = (start + datetime.timedelta(minutes=20)).strftime("%H:%M")
    told = {f"presence-{key}": "present", f"arrived_at-{key}": late}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", told)
    assert Attendance.objects.get().minutes == 40
    assert page.one("input", id=f"arrived_at-{key}").attrs["value"] == late
    early = (start - datetime.timedelta(minutes=30)).strftime("%H:%M")
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", {**told, f"arrived_at-{key}": early}, status=422)
    assert "une heure de la réunion" in said(page)


def test_a_large_team_is_searched(porteuse, people, meeting):
    many(people.structure)
    page = porteuse.get(f"reunions/{meeting.pk}/")
    assert len(page.all("label", class_="name")) == 40
    assert "cherchez un nom" in said(page)
    page = porteuse.get(f"reunions/{meeting.pk}/", qui="prune nom042")
    assert [label.text for label in page.all("label", class_="name")] == ["Prune Nom042 infirmier"]
    assert "Personne ne répond" in said(porteuse.get(f"reunions/{meeting.pk}/", qui="zzz"))


def test_who_is_noted_does_not_hide_the_rest_of_a_large_team(porteuse, people, meeting, members):
    many(people.structure)
    told = {f"presence-{members['membre'].pk}": "present"}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", told)
    assert len(page.all("label", class_="name")) == 40


def test_an_hour_out_of_the_meeting_is_refused_in_words_as_one_taps(porteuse, meeting, members):
    key, start = members["membre"].pk, timezone.localtime(meeting.starts_at)
    told = {f"presence-{key}": "present", f"arrived_at-{key}": f"{start - datetime.timedelta(minutes=30):%H:%M}"}
    response = porteuse.post(f"reunions/{meeting.pk}/presences/", told, HX_Request="true")
    assert response.status_code == 422
    assert "Arrivée, Membre Exemple : Attendu : une heure de la réunion" in response.content.decode()
    assert "arrived_at" not in response.content.decode()


def test_a_report_that_is_typed_is_kept_when_the_meeting_is_closed(porteuse, meeting, members):
    told = {f"presence-{member.pk}": "present" for member in members.values()}
    told |= {"report": "Décidé : un logiciel.", "avant": "", "files": "4", "clore": "oui"}
    assert "scellée" in said(porteuse.posted(f"reunions/{meeting.pk}/presences/", told))
    meeting.refresh_from_db()
    assert (meeting.report, meeting.concertation.files) == ("Décidé : un logiciel.", 4)


def test_a_report_that_is_refused_closes_nothing_and_loses_nothing(porteuse, meeting, members):
    told = {f"presence-{members['membre'].pk}": "present", "report": "Mme MARTIN Jeanne, 82 ans", "avant": ""}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", {**told, "clore": "oui"}, status=422)
    assert "peut désigner un patient" in page.one(id="donnees-patient").text
    assert page.one("input", id=f"present-{members['membre'].pk}").attrs.get("checked") is not None
    masked = porteuse.posted(f"reunions/{meeting.pk}/presences/", {**told, "masquer": "oui"})
    assert "[masqué]" in masked.one("textarea", id="champ-report").text
    assert not Attendance.objects.exists()


def test_what_another_phone_noted_since_is_left_alone(porteuse, meeting, members):
    key, at = members["membre"].pk, f"reunions/{meeting.pk}/presences/"
    was = porteuse.get(f"reunions/{meeting.pk}/").one("input", id=f"etait-{key}").attrs["value"]
    porteuse.posted(at, {f"presence-{key}": "distance"})
    shown = {f"presence-{key}": "", f"etait-{key}": was, f"presence-{members['porteuse'].pk}": "present"}
    porteuse.posted(at, shown)
    assert Attendance.objects.get(member=key).presence == "distance"
    answer = porteuse.post(at, {f"presence-{key}": "excuse", f"etait-{key}": was}, HX_Request="true")
    assert f'id="etait-{key}"' in answer.content.decode()
    assert 'value="excuse|||||"' in answer.content.decode()


def test_a_name_touched_by_mistake_is_noted_no_more(porteuse, meeting, members):
    at = f"reunions/{meeting.pk}/presences/"
    porteuse.posted(at, {f"presence-{members['membre'].pk}": "present"})
    page = porteuse.posted(at, {f"presence-{members['membre'].pk}": "non_note"})
    assert "0 présent" in said(page)
    assert not Attendance.objects.exists()


def test_the_report_is_saved_as_one_writes(porteuse, meeting):
    at = f"reunions/{meeting.pk}/presences/"
    answer = porteuse.post(at, {"report": "Un début", "avant": ""}, HX_Request="true")
    assert 'id="compte-rendu-avant"' in answer.content.decode()
    porteuse.post(at, {"report": "Un début, une fin", "avant": "Un début"}, HX_Request="true")
    meeting.refresh_from_db()
    assert meeting.report == "Un début, une fin"


def test_the_files_of_a_concertation_are_asked_before_its_sheet_is_sealed(porteuse, meeting, members):
    told = {f"presence-{member.pk}": "present" for member in members.values()}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", {**told, "clore": "oui"})
    assert page.one("h1").text == "Avant de clore"
    wrong = porteuse.posted(f"reunions/{meeting.pk}/clore/", {"sans_compte": "oui", "files": "six"}, status=422)
    assert wrong.one("input", id="champ-files").attrs["value"] == "six"
    assert "scellée" in said(porteuse.posted(f"reunions/{meeting.pk}/clore/", {"sans_compte": "oui", "files": "6"}))
    assert Concertation.objects.get().files == 6


def test_a_report_is_still_written_once_the_meeting_is_closed(porteuse, meeting, members):
    told = {f"presence-{member.pk}": "present" for member in members.values()}
    porteuse.posted(f"reunions/{meeting.pk}/presences/", {**told, "files": "1", "clore": "oui"})
    page = porteuse.posted(f"reunions/{meeting.pk}/compte-rendu/", {"report": "Décidé après", "avant": ""})
    assert "Décidé après" in said(page)
    assert page.all("textarea", id="champ-report") == []


def test_the_minutes_are_given_and_sent_to_whoever_the_sheet_names(porteuse, meeting, members):
    told = {f"presence-{members['membre'].pk}": "present", f"presence-{members['porteuse'].pk}": "excuse"}
    refused = porteuse.posted(f"reunions/{meeting.pk}/compte-rendu/envoyer/")
    assert "une fois la réunion close" in said(refused)
    porteuse.posted(f"reunions/{meeting.pk}/presences/", {**told, "files": "1", "report": "Décidé", "clore": "oui"})
    task = {"kind": "tache", "what": "Écrire le protocole", "reunion": str(meeting.pk)}
    porteuse.posted("reunions/suites/noter/", task)
    pdf = porteuse.raw(f"reunions/{meeting.pk}/compte-rendu.pdf").content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert all(words in text for words in ("Décidé", "Écrire le protocole", "Membre Exemple", "Excusés"))
    assert "Message envoyé à 2 membres" in said(porteuse.posted(f"reunions/{meeting.pk}/compte-rendu/envoyer/"))
    assert [each.attachments[0][0] for each in mail.outbox] == ["compte-rendu.pdf"] * 2


def test_closing_a_large_team_names_a_few_and_may_leave_out_the_others(porteuse, people, meeting, members):
    many(people.structure)
    porteuse.posted(f"reunions/{meeting.pk}/presences/", {f"presence-{members['membre'].pk}": "present"})
    page = porteuse.posted(f"reunions/{meeting.pk}/clore/")
    assert "et 41 autres" in said(page)
    assert "scellée" in said(porteuse.posted(f"reunions/{meeting.pk}/clore/", {"sans_eux": "oui"}))
    assert Attendance.objects.count() == Expected.objects.count() == 1


def test_who_is_expected_is_chosen_and_comes_back_next_time(porteuse, meeting, members):
    porteuse.get(f"reunions/{meeting.pk}/attendus/")
    page = porteuse.posted(f"reunions/{meeting.pk}/attendus/", {"membre": [str(members["membre"].pk)]})
    assert "1 personne attendue" in said(page)
    assert len(porteuse.get(f"reunions/{meeting.pk}/attendus/").all("input", checked=True)) == 1


def test_guests_are_counted_removed_and_put_back(porteuse, meeting):
    page = porteuse.posted(f"reunions/{meeting.pk}/invites/", {"profession": "pharmacien", "count": "2"})
    assert "2 personnes hors de l’équipe" in said(page)
    guests = MeetingGuest.objects.get()
    page = porteuse.posted(f"reunions/{meeting.pk}/invites/{guests.pk}/retirer/")
    key = page.one("input", name="cle").attrs["value"]
    assert "cle" not in porteuse.get(f"reunions/{meeting.pk}/").text
    porteuse.posted(f"reunions/{meeting.pk}/invites/retablir/", {"cle": key})
    assert MeetingGuest.objects.get().count == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"profession": "pharmacien", "count": "beaucoup"}, "un nombre entier"),
        ({"count": "2"}, "une organisation ou une profession"),
    ],
)
def test_wrong_guests_keep_what_was_typed(porteuse, meeting, typed, words):
    page = porteuse.posted(f"reunions/{meeting.pk}/invites/", typed, status=422)
    assert words in said(page)
    assert page.one("input", id="champ-count").attrs["value"] == typed["count"]
    assert not MeetingGuest.objects.exists()


def test_files_and_themes_are_counted(porteuse, meeting):
    typed = {"files": "4", "eligible": "3", "themes": ["domicile"]}
    page = porteuse.posted(f"reunions/{meeting.pk}/concertation/", typed)
    assert page.one("input", id="champ-files").attrs["value"] == "4"
    assert Concertation.objects.get().themes == ["domicile"]
    page = porteuse.posted(f"reunions/{meeting.pk}/concertation/", {"files": "2", "eligible": "3"}, status=422)
    assert "pas plus de patients" in page.one("input", id="champ-eligible").described(page)
    assert Concertation.objects.get().files == 4


def test_the_year_says_what_is_left(porteuse, meeting, members):
    page = porteuse.get("reunions/concertations/")
    assert "sur 6 demandées" in said(page)
    assert "Aucune concertation close" in said(page)
    porteuse.posted(f"reunions/{meeting.pk}/concertation/", {"files": "4"})
    porteuse.posted(f"reunions/{meeting.pk}/presences/", {"tous": "oui", "clore": "oui"})
    year = str(timezone.localdate().year)
    page = porteuse.posted("reunions/concertations/base/", {"annee": year, "patients": "100"})
    assert "Il reste 1 dossier" in said(page)
    assert "Il reste 5 réunions" in said(page)
    page = porteuse.posted("reunions/concertations/base/", {"annee": year, "patients": "beaucoup"}, status=422)
    assert page.one("input", id="champ-patients").attrs["value"] == "beaucoup"
    rows = porteuse.raw("reunions/concertations/", format="csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].split(";")[4] == "4"


def test_a_series_is_planned_changed_and_cancelled_from_one_on(porteuse):
    day = timezone.localdate() + datetime.timedelta(days=7)
    until = day + datetime.timedelta(weeks=5)
    told = {"title": "Staff", "kind": "staff", "day": day.isoformat(), "hour": "12:30", "minutes": "60"}
    again = {"rhythm": "s1", "until": until.isoformat()}
    page = porteuse.posted("reunions/nouvelle/", {**told, **again})
    series, count = MeetingSeries.objects.get(), Meeting.objects.count()
    assert count + len(series.skipped) == 6
    assert "Série : chaque semaine" in said(page)
    second = Meeting.objects.order_by("starts_at")[1]
    porteuse.get(f"reunions/{second.pk}/modifier/")
    moved = {**told, "day": timezone.localdate(second.starts_at).isoformat(), "title": "Équipe", "scope": "suivantes"}
    porteuse.posted(f"reunions/{second.pk}/modifier/", moved)
    assert Meeting.objects.filter(title="Équipe").count() == count - 1
    porteuse.posted(f"reunions/{second.pk}/annuler-suite/")
    assert Meeting.objects.filter(state="annulee").count() == count - 1


@pytest.fixture
def series(porteuse):
    """Six Mondays at most, from next week on."""
    day = timezone.localdate() + datetime.timedelta(days=7)
    told = {"title": "Staff", "kind": "staff", "day": day.isoformat(), "hour": "12:30", "minutes": "60"}
    again = {"rhythm": "s1", "until": (day + datetime.timedelta(weeks=5)).isoformat()}
    porteuse.posted("reunions/nouvelle/", {**told, **again})
    return list(Meeting.objects.order_by("starts_at"))


def test_who_is_expected_is_chosen_once_for_a_whole_series(porteuse, series, members):
    at = f"reunions/{series[0].pk}/attendus/"
    assert porteuse.get(at).one("input", name="serie").attrs.get("checked") is not None
    porteuse.posted(at, {"membre": [str(members["membre"].pk)], "serie": "oui"})
    assert Expected.objects.filter(member=members["membre"]).count() == len(series)
    porteuse.posted(at, {"membre": [str(members["porteuse"].pk)]})
    assert Expected.objects.filter(member=members["porteuse"]).count() == 1


def test_one_message_invites_to_a_whole_series_and_one_tells_that_it_is_cancelled(porteuse, series, members):
    first, at = series[0], f"reunions/{series[0].pk}/inviter/"
    porteuse.posted(at, {"membre": [str(members["membre"].pk)], "serie": "oui"})
    [sent] = mail.outbox
    assert sent.subject == f"Invitation : {len(series)} réunions"
    assert len(re.findall(r"/presence/[^/\s]+/", sent.body)) == len(series)
    assert str(sent.attachments[0][1]).count("BEGIN:VEVENT") == len(series)
    porteuse.posted(f"reunions/{first.pk}/annuler-suite/")
    porteuse.posted(at, {"membre": [str(members["membre"].pk)], "serie": "oui"})
    assert mail.outbox[-1].subject == f"{len(series)} réunions annulées"
    assert "/presence/" not in mail.outbox[-1].body
    assert str(mail.outbox[-1].attachments[0][1]).count("STATUS:CANCELLED") == len(series)


def test_a_series_cancelled_by_mistake_comes_back_in_one_tap(porteuse, series):
    page = porteuse.posted(f"reunions/{series[0].pk}/annuler-suite/")
    assert page.all("button", word="Rétablir celle-ci et les suivantes") != []
    porteuse.posted(f"reunions/{series[0].pk}/retablir-suite/")
    assert not Meeting.objects.filter(state="annulee").exists()


def test_a_series_without_an_end_is_refused_beside_it(porteuse):
    told = {"title": "Staff", "kind": "staff", "day": "2027-01-11", "hour": "12:30", "minutes": "60"}
    told |= {"rhythm": "s1", "until": ""}
    page = porteuse.posted("reunions/nouvelle/", told, status=422)
    assert page.one("input", id="champ-until").attrs.get("aria-invalid") == "true"
    assert not Meeting.objects.exists()


def test_the_screen_shows_a_code_and_counts(porteuse, visitor, meeting, members):
    page = porteuse.get(f"reunions/{meeting.pk}/projeter/")
    assert page.one("svg", class_="qr")
    assert "0 présent sur 2 attendus" in said(page)
    porteuse.posted(f"reunions/{meeting.pk}/presences/", {"tous": "oui"})
    assert "2 présents sur 2 attendus" in said(porteuse.get(f"reunions/{meeting.pk}/projeter/"))
    assert visitor("instructrice").raw(f"reunions/{meeting.pk}/projeter/").status_code == 404


def test_the_code_asks_to_sign_in_then_notes_who_scans(people, visitor, meeting):
    address = f"/presence/{link_of(meeting)}/"
    page = read(Client().get(address).content.decode())
    assert f"?next={address}" in page.one("main").one("a", class_="btn").attrs["href"]
    scanner = visitor("membre").client
    answer = scanner.post(address, {"present": "oui"}, follow=True)
    assert "C’est noté : présent" in said(read(answer.content.decode()))
    assert Attendance.objects.get().source == "code"
    stranger = visitor("stranger").client
    stranger.post(address, {"present": "oui"})
    assert "n’est pas celui d’un membre" in said(read(stranger.get(address).content.decode()))
    assert Attendance.objects.count() == 1


def test_a_personal_link_of_the_invitation_needs_no_account(porteuse, meeting, members):
    Member.objects.filter(pk=members["membre"].pk).update(email="membre@example.org")
    porteuse.posted(f"reunions/{meeting.pk}/inviter/", {"membre": [str(members["membre"].pk)]})
    address = re.search(r"/presence/[^/\s]+/", mail.outbox[0].body)[0]
    client = Client()
    answer = client.post(address, {"distance": "oui"}, follow=True)
    assert "C’est noté : présent à distance" in said(read(answer.content.decode()))
    late = client.post(address, {"present": "oui", "arrived_at": "03:00"})
    assert late.status_code == 422
    assert "une heure de la réunion" in read(late.content.decode()).text


def test_a_link_says_when_it_serves_no_more(porteuse, meeting, members):
    address = f"/presence/{link_of(meeting, members['membre'])}/"
    porteuse.posted(f"reunions/{meeting.pk}/annuler/")
    page = read(Client().get(address).content.decode())
    assert "ne sert plus" in said(page)
    Client().post(address, {"present": "oui"})
    assert not Attendance.objects.exists()
    assert Client().get("/presence/faux/").status_code == 404


def test_a_link_that_serves_no_more_says_neither_who_nor_what(porteuse, visitor, meeting, members):
    own, room = (f"/presence/{link_of(meeting, member)}/" for member in (members["membre"], None))
    Meeting.objects.update(title="Réorganisation du secrétariat")
    assert "Réorganisation" in said(read(Client().get(own).content.decode()))
    assert "Réorganisation" in said(read(visitor("membre").client.get(room).content.decode()))
    for client in (Client(), visitor("stranger").client):
        assert "Réorganisation" not in client.get(room).content.decode()
    Meeting.objects.update(starts_at=timezone.now() - datetime.timedelta(days=1))
    for page in (Client().get(own), visitor("membre").client.get(room)):
        assert "ne sert plus" in said(read(page.content.decode()))
        assert "Réorganisation" not in page.content.decode()
    assert str(members["membre"]) not in Client().get(own).content.decode()


def test_a_long_list_is_read_by_pages_with_the_same_queries(porteuse, people, django_assert_max_num_queries):
    told = {"structure": people.structure, "minutes": 60, "kind": "staff"}
    start = timezone.now() - datetime.timedelta(days=400)
    Meeting.objects.bulk_create(
        [
            Meeting(title=f"Staff {day:03d}", starts_at=start + datetime.timedelta(days=day), **told)
            for day in range(120)
        ]
    )
    porteuse.get("reunions/")
    with django_assert_max_num_queries(30):
        page = porteuse.get("reunions/", page=2)
    assert len(page.one("tbody").all("tr")) == 50
    assert "Page 2 sur 3" in said(page)
    assert len(porteuse.get("reunions/", q="staff 042").one("tbody").all("tr")) == 1
    assert "120 réunions" in said(porteuse.get("reunions/"))
    year = str(timezone.localtime(start).year)
    assert len(porteuse.raw("reunions/", annee=year, format="csv").content.decode().splitlines()) > 1
