"""Messages between who files and who reviews, notes that stay inside, and what each has read."""

import datetime
import io

import pytest
from tests import cast, small_world
from tests.cast import NOW
from tests.dossiers import cpts, draft, filed

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import exchanging
from maillage.apps.dossiers.exchanging import GivenFile, messages_of, unread, unread_of, write_message
from maillage.apps.notifications.models import Notification
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(hours=1)


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


def test_a_message_reaches_the_other_side(people, dossier):
    write_message(dossier, "Où en est le dossier ?", by=people.porteuse, at=NOW)
    assert [each.text for each in messages_of(people.instructrice, dossier)] == ["Où en est le dossier ?"]
    assert set(Notification.objects.values_list("user", flat=True)) == {people.instructrice.pk}
    write_message(dossier, "Bientôt.", by=people.instructrice, at=LATER)
    assert messages_of(people.membre, dossier).count() == 2


def test_a_note_is_for_the_authority_alone(people, dossier):
    write_message(dossier, "Budget fragile.", internal=True, by=people.instructrice, at=NOW)
    assert messages_of(people.decideuse, dossier).count() == 1
    for person in (people.porteuse, people.membre, people.agent_cpam, people.stranger):
        assert not messages_of(person, dossier)
        assert not Notification.objects.filter(user=person).exists()
    event = Event.objects.get(subject_id=str(dossier.pk))
    assert event.scope == str(dossier.authority_id)


@pytest.mark.parametrize(("who", "internal"), [
    ("membre", False), ("agent_cpam", False), ("stranger", False), ("porteuse", True), ("agent_cpam", True),
])  # fmt: skip
def test_the_others_do_not_write(people, dossier, who, internal):
    with pytest.raises(NotAllowed):
        write_message(dossier, "Bonjour", internal=internal, by=getattr(people, who), at=NOW)


@pytest.mark.parametrize(("text", "words"), [
    (" ", "Écrivez votre message"), ("x" * 20_001, "20000 caractères"), ("NIR 2 50 04 35 238 001 23", "patient"),
])  # fmt: skip
def test_a_message_that_cannot_be_kept(people, dossier, text, words):
    with pytest.raises(BadInput, match=words):
        write_message(dossier, text, by=people.porteuse, at=NOW)
    assert not dossier.messages.exists()


def test_nobody_would_read_a_message_on_a_draft(people, dossier):
    with pytest.raises(BadInput, match="pas encore déposé"):
        write_message(draft(dossier.projet), "Bonjour", by=people.porteuse, at=NOW)


def test_what_is_joined_belongs_to_its_side(people, dossier):
    shared = write_message(dossier, "Voici.", file=_csv(), by=people.porteuse, at=NOW)
    inside = write_message(dossier, "Calcul.", internal=True, file=_csv(), by=people.instructrice, at=NOW)
    assert shared.file is not None
    assert inside.file is not None
    assert (shared.file.scope, inside.file.scope) == (str(dossier.filer_id), str(dossier.authority_id))


def test_what_is_unread_is_counted_until_it_is_read(people, dossier):
    write_message(dossier, "Un", by=people.porteuse, at=NOW)
    write_message(dossier, "Note", internal=True, by=people.decideuse, at=NOW)
    assert unread(people.instructrice, [dossier.pk]) == {dossier.pk: 2}
    assert unread_of(people.instructrice, dossier) == 2
    assert unread_of(people.coordinatrice, dossier) == 1
    assert unread_of(people.porteuse, dossier) == 0
    exchanging.mark_seen(dossier, by=people.instructrice, at=NOW)
    assert unread(people.instructrice, [dossier.pk]) == {}
    write_message(dossier, "Deux", by=people.porteuse, at=LATER)
    assert unread_of(people.instructrice, dossier) == 1


def test_the_visit_before_this_one(people, dossier):
    assert exchanging.note_visit(dossier, by=people.instructrice, at=NOW) is None
    assert exchanging.note_visit(dossier, by=people.instructrice, at=LATER) == NOW
    assert unread_of(people.instructrice, dossier) == 0


def _csv() -> GivenFile:
    return GivenFile("budget.csv", io.BytesIO(b"poste,montant\nsalaires,1000\n"))
