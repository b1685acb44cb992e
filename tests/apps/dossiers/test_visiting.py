"""Visits and meetings about a dossier: planned, sent to agendas, reported."""

import datetime

import pytest
from django.core import mail
from tests import cast, small_world
from tests.cast import NOW
from tests.dossiers import cpts, filed

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import visiting
from maillage.apps.dossiers.visiting import Planned
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
DAY = NOW + datetime.timedelta(days=5)
SENT = {"address": "https://site.test/dossiers/", "sender": "site@example.org"}


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def visit(people, dossier):
    wanted = Planned("visite", DAY, place="Redon", guests=(people.porteuse, people.instructrice))
    return visiting.plan(dossier, wanted, by=people.instructrice, at=NOW)


def test_the_invited_receive_what_their_agenda_reads(people, visit):
    assert visiting.invite(visit, **SENT, by=people.instructrice, at=NOW) == ()
    (sent,) = mail.outbox
    assert sent.to == ["porteuse@example.org"]
    assert "Redon" not in sent.subject
    assert "METHOD:REQUEST" in sent.attachments[0][1]


def test_moved_then_cancelled_the_agenda_follows(people, visit):
    moved = visiting.change(
        visit, Planned("visite", DAY, minutes_long=90, guests=(people.porteuse,)), by=people.instructrice, at=NOW
    )
    assert moved.sequence == 1
    gone = visiting.cancel(moved, by=people.instructrice, at=NOW)
    visiting.invite(gone, **SENT, by=people.instructrice, at=NOW)
    assert "METHOD:CANCEL" in mail.outbox[0].attachments[0][1]
    with pytest.raises(BadInput, match="annulée"):
        visiting.report(gone, "Rien", by=people.instructrice, at=DAY)


def test_an_internal_meeting_is_for_the_authority(people, dossier, visit):
    inside = visiting.plan(dossier, Planned("reunion", DAY, internal=True), by=people.decideuse, at=NOW)
    assert list(visiting.visits_of(people.porteuse, dossier)) == [visit]
    assert set(visiting.visits_of(people.instructrice, dossier)) == {visit, inside}
    assert not visiting.visits_of(people.agent_cpam, dossier)
    assert Event.objects.filter(subject_id=str(dossier.pk)).first().scope == str(dossier.authority_id)
    with pytest.raises(BadInput, match="est de la structure"):
        visiting.plan(
            dossier, Planned("reunion", DAY, internal=True, guests=(people.porteuse,)), by=people.decideuse, at=NOW
        )


def test_the_report_comes_after_and_erases_nobody_s(people, visit):
    with pytest.raises(BadInput, match="pas encore eu lieu"):
        visiting.report(visit, "Vu.", by=people.instructrice, at=NOW)
    visiting.report(visit, "Vu.", seen="", by=people.instructrice, at=DAY)
    with pytest.raises(BadInput, match="vient d'écrire"):
        visiting.report(visit, "Autre.", seen="", by=people.decideuse, at=DAY)


@pytest.mark.parametrize("who", ["porteuse", "agent_cpam", "stranger"])
def test_the_others_plan_nothing(people, dossier, who):
    with pytest.raises(NotAllowed):
        visiting.plan(dossier, Planned("visite", DAY), by=getattr(people, who), at=NOW)


@pytest.mark.parametrize("wanted", [
    Planned("diner", DAY), Planned("visite", DAY, minutes_long=0),
    Planned("visite", DAY, people="NIR 2500435238001 23"),
])  # fmt: skip
def test_a_bad_visit_is_not_planned(people, dossier, wanted):
    with pytest.raises(BadInput):
        visiting.plan(dossier, wanted, by=people.instructrice, at=NOW)


def test_a_stranger_is_not_invited(people, dossier):
    with pytest.raises(BadInput, match="ne peut pas être invité"):
        visiting.plan(dossier, Planned("visite", DAY, guests=(people.stranger,)), by=people.instructrice, at=NOW)
