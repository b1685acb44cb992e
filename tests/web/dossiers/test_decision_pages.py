"""The page « Décision »: prepared, taken, signed, notified; what who filed sees, and when."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast, small_world
from tests.dossiers import cpts, filed
from tests.web.reading import read

from maillage.apps.dossiers.models import Decision, Proposal, Recognition

pytestmark = pytest.mark.django_db
TYPED = {"decision": "accepter", "motifs": "", "lettre": "Madame, Monsieur, {communes}.", "recours": "Deux mois."}


@pytest.fixture(autouse=True)
def kept(tmp_path, settings):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people), state="a_decider")


def text_of(answer):
    return read(answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")).text


def signed_in(user):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "0" * 16}})
    client = Client()
    client.force_login(user)
    return client


def at(name, dossier, **parts):
    return reverse(f"web:{name}", kwargs={"dossier": dossier.pk, **parts})


def pdf(name="lettre.pdf"):
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(buffer)
    return SimpleUploadedFile(name, buffer.getvalue(), "application/pdf")


def taken(people, dossier):
    client = signed_in(people.decideuse)
    client.post(at("dossier_decision_preparer", dossier), {**TYPED, "acte": "decider"})
    return Decision.objects.get()


def notified(people, dossier):
    decision, client = taken(people, dossier), signed_in(people.instructrice)
    signing = {"signataire": "Camille Exemple", "qualite": "Directrice", "signee_le": decision.decided_on,
               "recours": "Deux mois.", "fichier": pdf()}  # fmt: skip
    assert client.post(at("dossier_decision_signer", dossier), signing).status_code == 302
    notice = {"moyen": "lettre recommandée", "jour": decision.decided_on}
    assert client.post(at("dossier_decision_notifier", dossier), notice).status_code == 302
    decision.refresh_from_db()
    return decision


def test_the_reviewer_prepares_and_does_not_decide(people, dossier):
    client = signed_in(people.instructrice)
    page = client.get(at("dossier_decision_preparer", dossier))
    assert "Le modèle : Validation du projet de santé d’une CPTS" in text_of(page)
    assert "Prendre la décision" not in text_of(page)
    answer = client.post(at("dossier_decision_preparer", dossier), {**TYPED, "acte": "brouillon"})
    assert answer.status_code == 302
    assert Proposal.objects.get().verb == "accepter"
    letter = client.get(at("dossier_decision_projet", dossier, kind="pdf"))
    assert letter.content.startswith(b"%PDF")


def test_a_refused_decision_keeps_what_was_typed(people, dossier):
    client = signed_in(people.decideuse)
    typed = {**TYPED, "decision": "refuser", "lettre": "Un texte à moi", "acte": "decider"}
    answer = client.post(at("dossier_decision_preparer", dossier), typed)
    assert answer.status_code == 422
    assert "Écrivez les motifs" in text_of(answer)
    assert "Un texte à moi" in answer.content.decode()
    assert not Decision.objects.exists()


def test_lines_of_conditions_are_added_without_losing_any(people, dossier):
    client = signed_in(people.decideuse)
    typed = {**TYPED, "condition": ["Recruter"], "condition_avant": ["2027-03-01"], "acte": "ajouter"}
    answer = client.post(at("dossier_decision_preparer", dossier), typed)
    assert answer.status_code == 200
    assert answer.content.decode().count('name="condition"') == 6
    assert 'value="Recruter"' in answer.content.decode()


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_a_decision_taken_is_hidden_from_who_filed(people, dossier, kind):
    decision = taken(people, dossier)
    inside, outside = signed_in(people.instructrice), signed_in(people.porteuse)
    letter = at("dossier_decision_lettre", dossier, decision=decision.pk, kind=kind)
    assert inside.get(letter).status_code == 200
    assert outside.get(letter).status_code == 404
    page = text_of(outside.get(at("dossier_decision", dossier)))
    assert "Aucune décision n’est notifiée" in page
    assert decision.number not in page
    assert decision.number not in text_of(outside.get(at("dossier", dossier)))
    journal = outside.get(f"/dossiers/{dossier.pk}/journal/")
    assert decision.number not in journal.content.decode()


def test_a_notified_decision_is_read_by_who_filed(people, dossier):
    decision = notified(people, dossier)
    assert decision.notified_how == "lettre recommandée"
    outside = signed_in(people.porteuse)
    page = text_of(outside.get(at("dossier_decision", dossier)))
    assert decision.number in page
    assert "Deux mois." in page
    for name, parts in (("dossier_decision_lettre", {"kind": "pdf"}), ("dossier_decision_signee", {})):
        answer = outside.get(at(name, dossier, decision=decision.pk, **parts))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert outside.get(at("dossier_decision_lettre", dossier, decision=decision.pk, kind="docx")).status_code == 404


def test_what_is_wrong_in_a_signature_is_beside_its_field(people, dossier):
    taken(people, dossier)
    client = signed_in(people.instructrice)
    answer = client.post(at("dossier_decision_signer", dossier), {"signataire": "Camille"})
    assert answer.status_code == 422
    assert "Joignez la lettre signée." in text_of(answer)


def test_finess_numbers_then_the_end_of_the_recognition(people, dossier):
    notified(people, dossier)
    client = signed_in(people.decideuse)
    wrong = client.post(at("dossier_decision_finess", dossier), {"ej": "350000122"})
    assert wrong.status_code == 422
    assert "la clé du numéro FINESS est fausse" in text_of(wrong)
    assert client.post(at("dossier_decision_finess", dossier), {"ej": "350000121"}).status_code == 302
    done = client.post(at("dossier_decision_fin", dossier), {"jour": Recognition.objects.get().since, "motif": "Fin"})
    assert done.status_code == 302
    assert Recognition.objects.get().ended_reason == "Fin"
    assert client.get(at("dossier_decision_fin", dossier)).status_code == 404


def test_a_withdrawn_decision_says_why(people, dossier):
    decision = notified(people, dossier)
    client = signed_in(people.decideuse)
    client.post(at("dossier_decision_retirer", dossier), {"motif": "Erreur de périmètre"})
    page = text_of(signed_in(people.porteuse).get(at("dossier_decision", dossier)))
    assert f"{decision.number} (accord)" in page
    assert "Erreur de périmètre" in page


def test_the_letter_follows_the_decision_that_is_chosen(people, dossier):
    client = signed_in(people.decideuse)
    form = client.get(at("dossier_decision_preparer", dossier)).context["formulaire"]
    first = {"lettre": form.initial["lettre"], "modele": form.initial["modele"]}
    typed = {**TYPED, **first, "decision": "refuser", "motifs": "Territoire non pertinent.", "acte": "brouillon"}
    edited = {**typed, "lettre": first["lettre"] + "\n\nMerci de votre travail."}
    answer = client.post(at("dossier_decision_preparer", dossier), edited)
    assert answer.status_code == 422
    assert "vient du modèle « Validation du projet de santé" in text_of(answer)
    assert "J’ai relu la lettre" in text_of(answer)
    assert client.post(at("dossier_decision_preparer", dossier), typed).status_code == 302
    assert Proposal.objects.get().letter_model == "opposition_cpts"


def test_the_letter_is_made_ready_to_sign(people, dossier):
    taken(people, dossier)
    client = signed_in(people.instructrice)
    assert "La lettre n’est pas prête à signer" in text_of(client.get(at("dossier_decision", dossier)))
    page = client.get(at("dossier_decision_finir", dossier))
    assert "Écrivez qui signe la lettre" in text_of(page)
    given = {"signataire": "Camille Exemple", "qualite": "Directrice", "recours": "Deux mois.",
             "lettre": page.context["form"].initial["lettre"]}  # fmt: skip
    assert client.post(at("dossier_decision_finir", dossier), given).status_code == 302
    assert "n’est pas prête" not in text_of(client.get(at("dossier_decision", dossier)))
    assert 'value="Camille Exemple"' in client.get(at("dossier_decision_signer", dossier)).content.decode()
