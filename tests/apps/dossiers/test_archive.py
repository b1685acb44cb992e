"""The ZIP of the dossiers: everything that a person sees in the site, and nothing else."""

import io
import json
import zipfile

import pytest
from tests import cast, small_world
from tests.dossiers import cpts, draft, filed

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.files.services import deposit
from maillage.apps.dossiers.archive import write_archive
from maillage.apps.dossiers.models import AvisRequest, Consultation, Decision, Deposit, Message, Piece
from maillage.apps.dossiers.queries import visible

pytestmark = pytest.mark.django_db
TEXT = b"Statuts de l'association du pays de Redon."


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    """A dossier filed with a document, another one being prepared; a message, a note, a decision not notified."""
    found = filed(cpts(people))
    for code in ("statuts", "brouillon"):
        file = deposit(by=people.porteuse, at=cast.NOW, name=f"{code}.txt", content=io.BytesIO(TEXT))
        Piece.objects.create(dossier=found, code=code, file=file, added_at=cast.NOW, added_by=people.porteuse)
    sent = Piece.objects.get(code="statuts")
    content = {"reponses": {}, "pieces": [{"id": str(sent.pk), "code": "statuts"}]}
    Deposit.objects.create(
        dossier=found, number=1, at=cast.NOW, by=people.porteuse, content=content, fingerprint="0" * 64
    )
    for text, internal in (("Bonjour à l'équipe", False), ("À surveiller", True)):
        Message.objects.create(dossier=found, at=cast.NOW, author=people.instructrice, text=text, is_internal=internal)
    Decision.objects.create(
        dossier=found, number="PSC-D-53-2026-0001", sense="refus", motives="Territoire", decided_on=cast.TODAY,
        at=cast.NOW, by=people.decideuse,
    )  # fmt: skip
    return found


def unpacked(person):
    """The files of the ZIP of a person, by name."""
    file = io.BytesIO()
    write_archive(person, visible(person), file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_who_files_has_everything_but_what_the_authority_keeps(people, dossier):
    found = unpacked(people.porteuse)
    folder = dossier.number
    assert found[f"{folder}/pieces/statuts/statuts.txt"] == TEXT
    assert f"{folder}/pieces/brouillon/brouillon.txt" in found
    sheet = json.loads(found[f"{folder}/dossier.json"])
    assert [each["texte"] for each in sheet["messages"]] == ["Bonjour à l'équipe"]
    assert sheet["decision"] is None
    assert "avis" not in sheet


def test_the_authority_has_its_notes_and_its_decision_but_no_document_being_prepared(people, dossier):
    found = unpacked(people.instructrice)
    assert f"{dossier.number}/pieces/statuts/statuts.txt" in found
    assert f"{dossier.number}/pieces/brouillon/brouillon.txt" not in found
    sheet = json.loads(found[f"{dossier.number}/dossier.json"])
    assert sorted(each["interne"] for each in sheet["messages"]) == [False, True]
    assert sheet["decision"]["motifs"] == "Territoire"
    assert sheet["en_preparation"] is None


def test_the_associated_fund_has_what_was_filed_without_the_exchanges(people, dossier):
    sheet = json.loads(unpacked(people.agent_cpam)[f"{dossier.number}/dossier.json"])
    assert (sheet["messages"], sheet["decision"]) == ([], None)


def test_drafts_have_a_folder_of_their_own_and_a_stranger_has_an_empty_table(people, dossier):
    other = draft(cpts(people, nom="CPTS voisine"))
    assert f"en-preparation-{other.pk}/dossier.json" in unpacked(people.porteuse)
    assert dossier.number not in str(list(unpacked(people.stranger)))
    assert list(unpacked(people.stranger)) == ["dossiers.csv"]


def test_a_file_that_is_gone_is_told_and_the_rest_comes(people, dossier, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    found = unpacked(people.porteuse)
    assert f"{dossier.number}/pieces/statuts/statuts.txt.ABSENT.txt" in found
    assert f"{dossier.number}/dossier.json" in found


def test_an_independent_avis_says_nothing_to_an_expert_who_has_not_given_theirs(people, dossier):
    """An expert of the délégation reads the dossier whole, but the avis of the others only once theirs is given."""
    ars, cpam = dossier.authority, people.agent_cpam.roles.get().organisation
    delegation = Organisation.objects.create(
        kind="delegation", nom="Délégation", region="53", departement="35", parent=ars, created_at=cast.NOW
    )
    expert = cast.person("experte")
    cast.give(expert, delegation, Role.Name.INSTRUCTEUR)
    asked = Consultation.objects.create(
        dossier=dossier, question="Le territoire ?", answer_by=cast.TODAY, at=cast.NOW, by=people.instructrice
    )
    AvisRequest.objects.create(consultation=asked, organisation=delegation)
    AvisRequest.objects.create(
        consultation=asked, organisation=cpam, sense="defavorable", text="Trop petit", given_at=cast.NOW,
        given_by=people.agent_cpam,
    )  # fmt: skip
    assert b"Trop petit" not in unpacked(expert)[f"{dossier.number}/dossier.json"]
    assert b"Trop petit" in unpacked(people.instructrice)[f"{dossier.number}/dossier.json"]


def test_a_hundred_dossiers_are_read_in_few_queries(people, dossier, django_assert_max_num_queries):
    """What is written of them is read together; only rights are asked one by one."""
    for rank in range(2, 22):
        filed(cpts(people, nom=f"CPTS {rank}"), number=f"PSC-53-2026-{rank:04d}")
    with django_assert_max_num_queries(21 * 6 + 20):
        unpacked(people.instructrice)
