"""The completeness of a project, read from its tables: what is written, who signs, what the rules say."""

import datetime

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY, Cast

from maillage.apps.activity.models import Action, Protocol
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.projets.completeness import completeness_of, facts_of
from maillage.apps.projets.models import Comment, Projet, Section, SectionConflict
from maillage.apps.projets.sections_of import add_sections
from maillage.apps.projets.situations import conditions_of, situation_of
from maillage.apps.structures.models import LegalEntity, Member, OpeningHours, Site
from maillage.apps.territories.models import DataSource
from maillage.core.projet.completeness import Check
from maillage.core.text import from_markdown

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    small_world.create_territories()
    found = cast.create()
    add_sections(found.projet, day=TODAY)
    return found


def check(people: Cast, code: str) -> Check:
    projet = Projet.objects.get(pk=people.projet.pk)
    return next(each for each in completeness_of(projet, today=TODAY).checks if each.code == code)


def write(people: Cast, code: str, text: str, state: str = "pret") -> Section:
    section = people.projet.sections.get(code=code)
    section.body, section.state = from_markdown(text).as_dict(), state
    section.save()
    return section


def add_members(people: Cast, *metiers: str) -> None:
    for rank, metier in enumerate(metiers):
        Member.objects.create(
            structure=people.structure,
            nom=f"Membre {rank}",
            metier=metier,
            mode="liberal",
            joined_on=TODAY,
        )


def diagnosis(checksum: str) -> KeptDiagnosis:
    return KeptDiagnosis.objects.create(
        created_at=NOW,
        name="Redon",
        recipe={"millesimes": {"communes": {"millesime": "2020", "empreinte": checksum}}},
        result={"sections": [], "communes": []},
        fingerprint="0" * 64,
    )


def test_a_new_project_lacks_its_text_and_its_signatures(people: Cast):
    assert check(people, "rubrique.msp.membres").missing == "Rien n'est encore écrit."
    assert check(people, "version").state == "manque"
    assert not completeness_of(people.projet, today=TODAY).is_ready


def test_a_heading_that_is_written_and_ready_is_met(people: Cast):
    write(people, "msp.objectifs", "Trouver un médecin traitant à chacun.")
    assert check(people, "rubrique.msp.objectifs").state == "ok"


def test_a_figure_that_the_diagnosis_does_not_hold_is_told(people: Cast):
    write(people, "msp.objectifs", "Il y a {{chiffre:population.totale}} habitants.")
    assert check(people, "references_perdues.msp.objectifs").state == "manque"


def test_a_heading_that_only_inserts_the_team_is_not_empty(people: Cast):
    write(people, "msp.membres", "{{inserer:members:}}")
    assert check(people, "rubrique.msp.membres").state == "ok"


def test_the_team_of_redon_lacks_a_second_doctor_for_an_msp(people: Cast):
    assert check(people, "condition.msp_medecins_generalistes").state == "manque"
    add_members(people, "medecin_generaliste")
    assert check(people, "condition.msp_medecins_generalistes").state == "ok"
    assert check(people, "condition.msp_paramedicaux").state == "ok"


def test_each_professional_without_a_number_is_named_but_a_secretary_is_not(people: Cast):
    Member.objects.all().delete()
    add_members(people, "infirmier", "secretaire", "psychologue")
    assert check(people, "rpps").missing == "Sans numéro RPPS : Membre 0."


def test_an_association_and_a_sisa_together_meet_what_each_meets(people: Cast):
    add_members(people, "medecin_generaliste")
    for form in ("association_1901", "sisa"):
        LegalEntity.objects.create(structure=people.structure, form=form, state="constituee")
    found = {each.id: each.state for each in conditions_of(people.projet, today=TODAY)}
    assert (found["msp_association"], found["msp_sisa"]) == ("remplie", "remplie")


def test_a_legal_person_that_is_only_thought_of_receives_nothing(people: Cast):
    entity = LegalEntity.objects.create(structure=people.structure, form="association_1901")
    found = check(people, "condition.msp_association")
    assert found.state == "conseille"
    assert found.missing.startswith("Elle est envisagée : dites-la « constituée » quand elle l'est.")
    entity.state = "constituee"
    entity.save()
    assert check(people, "condition.msp_association").state == "ok"


def test_who_is_announced_is_to_name_and_not_missing(people: Cast):
    told = [{"profession": "medecin_generaliste", "nombre": 2}, {"profession": "infirmier", "nombre": 1}]
    Projet.objects.update(situation={"professionnels": told})
    found = check(people, "condition.msp_medecins_generalistes")
    assert (found.state, found.missing) == ("a_nommer", "Médecin généraliste : 1 nommé, 1 annoncé à nommer.")
    assert check(people, "condition.msp_paramedicaux").state == "ok"
    add_members(people, "medecin_generaliste")
    assert check(people, "condition.msp_medecins_generalistes").state == "ok"


def test_a_team_announced_whose_first_member_is_named_is_not_refused(people: Cast):
    told = [{"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"}, {"profession": "infirmier"}]
    Projet.objects.update(situation={"professionnels": told})
    Member.objects.exclude(metier="medecin_generaliste").delete()
    assert check(people, "condition.msp_medecins_generalistes").state == "a_nommer"
    assert check(people, "condition.msp_paramedicaux").missing == "Infirmier : 0 nommé, 1 annoncé à nommer."
    Projet.objects.update(situation={"professionnels": told[:1]})
    assert check(people, "condition.msp_paramedicaux").state == "manque"


def test_a_project_without_territory_has_no_condition_to_show(people: Cast):
    people.structure.communes.all().delete()
    assert conditions_of(people.projet, today=TODAY) == ()
    assert check(people, "communes").state == "manque"


def test_what_the_orientation_knew_is_kept_and_what_the_project_says_wins(people: Cast):
    people.projet.situation = {
        "commune": "35238",
        "date": "2020-01-01",
        "champs": ["hospitalier"],
        "projet_de_sante": "valide",
        "professionnels": [{"profession": "sage_femme", "nombre": 9}],
    }
    found = situation_of(people.projet, today=TODAY)
    assert (found.commune, found.date, found.champs) == ("35236", TODAY, ["hospitalier"])
    assert found.projet_de_sante == "aucun"
    counted = {group.profession: group.nombre for group in found.professionnels}
    assert counted == {"medecin_generaliste": 1, "infirmier": 1, "sage_femme": 9}


def test_a_diagnosis_is_up_to_date_while_its_data_are(people: Cast):
    people.projet.diagnosis = diagnosis("0" * 64)
    people.projet.save()
    assert check(people, "millesime").state == "ok"
    DataSource.objects.update(checksum="1" * 64)
    assert "plus récentes" in check(people, "millesime").missing


def test_sites_protocols_and_actions_are_counted(people: Cast):
    site = Site.objects.create(structure=people.structure, nom="Le Lavoir", commune="35236")
    Protocol.objects.create(structure=people.structure, title="Plaies chroniques")
    Action.objects.create(structure=people.structure, title="Sortie d'hôpital", indicators=[])
    assert check(people, "horaires").missing == "Sans horaires : Le Lavoir."
    OpeningHours.objects.create(site=site, weekday=0, opens=datetime.time(8), closes=datetime.time(20))
    assert check(people, "horaires").state == "ok"
    assert check(people, "protocoles").state == "ok"
    assert check(people, "indicateurs").missing == "Sans indicateur : Sortie d'hôpital."


def test_texts_to_merge_and_open_comments_are_told(people: Cast):
    section = people.projet.sections.get(code="msp.objectifs")
    told = {"at": NOW, "author": people.porteuse}
    SectionConflict.objects.create(section=section, base=0, body={}, **told)
    Comment.objects.create(section=section, text="À préciser", **told)
    assert check(people, "fusions").missing == "À fusionner : Les objectifs de l'exercice coordonné."
    assert check(people, "commentaires").missing == "Encore ouverts : 1."


def test_the_facts_are_of_this_project_only(people: Cast):
    other = Projet.objects.create(
        structure=people.structure, title="Un autre", starts_on=TODAY, created_at=NOW, created_by=people.porteuse
    )
    assert facts_of(other, today=TODAY).sections == {}
