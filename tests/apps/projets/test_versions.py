"""Versions of a project: frozen, compared, brought back."""

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import restoring, sections, versions
from maillage.apps.projets.models import Projet, Section
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput
from maillage.core.text import empty, from_markdown

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    people = cast.create()
    for rank, code in enumerate(("msp.acces", "msp.equipe")):
        Section.objects.create(
            projet=people.projet, code=code, title=code.capitalize(), position=rank, body=empty().as_dict()
        )
    return people


def write(people, code, text):
    section = people.projet.sections.get(code=code)
    sections.save(section, body=from_markdown(text), base=section.revision, by=people.porteuse, at=cast.NOW)


def freeze(people, name="Relecture"):
    return versions.name_version(people.projet, name=name, by=people.porteuse, at=cast.NOW)


def test_a_version_does_not_change_when_the_project_does(people):
    write(people, "msp.acces", "Ouvert de 8 h à 20 h.")
    first = freeze(people)
    write(people, "msp.acces", "Ouvert de 9 h à 19 h.")
    again = versions.version_of(people.projet, 1)
    assert again.content == first.content
    assert versions.fingerprint_of(again.content) == again.fingerprint
    assert versions.has_changed_since(again)


def test_versions_are_numbered_in_order(people):
    freeze(people, "Une")
    write(people, "msp.acces", "Du nouveau.")
    assert freeze(people, "Deux").number == 2
    assert [each.name for each in versions.versions_of(people.projet)] == ["Deux", "Une"]


def test_nothing_new_makes_no_version(people):
    freeze(people)
    with pytest.raises(BadInput, match="rien n'a changé depuis la version 1"):
        freeze(people, "Encore")
    assert people.projet.versions.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_version_has_a_name_that_can_be_read(people, name):
    with pytest.raises(BadInput, match="nom de la version"):
        freeze(people, name)


def test_the_name_of_a_version_tells_no_patient(people):
    with pytest.raises(BadInput, match="masquez ce passage") as refused:
        freeze(people, "Après Mme Dupont, 82 ans")
    assert "Dupont" not in str(refused.value)
    assert not people.projet.versions.exists()


def test_only_who_runs_the_structure_names_a_version(people):
    for part in ("membre", "redactrice", "accompagnatrice", "instructrice", "stranger"):
        with pytest.raises(NotAllowed):
            versions.name_version(people.projet, name="Non", by=getattr(people, part), at=cast.NOW)
    assert not people.projet.versions.exists()


def test_naming_a_version_is_one_event_that_its_structure_reads(people):
    freeze(people)
    event = Event.objects.get(verb="figer une version")
    assert event.scope == str(people.structure.organisation_id)
    assert event.after["version"] == 1


def test_what_changed_is_said_heading_by_heading_and_table_by_table(people):
    write(people, "msp.acces", "Ouvert de 8 h à 20 h.")
    version = freeze(people)
    write(people, "msp.acces", "Ouvert de 8 h à 19 h.")
    Member.objects.create(
        structure=people.structure, nom="Nouveau", prenom="Paul", metier="pharmacien", joined_on=cast.TODAY
    )
    told = versions.changed_since(version)
    assert [each.code for each in told.sections] == ["msp.acces"]
    (table,) = told.tables
    assert (table.title, [(row.name, row.kind) for row in table.rows]) == ("Équipe", [("Paul Nouveau", "ajout")])
    assert not told.diagnosis


def test_a_return_brings_the_texts_back_and_keeps_what_was(people):
    write(people, "msp.acces", "Premier texte.")
    first = freeze(people)
    write(people, "msp.acces", "Second texte.")
    assert [each.code for each in restoring.would_change(first).sections] == ["msp.acces"]
    assert restoring.restore(first, by=people.porteuse, at=cast.NOW) == 1
    assert restoring.would_change(first).is_empty
    kept = versions.last_version(people.projet)
    assert kept.name == "Avant le retour à la version 1"
    assert restoring.restore(kept, by=people.porteuse, at=cast.NOW) == 1
    assert people.projet.sections.get(code="msp.acces").body == from_markdown("Second texte.").as_dict()


def test_a_return_to_the_same_texts_is_refused(people):
    first = freeze(people)
    with pytest.raises(BadInput, match="autres qu'aujourd'hui"):
        restoring.restore(first, by=people.porteuse, at=cast.NOW)


def test_nobody_goes_back_in_an_archived_project(people):
    write(people, "msp.acces", "Premier texte.")
    first = freeze(people)
    write(people, "msp.acces", "Second texte.")
    Projet.objects.update(state=Projet.State.ARCHIVE)
    with pytest.raises(NotAllowed):
        restoring.restore(versions.version_of(people.projet, 1), by=people.porteuse, at=cast.NOW)
    assert first.number == 1
