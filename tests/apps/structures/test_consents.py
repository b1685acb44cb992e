"""What a member shows: nothing is public without their word, and it is taken back at any time."""

import pytest
from tests import cast
from tests.apps.structures.entities import Entities

from maillage.apps.accounts.forgetting import person_forgotten
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.consents import ChoiceFields, choose, consents_of, seen_by_the_team
from maillage.apps.structures.models import DirectoryChoice, Member
from maillage.core.kernel.problems import BadInput, read

PUBLIC = {"telephone": "02 99 00 00 00", "presence": "lundi, jeudi", "show_name": "public", "show_telephone": "public"}


@pytest.fixture
def world(people) -> Entities:
    return Entities(people)


def test_nothing_is_public_before_it_is_said(world):
    assert consents_of(world.structure) == []


def test_each_chooses_for_themself_and_takes_it_back(world, people):
    choose(world.membre, read(ChoiceFields, PUBLIC), by=people.membre, at=cast.NOW)
    [shown] = consents_of(world.structure)
    assert (shown.nom, shown.telephone, shown.presence, shown.email) == ("Membre Exemple", "02 99 00 00 00", "", "")
    choose(world.membre, ChoiceFields(), by=people.membre, at=cast.NOW)
    assert consents_of(world.structure) == []


def test_who_writes_may_say_it_for_another_and_it_is_known(world, people):
    choice = choose(world.membre, read(ChoiceFields, PUBLIC), by=people.porteuse, at=cast.NOW)
    assert choice.said_by == people.porteuse
    with pytest.raises(NotAllowed):
        choose(world.porteuse, ChoiceFields(), by=people.membre, at=cast.NOW)


def test_nothing_is_public_without_the_name():
    for item in ("telephone", "email", "presence"):
        with pytest.raises(BadInput):
            read(ChoiceFields, {f"show_{item}": "public"})
    with pytest.raises(BadInput):
        read(ChoiceFields, {"telephone": "appelez-moi"})


def test_who_left_the_team_is_no_longer_public(world, people):
    choose(world.membre, read(ChoiceFields, PUBLIC), by=people.membre, at=cast.NOW)
    Member.objects.filter(pk=world.membre.pk).update(left_on=cast.TODAY)
    assert consents_of(world.structure) == []


def test_who_closes_their_account_shows_nothing_any_more(world, people):
    choose(world.membre, read(ChoiceFields, PUBLIC), by=people.membre, at=cast.NOW)
    person_forgotten.send(sender=None, user=people.membre, addresses=set(), at=cast.NOW)
    assert not DirectoryChoice.objects.exists()


def test_the_team_reads_what_is_shown_to_it(world, people):
    Member.objects.filter(pk=world.membre.pk).update(email="odile@example.org")
    world.membre.refresh_from_db()
    assert seen_by_the_team(None, world.membre)["email"] == "odile@example.org"
    hidden = read(ChoiceFields, {"telephone": "02 99 00 00 00", "show_email": "personne", "show_telephone": "equipe"})
    choice = choose(world.membre, hidden, by=people.membre, at=cast.NOW)
    assert seen_by_the_team(choice, world.membre) == {"telephone": "02 99 00 00 00", "email": "", "presence": ""}
