"""Who sees a project and who writes in it."""

import pytest
from tests import cast

from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_comment, may_manage, may_write, signing_member
from maillage.apps.projets.queries import visible_projet

pytestmark = pytest.mark.django_db
TEAM = ("porteuse", "coordinatrice", "membre", "redactrice", "accompagnatrice")


@pytest.fixture
def people() -> cast.Cast:
    return cast.create()


def who(people, right):
    return {part for part in (*cast.PARTS, "administrateur") if right(getattr(people, part), people.projet)}


def sees(person, projet):
    return visible_projet(person, projet.pk) is not None


def test_a_project_in_preparation_is_seen_by_its_team_only(people):
    assert who(people, sees) == set(TEAM)


def test_a_shared_project_is_seen_by_the_authorities_of_its_territory(people):
    Projet.objects.update(state=Projet.State.PARTAGE)
    assert who(people, sees) == {*TEAM, "instructrice", "agent_cpam"}


def test_an_authority_of_elsewhere_does_not_see_a_shared_project(people):
    Projet.objects.update(state=Projet.State.PARTAGE)
    people.structure.organisation.departement = "29"
    people.structure.organisation.save()
    assert not sees(people.agent_cpam, people.projet)
    people.structure.region = "11"
    people.structure.save()
    assert not sees(people.instructrice, people.projet)


def test_who_runs_the_structure_writes_and_who_was_given_the_pen(people):
    assert who(people, may_write) == {"porteuse", "coordinatrice", "redactrice"}
    assert who(people, may_manage) == {"porteuse", "coordinatrice"}


def test_everyone_of_the_team_comments(people):
    assert who(people, may_comment) == set(TEAM)


def test_nobody_writes_in_an_archived_project(people):
    people.projet.state = Projet.State.ARCHIVE
    assert who(people, may_write) == set()
    assert who(people, may_comment) == set()


def test_an_ended_role_gives_nothing(people):
    people.porteuse.roles.update(until=cast.NOW)
    assert not sees(people.porteuse, people.projet)


def test_a_closed_account_sees_nothing(people):
    people.porteuse.is_active = False
    assert not sees(people.porteuse, people.projet)


def test_a_member_signs_for_themself_only_while_they_belong(people):
    member = signing_member(people.membre, people.projet)
    assert member is not None
    assert member.user == people.membre
    member.left_on = cast.TODAY
    member.save()
    assert signing_member(people.membre, people.projet) is None
    assert signing_member(people.stranger, people.projet) is None
