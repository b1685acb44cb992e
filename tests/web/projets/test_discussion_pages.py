"""Comments and tasks in the pages: written, answered, refused, told by mail."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from tests import cast

from maillage.apps.projets import comments, tasks
from maillage.apps.projets.models import Comment, Projet, Section, Task
from maillage.apps.structures.models import Member
from maillage.core.text import from_markdown, plain, read

pytestmark = pytest.mark.django_db
PATIENT = "Comme pour Mme Lefèvre, 84 ans, patiente de la MSP."


@pytest.fixture
def people() -> cast.Cast:
    people = cast.create()
    body = from_markdown("La MSP ouvre de 8 h à 20 h.").as_dict()
    Section.objects.create(projet=people.projet, code="msp.acces", title="Accès", position=0, body=body)
    return people


def page(name, people, **more):
    return reverse(f"web:{name}", kwargs={"projet": people.projet.pk, **more})


def thread(people):
    return page("projet_document_commentaires", people, code="msp.acces")


def test_a_member_comments_and_tells_someone(client, people):
    porteuse = Member.objects.get(user=people.porteuse)
    client.force_login(people.membre)
    assert "Aucun commentaire" in client.get(thread(people)).content.decode()
    told = client.post(thread(people), {"texte": "À relire.", "mention": str(porteuse.pk)}, follow=True)
    assert "@Porteuse Exemple" in told.content.decode()
    (sent,) = mail.outbox
    assert sent.to == ["porteuse@example.org"]
    assert "À relire" not in sent.body


@pytest.mark.parametrize(
    "typed", ["@Porteuse Exemple peux-tu relire ?", "Vu avec @porteuse exemplé.", "(@PORTEUSE  EXEMPLE)"]
)
def test_a_name_typed_after_an_at_sign_tells_its_member(client, people, typed):
    client.force_login(people.membre)
    told = client.post(thread(people), {"texte": typed}, headers={"HX-Request": "true"}).content.decode()
    assert [each.to for each in mail.outbox] == [["porteuse@example.org"]]
    assert "@Porteuse Exemple" in told
    assert "1 personne prévenue" in told


def test_the_longest_name_is_the_one_that_is_told(client, people):
    Member.objects.filter(user=people.porteuse).update(prenom="Anne", nom="Tanguy Le Goff")
    Member.objects.filter(user=people.membre).update(prenom="Anne", nom="Tanguy")
    client.force_login(people.redactrice)
    client.post(thread(people), {"texte": "@Anne Tanguy Le Goff relit, @Anne Tanguyx non, a@Anne Tanguy non plus."})
    assert [each.to for each in mail.outbox] == [["porteuse@example.org"]]


def test_a_member_without_an_account_is_said_to_be_told_otherwise(client, people):
    Member.objects.filter(user=people.porteuse).update(prenom="Anne", nom="Tanguy", user=None)
    client.force_login(people.membre)
    told = client.post(thread(people), {"texte": "@Anne Tanguy relit."}, follow=True).content.decode()
    assert "Anne Tanguy n’a pas de compte" in told
    assert "prévenez cette personne autrement" in told
    assert mail.outbox == []


def test_what_tells_a_patient_stays_in_the_form_and_can_be_masked(client, people):
    client.force_login(people.membre)
    answer = client.post(thread(people), {"texte": PATIENT})
    assert answer.status_code == 422
    assert "Lefèvre" in answer.content.decode()
    assert not Comment.objects.exists()
    masked = client.post(thread(people), {"texte": PATIENT, "masquer": "oui"}).content.decode()
    assert "[masqué]" in masked
    assert not Comment.objects.exists()


def test_an_answer_to_htmx_is_the_thread_alone(client, people):
    client.force_login(people.membre)
    answer = client.post(thread(people), {"texte": "À relire."}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="commentaires"')


def test_a_suggestion_is_accepted_from_the_page(client, people):
    client.force_login(people.membre)
    client.post(thread(people), {"nature": "suggestion", "passage": "20 h", "proposition": "19 h"})
    suggestion = Comment.objects.get()
    client.force_login(people.porteuse)
    client.post(page("projet_commentaire", people, commentaire=suggestion.pk, acte="accepter"))
    assert "19 h" in plain(read(people.projet.sections.get().body))


def test_a_suggestion_accepted_from_the_rail_tells_the_editor_and_its_person(client, people):
    client.force_login(people.porteuse)
    client.post(thread(people), {"nature": "suggestion", "passage": "20 h", "proposition": "19 h"})
    act = {"commentaire": Comment.objects.get().pk, "acte": "accepter"}
    answer = client.post(page("projet_commentaire", people, **act), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "rubrique-modifiee" in answer["HX-Trigger"]
    assert "La suggestion est dans le texte." in answer.content.decode()
    told = client.get(page("projet_document_session", people, code="msp.acces")).json()
    section = people.projet.sections.get()
    assert (told["revision"], told["corps"]) == (section.revision, section.body)
    again = client.post(page("projet_commentaire", people, **act), headers={"HX-Request": "true"})
    assert "HX-Trigger" not in again
    assert "encore ouvert" in again.content.decode()


def test_an_act_that_does_not_exist_is_not_found(client, people):
    client.force_login(people.membre)
    row = comments.comment(people.projet.sections.get(), text="Oui.", by=people.membre, at=cast.NOW).comment
    assert client.post(page("projet_commentaire", people, commentaire=row.pk, acte="casser")).status_code == 404
    assert client.get(page("projet_commentaire", people, commentaire=row.pk, acte="clore")).status_code == 405


def test_a_task_is_added_done_filtered_and_exported(client, people):
    client.force_login(people.porteuse)
    address = page("projet_taches", people)
    member = Member.objects.get(user=people.membre)
    client.post(address, {"titre": "Relire les horaires", "par": str(member.pk), "pour_le": "2020-01-31"})
    task = Task.objects.get()
    told = client.get(address).content.decode()
    assert "Relire les horaires" in told
    assert "en retard" in told
    assert "Relire" in client.get(address + "?voir=&format=csv").content.decode("utf-8-sig")
    client.post(page("projet_taches_acte", people, tache=task.pk, acte="faite"))
    assert "Rien à faire" in client.get(address).content.decode()
    assert "Relire les horaires" in client.get(address + "?voir=faites").content.decode()


def test_a_task_that_is_wrong_is_said_beside_its_field(client, people):
    client.force_login(people.porteuse)
    answer = client.post(page("projet_taches", people), {"titre": "", "pour_le": "demain"})
    assert answer.status_code == 422
    assert answer.content.decode().count("field-error") >= 2


def test_a_task_of_someone_else_is_not_found_by_a_member(client, people):
    client.force_login(people.porteuse)
    client.post(page("projet_taches", people), {"titre": "À moi"})
    client.force_login(people.membre)
    assert client.get(page("projet_taches_une", people, tache=Task.objects.get().pk)).status_code == 404


@pytest.fixture
def discussed(people):
    """The project shared with the ARS and the CPAM, with a comment and a task of the team."""
    row = comments.comment(people.projet.sections.get(), text="Trop fragile.", by=people.membre, at=cast.NOW).comment
    wanted = tasks.Wanted("Convaincre le maire", due_on=cast.TODAY)
    task = tasks.add(people.projet, wanted, by=people.porteuse, at=cast.NOW)
    Projet.objects.filter(pk=people.projet.pk).update(state="partage")
    for part in (people.instructrice, people.agent_cpam):
        Authenticator.objects.create(user=part, type=Authenticator.Type.TOTP, data={})
    return row, task


@pytest.mark.parametrize("part", ["instructrice", "agent_cpam"])
def test_what_the_team_says_to_itself_is_not_found_by_the_authorities(client, people, discussed, part):
    row, task = discussed
    client.force_login(getattr(people, part))
    assert client.get(thread(people)).status_code == 404
    assert client.post(thread(people), {"texte": "Oui."}).status_code == 404
    assert client.post(page("projet_commentaire", people, commentaire=row.pk, acte="clore")).status_code == 404
    assert client.get(page("projet_taches", people)).status_code == 404
    assert client.get(page("projet_taches_une", people, tache=task.pk)).status_code == 404


@pytest.mark.parametrize(
    ("part", "is_shown"), [("instructrice", False), ("agent_cpam", False), ("membre", True), ("porteuse", True)]
)
def test_the_pages_of_a_shared_project_show_the_discussion_to_the_structure_only(
    client, people, discussed, part, is_shown
):
    client.force_login(getattr(people, part))
    section = client.get(page("projet_document_rubrique", people, code="msp.acces")).content.decode()
    home = client.get(page("projet", people)).content.decode()
    checks = client.get(page("projet_completude", people)).content.decode()
    api = client.get(f"/api/projets/{people.projet.pk}/completude").content.decode()
    found = [
        thread(people) in section,
        page("projet_taches", people) in section,
        "Convaincre le maire" in home,
        "Les commentaires sont traités" in checks,
        '"commentaires"' in api,
    ]
    assert found == [is_shown] * 5


def test_the_discussion_of_an_archived_project_is_still_read_by_the_structure(client, people, discussed):
    Projet.objects.filter(pk=people.projet.pk).update(state="archive")
    client.force_login(people.membre)
    assert "Trop fragile" in client.get(thread(people)).content.decode()
    assert "Convaincre le maire" in client.get(page("projet_taches", people)).content.decode()
