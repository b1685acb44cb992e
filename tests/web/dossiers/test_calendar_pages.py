"""« Échéances »: who sees what, the month, the days off, the file and the secret address for an agenda."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from icalendar import Calendar
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed
from tests.web.reading import read

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.models import AvisRequest, Commission, Consultation, PieceRequest, Seat, Session, Visit
from maillage.apps.notifications.models import CalendarLink
from maillage.web.dossiers.calendrier.months import Month, holidays_told, month_of

pytestmark = pytest.mark.django_db
PAGE, LINK = "/dossiers/calendrier/", "/dossiers/calendrier/lien/"
UTC = datetime.UTC


@pytest.fixture
def people():
    small_world.create_territories()
    found = cast.create()
    for each in (found.instructrice, found.agent_cpam):
        Authenticator.objects.create(user=each, type="totp", data={"secret": "essai"})
    return found


@pytest.fixture
def dossier(people):
    """To be decided by 22 January 2027, with pieces asked, an avis awaited and a visit in December 2026."""
    found = filed(cpts(people))
    set_clock(found, today=TODAY)
    found.save()
    by = people.instructrice
    PieceRequest.objects.create(dossier=found, at=NOW, by=by, items=[], answer_by=datetime.date(2026, 12, 18))
    asked = Consultation.objects.create(
        dossier=found, question="Votre avis ?", answer_by=datetime.date(2026, 12, 25), at=NOW, by=by
    )
    urps = Organisation.objects.create(kind="urps", nom="URPS Médecins", region="53", created_at=NOW)
    cast.give(people.agent_cpam, urps, Role.Name.COMMISSION)
    AvisRequest.objects.create(consultation=asked, organisation=urps)
    for rank, internal in enumerate((False, True)):
        Visit.objects.create(
            dossier=found, kind="visite", at=datetime.datetime(2026, 12, 9 + rank, 13, tzinfo=UTC),
            place="Redon", by=by, is_internal=internal,
        )  # fmt: skip
    return found


def words(element):
    return " ".join(element.text.split())


def opened(client, user, query="?mois=2026-12", status=200):
    client.force_login(user)
    response = client.get(PAGE + query)
    assert response.status_code == status
    return read(response.content.decode()).one("main")


def lines(main):
    """What the list by week tells, each with the day over it."""
    return [words(each) for each in main.all("li", class_="due-day")]


def test_who_files_sees_its_deadlines_but_no_avis_nor_internal_visit(client, people, dossier):
    told = " ".join(lines(opened(client, people.porteuse)))
    assert "Pièces demandées · PSC-53-2026-0001" in told
    assert "Mercredi 9 décembre 2026 Visite ou réunion 14 h 00 Visite sur place, Redon" in told
    assert "Jeudi 10 décembre" not in told
    assert "Avis" not in told
    later = " ".join(lines(opened(client, people.porteuse, "?mois=2027-01")))
    assert "Vendredi 22 janvier 2027 Délai légal Délai légal de décision" in later


def test_who_reviews_sees_all_of_it_and_the_days_off(client, people, dossier):
    told = " ".join(lines(opened(client, people.instructrice)))
    assert "Avis de URPS Médecins" in told
    assert "Jeudi 10 décembre" in told
    assert "Jour férié : Noël" in told
    assert "jour non ouvré ; le suivant est le 28 décembre 2026" in told


def test_an_expert_sees_the_avis_to_give_alone_and_a_stranger_nothing(client, people, dossier):
    main = opened(client, people.agent_cpam)
    assert [each for each in lines(main) if "Votre avis" in each]
    assert "Délai légal" not in " ".join(lines(opened(client, people.agent_cpam, "?mois=2027-01")))
    empty = opened(client, people.stranger)
    assert "PSC-53" not in words(empty)
    assert "Aucune échéance à venir dans ces semaines." in words(empty)


def test_filters_hold_in_the_address(client, people, dossier):
    told = " ".join(lines(opened(client, people.instructrice, "?mois=2026-12&nature=visite")))
    assert "Visite sur place" in told
    assert "Pièces" not in told
    main = opened(client, people.instructrice, "?mois=2026-12&dossiers=miens&nature=pieces")
    assert "Aucune échéance à venir pour ce choix" in words(main)
    assert main.one("a", rel="next").attrs["href"] == "?mois=2027-01&nature=pieces&dossiers=miens"
    dossier.holder = people.instructrice
    dossier.save()
    held = opened(client, people.instructrice, "?mois=2026-12&dossiers=miens")
    assert "Pièces demandées" in words(held)


@pytest.mark.parametrize("month", ["decembre", "2026-13", "1999-01", "2026-1", "²026-01", "0000-00", "2026-12-01"])
def test_a_month_that_cannot_be_read_is_told_beside_its_field(client, people, month):
    main = opened(client, people.porteuse, f"?mois={month}", 422)
    assert words(main.one("p", id="mois-erreur")) == "Écrivez un mois, comme 2026-11."
    assert main.one("input", id="mois").attrs["value"] == month


def test_what_is_late_comes_first_whatever_the_month(client, people, dossier):
    PieceRequest.objects.update(answer_by=datetime.date(2020, 1, 10))
    main = opened(client, people.porteuse, "?mois=2027-03")
    late = main.all("ul", class_="deadlines")[0]
    assert "dernier jour le 10 janvier 2020" in words(late)


def test_the_month_is_a_table_whose_days_are_those_of_the_list(client, people, dossier):
    table = opened(client, people.instructrice).one("table")
    assert words(table.all("th", scope="col")[0]) == "Lundi"
    cells = [words(each) for each in table.all("td")]
    assert len(cells) == 35
    assert "25 Noël Avis de URPS Médecins" in cells
    assert words(table.one("caption")) == "Décembre 2026. Jours fériés : métropole, hors Alsace et Moselle."


def test_a_session_is_told_to_its_members_once_convoked_at_the_time_of_the_place(client, people):
    body = Organisation.objects.create(kind="collectivite", nom="Département", region="04", created_at=NOW)
    cast.give(people.stranger, body, Role.Name.COMMISSION)
    commission = Commission.objects.create(organisation=body, code="carpec", nom="CARPEC", created_at=NOW)
    Seat.objects.create(commission=commission, college="A", represents="URPS", titulaire=people.stranger, since=TODAY)
    session = Session.objects.create(commission=commission, starts_at=datetime.datetime(2026, 12, 17, 21, tzinfo=UTC))
    assert "CARPEC" not in words(opened(client, people.stranger))
    session.state = "convoquee"
    session.save()
    told = " ".join(lines(opened(client, people.stranger)))
    assert "Vendredi 18 décembre 2026 Séance 01 h 00 (heure locale : La Réunion) Séance convoquée · CARPEC" in told
    assert "Jour férié : Abolition de l’esclavage" in told


def test_what_is_shown_leaves_as_a_table_and_everything_as_a_calendar(client, people, dossier):
    opened(client, people.porteuse)
    rows = client.get(f"{PAGE}?mois=2026-12&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert client.get(f"{PAGE}?format=xlsx").content[:2] == b"PK"
    answer = client.get(f"{PAGE}?mois=2026-12&format=ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert titles(answer) >= {"Délai légal de décision · PSC-53-2026-0001 · CPTS du pays de Redon"}


def titles(answer):
    return {str(each["summary"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_secret_address_is_told_once_and_opens_without_signing_in(client, people, dossier):
    client.force_login(people.porteuse)
    shown = read(client.post(LINK).content.decode()).one("input", id="adresse").attrs["value"]
    path = shown.removeprefix("http://testserver")
    secret = path.removeprefix("/agenda/").removesuffix(".ics")
    assert secret not in CalendarLink.objects.get().secret_hash
    assert secret not in client.get(LINK).content.decode()
    client.logout()
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert any("Délai légal" in each for each in titles(answer))
    assert CalendarLink.objects.get().last_used_on is not None


def test_another_link_a_removal_or_a_closed_account_close_the_address(client, people):
    client.force_login(people.porteuse)

    def made():
        shown = read(client.post(LINK).content.decode()).one("input", id="adresse")
        return shown.attrs["value"].removeprefix("http://testserver")

    first, second = made(), made()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.post(LINK, {"acte": "supprimer"})
    assert client.get(second).status_code == 404
    third = made()
    people.porteuse.is_active = False
    people.porteuse.save()
    assert client.get(third).status_code == 404


def test_months_turn_and_stop_at_the_edges():
    assert month_of("2026-11") == Month(2026, 11)
    assert Month(2026, 12).shifted(1) == Month(2027, 1)
    assert Month(2026, 1).shifted(-1) == Month(2025, 12)
    assert Month(2100, 12).shifted(1) is None
    assert Month(2000, 1).shifted(-1) is None


def test_a_day_off_in_some_places_says_which():
    told = holidays_told([("53", "35"), ("04", "974"), ("44", "67")], [2026])
    assert told[datetime.date(2026, 12, 25)] == "Noël"
    assert told[datetime.date(2026, 12, 20)] == "Abolition de l'esclavage (La Réunion)"
    assert told[datetime.date(2026, 12, 26)].endswith("(Alsace et Moselle)")
