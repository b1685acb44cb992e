"""Two people write the same thing at once: one wins, the other is told so in French. Nothing breaks, nothing doubles.

On PostgreSQL: SQLite begins a write by taking the whole database, so two of them are never under way together.
"""

import pytest
from tests import cast, small_world
from tests.apps.structures.people import MARTIN
from tests.charge.two_at_once import at_once

from maillage.apps.activity.inputs import ActionFields, ProtocolFields
from maillage.apps.activity.models import Action, Protocol
from maillage.apps.activity.services import actions, protocols
from maillage.apps.activity.writing import NotNow
from maillage.apps.projets import budget
from maillage.apps.projets.models import BudgetLine
from maillage.apps.structures import sites, team
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.hours import read_day
from maillage.apps.structures.models import Member, Site
from maillage.apps.structures.services import codes_of, set_communes
from maillage.core.kernel.problems import BadInput, read

pytestmark = pytest.mark.django_db(transaction=True)
ALREADY = "un numéro qui n'est pas déjà celui d'un membre"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def by(people):
    return {"by": people.porteuse, "at": cast.NOW}


def martin(**changes):
    return read(MemberFields, {"nom": "Martin", "metier": "infirmier", "rpps": MARTIN, **changes})


def test_a_member_is_added_once(people, by):
    def add():
        team.add_member(people.structure, martin(), **by)

    refused = at_once(add, add)
    assert isinstance(refused, BadInput)
    assert ALREADY in str(refused)
    assert Member.objects.filter(rpps=MARTIN).count() == 1


def test_a_list_is_added_once(people, by):
    def bring():
        team.add_members(people.structure, [martin(), martin(nom="Durand", rpps="")], **by)

    refused = at_once(bring, bring)
    assert isinstance(refused, BadInput)
    assert ALREADY in str(refused)
    assert people.structure.members.count() == 4


def test_two_members_do_not_take_the_same_number(people, by):
    one, two = people.structure.members.order_by("prenom")
    refused = at_once(
        lambda: team.change_member(one, martin(), **by), lambda: team.change_member(two, martin(nom="Durand"), **by)
    )
    assert isinstance(refused, BadInput)
    assert ALREADY in str(refused)
    assert Member.objects.get(rpps=MARTIN).nom == "Martin"


def test_two_members_of_the_same_number_do_not_both_come_back(people, by):
    gone = {"structure": people.structure, "metier": "infirmier", "rpps": MARTIN}
    days = {"joined_on": cast.TODAY, "left_on": cast.TODAY}
    one, two = (Member.objects.create(nom=nom, **gone, **days) for nom in ("Martin", "Durand"))
    refused = at_once(lambda: team.come_back(one, **by), lambda: team.come_back(two, **by))
    assert isinstance(refused, BadInput)
    assert ALREADY in str(refused)
    assert Member.objects.get(rpps=MARTIN, left_on=None) == one


def test_a_change_of_who_left_meanwhile_does_not_bring_them_back(people, by):
    stale = people.structure.members.get(prenom="Membre")
    leaving = people.structure.members.get(prenom="Membre")
    refused = at_once(
        lambda: team.leave(leaving, on=cast.TODAY, **by), lambda: team.change_member(stale, martin(), **by)
    )
    assert refused is None
    assert Member.objects.get(rpps=MARTIN).left_on == cast.TODAY


def test_a_territory_is_said_once(people, by):
    def say(*codes):
        return lambda: set_communes(people.structure, communes=codes, **by)

    assert at_once(say("35236", "35294"), say("35294", "35236")) is None
    assert codes_of(people.structure) == ["35294", "35236"]


def test_the_hours_of_a_site_are_not_doubled(people, by):
    told = read(sites.SiteFields, {"nom": "Cabinet", "commune": "35236"})
    key = sites.add_site(people.structure, told, week={0: read_day("8h-9h")}, **by).pk

    def open_at(hours):
        return lambda: sites.change_site(Site.objects.get(pk=key), told, week={0: read_day(hours)}, **by)

    assert at_once(open_at("9h-12h"), open_at("14h-18h")) is None
    assert sites.week_of(Site.objects.get()) == {0: [*read_day("14h-18h")]}


def test_a_site_removed_meanwhile_is_not_to_be_found(people, by):
    told = read(sites.SiteFields, {"nom": "Cabinet", "commune": "35236"})
    one, two = sites.add_site(people.structure, told, week={}, **by), Site.objects.get()
    refused = at_once(
        lambda: sites.remove_site(one, **by), lambda: sites.change_site(two, told, week={0: read_day("8h-9h")}, **by)
    )
    assert isinstance(refused, Site.DoesNotExist)


def test_a_sheet_is_put_back_once(people, by):
    key = actions.remove_action(actions.create_action(people.structure, ActionFields(title="Chutes"), **by), **by)

    def put_back():
        actions.put_action_back(people.structure, key, **by)

    refused = at_once(put_back, put_back)
    assert isinstance(refused, NotNow)
    assert str(refused) == "Cette fiche n'est plus à rétablir."
    assert Action.objects.count() == 1


def test_a_protocol_is_put_back_once(people, by):
    made = protocols.create_protocol(people.structure, ProtocolFields(title="Diabète"), **by)
    key = protocols.remove_protocol(made, **by)

    def put_back():
        protocols.put_protocol_back(people.structure, key, **by)

    refused = at_once(put_back, put_back)
    assert isinstance(refused, NotNow)
    assert str(refused) == "Ce protocole n'est plus à rétablir."
    assert Protocol.objects.count() == 1


def test_a_line_of_the_budget_is_put_back_once(people, by):
    fields = budget.BudgetLineFields(kind="depense", year="2027", label="Logiciel")
    key = budget.remove_line(budget.add_line(people.projet, fields, **by), **by)

    def put_back():
        budget.put_line_back(people.projet, key, **by)

    refused = at_once(put_back, put_back)
    assert isinstance(refused, NotNow)
    assert str(refused) == "Cette ligne n'est plus à rétablir."
    assert BudgetLine.objects.count() == 1


@pytest.mark.parametrize("verb", ["move", "remove", "write"])
def test_a_sheet_removed_meanwhile_is_not_to_be_found(people, by, verb):
    action = actions.create_action(people.structure, ActionFields(title="Chutes"), **by)
    same = Action.objects.select_related("structure__organisation").get()
    act = {
        "move": lambda: actions.move_action(same, 1, **by),
        "remove": lambda: actions.remove_action(same, **by),
        "write": lambda: actions.write_action(same, ActionFields(title="Diabète"), **by),
    }
    assert isinstance(at_once(lambda: actions.remove_action(action, **by), act[verb]), Action.DoesNotExist)
