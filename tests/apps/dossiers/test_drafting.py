"""Writing a dossier by several hands: start, answers, documents, version, who files it, leaving it."""

import pytest
from tests import cast, small_world
from tests.apps.dossiers.filing import begun, fresh, given, ready, team
from tests.cast import NOW

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import Event, StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.dossiers import drafting
from maillage.apps.dossiers.completeness import missing
from maillage.apps.dossiers.models import Dossier, Piece
from maillage.apps.dossiers.permissions import may_draft, may_file
from maillage.apps.dossiers.queries import visible
from maillage.apps.dossiers.starting import startable
from maillage.apps.notifications.models import Notification
from maillage.apps.projets import versions
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db

TEXT, NUMBER = "entite_porteuse", "effectif"


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


def test_a_draft_begins_with_what_the_structure_has_said(people):
    dossier = begun(people)
    assert dossier.state == "brouillon"
    assert dossier.answers["communes"] == ["35236"]
    assert dossier.departement == "35"
    assert Event.objects.filter(subject_id=str(dossier.pk), verb=drafting.STARTED).count() == 1


def test_who_may_not_write_does_not_begin(people):
    projet = team(people)
    with pytest.raises(NotAllowed):
        drafting.start(projet, "projet_sante_cpts", by=people.membre, at=NOW)
    with pytest.raises(NotAllowed):
        drafting.start(projet, "projet_sante_cpts", by=people.stranger, at=NOW)


def test_a_second_draft_of_the_same_kind_is_refused_and_explained(people):
    dossier = begun(people)
    with pytest.raises(BadInput, match="déjà en préparation"):
        drafting.start(dossier.projet, dossier.kind, by=people.porteuse, at=NOW)
    found = next(each for each in startable(dossier.projet, today=NOW.date()) if each.definition.code == dossier.kind)
    assert found.current == dossier
    assert "déjà en préparation" in found.why_not


def test_the_kind_of_another_structure_is_refused(people):
    with pytest.raises(BadInput, match="pas celle de votre structure"):
        drafting.start(team(people), "projet_sante_msp", by=people.porteuse, at=NOW)


def test_answers_are_kept_typed_and_an_empty_one_is_taken_back(people):
    dossier = begun(people)
    kept = drafting.write_answers(dossier, {"communes": []}, 0, by=people.porteuse, at=NOW)
    assert "communes" not in kept.answers
    assert kept.revision == 1
    assert drafting.write_answers(kept, {"communes": []}, 1, by=people.porteuse, at=NOW).revision == 1


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"communes": ["99999"]}, "commune d'aujourd'hui"),
        ({"communes": "35236"}, "une liste"),
        ({"inconnu": "x"}, "une question de ce formulaire"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_is_written(people, answers, expected):
    dossier = begun(people)
    with pytest.raises(BadInput, match=expected):
        drafting.write_answers(dossier, answers, 0, by=people.porteuse, at=NOW)
    assert fresh(dossier).answers == dossier.answers


def test_two_authors_of_two_questions_both_keep_theirs(people):
    dossier = begun(people)
    drafting.write_answers(dossier, {TEXT: "Association A"}, 0, by=people.porteuse, at=NOW)
    drafting.write_answers(dossier, {NUMBER: "42"}, 0, by=people.coordinatrice, at=NOW)
    assert (fresh(dossier).answers[TEXT], fresh(dossier).answers[NUMBER]) == ("Association A", 42)


def test_the_second_author_of_the_same_question_sees_the_first(people):
    dossier = begun(people)
    drafting.write_answers(dossier, {TEXT: "Le premier texte"}, 0, by=people.porteuse, at=NOW)
    with pytest.raises(drafting.Overtaken) as refused:
        drafting.write_answers(dossier, {TEXT: "Le second texte"}, 0, by=people.coordinatrice, at=NOW)
    assert refused.value.stored == {TEXT: "Le premier texte"}
    assert fresh(dossier).answers[TEXT] == "Le premier texte"
    drafting.write_answers(dossier, {TEXT: "Le second texte"}, refused.value.revision, by=people.coordinatrice, at=NOW)
    assert fresh(dossier).answers[TEXT] == "Le second texte"


def test_a_patient_in_an_answer_is_stopped(people):
    dossier = begun(people)
    with pytest.raises(PatientData):
        drafting.write_answers(
            dossier, {TEXT: "Mme Durand, née le 12/03/1951, est venue"}, 0, by=people.porteuse, at=NOW
        )
    assert fresh(dossier).answers == dossier.answers


def test_a_document_is_replaced_taken_out_and_put_back(people):
    dossier, by = begun(people), people.porteuse
    first = drafting.join(dossier, "statuts", given(), by=by, at=NOW)
    second = drafting.join(dossier, "statuts", given("statuts-2.pdf", "Statuts signés."), by=by, at=NOW)
    assert living(dossier) == [second]
    drafting.remove(second, by=by, at=NOW)
    assert living(dossier) == []
    drafting.put_back(first, by=by, at=NOW)
    assert living(dossier) == [first]


def test_a_document_that_is_not_asked_or_not_of_its_format_is_refused(people):
    dossier = begun(people)
    with pytest.raises(BadInput, match="pas demandée"):
        drafting.join(dossier, "inconnue", given(), by=people.porteuse, at=NOW)
    with pytest.raises(BadInput, match="pas demandée"):
        drafting.join(dossier, "projet_de_sante", given(), by=people.porteuse, at=NOW)
    with pytest.raises(NotAllowed):
        drafting.join(dossier, "statuts", given(), by=people.membre, at=NOW)
    assert not StoredFile.objects.exists()


def test_only_a_version_of_the_structure_is_chosen(people):
    dossier = begun(people)
    other = versions.name_version(people.projet, name="Autre", by=people.porteuse, at=NOW)
    with pytest.raises(BadInput, match="de cette structure"):
        drafting.choose_version(dossier, other, by=people.porteuse, at=NOW)
    own = versions.name_version(dossier.projet, name="La nôtre", by=people.porteuse, at=NOW)
    assert drafting.choose_version(dossier, own, by=people.porteuse, at=NOW).version == own


def test_a_draft_is_erased_with_its_files(people):
    dossier = ready(people)
    drafting.delete(dossier, by=people.porteuse, at=NOW)
    assert not Dossier.objects.exists()
    assert not StoredFile.objects.exists()
    assert Event.objects.filter(verb="supprimer un brouillon").count() == 1


def test_a_kind_that_the_structure_files_is_not_entrusted(people):
    body = Organisation.objects.create(kind="collectivite", nom="Redon Agglomération", created_at=NOW)
    with pytest.raises(BadInput, match="par la structure elle-même"):
        drafting.entrust(begun(people), body, by=people.porteuse, at=NOW)


def living(dossier: Dossier) -> list[Piece]:
    """The documents that are there."""
    return list(dossier.pieces.filter(withdrawn_at=None))


def test_a_collectivite_sees_the_draft_entrusted_to_it_and_files_it_alone(people):
    body = Organisation.objects.create(
        kind="collectivite", nom="Redon Agglomération", region="53", departement="35", created_at=NOW
    )
    mayor = cast.person("maire")
    cast.give(mayor, body, cast.Role.Name.PORTEUR)
    dossier = begun(people, people.projet, "financement_immobilier_msp")
    assert not visible(mayor).exists()
    assert any(each.kind == "deposant" for each in missing(dossier))
    entrusted = drafting.entrust(dossier, body, by=people.porteuse, at=NOW)
    assert (may_file(mayor, entrusted), may_file(people.porteuse, entrusted)) == (True, False)
    assert (may_draft(mayor, entrusted), may_draft(people.porteuse, entrusted)) == (True, True)
    assert visible(mayor).get() == dossier
    assert Notification.objects.get(user=mayor).title == "Un dossier à déposer vous est confié"
    assert not any(each.kind == "deposant" for each in missing(entrusted))
    back = drafting.entrust(entrusted, None, by=people.porteuse, at=NOW)
    assert back.filer == dossier.structure.organisation
