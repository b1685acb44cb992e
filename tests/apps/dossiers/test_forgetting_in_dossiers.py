"""Closing an account, in the tables of dossiers, commissions and notifications; and what the export tells."""

import datetime

import pytest
from tests import cast, small_world
from tests.apps.accounts.test_forgetting import where_is
from tests.cast import NOW, TODAY, give
from tests.dossiers import cpts, filed

from maillage.apps.accounts.forgetting import forget
from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.my_data import everything
from maillage.apps.common.models import Event
from maillage.apps.dossiers.models import (
    AgendaItem,
    AvisRequest,
    Commission,
    Consultation,
    Message,
    Presence,
    Seat,
    Seen,
    Session,
    Visit,
)
from maillage.apps.notifications import calendar_links
from maillage.apps.notifications.models import CalendarLink, Notification, Preference
from maillage.apps.notifications.services import notify, prefer

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=3)
NAME, EMAIL = "Quimperlé-Zoé", "zoe.quimperle@example.org"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def zoe(people):
    """An instructrice with all that dossiers and notifications can hold of her."""
    user = User.objects.create_user(EMAIL, "Une-phrase", nom=NAME, prenom="Zoé", created_at=NOW)
    ars = Organisation.objects.get(kind="ars")
    give(user, ars, Role.Name.INSTRUCTEUR)
    notify([user], kind="message", group="x", title="Un message", address="/", at=NOW)
    notify([people.decideuse], kind="attribution", group="x", title=f"{user.full_name} instruit", address="/", at=NOW)
    prefer({"message": "jour"}, by=user, at=NOW)
    calendar_links.make(by=user, at=NOW)
    return user


@pytest.fixture
def dossier(people, zoe):
    found = filed(cpts(people), holder=zoe)
    Seen.objects.create(dossier=found, user=zoe, at=NOW)
    Message.objects.create(dossier=found, author=zoe, at=NOW, text="Bonjour")
    asked = Consultation.objects.create(
        dossier=found, question="Votre avis ?", answer_by=TODAY, at=NOW, by=people.instructrice
    )
    AvisRequest.objects.create(consultation=asked, organisation=found.authority, expert=zoe)
    Visit.objects.create(dossier=found, kind="visite", at=LATER, by=zoe).guests.add(zoe)
    return found


@pytest.fixture
def seat(people, zoe, dossier):
    commission = Commission.objects.create(organisation=dossier.authority, code="carpec", nom="CARPEC", created_at=NOW)
    session = Session.objects.create(commission=commission, starts_at=LATER)
    AgendaItem.objects.create(session=session, dossier=dossier, position=1, rapporteur=zoe.full_name)
    told = {"college": "A", "represents": "URPS", "since": TODAY, "commission": commission}
    Seat.objects.create(**told, suppleant_nom=zoe.full_name, suppleant_email=EMAIL.upper())
    return Seat.objects.create(**told, titulaire=zoe, titulaire_nom=zoe.full_name, titulaire_email=EMAIL)


@pytest.mark.usefixtures("dossier", "seat")
def test_nothing_of_the_person_remains_in_any_table(zoe):
    assert {line.split()[0] for line in where_is(NAME, EMAIL)} >= {
        "accounts.User", "dossiers.Seat", "dossiers.AgendaItem", "notifications.Notification",
    }  # fmt: skip
    forget(by=zoe, at=LATER)
    assert where_is(NAME, EMAIL) == []
    for table in (Notification, Preference, CalendarLink, Seen):
        assert not table.objects.filter(user=zoe).exists()
    assert not Visit.objects.get().guests.exists()
    assert Message.objects.get().author == zoe


def test_what_was_held_is_free_and_what_was_asked_is_withdrawn(zoe, dossier):
    forget(by=zoe, at=LATER)
    dossier.refresh_from_db()
    assert dossier.holder is None
    assert AvisRequest.objects.get().withdrawn_at == LATER
    rows = Event.objects.filter(subject_id=str(dossier.pk), actor=zoe.event_actor)
    assert {row.verb for row in rows} == {"attribuer", "retirer une demande d'avis"}
    assert {row.scope for row in rows} == {str(dossier.authority_id)}


def test_the_name_stays_beside_a_presence_that_was_counted(zoe, seat):
    Presence.objects.create(session=Session.objects.get(), seat=seat, holder="titulaire")
    forget(by=zoe, at=LATER)
    seat.refresh_from_db()
    assert (seat.titulaire, seat.titulaire_email) == (None, "")
    assert NAME in seat.titulaire_nom


def test_the_export_tells_it_without_the_secret_address(zoe, seat):
    told = everything(zoe)
    natures = {table["nature"]: table["lignes"] for table in told["donnees"]}
    assert natures["notifications"][0]["texte"] == "Un message"
    assert natures["préférences"][0]["rythme"] == "une fois par jour"
    assert natures["liens d'agenda"][0]["créé le"].startswith("2026-11-22")
    assert "empreinte" not in natures["liens d'agenda"][0]
    assert {"dossiers", "lectures", "sièges"} <= set(natures)
