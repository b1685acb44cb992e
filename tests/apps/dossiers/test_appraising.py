"""What who reviews thinks of a check: who may say it, what it needs, what it changes."""

import datetime

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, draft, filed

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.dossiers.appraising import appraise, may_appraise
from maillage.apps.dossiers.checking import appraisals_of, are_told, forbidding
from maillage.apps.dossiers.models import Appraisal, Decision
from maillage.apps.structures.models import LegalEntity
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
WHY = "Les statuts sont signés, le dépôt en préfecture est du 3 novembre."
LATER = NOW + datetime.timedelta(hours=1)


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    found = filed(cpts(people), answers={"communes": ["35236"]})
    LegalEntity.objects.create(structure=found.structure, form="gcs", state="constituee")
    return found


def test_a_check_held_met_no_longer_forbids_the_decision(dossier, people):
    assert "association" in {each.code for each in forbidding(dossier, "accepter", today=TODAY)}
    appraise(dossier, "association", "accepte", WHY, by=people.instructrice, at=NOW)
    assert "association" not in {each.code for each in forbidding(dossier, "accepter", today=TODAY)}
    (event,) = Event.objects.filter(subject_id=str(dossier.pk))
    assert event.scope == str(dossier.authority_id)
    assert event.after == {"verification": "association", "appreciation": "accepte", "motif": WHY}


def test_the_last_appraisal_stands_and_the_others_stay(dossier, people):
    appraise(dossier, "association", "accepte", WHY, by=people.instructrice, at=NOW)
    appraise(dossier, "association", "conteste", "Le récépissé manque.", by=people.instructrice, at=LATER)
    assert appraisals_of(dossier)["association"].verdict == "conteste"
    assert Appraisal.objects.filter(dossier=dossier).count() == 2
    assert "association" in {each.code for each in forbidding(dossier, "accepter", today=TODAY)}


@pytest.mark.parametrize("verdict", ["accepte", "conteste"])
def test_a_reason_is_needed(dossier, people, verdict):
    with pytest.raises(BadInput) as refused:
        appraise(dossier, "association", verdict, "  ", by=people.instructrice, at=NOW)
    assert [each.field for each in refused.value.problems] == ["motif"]
    assert not Appraisal.objects.exists()


def test_no_reason_is_needed_to_say_the_same(dossier, people):
    assert appraise(dossier, "territoire_libre", "accepte", "", by=people.instructrice, at=NOW).reason == ""


@pytest.mark.parametrize(
    ("code", "verdict", "field"),
    [("inconnue", "accepte", "verification"), ("association", "peut_etre", "appreciation")],
)
def test_what_does_not_exist_is_refused(dossier, people, code, verdict, field):
    with pytest.raises(BadInput) as refused:
        appraise(dossier, code, verdict, WHY, by=people.instructrice, at=NOW)
    assert [each.field for each in refused.value.problems] == [field]


def test_a_reason_too_long_or_that_tells_a_patient_is_refused(dossier, people):
    with pytest.raises(BadInput):
        appraise(dossier, "association", "accepte", "long " * 500, by=people.instructrice, at=NOW)
    with pytest.raises(PatientData):
        appraise(dossier, "association", "accepte", "NIR 1 85 05 78 006 084 91", by=people.instructrice, at=NOW)
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize("who", ["porteuse", "membre", "agent_cpam", "decideuse", "stranger"])
def test_only_who_reviews_appraises(dossier, people, who):
    person = getattr(people, who)
    assert not may_appraise(person, dossier)
    with pytest.raises(NotAllowed):
        appraise(dossier, "association", "accepte", WHY, by=person, at=NOW)


def test_nothing_is_appraised_before_the_deposit_nor_after_the_end(dossier, people):
    assert not may_appraise(people.instructrice, draft(cpts(people, nom="Autre CPTS")))
    dossier.state = dossier.phase = "clos"
    dossier.save()
    assert not may_appraise(people.instructrice, dossier)
    with pytest.raises(BadInput):
        appraise(dossier, "association", "accepte", WHY, by=people.instructrice, at=NOW)


def test_an_appraisal_is_told_once_the_decision_is_notified(dossier, people):
    assert not are_told(dossier)
    decision = Decision.objects.create(
        dossier=dossier, number="D-1", sense="accord", decided_on=TODAY, at=NOW, by=people.decideuse
    )
    assert not are_told(dossier)
    decision.notified_at = NOW
    decision.save()
    assert are_told(dossier)
