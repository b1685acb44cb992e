"""The first answers: taken from the structure, of the type of their field; what is not known is left out."""

import pytest
from tests import cast, small_world
from tests.apps.dossiers.filing import team

from maillage.apps.dossiers.prefill import SOURCES, prefilled
from maillage.core.dossiers import kinds

pytestmark = pytest.mark.django_db


def test_each_source_that_a_kind_names_is_known():
    named = {field.prerempli for each in kinds.every_kind() for field in each.champs if field.prerempli}
    assert named <= set(SOURCES)


def test_each_source_reads_a_structure_that_said_nothing_and_one_that_did():
    small_world.create_territories()
    people = cast.create()
    for projet in (team(people), people.projet):
        for _origin, source in SOURCES.values():
            source(projet.structure, projet)
            source(projet.structure, None)


def test_what_is_known_is_taken_and_the_rest_left_out():
    small_world.create_territories()
    people = cast.create()
    projet = team(people)
    found = prefilled(kinds.kind("projet_sante_cpts", "53"), projet.structure, projet)
    assert found["communes"].value == ["35236"]
    assert found["entite_porteuse"].value == "Association du pays de Redon"
    assert found["entite_porteuse"].origin == "votre forme juridique"
    assert "entite_siren" not in found
    assert "effectif" not in found
