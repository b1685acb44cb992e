"""A decision signed then notified; its conditions, its FINESS numbers, its end; what who files sees when."""

import datetime
import io

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.common.models import Event, StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.deciding import Wanted, decide, withdraw_decision
from maillage.apps.dossiers.following import (
    Closure,
    Finess,
    Followed,
    close_recognition,
    follow_condition,
    record_finess,
)
from maillage.apps.dossiers.letters import letter_file, letter_of
from maillage.apps.dossiers.models import Decision, Recognition
from maillage.apps.dossiers.moving import move
from maillage.apps.dossiers.notifying import Notice, SignedFile, Signing, notify_decision, sign
from maillage.apps.dossiers.proposing import save_proposal
from maillage.apps.notifications.models import Notification
from maillage.core.documents.letters import LETTER_FILES, letter_pdf
from maillage.core.kernel.problems import BadInput, read
from maillage.core.text import plain

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SIGNING = {"signatory": "Camille Exemple", "quality": "Directrice générale", "signed_on": TODAY, "appeal": "Deux mois."}
GOOD_EJ, GOOD_ET = "350000121", "350000139"
CONDITIONS = {
    "verb": "accepter_sous_conditions",
    "motives": "Le budget est fragile.",
    "conditions": [{"text": "Recruter un médecin.", "due_on": TODAY + 60 * DAY}],
}


@pytest.fixture(autouse=True)
def kept(tmp_path, settings):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people), "candidature_cpts", state="a_decider", answers={"communes": ["35236"]})


@pytest.fixture
def recognised(people):
    found = filed(cpts(people), state="a_decider", number="PSC-53-2026-0007", answers={"communes": ["35236"]})
    return taken(found, people, verb="accepter")


def taken(dossier, people, **fields):
    return decide(dossier, read(Wanted, fields), by=people.decideuse, at=NOW)


def signed(decision, people, **changes):
    file = SignedFile("lettre.pdf", io.BytesIO(_pdf(decision)))
    return sign(decision, read(Signing, {**SIGNING, **changes}), file, by=people.instructrice, at=NOW)


def notified(decision, people, on=TODAY):
    return notify_decision(decision, Notice(how="lettre recommandée", on=on), by=people.instructrice, at=NOW)


def _pdf(decision):
    return letter_pdf(letter_of(decision))


def test_a_signature_waits_for_the_ways_to_appeal(recognised, people):
    with pytest.raises(BadInput, match="Écrivez les voies de recours"):
        signed(recognised, people, appeal="")
    assert not StoredFile.objects.exists()
    done = signed(recognised, people)
    assert (done.signatory, done.appeal) == ("Camille Exemple", "Deux mois.")
    assert done.letter.content_type == done.signed.content_type == "application/pdf"
    with pytest.raises(BadInput, match="déjà signée"):
        signed(recognised, people)


@pytest.mark.parametrize("day", [TODAY - DAY, TODAY + DAY])
def test_a_signature_has_a_day_that_can_be(recognised, people, day):
    with pytest.raises(BadInput, match="La signature est entre"):
        signed(recognised, people, signed_on=day)


def test_who_files_signs_and_notifies_nothing(recognised, people):
    with pytest.raises(NotAllowed):
        sign(recognised, read(Signing, SIGNING), SignedFile("x.pdf", io.BytesIO()), by=people.porteuse, at=NOW)
    with pytest.raises(NotAllowed):
        notify_decision(recognised, Notice(how="e-mail", on=TODAY), by=people.porteuse, at=NOW)


def test_a_notified_decision_takes_the_dossier_along_and_is_published(recognised, people):
    with pytest.raises(BadInput, match="n'est pas signée"):
        notified(recognised, people)
    done = notified(signed(recognised, people), people)
    dossier = done.dossier
    dossier.refresh_from_db()
    assert (dossier.state, dossier.phase, dossier.due_on) == ("accepte", "suivi", None)
    assert done.from_state == "a_decider"
    assert done.copied_to == "CPAM d'Ille-et-Vilaine"
    assert Recognition.objects.get().is_published
    last = Event.objects.filter(subject_id=str(dossier.pk)).latest("pk")
    assert (last.verb, last.scope, last.after["decision"]) == ("accepter", str(dossier.filer_id), done.number)
    with pytest.raises(BadInput, match="déjà notifiée"):
        notified(done, people)


def test_who_files_is_told_of_the_notification_only(recognised, people):
    told = Notification.objects.filter(user=people.porteuse)
    signed(recognised, people)
    assert not told.exists()
    assert not Event.objects.filter(scope=str(recognised.dossier.filer_id)).exists()
    notified(recognised, people)
    assert told.filter(kind="notification_decision").exists()
    assert Notification.objects.filter(user=people.agent_cpam, kind="notification_decision").exists()


def test_who_files_withdraws_without_knowing_of_the_decision(recognised, people):
    dossier = recognised.dossier
    with pytest.raises(BadInput, match="pas possible"):
        move(dossier, "retirer", by=people.instructrice, at=NOW)
    move(dossier, "retirer", by=people.porteuse, at=NOW)
    recognised.refresh_from_db()
    assert recognised.withdrawn_at == NOW
    assert Recognition.objects.get().until == TODAY
    scopes = Event.objects.filter(subject_id=str(dossier.pk)).values_list("verb", "scope")
    assert ("retirer la décision", str(dossier.authority_id)) in scopes


def test_a_notified_decision_that_is_withdrawn_brings_the_dossier_back(recognised, people):
    done = notified(signed(recognised, people), people)
    withdraw_decision(done, reason="Erreur", by=people.decideuse, at=NOW)
    dossier = done.dossier
    dossier.refresh_from_db()
    assert (dossier.state, dossier.phase) == ("a_decider", "decision")
    assert dossier.due_on == datetime.date(2027, 1, 22)
    assert Recognition.objects.get().until == TODAY


def test_conditions_are_followed_once_notified(dossier, people):
    decision = taken(dossier, people, **CONDITIONS)
    condition = decision.conditions.get()
    with pytest.raises(BadInput, match="une fois la décision notifiée"):
        follow_condition(condition, Followed(met_on=TODAY), by=people.instructrice, at=NOW)
    notified(signed(decision, people), people)
    with pytest.raises(BadInput, match="entre la décision"):
        follow_condition(condition, Followed(met_on=TODAY + DAY), by=people.instructrice, at=NOW)
    with pytest.raises(NotAllowed):
        follow_condition(condition, Followed(met_on=TODAY), by=people.porteuse, at=NOW)
    done = follow_condition(condition, Followed(met_on=TODAY, note="Contrat signé"), by=people.instructrice, at=NOW)
    assert (done.met_on, done.checked_by) == (TODAY, people.instructrice)


def test_the_key_of_finess_numbers_is_checked(recognised, people):
    recognition = recognised.recognition
    with pytest.raises(BadInput, match="entité juridique : la clé"):
        record_finess(recognition, Finess(ej="350000122"), by=people.instructrice, at=NOW)
    with pytest.raises(BadInput, match="deux numéros différents"):
        record_finess(recognition, Finess(ej=GOOD_EJ, et=GOOD_EJ), by=people.instructrice, at=NOW)
    done = record_finess(recognition, Finess(ej="35 000 012 1", et=GOOD_ET), by=people.instructrice, at=NOW)
    assert (done.finess_ej, done.finess_et) == (GOOD_EJ, GOOD_ET)


def test_a_finess_number_is_that_of_one_structure(recognised, people):
    record_finess(recognised.recognition, Finess(et=GOOD_ET), by=people.instructrice, at=NOW)
    second = filed(cpts(people, nom="CPTS B"), state="a_decider", number="PSC-53-2026-0008",
                   answers={"communes": ["35294"]})  # fmt: skip
    other = taken(second, people, verb="accepter").recognition
    with pytest.raises(BadInput, match="déjà celui de « CPTS du pays de Redon »"):
        record_finess(other, Finess(et=GOOD_ET), by=people.instructrice, at=NOW)


def test_a_closure_frees_the_communes_and_keeps_the_history(recognised, people):
    closure = Closure(on=TODAY, reason="Fermeture")
    with pytest.raises(BadInput, match="retirez-la plutôt"):
        close_recognition(recognised.recognition, closure, by=people.decideuse, at=NOW)
    done = notified(signed(recognised, people), people)
    with pytest.raises(NotAllowed):
        close_recognition(done.recognition, closure, by=people.instructrice, at=NOW)
    ended = close_recognition(done.recognition, closure, by=people.decideuse, at=NOW)
    done.dossier.refresh_from_db()
    assert (ended.until, ended.ended_reason, done.dossier.state) == (TODAY, "Fermeture", "clos")
    assert not ended.perimeter.filter(until=None).exists()
    with pytest.raises(BadInput, match="déjà finie"):
        close_recognition(ended, closure, by=people.decideuse, at=NOW)


def test_a_proposal_is_a_draft_that_only_the_authority_writes(dossier, people):
    draft = save_proposal(dossier, read(Wanted, CONDITIONS), by=people.instructrice, at=NOW)
    assert draft.conditions[0]["text"] == "Recruter un médecin."
    with pytest.raises(NotAllowed):
        save_proposal(dossier, Wanted(verb="accepter"), by=people.porteuse, at=NOW)
    again = save_proposal(dossier, Wanted(verb="refuser"), by=people.decideuse, at=NOW)
    assert (again.pk, again.verb) == (draft.pk, "refuser")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("kind", LETTER_FILES)
def test_the_letter_of_a_decision_is_a_file(recognised, kind):
    assert len(letter_file(recognised, kind)) > 2_000
    told = plain(letter_of(recognised).body)
    assert "communes suivantes : Redon." in told
    assert "{" not in told
