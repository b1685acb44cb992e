"""Sending a dossier: frozen, numbered, dated where it is filed, receipted; then amended, completed, withdrawn."""

import datetime
import io
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from tests import cast, small_world
from tests.apps.dossiers.filing import LATER, begun, fresh, given, ready
from tests.cast import NOW

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.files import storage
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import clocks, depositing, drafting
from maillage.apps.dossiers.frozen import filed_answers, fingerprint_of, last_deposit
from maillage.apps.dossiers.models import Deposit, Dossier, PieceRequest, Suspension
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.projets.models import Step
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
TEXT = "entite_porteuse"
NEW_DAY_OVERSEAS = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


@pytest.fixture(autouse=True)
def _no_check(monkeypatch):
    """The checks have their own tests."""
    monkeypatch.setattr(depositing, "forbidding", lambda *_args, **_named: ())


def filed(people, dossier=None) -> Dossier:
    return depositing.deposit(ready(people, dossier), by=people.porteuse, at=NOW).dossier


def asked(dossier: Dossier, code: str = "statuts") -> PieceRequest:
    """Pieces asked for on the day of the deposit, the clock standing still since."""
    item = {"code": code, "libelle": "Statuts", "precision": "Signés."}
    row = PieceRequest.objects.create(
        dossier=dossier, at=NOW, by=dossier.created_by, items=[item], answer_by=LATER.date()
    )
    Suspension.objects.create(dossier=dossier, since=NOW.date(), request=row)
    Dossier.objects.filter(pk=dossier.pk).update(state="incomplet", phase="attente", due_on=None)
    return row


def words_of(deposit: Deposit) -> str:
    with storage.opened(deposit.receipt.path) as opened:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(opened.read())).pages)


def test_a_deposit_gives_a_number_a_day_an_authority_and_a_clock(people):
    dossier = fresh(filed(people))
    assert (dossier.state, dossier.phase) == ("depose", "instruction")
    assert dossier.number == "PSC-53-2026-0001"
    assert dossier.authority.kind == "ars"
    assert dossier.received_on == NOW.date()
    assert dossier.due_on == datetime.date(2027, 1, 22)
    assert Event.objects.filter(subject_id=str(dossier.pk), verb="deposer").count() == 1


def test_what_was_filed_is_frozen_with_its_fingerprint(people):
    dossier = filed(people)
    deposit = last_deposit(dossier)
    assert deposit.fingerprint == fingerprint_of(deposit.content)
    assert {each["code"] for each in deposit.content["pieces"]} >= {"projet_de_sante", "statuts"}
    assert all(len(each["sha256"]) == 64 for each in deposit.content["pieces"])
    before = deposit.content["reponses"][TEXT]
    drafting.write_answers(dossier, {TEXT: "Une autre association"}, dossier.revision, by=people.porteuse, at=NOW)
    assert filed_answers(fresh(dossier))[TEXT] == before


def test_the_receipt_says_what_was_received_and_when(people):
    dossier = filed(people)
    deposit = last_deposit(dossier)
    words = words_of(deposit)
    flat = "".join(words.split())
    assert "PSC-53-2026-0001" in words
    assert "heuredeParis,UTC+01:00" in flat
    assert "10h00" in flat
    assert deposit.fingerprint in flat
    assert all(each["sha256"] in flat for each in deposit.content["pieces"])
    assert "22janvier2027" in flat
    assert "votredemandeestacceptée" in flat


def test_the_fingerprints_of_the_receipt_copy_as_they_are(people):
    deposit = last_deposit(filed(people))
    words = words_of(deposit)
    assert "\u200b" not in words
    assert {deposit.fingerprint, *(each["sha256"] for each in deposit.content["pieces"])} <= set(words.split())


def test_the_day_of_the_deposit_is_that_of_the_territory(people):
    dossier = ready(people)
    Dossier.objects.filter(pk=dossier.pk).update(region="04", departement="974")
    Organisation.objects.create(kind="ars", nom="ARS La Réunion", region="04", created_at=NOW)
    deposit = depositing.deposit(fresh(dossier), by=people.porteuse, at=NEW_DAY_OVERSEAS)
    assert deposit.dossier.received_on == datetime.date(2026, 11, 23)
    assert "heuredeLaRéunion,UTC+04:00" in "".join(words_of(deposit).split())


def test_a_deposit_marks_the_step_of_the_roadmap(people):
    dossier = filed(people)
    step = Step.objects.get(projet=dossier.projet, code="depot")
    assert (step.state, step.done_on) == ("fait", NOW.date())


def test_everything_that_is_missing_is_told_at_once_and_nothing_is_written(people):
    dossier = begun(people)
    with pytest.raises(BadInput) as refused:
        depositing.deposit(dossier, by=people.porteuse, at=NOW)
    fields = {each.field for each in refused.value.problems}
    assert {"projet_de_sante", "statuts", "champs_des_acteurs"} <= fields
    assert (fresh(dossier).number, Deposit.objects.count()) == ("", 0)


def test_a_check_that_is_not_met_forbids(people, monkeypatch):
    check = SimpleNamespace(code="t", statement="Le territoire est libre", why="il est pris")
    monkeypatch.setattr(depositing, "forbidding", lambda *_args, **_named: (check,))
    with pytest.raises(BadInput, match="Le territoire est libre"):
        depositing.deposit(ready(people), by=people.porteuse, at=NOW)


def test_without_an_authority_nothing_is_sent_and_the_reason_is_told(people):
    dossier = ready(people)
    Organisation.objects.filter(kind="ars").update(closed_at=NOW)
    with pytest.raises(BadInput, match="n'est pas encore présente"):
        depositing.deposit(dossier, by=people.porteuse, at=NOW)


@pytest.mark.parametrize("who", ["membre", "redactrice", "instructrice", "stranger"])
def test_only_who_runs_the_structure_files(people, who):
    with pytest.raises(NotAllowed):
        depositing.deposit(ready(people), by=getattr(people, who), at=NOW)


def test_a_second_deposit_of_the_same_draft_is_refused(people):
    dossier = ready(people)
    depositing.deposit(dossier, by=people.porteuse, at=NOW)
    with pytest.raises(BadInput, match="n'est pas possible"):
        depositing.deposit(dossier, by=people.coordinatrice, at=NOW)
    assert Deposit.objects.count() == 1


def test_an_amended_dossier_keeps_its_number_and_its_first_day(people):
    dossier = filed(people)
    assert not depositing.changed_since_deposit(fresh(dossier))
    with pytest.raises(BadInput, match="Rien n'a changé"):
        depositing.amend(fresh(dossier), by=people.porteuse, at=LATER)
    drafting.write_answers(dossier, {TEXT: "Une autre association"}, dossier.revision, by=people.porteuse, at=NOW)
    assert depositing.changed_since_deposit(fresh(dossier))
    second = depositing.amend(fresh(dossier), by=people.porteuse, at=LATER)
    assert (second.number, second.dossier.number) == (2, "PSC-53-2026-0001")
    assert second.dossier.received_on == NOW.date()
    assert second.fingerprint != dossier.deposits.get(number=1).fingerprint


def test_sending_what_was_asked_answers_the_request_and_resumes_the_clock(people, monkeypatch):
    dossier = filed(people)
    definition = definition_of(dossier)
    delay = definition.delai.model_copy(update={"incomplet_suspend": True})
    monkeypatch.setattr(clocks, "definition_of", lambda _dossier: definition.model_copy(update={"delai": delay}))
    request = asked(dossier)
    signed = given("statuts-signes.pdf", "Statuts signés.")
    drafting.join(fresh(dossier), "statuts", signed, by=people.porteuse, at=LATER)
    done = depositing.complete(fresh(dossier), by=people.porteuse, at=LATER).dossier
    request.refresh_from_db()
    assert request.answered_at == LATER
    assert done.suspensions.get().until == LATER.date()
    assert fresh(done).due_on == datetime.date(2027, 2, 1)
    assert fresh(done).state == "depose"


def test_a_request_for_which_nothing_is_there_is_not_answered(people):
    dossier = filed(people)
    asked(dossier, "fiches_actions")
    with pytest.raises(BadInput, match="ce qui vous est demandé"):
        depositing.complete(fresh(dossier), by=people.porteuse, at=LATER)


def test_a_dossier_is_withdrawn_with_a_reason(people):
    dossier = filed(people)
    with pytest.raises(BadInput, match="pourquoi"):
        depositing.withdraw(dossier, reason=" ", by=people.porteuse, at=LATER)
    gone = depositing.withdraw(dossier, reason="Le projet change.", by=people.porteuse, at=LATER)
    assert (gone.state, gone.due_on, gone.closed_at) == ("retire", None, LATER)


def test_a_withdrawn_dossier_begins_again_as_a_draft(people):
    dossier = filed(people)
    gone = depositing.withdraw(dossier, reason="Le projet change.", by=people.porteuse, at=LATER)
    made = drafting.duplicate(gone, by=people.porteuse, at=LATER)
    assert (made.state, made.number) == ("brouillon", "")
    assert made.answers == gone.answers
    assert {each.code for each in made.pieces.all()} == {"statuts"}
    drafting.delete(made, by=people.porteuse, at=LATER)
    assert words_of(last_deposit(gone))
    assert gone.pieces.filter(code="statuts", file__isnull=False).exists()


def test_a_dossier_in_review_is_neither_erased_nor_begun_again(people):
    dossier = filed(people)
    with pytest.raises(BadInput, match="a été déposé"):
        drafting.delete(dossier, by=people.porteuse, at=LATER)
    with pytest.raises(BadInput, match="n'est pas clos"):
        drafting.duplicate(dossier, by=people.porteuse, at=LATER)


def test_what_is_over_is_written_no_more(people):
    gone = depositing.withdraw(filed(people), reason="Le projet change.", by=people.porteuse, at=LATER)
    with pytest.raises(BadInput, match="ne se modifie plus"):
        drafting.write_answers(gone, {TEXT: "Autre"}, gone.revision, by=people.porteuse, at=LATER)
