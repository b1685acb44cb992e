"""The pages of the crisis plan."""

import pytest
from django.utils import timezone
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said
from tests.web.reading import read

from maillage.apps.crisis.models import CrisisContact, CrisisEvent, CrisisPlan, CrisisPlanVersion, Mobilisable

EXERCISE = {"kind": "exercice", "state": "prevu", "title": "Chaleur", "starts_on": "2027-06-01"}
TOLD = "Madame DUPONT Jeanne, née le 12/03/1950"


class AtCrisis:
    """A visitor below the plan of the structure."""

    def __init__(self, visitor):
        self.visitor, self.root = visitor, f"{visitor.structure}crise/"

    def get(self, path="", status=200, **query):
        response = self.visitor.client.get(self.root + path, query)
        assert response.status_code == status, (path, response.status_code)
        return read(response.content.decode())

    def raw(self, path="", **query):
        return self.visitor.client.get(self.root + path, query)

    def posted(self, path, data=None, status=200):
        response = self.visitor.client.post(self.root + path, data or {}, follow=True)
        assert response.status_code == status, (path, response.status_code)
        return read(response.content.decode())


@pytest.fixture
def crisis(porteuse):
    return AtCrisis(porteuse)


def test_an_empty_plan_says_what_to_do_first_and_what_is_asked(crisis):
    page = said(crisis.get())
    assert "Le plan n'est pas commencé" in page
    assert "Crise sanitaire grave" in page
    assert "prérequis" in page


def test_the_plan_is_written_then_sealed(crisis):
    page = crisis.posted("modifier/", {"alert": "Le secrétariat prévient", "review_on": ""})
    assert "Le secrétariat prévient" in said(page)
    page = crisis.posted("publier/", {"review_on": "2027-11-22"})
    assert "version 1 scellée" in said(page)
    assert crisis.raw("version-1.pdf")["Content-Type"] == "application/pdf"
    page = crisis.posted("publier/", {"review_on": "hier"}, status=422)
    assert page.one("input", id="champ-review_on").attrs["value"] == "hier"
    CrisisPlanVersion.objects.update(pdf=b"autre")
    assert crisis.raw("version-1.pdf").status_code == 302


def test_an_empty_plan_is_not_sealed(crisis):
    assert "Écrivez d'abord l'alerte" in said(crisis.posted("publier/", {"review_on": ""}, status=422))


def test_what_tells_a_patient_is_stopped_and_kept(crisis):
    page = crisis.posted("modifier/", {"alert": TOLD}, status=422)
    assert TOLD in page.one("textarea", name="alert").text
    assert not CrisisPlan.objects.exists()


def test_a_procedure_starts_from_the_questions_of_its_risk(crisis):
    page = crisis.get("procedures/nouveau/", risque="nrc")
    assert "préfecture" in page.one("textarea", name="steps").text
    sent = {"risk": "nrc", "title": "Confinement", "steps": "Fermer"}
    page = said(crisis.posted("procedures/nouveau/", sent))
    assert "Risque nucléaire, radiologique ou chimique : 1 procédure" in page


def test_the_lists_are_written_changed_removed_and_put_back(crisis, people):
    nurse = people.structure.members.get(user=people.membre)
    assert "Membre Exemple" in said(crisis.posted("mobilisables/nouveau/", {"member": str(nurse.pk)}))
    assert "accord à demander" in said(crisis.get())
    wrong = crisis.posted("contacts/nouveau/", {"organisation": "ARS", "phone": "", "email": ""}, status=422)
    assert wrong.one("input", id="champ-organisation").attrs["value"] == "ARS"
    crisis.posted("contacts/nouveau/", {"organisation": "ARS", "phone": "02 00 00 00 00"})
    row = CrisisContact.objects.get()
    crisis.posted(f"contacts/{row.pk}/", {"organisation": "ARS Bretagne", "phone": "02 00 00 00 00"})
    page = crisis.posted(f"contacts/{row.pk}/retirer/")
    assert "« ARS Bretagne » est supprimé" in said(page)
    key = page.one("input", name="cle").attrs["value"]
    assert "ARS Bretagne" in said(crisis.posted("retablir/", {"cle": key}))
    role = {"function": "Direction", "member": str(nurse.pk), "deputy": str(nurse.pk)}
    crisis.posted("cellule/nouveau/", role, status=422)
    lines = crisis.raw(format="csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + Mobilisable.objects.count()


def test_an_exercise_is_noted_then_learnt_from(crisis):
    page = crisis.posted("evenements/nouveau/", EXERCISE)
    assert "prévu" in said(page)
    event = CrisisEvent.objects.get()
    done = {**EXERCISE, "state": "fait", "people": "12", "starts_on": timezone.localdate().isoformat()}
    page = crisis.posted(f"evenements/{event.pk}/modifier/", {**done, "worked": "L'appel"})
    assert "L'appel" in said(page)
    assert "12" in said(page)
    crisis.posted(f"evenements/{event.pk}/modifier/", {**done, "people": "beaucoup"}, status=422)
    assert len(crisis.raw("evenements/exporter/", format="csv").content.decode("utf-8-sig").splitlines()) == 2
    page = crisis.posted(f"evenements/{event.pk}/retirer/")
    key = page.one("input", name="cle").attrs["value"]
    assert "Chaleur" in said(crisis.posted("retablir/", {"cle": key}))


def test_what_is_unknown_is_not_found(crisis):
    for path in ("inconnue/nouveau/", "contacts/9/", "version-9.pdf"):
        assert crisis.raw(path).status_code == 404, path
    assert crisis.raw("evenements/exporter/", format="exe").status_code == 404


def test_who_reads_finds_no_form_and_an_authority_finds_nothing(people, visitor, crisis):
    crisis.posted("modifier/", {"alert": "Le secrétariat"})
    page = AtCrisis(visitor("membre")).get()
    assert page.one("main").all("form") == []
    assert AtCrisis(visitor("membre")).raw("modifier/").status_code == 403
    people.projet.state = "partage"
    people.projet.save()
    assert AtCrisis(visitor("instructrice")).raw().status_code == 404


def test_a_cpts_is_told_of_its_mission(people, crisis):
    people.structure.kind = "cpts"
    people.structure.save()
    assert "Ce que l'accord demande" in said(crisis.get())


def test_the_plan_says_who_of_it_left_the_team(crisis, people):
    nurse = people.structure.members.get(user=people.membre)
    crisis.posted("mobilisables/nouveau/", {"member": str(nurse.pk), "reach": "06 00 00 00 00"})
    assert "a quitté l’équipe" not in said(crisis.get(""))
    nurse.left_on = timezone.localdate()
    nurse.save()
    page = said(crisis.get(""))
    assert "1 personne du plan a quitté l’équipe" in page
    assert page.count("a quitté l’équipe") == 2
