"""What who reviews does with a dossier, and how it is refused."""

import datetime

import pytest
from pypdf import PdfReader
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.files import storage
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import asking, labels, reviewing
from maillage.apps.dossiers.models import Dossier, Message
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.reviewing import AskedPiece
from maillage.apps.notifications.models import Notification
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
SOON = TODAY + datetime.timedelta(days=20)
SUSPENDED = "projet_sante_msp"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """What is deposited goes to a folder of the test."""
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def colleague(people):
    other = cast.person("collegue")
    cast.give(other, Organisation.objects.get(kind="ars"), Role.Name.INSTRUCTEUR)
    return other


def test_a_dossier_is_held_by_an_instructeur_of_the_authority_or_of_its_delegation(people, dossier):
    near = Organisation.objects.create(
        kind="delegation", nom="DD 35", region="53", departement="35", created_at=NOW, parent=dossier.authority
    )
    far = Organisation.objects.create(
        kind="delegation", nom="DD 22", region="53", departement="22", created_at=NOW, parent=dossier.authority
    )
    for name, body in (("proche", near), ("loin", far)):
        cast.give(cast.person(name), body, Role.Name.INSTRUCTEUR)
    assert {each.email for each in reviewing.reviewers_of(dossier)} == {
        "instructrice@example.org", "proche@example.org",
    }  # fmt: skip
    with pytest.raises(BadInput, match="n'instruit pas"):
        reviewing.assign(dossier, people.decideuse, seen=None, by=people.instructrice, at=NOW)


def test_taking_a_dossier_writes_one_internal_event(people, dossier):
    assert reviewing.assign(dossier, people.instructrice, seen=None, by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert dossier.holder == people.instructrice
    event = Event.objects.get(subject_id=str(dossier.pk))
    assert (event.verb, event.scope) == ("attribuer", str(dossier.authority_id))
    assert not reviewing.assign(dossier, people.instructrice, seen=None, by=people.instructrice, at=NOW)
    assert Event.objects.filter(subject_id=str(dossier.pk)).count() == 1


def test_the_second_of_two_reviewers_is_told(people, dossier, colleague):
    reviewing.assign(dossier, people.instructrice, seen=None, by=people.instructrice, at=NOW)
    with pytest.raises(BadInput, match="Instructrice Exemple vient de prendre ce dossier"):
        reviewing.assign(dossier, colleague, seen=None, by=colleague, at=NOW)
    reviewing.declare_complete(dossier, by=people.instructrice, at=NOW)
    with pytest.raises(BadInput, match="ce dossier est « Complet »"):
        reviewing.declare_complete(dossier, by=colleague, at=NOW)


def test_given_to_a_colleague_they_are_told(people, dossier, colleague):
    reviewing.assign(dossier, colleague, seen=None, by=people.instructrice, at=NOW)
    assert Notification.objects.get(user=colleague).kind == "attribution"


@pytest.mark.parametrize("who", ["porteuse", "agent_cpam", "decideuse", "stranger"])
def test_only_who_reviews_holds_labels_and_asks(people, dossier, who):
    person = getattr(people, who)
    label = labels.make_label(dossier.authority, "urgent", by=people.instructrice, at=NOW)
    with pytest.raises(NotAllowed):
        reviewing.assign(dossier, people.instructrice, seen=None, by=person, at=NOW)
    with pytest.raises(NotAllowed):
        reviewing.put_label(dossier, label, by=person, at=NOW)
    with pytest.raises(BadInput):
        reviewing.ask_pieces(dossier, [AskedPiece("statuts")], answer_by=SOON, by=person, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.holder, dossier.labels.count()) == ("depose", None, 0)


def test_a_label_is_put_once_and_known_inside_only(people, dossier):
    label = labels.make_label(dossier.authority, "  urgent ", by=people.instructrice, at=NOW)
    assert labels.make_label(dossier.authority, "Urgent", by=people.instructrice, at=NOW) == label
    assert reviewing.put_label(dossier, label, by=people.instructrice, at=NOW)
    assert not reviewing.put_label(dossier, label, by=people.instructrice, at=NOW)
    events = Event.objects.filter(subject_id=str(dossier.pk))
    assert [each.scope for each in events] == [str(dossier.authority_id)]
    assert labels.labels_of(dossier.authority).get().count == 1
    labels.rename_label(label, "à voir", by=people.instructrice, at=NOW)
    assert labels.take_label_off(dossier, label, by=people.instructrice, at=NOW)
    labels.remove_label(label, by=people.instructrice, at=NOW)
    assert not labels.labels_of(dossier.authority)


def test_a_label_of_another_authority_is_refused(people, dossier):
    other = Organisation.objects.create(kind="ars", nom="ARS Normandie", region="28", created_at=NOW)
    label = labels.Label.objects.create(organisation=other, name="ailleurs")
    with pytest.raises(BadInput, match="une autre autorité"):
        reviewing.put_label(dossier, label, by=people.instructrice, at=NOW)


def test_complete_starts_on_the_day_of_the_territory(people, dossier):
    late = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)
    found = reviewing.declare_complete(dossier, by=people.instructrice, at=late)
    assert (found.state, found.completed_on) == ("complet", datetime.date(2026, 11, 23))


def test_pieces_are_asked_once_and_who_files_is_told(people, dossier):
    items = [AskedPiece("statuts", precision="signés"), AskedPiece("autre", "Procès-verbal de l'assemblée")]
    row = reviewing.ask_pieces(dossier, items, answer_by=SOON, by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.phase) == ("incomplet", "attente")
    assert [each["libelle"] for each in row.items] == ["Statuts de l'association", "Procès-verbal de l'assemblée"]
    assert Notification.objects.filter(kind="pieces_demandees", user=people.porteuse).exists()
    with pytest.raises(BadInput, match="déjà demandées"):
        reviewing.ask_pieces(dossier, items, answer_by=SOON, by=people.instructrice, at=NOW)


@pytest.mark.parametrize(
    ("items", "day", "words"),
    [
        ([], SOON, "au moins une pièce"),
        ([AskedPiece("inconnue")], SOON, "n'existe pas"),
        ([AskedPiece("autre", "  ")], SOON, "n'a pas de nom"),
        ([AskedPiece("statuts")], TODAY, "un jour à venir"),
        ([AskedPiece("statuts", precision="de Mme Dupont, née le 03/04/1950")], SOON, "patient"),
        ([AskedPiece("statuts")] * 41, SOON, "au plus"),
    ],
)
def test_a_bad_request_changes_nothing(people, dossier, items, day, words):
    with pytest.raises(BadInput, match=words):
        reviewing.ask_pieces(dossier, items, answer_by=day, by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == "depose"
    assert not dossier.piece_requests.exists()


@pytest.fixture
def suspending(dossier, monkeypatch):
    """The delay of the kind stands still while pieces are missing."""
    definition = definition_of(dossier)
    assert definition.delai is not None
    delay = definition.delai.model_copy(update={"incomplet_suspend": True})
    changed = definition.model_copy(update={"delai": delay})
    for module in ("asking", "clocks", "piece_letters"):
        monkeypatch.setattr(f"maillage.apps.dossiers.{module}.definition_of", lambda _dossier: changed)


@pytest.mark.usefixtures("suspending")
def test_the_clock_stands_still_when_the_delay_says_so(people, dossier):
    row = reviewing.ask_pieces(dossier, [AskedPiece("statuts")], answer_by=SOON, by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.due_on, dossier.suspended_since) == (None, TODAY)
    assert dossier.suspensions.get().until is None
    said = words_of(row)
    assert "Le délai légal est suspendu depuis le 22 novembre 2026." in said
    assert "Il reprend le jour où vous envoyez les pièces." in said
    assert "Si vous n'envoyez rien avant le jour donné" in said


def test_the_clock_goes_on_when_no_text_suspends_it(people, dossier):
    row = reviewing.ask_pieces(dossier, [AskedPiece("statuts")], answer_by=SOON, by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.due_on, dossier.suspended_since) == (datetime.date(2027, 1, 22), None)
    assert not dossier.suspensions.exists()
    said = words_of(row)
    assert "Aucun texte connu ne suspend le délai légal" in said
    assert "Il finit le 22 janvier 2027. Sans réponse à la fin du délai, votre demande est acceptée." in said


def words_of(row):
    """The words of the letter of a request, as its PDF holds them."""
    with storage.opened(row.letter.path) as file:
        pages = [page.extract_text() for page in PdfReader(file).pages]
    return " ".join(" ".join(pages).split()).replace("’", "'")


@pytest.mark.usefixtures("suspending")
def test_an_open_request_is_corrected_and_the_suspension_keeps_its_day(people, dossier):
    row = ask(people, dossier)
    later, longer = NOW + datetime.timedelta(days=5), SOON + datetime.timedelta(days=15)
    first = row.letter
    row = asking.correct_request(dossier, [AskedPiece("statuts")], answer_by=longer, by=people.instructrice, at=later)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.suspended_since, row.answer_by) == ("incomplet", TODAY, longer)
    assert row.letter != first
    assert "suspendu depuis le 22 novembre 2026" in words_of(row)
    event = Event.objects.filter(subject_id=str(dossier.pk)).order_by("pk").last()
    assert event.verb == "corriger la demande de pièces"
    assert (event.before["réponse avant le"], event.after["réponse avant le"]) == (SOON.isoformat(), longer.isoformat())
    told = Notification.objects.filter(user=people.porteuse, title="La demande de pièces a changé")
    assert told.exists()
    with pytest.raises(BadInput, match="Rien n'a changé"):
        asking.correct_request(dossier, [AskedPiece("statuts")], answer_by=longer, by=people.instructrice, at=later)


@pytest.mark.usefixtures("suspending")
def test_an_open_request_is_withdrawn_and_the_clock_goes_on(people, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(state="complet")
    ask(people, dossier)
    later = NOW + datetime.timedelta(days=5)
    row = asking.withdraw_request(dossier, reason="Les statuts étaient joints.", by=people.instructrice, at=later)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.phase) == ("complet", "instruction")
    assert (dossier.suspended_since, dossier.due_on) == (None, datetime.date(2027, 1, 27))
    assert dossier.suspensions.get().until == TODAY + datetime.timedelta(days=5)
    assert (row.withdrawn_at, row.reason) == (later, "Les statuts étaient joints.")
    assert Event.objects.filter(subject_id=str(dossier.pk), verb="retirer la demande de pièces").count() == 1
    assert Notification.objects.filter(user=people.porteuse, title="La demande de pièces est retirée").exists()
    with pytest.raises(BadInput, match="Aucune demande"):
        asking.withdraw_request(dossier, reason="Encore.", by=people.instructrice, at=later)


@pytest.mark.parametrize("reason", ["  ", "x" * 2001, "Mme Dupont, née le 03/04/1950, patiente"])
def test_a_request_is_not_withdrawn_without_a_good_reason(people, dossier, reason):
    ask(people, dossier)
    with pytest.raises(BadInput):
        asking.withdraw_request(dossier, reason=reason, by=people.instructrice, at=NOW)
    assert dossier.piece_requests.get().answered_at is None


@pytest.mark.parametrize("who", ["porteuse", "agent_cpam", "decideuse", "stranger"])
def test_only_who_reviews_changes_a_request(people, dossier, who):
    ask(people, dossier)
    by = getattr(people, who)
    with pytest.raises(NotAllowed):
        asking.withdraw_request(dossier, reason="Non.", by=by, at=NOW)
    with pytest.raises(NotAllowed):
        asking.correct_request(dossier, [AskedPiece("autre", "Bail")], answer_by=SOON, by=by, at=NOW)


def ask(people, dossier):
    """The statuts asked for."""
    return asking.ask_pieces(dossier, [AskedPiece("statuts")], answer_by=SOON, by=people.instructrice, at=NOW)


def test_proposed_with_a_note_that_stays_inside(people, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(state="avis_rendu")
    reviewing.propose(dossier, note="Favorable.", by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert dossier.phase == "decision"
    assert Message.objects.get().is_internal
    assert list(Notification.objects.values_list("user", "kind")) == [(people.decideuse.pk, "a_decider")]


def test_classified_with_its_reason(people, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(state="incomplet", phase="attente")
    with pytest.raises(BadInput, match="Écrivez pourquoi"):
        reviewing.classify(dossier, reason=" ", by=people.instructrice, at=NOW)
    reviewing.classify(dossier, reason="Sans réponse depuis six mois.", by=people.instructrice, at=NOW)
    dossier.refresh_from_db()
    assert (dossier.phase, dossier.due_on) == ("clos", None)
    assert dossier.closed_at == NOW
    assert "six mois" in Message.objects.get(is_internal=False).text
