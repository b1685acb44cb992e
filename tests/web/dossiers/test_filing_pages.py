"""The pages of who files: list, form by several hands, documents, sending, what each may download."""

import io
import json
import zipfile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import cast, small_world
from tests.answers import read_to_the_end
from tests.apps.dossiers.filing import begun, fresh, pdf, ready, team
from tests.cast import NOW
from tests.web.reading import read

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers import depositing
from maillage.apps.dossiers.models import Deposit, Dossier
from maillage.apps.projets.models import Projet

pytestmark = pytest.mark.django_db
TEXT, MANY = "entite_porteuse", "champs_des_acteurs"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


@pytest.fixture(autouse=True)
def _no_check(monkeypatch):
    """The checks have their own tests."""
    monkeypatch.setattr(depositing, "forbidding", lambda *_args, **_named: ())
    monkeypatch.setattr("maillage.web.dossiers.depot.sending.forbidding", lambda *_args, **_named: ())


@pytest.fixture
def signed(people):
    """A browser signed in as someone."""

    def as_one(who: str) -> Client:
        client = Client()
        client.force_login(getattr(people, who))
        return client

    return as_one


def at(name: str, dossier: Dossier, *rest) -> str:
    return reverse(f"web:{name}", args=[dossier.pk, *rest])


def words(response) -> str:
    return " ".join(read(response.content.decode()).text.split())


def seen(dossier: Dossier, **typed) -> str:
    """What the form says that it showed."""
    return json.dumps({code: [value, dossier.revision] for code, value in typed.items()})


def unmet(dossier: Dossier):
    """The checks that who files confirms."""
    return depositing.to_confirm(dossier, "deposer", today=NOW.date())


def post(client: Client, dossier: Dossier, known: str, **typed):
    data = {"vu": known} | {f"r-{code}": value for code, value in typed.items()}
    return client.post(at("dossier_formulaire", dossier), data)


def test_the_list_says_what_may_begin_to_whom_and_in_how_long(people, signed):
    projet = team(people)
    page = words(signed("porteuse").get(reverse("web:projet_dossiers", args=[projet.pk])))
    assert "Aucun dossier pour l’instant" in page
    assert "Projet de santé d’une CPTS, pour validation" in page
    assert "Adressé à ARS Bretagne" in page
    assert "2 mois depuis le jour du dépôt" in page


def test_a_kind_begun_is_explained_and_listed(people, signed):
    projet = team(people)
    client = signed("porteuse")
    begin = reverse("web:projet_dossiers_commencer", args=[projet.pk])
    response = client.post(begin, {"nature": "projet_sante_cpts"})
    dossier = Dossier.objects.get()
    assert response["Location"] == at("dossier_formulaire", dossier)
    page = words(client.get(reverse("web:projet_dossiers", args=[projet.pk])))
    assert "déjà en préparation" in page
    assert "Répondre à 1 question" in page
    again = client.post(begin, {"nature": "projet_sante_cpts"}, follow=True)
    assert "déjà en préparation" in words(again)


def test_the_list_goes_into_a_table(people, signed):
    dossier = begun(people)
    response = signed("porteuse").get(reverse("web:projet_dossiers", args=[dossier.projet_id]), {"format": "csv"})
    assert "Projet de santé d'une CPTS" in response.content.decode()


def test_the_form_says_where_an_answer_comes_from_and_keeps_another(people, signed):
    dossier = begun(people)
    client = signed("porteuse")
    assert "Repris de votre forme juridique" in words(client.get(at("dossier_formulaire", dossier)))
    known = seen(dossier, **{TEXT: "Association du pays de Redon"})
    assert post(client, dossier, known, **{TEXT: "Une autre"}).status_code == 302
    assert fresh(dossier).answers[TEXT] == "Une autre"


def test_the_second_author_reads_the_first_beside_what_they_typed(people, signed):
    dossier = begun(people)
    known = seen(dossier, **{TEXT: "Association du pays de Redon"})
    post(signed("porteuse"), dossier, known, **{TEXT: "Le premier texte"})
    client = signed("coordinatrice")
    response = post(client, dossier, known, **{TEXT: "Le second texte"})
    assert response.status_code == 422
    assert "« Le premier texte »" in words(response)
    assert 'value="Le second texte"' in response.content.decode()
    assert fresh(dossier).answers[TEXT] == "Le premier texte"
    again = seen(fresh(dossier), **{TEXT: "Le premier texte"})
    assert post(client, dossier, again, **{TEXT: "Le second texte"}).status_code == 302
    assert fresh(dossier).answers[TEXT] == "Le second texte"


def test_what_one_did_not_touch_never_erases_what_another_wrote(people, signed):
    dossier = begun(people)
    known = seen(dossier, **{TEXT: "Association du pays de Redon", MANY: []})
    post(signed("porteuse"), dossier, known, **{TEXT: "Le premier texte"})
    sent = {TEXT: "Association du pays de Redon", MANY: ["ambulatoire"]}
    assert post(signed("coordinatrice"), dossier, known, **sent).status_code == 302
    assert fresh(dossier).answers[TEXT] == "Le premier texte"
    assert fresh(dossier).answers[MANY] == ["ambulatoire"]


def test_a_wrong_answer_is_told_beside_its_question_and_kept(people, signed):
    dossier = begun(people)
    response = post(signed("porteuse"), dossier, seen(dossier, effectif=""), effectif="beaucoup")
    assert response.status_code == 422
    assert 'value="beaucoup"' in response.content.decode()
    assert "un nombre entier" in words(response)


def test_htmx_saves_each_question_and_leaves_the_one_at_fault(people, signed):
    dossier = begun(people)
    data = {"vu": seen(dossier, effectif="", **{TEXT: ""}), "r-effectif": "beaucoup", f"r-{TEXT}": "Une autre"}
    response = signed("porteuse").post(at("dossier_formulaire", dossier), data, **HTMX)
    assert "Pas encore enregistré" in words(response)
    assert fresh(dossier).answers[TEXT] == "Une autre"
    assert "effectif" not in fresh(dossier).answers


def test_a_patient_in_the_form_is_shown_and_masked_when_asked(people, signed):
    dossier = begun(people)
    client, text = signed("porteuse"), "Mme Durand, née le 12/03/1951, est venue"
    response = post(client, dossier, seen(dossier, **{TEXT: ""}), **{TEXT: text})
    assert response.status_code == 422
    assert "peut désigner un patient" in words(response)
    data = {"vu": seen(dossier, **{TEXT: ""}), f"r-{TEXT}": text, "masquer": "oui"}
    assert "[masqué]" in client.post(at("dossier_formulaire", dossier), data).content.decode()


def test_communes_are_added_and_taken_out_without_javascript(people, signed):
    dossier = begun(people)
    client, address = signed("porteuse"), at("dossier_formulaire", dossier)
    known = seen(dossier, communes=["35236"])
    client.post(address, {"vu": known, "r-communes": "35236", "retirer-communes": "35236"})
    assert "communes" not in fresh(dossier).answers
    known = seen(fresh(dossier), communes=[])
    client.post(address, {"vu": known, "ajouter-communes": "Redon (35236)", "ajout": "communes"})
    assert fresh(dossier).answers["communes"] == ["35236"]


def test_a_document_is_joined_taken_out_and_put_back(people, signed):
    dossier = begun(people)
    client = signed("porteuse")
    file = SimpleUploadedFile("statuts.pdf", pdf())
    assert client.post(at("dossier_pieces_joindre", dossier, "statuts"), {"fichier": file}).status_code == 302
    piece = dossier.pieces.get()
    client.post(at("dossier_pieces_acte", dossier, piece.pk, "retirer"))
    assert "Retirée : statuts.pdf" in words(client.get(at("dossier_pieces", dossier)))
    client.post(at("dossier_pieces_acte", dossier, piece.pk, "remettre"))
    assert dossier.pieces.filter(withdrawn_at=None).count() == 1
    given = client.get(at("dossier_pieces_fichier", dossier, piece.pk))
    assert given["Content-Type"] == "application/octet-stream"
    read_to_the_end(given)
    assert "Statuts de l’association" in words(client.get(at("dossier_pieces_apercu", dossier, piece.pk)))


def test_a_file_that_may_hold_a_patient_asks_to_be_read(people, signed):
    dossier = begun(people)
    client, address = signed("porteuse"), at("dossier_pieces_joindre", dossier, "statuts")
    content = pdf("Mme MARTIN Jeanne, 82 ans")
    response = client.post(address, {"fichier": SimpleUploadedFile("statuts.pdf", content)})
    assert response.status_code == 422
    assert "J’ai relu ce fichier" in words(response)
    again = {"fichier": SimpleUploadedFile("statuts.pdf", content), "sans_patient": "oui"}
    assert client.post(address, again).status_code == 302


def test_before_sending_the_page_lists_what_is_missing_with_its_link(people, signed):
    dossier = begun(people)
    response = signed("porteuse").get(at("dossier_deposer", dossier))
    html = response.content.decode()
    assert f"{at('dossier_formulaire', dossier)}#champ-{MANY}" in html
    assert f"{at('dossier_pieces', dossier)}#piece-statuts" in html
    assert "Déposer le dossier" not in words(response)
    refused = signed("porteuse").post(at("dossier_deposer", dossier), {"verbe": "deposer"})
    assert refused.status_code == 422
    assert "Le dossier n’est pas envoyé" in words(refused)


def test_the_deposit_gives_a_receipt_and_a_message_without_a_name(people, signed):
    dossier = ready(people)
    client = signed("porteuse")
    known = {"verbe": "deposer", "confirme": "oui", "lu": [each.code for each in unmet(dossier)]}
    response = client.post(at("dossier_deposer", dossier), known, follow=True)
    assert "Votre accusé de dépôt est prêt" in words(response)
    receipt = client.get(at("dossier_accuse", dossier, 1))
    assert b"".join(receipt.streaming_content).startswith(b"%PDF-")
    sent = next(each for each in mail.outbox if each.to == ["porteuse@example.org"])
    assert sent.subject == "Votre dossier est déposé"
    assert at("dossier_accuse", dossier, 1) in sent.body


def test_an_authority_reads_what_was_filed_and_nothing_written_since(people, signed):
    dossier = ready(people)
    depositing.deposit(dossier, by=people.porteuse, at=NOW)
    piece = fresh(dossier).pieces.get(code="statuts")
    dossier = fresh(dossier)
    post(signed("porteuse"), dossier, seen(dossier, **{TEXT: dossier.answers[TEXT]}), **{TEXT: "Écrit depuis"})
    late = SimpleUploadedFile("autre.pdf", pdf("Une note."))
    signed("porteuse").post(at("dossier_pieces_joindre", dossier, "autre"), {"fichier": late})
    fund = signed("agent_cpam")
    _second_factor(people.agent_cpam)
    assert "Écrit depuis" not in words(fund.get(at("dossier_formulaire", dossier)))
    given = fund.get(at("dossier_pieces_fichier", dossier, piece.pk))
    assert given.status_code == 200
    read_to_the_end(given)
    new = dossier.pieces.get(code="autre")
    assert fund.get(at("dossier_pieces_fichier", dossier, new.pk)).status_code == 404
    names = zipfile.ZipFile(io.BytesIO(fund.get(at("dossier_zip", dossier)).content)).namelist()
    assert {"accuse-de-depot.pdf", "contenu.json", "formulaire.csv"} <= set(names)
    assert not any("autre" in name for name in names)


def test_an_amended_dossier_shows_what_changes(people, signed):
    dossier = ready(people)
    depositing.deposit(dossier, by=people.porteuse, at=NOW)
    dossier = fresh(dossier)
    client = signed("porteuse")
    post(client, dossier, seen(dossier, **{TEXT: dossier.answers[TEXT]}), **{TEXT: "Écrit depuis"})
    page = words(client.get(at("dossier_deposer", dossier)))
    assert "Ce qui a changé depuis votre dernier dépôt" in page
    assert "Écrit depuis" in page
    client.post(at("dossier_deposer", dossier), {"verbe": "amender"})
    assert Deposit.objects.filter(dossier=dossier).count() == 2
    assert "le dépôt précédent" in words(client.get(at("dossier_pieces", dossier)))


def test_a_dossier_is_withdrawn_then_begun_again(people, signed):
    dossier = ready(people)
    depositing.deposit(dossier, by=people.porteuse, at=NOW)
    client = signed("porteuse")
    assert client.post(at("dossier_retirer", dossier), {"motif": ""}).status_code == 422
    client.post(at("dossier_retirer", dossier), {"motif": "Le projet change."})
    assert "Recommencer à partir de ce dossier" in words(client.get(at("dossier", dossier)))
    client.post(at("dossier_recommencer", dossier))
    assert Dossier.objects.filter(phase="brouillon").count() == 1


def test_a_draft_is_erased_once_confirmed(people, signed):
    dossier = begun(people)
    client = signed("porteuse")
    assert client.get(at("dossier_supprimer", dossier)).status_code == 200
    assert Dossier.objects.exists()
    client.post(at("dossier_supprimer", dossier))
    assert not Dossier.objects.exists()


def test_without_an_authority_the_page_says_so_and_everything_can_be_taken_away(people, signed):
    dossier = ready(people)
    Organisation.objects.filter(kind="ars").update(closed_at=NOW)
    client = signed("porteuse")
    assert "n’est pas encore présente dans Maillage" in words(client.get(at("dossier_deposer", dossier)))
    names = zipfile.ZipFile(io.BytesIO(client.get(at("dossier_zip", dossier)).content)).namelist()
    assert any(name.startswith("pieces/projet-de-sante") for name in names)


def test_the_dashboard_says_what_the_dossier_waits_for(people, signed):
    dossier = begun(people)
    page = words(signed("porteuse").get(reverse("web:projet", args=[dossier.projet_id])))
    assert "Projet de santé d’une CPTS, pour validation : Répondre à 1 question" in page


def test_an_archived_project_begins_nothing(people, signed):
    projet = team(people)
    Projet.objects.filter(pk=projet.pk).update(state="archive")
    page = words(signed("porteuse").get(reverse("web:projet_dossiers", args=[projet.pk])))
    assert "Commencer un dossier" not in page


def _second_factor(user) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
