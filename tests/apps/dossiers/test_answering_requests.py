"""Sending what was asked with what one has; confirming what is missing when silence would grant."""

import pytest
from tests import cast, small_world
from tests.apps.dossiers.filing import LATER, begun, fresh, given, ready
from tests.cast import NOW

from maillage.apps.common.screening import PatientData
from maillage.apps.dossiers import depositing, drafting
from maillage.apps.dossiers.checking import checked
from maillage.apps.dossiers.completeness import missing
from maillage.apps.dossiers.joining import code_asked, documents_of
from maillage.apps.dossiers.models import Deposit, Dossier, Piece, PieceRequest
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
WHY = "L'assemblée générale est le 12 décembre."


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


def asked(dossier: Dossier, *items: tuple[str, str]) -> PieceRequest:
    """Pieces asked for, by code and name."""
    told = [{"code": code, "libelle": words, "precision": ""} for code, words in items]
    Dossier.objects.filter(pk=dossier.pk).update(state="incomplet", phase="attente", due_on=None)
    return PieceRequest.objects.create(
        dossier=dossier, at=NOW, by=dossier.created_by, items=told, answer_by=LATER.date()
    )


def complete(people, dossier, **without):
    told = {code.replace("__", "-"): words for code, words in without.items()}
    return depositing.complete(fresh(dossier), without=told, by=people.porteuse, at=LATER)


def test_two_pieces_asked_are_answered_with_one_and_a_word(people):
    dossier = depositing.deposit(ready(people), by=people.porteuse, at=NOW).dossier
    request = asked(dossier, ("statuts", "Statuts"), ("autre", "Lettre de la mairie"))
    dossier.pieces.filter(code="statuts").update(withdrawn_at=NOW)
    free = code_asked(request, request.items[1])
    drafting.join(fresh(dossier), free, given("lettre.pdf"), by=people.porteuse, at=LATER)
    with pytest.raises(BadInput, match="Joignez ce document"):
        complete(people, dossier)
    with pytest.raises(PatientData):
        complete(people, dossier, statuts="Mme Durand, née le 12/03/1951, est venue")
    with pytest.raises(BadInput, match="300 caractères"):
        complete(people, dossier, statuts="a" * 301)
    made = complete(people, dossier, statuts=WHY)
    request.refresh_from_db()
    assert [each.get("absente") for each in request.items] == [WHY, None]
    assert made.content["absentes"] == [{"libelle": "Statuts", "pourquoi": WHY}]
    assert {each["libelle"] for each in made.content["pieces"]} >= {"Lettre de la mairie"}


def test_an_optional_piece_asked_never_blocks(people):
    dossier = depositing.deposit(ready(people), by=people.porteuse, at=NOW).dossier
    asked(dossier, ("statuts", "Statuts"), ("fiches_actions", "Fiches-actions"))
    assert not missing(fresh(dossier))
    made = complete(people, dossier, fiches_actions="Elles ne sont pas écrites.")
    assert made.content["absentes"][0]["libelle"] == "Fiches-actions"


def test_free_pieces_of_a_request_are_told_apart(people):
    dossier = depositing.deposit(ready(people), by=people.porteuse, at=NOW).dossier
    asked(dossier, ("autre", "Lettre de la mairie"), ("autre", "Plan des locaux"))
    named = [each for each in documents_of(fresh(dossier)) if each.code.startswith("autre-")]
    assert [each.libelle for each in named] == ["Lettre de la mairie", "Plan des locaux"]
    drafting.join(fresh(dossier), named[0].code, given("lettre.pdf"), by=people.porteuse, at=LATER)
    assert [each.label for each in missing(fresh(dossier))] == ["Plan des locaux"]
    complete(people, dossier, **{named[1].code.replace("-", "__"): WHY})
    after = [each.libelle for each in documents_of(fresh(dossier)) if each.code.startswith("autre-")]
    assert after == ["Lettre de la mairie"]
    assert Piece.objects.get(code=named[0].code).withdrawn_at is None


def test_an_empty_project_is_filed_only_when_what_is_missing_is_confirmed(people):
    dossier = ready(people, begun(people))
    unmet = depositing.to_confirm(dossier, "deposer", today=NOW.date())
    assert {each.code for each in unmet} >= {"projet_signe", "rubriques"}
    assert all(each.state == "manque" for each in unmet)
    for confirmed in ((), [unmet[0].code]):
        with pytest.raises(BadInput, match="Confirmez"):
            depositing.deposit(dossier, confirmed=confirmed, by=people.porteuse, at=NOW)
    assert not Deposit.objects.exists()
    made = depositing.deposit(dossier, confirmed=[each.code for each in unmet], by=people.porteuse, at=NOW)
    assert [each["code"] for each in made.content["confirme"]] == [each.code for each in unmet]
    assert {each.code for each in checked(fresh(dossier), today=NOW.date()) if each.state == "manque"} >= {"rubriques"}
