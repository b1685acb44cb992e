"""The roadmap, the completeness and the legal forms of a project, as pages."""

import datetime

import pytest
from django.test import Client
from tests import cast, small_world
from tests.cast import Cast

from maillage.apps.projets.models import Step
from maillage.apps.projets.sections_of import add_sections
from maillage.apps.structures.models import LegalEntity
from maillage.core.projet.completeness import control_book
from maillage.web.projets.avancement.targets import PAGES as PAGES_OF_TARGETS
from maillage.web.projets.avancement.targets import link_to, link_to_document

pytestmark = pytest.mark.django_db
PAGES = ("feuille-de-route/", "completude/", "forme-juridique/", "feuille-de-route/imprimer/")


@pytest.fixture
def people() -> Cast:
    small_world.create_territories()
    found = cast.create()
    add_sections(found.projet, day=cast.TODAY)
    return found


def signed(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(people: Cast, page: str) -> str:
    return f"/projets/{people.projet.pk}/{page}"


def get(people: Cast, page: str, user: object = None) -> str:
    response = signed(user or people.porteuse).get(address(people, page))
    assert response.status_code == 200
    return response.content.decode()


def post(people: Cast, page: str, said: dict[str, str], user: object = None, status: int = 302) -> str:
    response = signed(user or people.porteuse).post(address(people, page), said)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_nothing_and_a_visitor_signs_in(people: Cast, page: str):
    assert signed(people.stranger).get(address(people, page)).status_code == 404
    assert Client().get(address(people, page)).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_who_only_reads_sees_the_page_without_a_form(people: Cast, page: str):
    main = get(people, page, people.membre).partition("<main")[2].partition("</main>")[0]
    assert "<h1" in main
    assert "<form" not in main


@pytest.mark.parametrize("kind", ["esp", "cds", "ess", "cpts"])
@pytest.mark.parametrize("region", ["53", "93"])
def test_the_pages_stand_for_every_structure_and_region(people: Cast, kind: str, region: str):
    people.structure.kind, people.structure.region = kind, region
    people.structure.save()
    LegalEntity.objects.create(structure=people.structure, form="association_1901")
    opened = {page: get(people, page) for page in PAGES}
    assert "Prochaine étape" in opened["feuille-de-route/"]
    assert "avant l’envoi" in opened["completude/"]
    assert "Déjà choisie" in opened["forme-juridique/"]


def test_the_roadmap_says_what_to_do_next_in_its_first_lines(people: Cast):
    page = get(people, "feuille-de-route/")
    assert page.index("Prochaine étape") < page.index('class="timeline"')
    assert "Fédérer l’équipe" in page
    assert "GECO Lib" in page
    assert "Date à fixer" in page


def test_a_step_is_brought_later_the_others_follow_and_it_is_taken_back(people: Cast):
    start = datetime.date(2027, 1, 4)
    for rank, code in enumerate(("federer", "association")):
        day = start + datetime.timedelta(weeks=8 * rank)
        post(people, f"feuille-de-route/etapes/{code}/", {"etat": "a_faire", "echeance": day.isoformat()})
    post(people, "feuille-de-route/etapes/federer/", {"etat": "en_cours", "echeance": "2027-01-25"})
    page = get(people, "feuille-de-route/")
    assert "est repoussée de 3\xa0semaines" in page
    assert "Repoussé de 3\xa0semaines parce que" in page
    post(people, "feuille-de-route/annuler/", {})
    assert Step.objects.get(code="association").due_on == start + datetime.timedelta(weeks=8)
    assert "Annuler ce décalage" not in get(people, "feuille-de-route/")


def test_what_is_wrong_in_a_step_is_said_beside_its_field_and_stays_typed(people: Cast):
    said = {"etat": "en_cours", "fait_le": "2026-11-20", "note": "Une note gardée"}
    page = post(people, "feuille-de-route/etapes/federer/", said, status=422)
    assert "sauf pour une étape « faite »" in page.replace("\xa0", " ").replace("\u202f", " ")
    assert "Une note gardée" in page
    assert not Step.objects.filter(state="en_cours").exists()


def test_a_note_that_tells_a_patient_is_stopped(people: Cast):
    said = {"etat": "en_cours", "note": "Mme Martin, 82 ans, NIR 2 44 05 35 236 001 76"}
    page = post(people, "feuille-de-route/etapes/federer/", said, status=422)
    assert "Masquer ces passages" in page


def test_a_step_that_is_not_of_the_structure_does_not_exist(people: Cast):
    post(people, "feuille-de-route/etapes/recepisse/", {"etat": "fait"}, status=404)


def test_who_only_reads_writes_nothing(people: Cast):
    post(people, "feuille-de-route/etapes/federer/", {"etat": "fait"}, people.membre, status=403)
    post(people, "feuille-de-route/annuler/", {}, people.membre, status=403)
    post(people, "forme-juridique/ajouter/", {"form": "sisa", "state": "envisagee"}, people.membre, status=403)


def test_the_roadmap_goes_into_an_agenda_and_a_table(people: Cast):
    post(people, "feuille-de-route/etapes/federer/", {"etat": "a_faire", "echeance": "2027-01-04"})
    client = signed(people.porteuse)
    agenda = client.get(address(people, "feuille-de-route/calendrier.ics"))
    assert agenda["Content-Type"].startswith("text/calendar")
    assert b"20270104" in agenda.content
    table = client.get(address(people, "feuille-de-route/?format=csv")).content.decode()
    assert "2027-01-04" in table


def test_the_roadmap_counts_from_nought_and_says_what_it_tells_apart(people: Cast):
    page = get(people, "feuille-de-route/").replace("\xa0", " ").replace("\u202f", " ")
    assert "<strong>0 étape sur 10</strong> terminée<" in page
    assert "L’orientation compte 7 étapes. Cette feuille de route en dit 3 de plus, à part" in page
    assert "« Faire signer le projet », « Envoyer le dossier à l’ARS », « Envoyer les statuts de la SISA" in page


def test_the_completeness_shows_every_check_with_a_word_and_where_to_go(people: Cast):
    page = get(people, "completude/")
    assert "points avant l’envoi" in page
    assert "0 rubrique prête sur 11" in page.replace("\xa0", " ")
    assert "Manque." in page
    assert "/document/msp.membres/" in page
    assert "page de la règle" in page


def test_the_completeness_is_filtered_and_exported(people: Cast):
    missing = get(people, "completude/?voir=manque")
    assert "Conseillé." not in missing
    assert get(people, "completude/?voir=ok").count('class="ic no"') == 0
    table = signed(people.porteuse).get(address(people, "completude/?voir=manque&format=csv")).content.decode()
    assert "Rien n'est encore écrit." in table.replace("’", "'")


def test_the_advisor_follows_the_funds_in_the_address(people: Cast):
    both = get(people, "forme-juridique/")
    assert "Il vous faut" in both
    assert "Aucun financement visé" in get(people, "forme-juridique/?fonds=")
    assert "impossible" in both


def test_a_form_is_thought_of_then_constituted_then_left_out(people: Cast):
    post(people, "forme-juridique/ajouter/", {"form": "association_1901", "state": "envisagee"})
    entity = LegalEntity.objects.get()
    said = {"form": "association_1901", "state": "constituee", "nom": "Les soins de Redon", "rna": "W353001234"}
    post(people, f"forme-juridique/{entity.pk}/", {**said, "constituted_on": "2026-11-02"})
    assert "constituée le 2\xa0novembre\xa02026" in get(people, "forme-juridique/")
    post(people, f"forme-juridique/{entity.pk}/", {**said, "siren": "123"}, status=422)
    post(people, f"forme-juridique/{entity.pk}/retirer/", {})
    assert not LegalEntity.objects.exists()


def test_the_legal_person_of_another_project_does_not_exist(people: Cast):
    other = cast.Structure.objects.create(
        organisation=cast.Organisation.objects.create(kind="structure", nom="Autre", created_at=cast.NOW),
        kind="esp",
        nom="Autre",
        region="53",
        created_at=cast.NOW,
    )
    entity = LegalEntity.objects.create(structure=other, form="sisa")
    post(people, f"forme-juridique/{entity.pk}/retirer/", {}, status=404)


def test_without_a_territory_the_advisor_says_what_to_do_first(people: Cast):
    people.structure.communes.all().delete()
    assert "communes du territoire" in get(people, "forme-juridique/")


def test_each_check_leads_to_a_page_that_exists(people: Cast):
    book = control_book()
    targets = {each.cible for each in book.controles.values()} | set(book.champs.values())
    assert targets - {"rubrique"} <= set(PAGES_OF_TARGETS)
    client = signed(people.porteuse)
    addresses = {link_to(people.projet, target).address for target in PAGES_OF_TARGETS}
    assert {client.get(each).status_code for each in addresses} == {200}


def test_a_document_of_the_roadmap_leads_to_where_it_is_made(people: Cast):
    projet = people.projet
    assert link_to_document(projet, "Projet de santé signé").endswith("/versions/")
    assert link_to_document(projet, "Statuts de l'association").endswith("/forme-juridique/")
    assert link_to_document(projet, "Contrat ACI") == ""
    assert "/forme-juridique/" in get(people, "feuille-de-route/imprimer/").partition("Créer une association")[2]


def test_a_legal_person_whose_name_tells_a_patient_is_stopped_beside_its_field(people: Cast):
    told = "SISA de Mme Lefèvre, 84 ans"
    said = {"form": "sisa", "state": "envisagee", "nom": told}
    page = post(people, "forme-juridique/ajouter/", said, status=422)
    assert "1 passage à revoir. Une personne est nommée avec son âge." in page
    assert "Attendu : 1" not in page
    assert f'value="{told}"' in page
    assert not LegalEntity.objects.exists()
