"""The follow-up of an action, the plan by mission, the trainees: on their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast
from tests.droits.plan import PNG, TRAINEE
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said

from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import ActionNote, ActionStep, Traineeship
from maillage.apps.activity.plan_inputs import NoteFields, StepFields
from maillage.apps.activity.services import plan
from maillage.apps.activity.services.actions import create_action

HEALTH = {"code": "MSP-1.6a", "titre": "Missions de santé publique", "niveau": "option"}
NOTE = {"subject": "public", "amount": "32", "day": "2026-11-20", "label": "Atelier"}


@pytest.fixture
def action(people):
    fields = ActionFields(
        title="Vacciner", theme="vaccination", budget="100", indicators=[{"nom": "Doses", "cible": "50"}]
    )
    return create_action(people.structure, fields, missions=[HEALTH], by=people.porteuse, at=cast.NOW)


def test_what_is_noted_adds_up_on_the_sheet(porteuse, action):
    porteuse.posted(f"actions/{action.pk}/noter/", NOTE)
    page = porteuse.posted(f"actions/{action.pk}/noter/", NOTE | {"subject": "depense", "amount": "120"})
    words = said(page)
    assert "Public touché 32" in words
    assert "dépassé" in words
    assert "Couverture vaccinale" in words


def test_the_values_of_an_indicator_are_drawn_from_the_second_one(porteuse, action):
    porteuse.posted(f"actions/{action.pk}/noter/", NOTE | {"subject": "valeur:Doses"})
    page = porteuse.get(f"actions/{action.pk}/")
    assert page.all("figure") == []
    page = porteuse.posted(f"actions/{action.pk}/noter/", NOTE | {"subject": "valeur:Doses", "day": "2026-11-21"})
    assert page.one("figure").one("title").text == "Doses : évolution"
    assert "Dernière valeur" in said(page)


def test_a_wrong_note_keeps_what_was_typed(porteuse, action):
    page = porteuse.posted(f"actions/{action.pk}/noter/", NOTE | {"amount": "beaucoup"}, status=422)
    amount = page.one("input", id="champ-amount")
    assert amount.attrs["value"] == "beaucoup"
    assert "un nombre" in amount.described(page)
    assert not ActionNote.objects.exists()


def test_a_patient_in_a_note_is_stopped(porteuse, action):
    told = NOTE | {"label": "Vu Mme MARTIN Jeanne, 82 ans"}
    page = porteuse.posted(f"actions/{action.pk}/noter/", told, status=422)
    assert "peut désigner un patient" in page.one(id="donnees-patient").text


def test_a_step_is_added_ticked_removed_and_put_back(porteuse, action):
    page = porteuse.posted(f"actions/{action.pk}/etapes/", {"title": "Louer la salle", "due_on": "2026-11-01"})
    assert "en retard" in said(page)
    step = ActionStep.objects.get()
    page = porteuse.posted(f"actions/{action.pk}/etapes/{step.pk}/faite/")
    assert "100 % (1 étape sur 1)" in said(page)
    page = porteuse.posted(f"actions/{action.pk}/etape/{step.pk}/retirer/")
    assert "aucune étape datée" in said(page)
    key = page.one("input", name="cle").attrs["value"]
    assert "Louer la salle" in said(porteuse.posted(f"actions/{action.pk}/suivi/retablir/", {"cle": key}))
    assert porteuse.post(f"actions/{action.pk}/etapes/{step.pk}/voler/").status_code == 404


def test_a_note_is_removed_and_put_back(porteuse, action):
    porteuse.posted(f"actions/{action.pk}/noter/", NOTE)
    page = porteuse.posted(f"actions/{action.pk}/releve/{ActionNote.objects.get().pk}/retirer/")
    key = page.one("input", name="cle").attrs["value"]
    assert "Public touché 0" in said(page)
    assert "Public touché 32" in said(porteuse.posted(f"actions/{action.pk}/suivi/retablir/", {"cle": key}))


def test_the_plan_tells_each_mission_and_those_without_action(people, porteuse, action):
    plan.note(action, NoteFields(kind="public", day="2026-11-20", amount="32"), by=people.porteuse, at=cast.NOW)
    page = porteuse.get("actions/missions/", annee="2026")
    assert "Public touché en 2026 32" in said(page)
    assert "Public touché en 2025 0" in said(porteuse.get("actions/missions/", annee="2025"))
    missing = page.one("details", class_="fold").text
    assert "MSP-2.1" in missing
    assert "MSP-1.6a" not in missing
    csv = porteuse.raw("actions/missions/", format="csv", annee="2026").content.decode("utf-8-sig")
    assert "Vacciner" in csv
    assert porteuse.raw("actions/rapport.pdf", annee="2026").content.startswith(b"%PDF")


def test_two_public_health_missions_on_one_theme_are_told(people, porteuse, action):
    told = {"missions": [HEALTH], "by": people.porteuse, "at": cast.NOW}
    create_action(people.structure, ActionFields(title="Grippe", theme="vaccination"), **told)
    create_action(people.structure, ActionFields(title="Bus"), **told)
    words = said(porteuse.get("actions/missions/"))
    assert "« Vacciner » et « Grippe » ont le même thème, « Couverture vaccinale »" in words
    assert "Thème à choisir : « Bus »" in words


def test_the_plan_asks_the_same_questions_for_one_action_as_for_thirty(
    people, porteuse, action, django_assert_max_num_queries
):
    told = {"by": people.porteuse, "at": cast.NOW}
    for rank in range(30):
        each = create_action(people.structure, ActionFields(title=f"Action {rank}"), missions=[HEALTH], **told)
        plan.add_step(each, StepFields(title="Salle"), **told)
    with django_assert_max_num_queries(30):
        porteuse.get("actions/missions/")


def test_a_trainee_is_noted_with_a_certificate_removed_and_put_back(porteuse):
    assert "Aucun stagiaire" in said(porteuse.get("actions/stagiaires/"))
    file = SimpleUploadedFile("attestation.png", PNG, "image/png")
    page = porteuse.posted("actions/stagiaires/nouveau/", {**TRAINEE, "kind": "stage", "fichier": file})
    assert "1 stagiaire. il en faut au moins 2" in said(page)
    row = Traineeship.objects.get()
    answer = porteuse.raw(f"actions/stagiaires/{row.pk}/attestation/")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    page = porteuse.posted(f"actions/stagiaires/{row.pk}/retirer/")
    key = page.one("input", name="cle").attrs["value"]
    assert "Anne Le Goff" in said(porteuse.posted("actions/stagiaires/retablir/", {"cle": key}))
    csv = porteuse.raw("actions/stagiaires/", format="csv", annee="2026").content.decode("utf-8-sig")
    assert "Le Goff;Anne;stage" in csv


def test_one_trainee_learns_one_metier_and_names_say_how_long_they_stay(porteuse):
    learned = porteuse.get("actions/stagiaires/nouveau/").one("select", id="champ-metier").all("option")
    assert "infirmier" in [each.text for each in learned]
    porteuse.posted("actions/stagiaires/nouveau/", {**TRAINEE, "kind": "stage"})
    assert "tant que vous ne retirez pas le stage" in said(porteuse.get("actions/stagiaires/", annee="2026"))


def test_a_wrong_trainee_keeps_what_was_typed(porteuse):
    page = porteuse.posted(
        "actions/stagiaires/nouveau/", {**TRAINEE, "ends_on": "2026-01-01", "kind": "stage"}, status=422
    )
    assert "ne précède pas le début" in page.one("input", id="champ-ends_on").described(page)
    assert page.one("input", id="champ-nom").attrs["value"] == "Le Goff"
    assert not Traineeship.objects.exists()


def test_who_only_reads_sees_no_form(visitor, action):
    reader = visitor("membre")
    for path in (f"actions/{action.pk}/", "actions/missions/", "actions/stagiaires/"):
        assert reader.get(path).one("main").all("form", method="post") == []


def test_old_addresses_lead_to_the_structure(people, porteuse, action):
    answer = porteuse.client.get(f"/projets/{people.projet.pk}/actions/{action.pk}/")
    assert answer.headers["Location"] == f"/structures/{people.structure.pk}/actions/{action.pk}/"
