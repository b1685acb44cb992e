"""A letter ready to sign: who signs, no word to confirm, no mark of a draft."""

import io

import pypdf
import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.deciding import Wanted, decide
from maillage.apps.dossiers.finishing import Finished, finish_letter
from maillage.apps.dossiers.following import Finess, record_finess
from maillage.apps.dossiers.letters import letter_file, letter_of
from maillage.apps.dossiers.models import Decision
from maillage.apps.dossiers.notifying import Notice, SignedFile, Signing, notify_decision, sign, waits_of
from maillage.core.kernel.problems import BadInput
from maillage.core.text import from_markdown, plain

pytestmark = pytest.mark.django_db
ANSWERS = {
    "gestionnaire_nom": "Association Soins", "adresse": "2 rue Neuve", "gestionnaire_adresse": "1 rue Haute",
    "gestionnaire_finess": "350000121", "communes": ["35236"],
}  # fmt: skip
SIGNS = {"signatory": "Camille Exemple", "quality": "Directrice générale"}


@pytest.fixture(autouse=True)
def kept(tmp_path, settings):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def centre(people):
    projet = cpts(people, nom="Centre de santé")
    projet.structure.kind = "cds"
    projet.structure.save()
    return filed(projet, "engagement_cds", number="ENG-53-2026-0001", state="a_decider", answers=ANSWERS)


def taken(dossier, people, **fields):
    return decide(dossier, Wanted(verb="accepter", **fields), by=people.decideuse, at=NOW)


def signed(decision, people):
    file = SignedFile("lettre.pdf", io.BytesIO(letter_file(decision, "pdf")), declared_harmless=True)
    wanted = Signing(**SIGNS, signed_on=TODAY, appeal="Deux mois.")
    return sign(decision, wanted, file, by=people.instructrice, at=NOW)


def pdf_text(decision):
    pages = pypdf.PdfReader(io.BytesIO(letter_file(decision, "pdf"))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_letter_to_sign_has_its_signatory_and_no_mark(people):
    dossier = filed(cpts(people), state="a_decider", answers={"communes": ["35236"]})
    made = taken(dossier, people)
    assert "Projet de lettre" in pdf_text(made)
    finish_letter(made, Finished(**SIGNS, appeal="Deux mois."), by=people.instructrice, at=NOW)
    made.refresh_from_db()
    said = pdf_text(made)
    assert "Camille Exemple" in said
    assert "Projet de lettre" not in said
    assert "confirmer" not in said
    assert waits_of(made) == ()


def test_the_signatory_may_be_given_with_the_decision(people):
    dossier = filed(cpts(people), state="a_decider", answers={"communes": ["35236"]})
    made = taken(dossier, people, **SIGNS, appeal="Deux mois.")
    assert not letter_of(made).is_draft


def test_a_receipt_says_who_runs_the_centre_and_waits_for_its_number(centre, people):
    made = taken(centre, people)
    said = plain(letter_of(made).body)
    assert "Gestionnaire : Association Soins" in said
    assert "Adresse du gestionnaire : 1 rue Haute" in said
    assert "entité juridique : 350000121" in said
    with pytest.raises(BadInput, match=r"À compléter dans la lettre : « .*établissement : à confirmer »"):
        signed(made, people)
    record_finess(made.recognition, Finess(et="350000139"), by=people.instructrice, at=NOW)
    made.refresh_from_db()
    notice = Notice(how="remise", on=TODAY)
    assert notify_decision(signed(made, people), notice, by=people.instructrice, at=NOW).notified_at


def test_what_is_to_confirm_is_not_notified_either(centre, people):
    record_finess(taken(centre, people).recognition, Finess(et="350000139"), by=people.instructrice, at=NOW)
    made = signed(Decision.objects.get(), people)
    Decision.objects.update(body=from_markdown("Le centre : à confirmer.").as_dict())
    with pytest.raises(BadInput, match="À compléter dans la lettre"):
        notify_decision(made, Notice(how="remise", on=TODAY), by=people.instructrice, at=NOW)


def test_who_files_writes_no_letter(centre, people):
    made = taken(centre, people)
    with pytest.raises(NotAllowed):
        finish_letter(made, Finished(**SIGNS), by=people.porteuse, at=NOW)
