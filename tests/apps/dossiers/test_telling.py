"""Who is told of what happens to a dossier."""

import pytest
from tests import cast, small_world
from tests.cast import NOW
from tests.dossiers import cpts, draft, filed

from maillage.apps.dossiers.telling import NEWS, tell
from maillage.apps.notifications.kinds import CODES, KINDS
from maillage.apps.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def told_to(kind):
    rows = Notification.objects.filter(kind=kind).select_related("user")
    return {row.user.prenom.lower(): row.title for row in rows}


def test_every_kind_has_its_words_and_its_rhythm():
    assert set(NEWS) | {"webhook_arrete", "protocole_a_valider", "semaine_structure"} == set(KINDS) == set(CODES)


def test_a_deposit_is_told_to_who_reviews_and_not_to_who_acts(people):
    dossier = filed(cpts(people))
    tell(dossier, "depot", by=people.porteuse, at=NOW)
    assert told_to("depot") == {"instructrice": "Un dossier est déposé"}
    row = Notification.objects.get()
    assert row.group == f"dossier:{dossier.pk}"
    assert row.about == "PSC-53-2026-0001 · CPTS du pays de Redon"
    assert row.address == f"/dossiers/{dossier.pk}/"


def test_missing_pieces_are_told_to_who_runs_what_files(people):
    tell(filed(cpts(people)), "pieces_demandees", by=people.instructrice, at=NOW)
    assert set(told_to("pieces_demandees")) == {"porteuse", "coordinatrice"}


def test_what_is_internal_never_reaches_who_files(people):
    dossier = filed(cpts(people))
    tell(dossier, "note", by=people.instructrice, at=NOW, to="tous", people=[people.porteuse, people.decideuse])
    assert set(told_to("note")) == {"decideuse"}


def test_who_holds_a_dossier_is_told_alone(people):
    other = cast.person("autre")
    dossier = filed(cpts(people), holder=people.instructrice)
    cast.give(other, dossier.authority, cast.Role.Name.INSTRUCTEUR)
    tell(dossier, "complements", by=people.porteuse, at=NOW)
    assert set(told_to("complements")) == {"instructrice"}


def test_named_persons_are_told_alone_unless_it_is_said_otherwise(people):
    dossier = filed(cpts(people))
    tell(dossier, "attribution", by=people.decideuse, at=NOW, people=[people.instructrice])
    assert set(told_to("attribution")) == {"instructrice"}
    tell(dossier, "avis_demande", by=people.instructrice, at=NOW, people=[people.agent_cpam], address="/avis/")
    assert Notification.objects.get(kind="avis_demande").address == "/avis/"


def test_what_is_to_be_decided_is_told_to_who_decides(people):
    tell(filed(cpts(people)), "a_decider", by=people.instructrice, at=NOW)
    assert set(told_to("a_decider")) == {"decideuse"}


def test_a_person_told_twice_over_reads_it_once(people):
    dossier = filed(cpts(people))
    tell(dossier, "message", by=None, at=NOW, to="tous", people=[people.instructrice, people.porteuse])
    assert Notification.objects.filter(user=people.instructrice).count() == 1


def test_a_closed_account_and_a_draft_without_authority_tell_nobody(people):
    people.coordinatrice.is_active = False
    people.coordinatrice.save()
    tell(draft(cpts(people)), "message", by=people.porteuse, at=NOW)
    assert not Notification.objects.exists()
