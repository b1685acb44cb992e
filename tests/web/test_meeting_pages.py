"""The pages of meetings: planned, attended, closed, and the time that they count."""

import datetime
import io

import openpyxl
import pytest
from django.utils import timezone
from icalendar import Calendar
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said

from maillage.apps.activity.models import AttendanceSheet, Meeting
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Member
from maillage.core.kernel import french

YESTERDAY = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
MEETING = {
    "title": "Le territoire",
    "day": YESTERDAY,
    "hour": "18:30",
    "minutes": "1 h 30",
    "kind": "projet",
    "agenda": "1. Le point",
}


@pytest.fixture
def meeting(porteuse):
    porteuse.posted("reunions/nouvelle/", MEETING)
    return Meeting.objects.get()


@pytest.fixture
def members(people):
    return {member.prenom.lower(): member for member in people.structure.members.all()}


@pytest.fixture
def closed(porteuse, meeting, members):
    porteuse.posted(
        f"reunions/{meeting.pk}/presences/", {f"presence-{members['porteuse'].pk}": "present", "clore": "oui"}
    )
    porteuse.posted(f"reunions/{meeting.pk}/clore/", {"absents": "oui"})
    return meeting


def test_a_meeting_is_planned_with_what_is_usual_already_there(porteuse):
    page = porteuse.get("reunions/nouvelle/")
    assert page.one("input", id="champ-day").attrs["value"] == timezone.localdate().isoformat()
    assert page.one("input", id="champ-minutes").attrs["value"] == "1 h 30"
    page = porteuse.posted("reunions/nouvelle/", MEETING)
    assert page.one("h1").text == "Le territoire"
    assert "18 h 30 (1 h 30)" in said(page)
    assert Meeting.objects.get().minutes == 90


def test_a_wrong_meeting_keeps_what_was_typed(porteuse):
    page = porteuse.posted("reunions/nouvelle/", {**MEETING, "hour": "25h", "minutes": "longtemps"}, status=422)
    assert "heure" in page.one("input", id="champ-hour").described(page)
    assert page.one("input", id="champ-minutes").attrs["value"] == "longtemps"
    assert not Meeting.objects.exists()


def test_one_tap_notes_who_came_and_one_button_closes(porteuse, meeting, members):
    key = members["porteuse"].pk
    page = porteuse.get(f"reunions/{meeting.pk}/")
    assert page.one("label", for_=f"present-{key}").text.startswith("Porteuse Exemple")
    told = {f"presence-{key}": "present", f"presence-{members['membre'].pk}": "excuse", "clore": "oui"}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", told)
    assert "La réunion est close" in said(page)
    assert page.all("input", type="radio") == []
    sheet = AttendanceSheet.objects.get()
    assert sheet.fingerprint in said(page)
    pdf = porteuse.raw(f"reunions/{meeting.pk}/feuille-1.pdf")
    assert pdf.content == bytes(sheet.pdf)
    assert pdf["Content-Type"] == "application/pdf"


def test_as_one_taps_the_page_says_that_it_is_saved(porteuse, meeting, members):
    told = {f"presence-{members['membre'].pk}": "distance", f"preparation-{members['membre'].pk}": "30"}
    response = porteuse.post(f"reunions/{meeting.pk}/presences/", told, HX_Request="true")
    assert "1 présent, 2\xa0h en tout" in response.content.decode()
    told[f"preparation-{members['membre'].pk}"] = "longtemps"
    response = porteuse.post(f"reunions/{meeting.pk}/presences/", told, HX_Request="true")
    assert response.status_code == 422
    assert "Pas enregistré" in response.content.decode()


def test_a_wrong_time_is_told_beside_its_name_and_nothing_is_noted(porteuse, meeting, members):
    key = members["membre"].pk
    told = {f"presence-{key}": "present", f"minutes-{key}": "deux heures", "clore": "oui"}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", told, status=422)
    assert "durée" in page.one("p", class_="field-error", word="durée").text
    assert page.one("input", id=f"minutes-{key}").attrs["value"] == "deux heures"
    assert meeting.attendances.count() == 0


def test_the_meetings_of_today_and_the_next_ones_stand_above_the_list(porteuse, meeting):
    for days in (0, 40, 2):
        day = (timezone.localdate() + datetime.timedelta(days=days)).isoformat()
        porteuse.posted("reunions/nouvelle/", {**MEETING, "title": f"Dans {days} jours", "day": day})
    shown = porteuse.get("reunions/").one("section", aria_labelledby="prochaines")
    assert [link.text for link in shown.all("a")] == ["Dans 0 jours", "Dans 2 jours", "Dans 40 jours"]
    assert "aujourd’hui" in shown.text
    assert porteuse.get("reunions/", etat="close").all("section", aria_labelledby="prochaines") == []


def test_before_a_meeting_one_invites_and_who_reads_is_not_shown_a_list_of_nobody(porteuse, visitor, members):
    day = (timezone.localdate() + datetime.timedelta(days=3)).isoformat()
    porteuse.posted("reunions/nouvelle/", {**MEETING, "day": day})
    coming = f"reunions/{Meeting.objects.get().pk}/"
    text = porteuse.get(coming).one("main").text
    assert text.index("Inviter les membres") < text.index("Touchez un nom")
    read_only = said(visitor("membre").get(coming))
    assert "Non noté" not in read_only


def test_nobody_closes_a_meeting_without_anybody_nor_before_it_begins(porteuse, meeting):
    assert "Personne n'est noté présent" in said(porteuse.posted(f"reunions/{meeting.pk}/clore/"))
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    page = porteuse.posted("reunions/nouvelle/", {**MEETING, "day": tomorrow})
    assert page.all("button", word="Clore") == []


def test_who_is_not_noted_is_told_before_the_sheet_is_sealed(porteuse, meeting, members):
    told = {f"presence-{members['porteuse'].pk}": "present", "clore": "oui"}
    page = porteuse.posted(f"reunions/{meeting.pk}/presences/", told)
    assert page.one("h1").text == "Avant de clore"
    assert "Membre Exemple" in said(page)
    assert "Porteuse Exemple" not in page.one("main").text
    assert not AttendanceSheet.objects.exists()
    assert meeting.attendances.count() == 1
    page = porteuse.posted(f"reunions/{meeting.pk}/clore/", {"absents": "oui"})
    assert "La réunion est close" in said(page)
    assert "Non noté" not in said(page)
    assert AttendanceSheet.objects.exists()


def test_a_meeting_noted_on_the_spot_has_begun(porteuse):
    page = porteuse.get("reunions/nouvelle/")
    typed = {each: page.one("input", id=f"champ-{each}").attrs["value"] for each in ("day", "hour", "minutes")}
    page = porteuse.posted("reunions/nouvelle/", {**MEETING, **typed})
    assert page.all("button", word="Clore") != []


def test_before_a_meeting_the_page_says_from_when_it_may_be_closed_and_counts_no_time(porteuse, members):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page = porteuse.posted("reunions/nouvelle/", {**MEETING, "day": tomorrow.isoformat()})
    assert f"Vous pourrez clore à partir du {french.day(tomorrow)}, 18\xa0h\xa030" in page.one("main").text
    coming = Meeting.objects.get()
    assert page.one("a", word="Changez l’heure").attrs["href"].endswith(f"/{coming.pk}/modifier/")
    told = {f"presence-{members['porteuse'].pk}": "present"}
    assert "en tout" not in said(porteuse.posted(f"reunions/{coming.pk}/presences/", told))
    assert "1 présent, temps compté une fois la réunion commencée" in said(porteuse.get(f"reunions/{coming.pk}/"))
    assert porteuse.get("reunions/").one("td", data_label="Temps").text == "—"
    assert porteuse.raw("reunions/", format="csv").content.decode("utf-8-sig").splitlines()[1].endswith(";1;")
    assert "vous pourrez la clore à partir du" in said(porteuse.posted(f"reunions/{coming.pk}/clore/"))


def test_a_closed_meeting_opens_again_with_a_reason_only(porteuse, visitor, closed):
    assert "raison" in said(porteuse.posted(f"reunions/{closed.pk}/rouvrir/", {"reason": " "}))
    assert visitor("redactrice").get(f"reunions/{closed.pk}/").all("input", id="reason") == []
    page = porteuse.posted(f"reunions/{closed.pk}/rouvrir/", {"reason": "Un oubli"})
    assert "Un oubli" in said(page)
    assert page.all("input", type="radio") != []


def test_a_report_is_screened_and_two_who_write_lose_nothing(porteuse, meeting):
    address = f"reunions/{meeting.pk}/compte-rendu/"
    page = porteuse.posted(address, {"report": "Vu Mme MARTIN Jeanne, 82 ans", "avant": ""}, status=422)
    assert "peut désigner un patient" in page.one(id="donnees-patient").text
    masked = porteuse.posted(address, {"report": "Vu Mme MARTIN Jeanne, 82 ans", "avant": "", "masquer": "oui"})
    assert "[masqué]" in masked.one("textarea", id="champ-report").text
    porteuse.posted(address, {"report": "Décidé : un logiciel.", "avant": ""})
    page = porteuse.posted(address, {"report": "Autre", "avant": ""}, status=422)
    assert page.one("textarea", id="champ-report").text == "Autre"
    meeting.refresh_from_db()
    assert meeting.report == "Décidé : un logiciel."


def test_a_report_too_long_is_refused_before_it_is_read(porteuse, meeting):
    address, long = f"reunions/{meeting.pk}/compte-rendu/", "Vu Mme MARTIN, 82 ans. " * 5_000
    page = porteuse.posted(address, {"report": long, "avant": ""}, status=422)
    assert "un texte d'au plus 100" in page.one(id="champ-report-erreur").text.replace("’", "'")
    assert page.one("textarea", id="champ-report").text.strip() == long.strip()
    masked = porteuse.posted(address, {"report": long, "avant": "", "masquer": "oui"})
    assert "Ce texte est trop long" in said(masked)
    meeting.refresh_from_db()
    assert meeting.report == ""


def test_members_are_invited_and_the_page_says_to_whom(porteuse, meeting, mailoutbox):
    page = porteuse.posted(f"reunions/{meeting.pk}/inviter/")
    assert "Message envoyé à 2 membres" in said(page) or "Message envoyé à 2 membres" in page.text
    assert len(mailoutbox) == 2
    assert f"/reunions/{meeting.pk}/" in mailoutbox[0].body


def test_a_message_that_does_not_leave_is_told(porteuse, meeting, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert "n'est pas parti pour" in porteuse.posted(f"reunions/{meeting.pk}/inviter/").text


def test_a_meeting_goes_in_one_s_own_agenda(porteuse, meeting):
    response = porteuse.raw(f"reunions/{meeting.pk}/agenda.ics")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["SUMMARY"] == "Le territoire"


def test_a_cancelled_meeting_is_restored(porteuse, meeting):
    page = porteuse.posted(f"reunions/{meeting.pk}/annuler/")
    assert page.all("input", type="radio") == []
    assert "prévenir les membres" in said(page).lower()
    assert porteuse.posted(f"reunions/{meeting.pk}/retablir/").all("input", type="radio") != []


def test_the_list_says_what_is_to_be_closed_and_is_exported(porteuse, meeting):
    page = porteuse.get("reunions/", etat="a_clore")
    assert "tenue, à clore" in said(page)
    assert "Aucune réunion ne correspond" in said(porteuse.get("reunions/", etat="close"))
    assert len(porteuse.raw("reunions/", format="csv").content.decode("utf-8-sig").splitlines()) == 2


def test_the_time_spent_asks_for_a_rate_and_never_makes_one_up(porteuse, closed):
    page = porteuse.get("reunions/temps/")
    assert "1 h 30" in said(page)
    assert "le montant n'est pas publié" in said(page)
    assert "ARS Bretagne" in said(page)
    assert "90 €" in said(porteuse.get("reunions/temps/", tarif="60"))
    assert "montant" in said(porteuse.get("reunions/temps/", tarif="cher", status=422))


def test_the_time_spent_is_exported(porteuse, closed):
    csv = porteuse.raw("reunions/temps/", format="csv", tarif="60").content.decode("utf-8-sig").splitlines()
    assert csv[1].split(";")[0] == "Porteuse Exemple"
    assert csv[1].split(";")[9] == "90.0"
    book = openpyxl.load_workbook(io.BytesIO(porteuse.raw("reunions/temps/", format="xlsx").content))
    assert book.active["A2"].value == "Porteuse Exemple"
    assert porteuse.raw("reunions/temps/", format="pdf").content.startswith(b"%PDF")
    assert porteuse.raw("reunions/temps/", format="odt").status_code == 404


def test_a_period_leaves_out_the_others(porteuse, closed):
    assert "Aucun temps à compter" in said(porteuse.get("reunions/temps/", au="2020-01-01"))


def test_an_authority_sees_the_closed_sheet_but_neither_the_agenda_nor_the_report(people, visitor, porteuse, closed):
    Projet.objects.update(state=Projet.State.PARTAGE)
    porteuse.posted("reunions/nouvelle/", {**MEETING, "title": "À venir"})
    page = visitor("instructrice").get("reunions/")
    assert [row.one("th").text for row in page.one("tbody").all("tr")] == ["Le territoire"]
    page = visitor("instructrice").get(f"reunions/{closed.pk}/")
    assert "Le point" not in said(page)
    assert "Compte rendu" not in said(page)
    assert "Porteuse Exemple" in said(page)


def test_an_authority_takes_the_closed_meeting_to_its_agenda_without_what_the_team_keeps(visitor, porteuse, closed):
    Projet.objects.update(state=Projet.State.PARTAGE)
    assert b"Le point" in porteuse.raw(f"reunions/{closed.pk}/agenda.ics").content
    response = visitor("instructrice").raw(f"reunions/{closed.pk}/agenda.ics")
    assert response.status_code == 200
    assert b"Le point" not in response.content


def test_who_may_only_read_changes_nothing(visitor, meeting, members):
    reader = visitor("membre")
    assert reader.get(f"reunions/{meeting.pk}/").one("main").all("form") == []
    for path in ("presences/", "compte-rendu/", "clore/", "inviter/"):
        assert reader.post(f"reunions/{meeting.pk}/{path}").status_code == 403


def test_the_time_of_a_large_team_is_in_pages(porteuse, people, meeting):
    told = {"structure": people.structure, "metier": "infirmier", "joined_on": timezone.localdate()}
    Member.objects.bulk_create([Member(nom=f"Nom{rank:03d}", prenom="Prune", **told) for rank in range(60)])
    everyone = {f"presence-{member.pk}": "present" for member in people.structure.members.all()}
    porteuse.posted(f"reunions/{meeting.pk}/presences/", {**everyone, "clore": "oui"})
    page = porteuse.get("reunions/temps/")
    for label in ("Temps par personne", "Indemnité par personne"):
        assert len(page.one(aria_label=label).all("th", scope="row")) == 50
    second = porteuse.get("reunions/temps/", page="2")
    assert len(second.one(aria_label="Temps par personne").all("th", scope="row")) == 12
