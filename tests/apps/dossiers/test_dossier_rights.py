"""Who finds a dossier, and what each is on it."""

import pytest
from tests import cast, small_world
from tests.dossiers import cpts, draft, filed

from maillage.apps.dossiers.permissions import actors_of
from maillage.apps.dossiers.queries import to_review, visible

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def test_a_draft_is_seen_by_its_team_alone(people):
    dossier = draft(cpts(people))
    assert dossier in visible(people.porteuse)
    assert dossier in visible(people.membre)
    assert not any(visible(each) for each in (people.instructrice, people.agent_cpam, people.stranger))


def test_a_filed_dossier_is_seen_by_its_authority_and_by_the_associated_fund(people):
    dossier = filed(cpts(people))
    assert dossier in to_review(people.instructrice)
    assert dossier in visible(people.agent_cpam)
    assert dossier not in to_review(people.agent_cpam)
    assert dossier not in visible(people.stranger)


def test_each_is_what_their_roles_say(people):
    dossier = filed(cpts(people))
    assert actors_of(people.porteuse, dossier) == {"deposant"}
    assert actors_of(people.membre, dossier) == set()
    assert actors_of(people.instructrice, dossier) == {"instructeur", "commission"}
    assert actors_of(people.decideuse, dossier) == {"decideur"}


def test_who_files_does_not_review_even_with_both_roles(people):
    dossier = filed(cpts(people))
    cast.give(people.porteuse, dossier.authority, cast.Role.Name.INSTRUCTEUR)
    assert actors_of(people.porteuse, dossier) == {"deposant"}
    assert dossier not in to_review(people.porteuse)


def test_lists_of_dossiers_need_no_sorting_out_of_doubles(people):
    """Rows are chosen by keys: nothing joins them twice, and thousands are read without a DISTINCT."""
    filed(cpts(people))
    for rows in (visible(people.instructrice), to_review(people.instructrice)):
        assert "DISTINCT" not in str(rows.query).split("WHERE")[0]
        assert len(rows) == 1
