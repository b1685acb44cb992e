"""The public register: what is published and notified, its filters, its exports, its history."""

import csv
import io

import pytest
from django.test import Client
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed
from tests.web.reading import read

from maillage.apps.dossiers.deciding import Wanted, decide, withdraw_decision
from maillage.apps.dossiers.following import Closure, close_recognition
from maillage.apps.dossiers.models import Decision, Recognition
from maillage.apps.dossiers.notifying import Notice, notify_decision

pytestmark = pytest.mark.django_db
SIGNED = {"signatory": "Camille Exemple", "signatory_quality": "Directrice", "appeal": "Deux mois."}


def text_of(answer):
    return read(answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")).text


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def recognised(people):
    return notified(people, cpts(people), "0001")


def notified(people, projet, number, kind="projet_sante_cpts", **fields):
    dossier = filed(projet, kind, state="a_decider", number=f"PSC-53-2026-{number}", **fields)
    decision = decide(dossier, Wanted(verb="accepter"), by=people.decideuse, at=NOW)
    Decision.objects.filter(pk=decision.pk).update(signed_on=TODAY, **SIGNED)
    return notify_decision(decision, Notice(how="courrier", on=TODAY), by=people.decideuse, at=NOW)


def page(path="/registre/", **asked):
    return Client().get(path, asked)


def test_an_empty_register_says_so():
    assert "Aucune structure n’est encore reconnue" in text_of(page())


def test_a_decision_that_is_not_notified_is_not_published(people):
    dossier = filed(cpts(people), state="a_decider")
    decide(dossier, Wanted(verb="accepter"), by=people.decideuse, at=NOW)
    assert "CPTS du pays de Redon" not in text_of(page())
    assert Client().get(f"/registre/{dossier.structure_id}/").status_code == 404


def test_a_recognised_structure_is_public_without_anybody(people, recognised):
    told = text_of(page())
    assert "CPTS du pays de Redon" in told
    assert recognised.number in told
    one = text_of(Client().get(f"/registre/{recognised.dossier.structure_id}/"))
    assert "Redon (35236)" in one
    for person in (people.porteuse, people.decideuse, people.instructrice):
        assert person.full_name not in one
        assert person.email not in one


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "redon"}, True),
        ({"q": "35236"}, True),
        ({"q": "PSC-D-53-2026-0001"}, True),
        ({"q": "Brest"}, False),
        ({"nature": "cpts", "region": "53", "departement": "35"}, True),
        ({"etat": "finies"}, False),
        ({"etat": "toutes", "tri": "depuis"}, True),
    ],
)
def test_filters_keep_what_is_asked(recognised, asked, found):
    assert ("CPTS du pays de Redon" in text_of(page(**asked))) is found


def test_a_filter_that_is_wrong_is_told(recognised):
    answer = page(nature="clinique")
    assert answer.status_code == 422
    assert "Choisissez dans la liste." in text_of(answer)


def test_the_export_holds_what_the_list_shows(recognised):
    rows = list(csv.reader(io.StringIO(page(format="csv").content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][0] == "CPTS du pays de Redon"
    assert rows[1][7] == recognised.number
    assert page(format="xlsx").content[:2] == b"PK"


def test_an_ended_recognition_stays_in_the_history(people, recognised):
    close_recognition(recognised.recognition, Closure(on=TODAY, reason="Fusion"), by=people.decideuse, at=NOW)
    assert "CPTS du pays de Redon" not in text_of(page())
    assert "finie le" in text_of(page(etat="finies"))
    assert "Fusion" in text_of(Client().get(f"/registre/{recognised.dossier.structure_id}/"))


def test_a_modification_replaces_the_line_and_keeps_the_first_in_the_history(people, recognised):
    former = recognised.recognition
    change = notified(
        people, recognised.dossier.projet, "0002", "modification_projet", amends=recognised.dossier,
        answers={"changements": ["territoire"], "communes": ["35236", "35294"]},
    )  # fmt: skip
    former.refresh_from_db()
    made = Recognition.objects.get(until=None)
    assert former.ended_reason == f"modifiée par la décision {change.number}"
    assert (made.replaces, made.perimeter.count()) == (former, 2)
    assert text_of(page()).count("CPTS du pays de Redon") == 1
    assert "Histoire" in text_of(Client().get(f"/registre/{made.structure_id}/"))
    withdraw_decision(change, reason="Erreur", by=people.decideuse, at=NOW)
    former.refresh_from_db()
    assert former.until is None
    assert "CPTS du pays de Redon" in text_of(page())
