"""Organisations and their roles: who may what, and never an open organisation without someone who runs it."""

import pytest
from tests import cast
from tests.cast import NOW, give, person

from maillage.apps.accounts import services
from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.accounts.permissions import may_manage_people, may_write_in
from maillage.apps.accounts.queries import contexts_of, only_managed_by, search_organisations, visible_organisation
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=15)


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def team(people):
    return people.structure.organisation


def role_of(user, organisation):
    return Role.objects.get(user=user, organisation=organisation, until=None)


@pytest.mark.parametrize(("kind", "role"), [("structure", "porteur"), ("cabinet", "administrateur")])
def test_anyone_creates_a_structure_or_a_cabinet_and_runs_it(people, kind, role):
    made = services.create_organisation(kind=kind, nom=" Conseil Redon ", by=people.stranger, at=NOW)
    assert (made.nom, role_of(people.stranger, made).name) == ("Conseil Redon", role)
    assert may_manage_people(people.stranger, made)
    assert list(Event.objects.filter(scope=str(made.pk)).values_list("verb", flat=True)) == ["donner un rôle", "créer"]


@pytest.mark.parametrize("kind", sorted({*Organisation.Kind} - {"structure", "cabinet"}))
def test_only_who_administers_the_installation_creates_an_authority(people, kind):
    asked = {"kind": kind, "nom": "Un organisme", "region": "53", "departement": "35", "at": NOW}
    with pytest.raises(NotAllowed):
        services.create_organisation(**asked, by=people.instructrice)
    made = services.create_organisation(**asked, by=people.administrateur)
    assert not Role.objects.filter(organisation=made).exists()


def test_a_delegation_stands_under_the_ars_of_its_region(people):
    made = services.create_organisation(
        kind="delegation", nom="Délégation 35", region="53", departement="35", by=people.administrateur, at=NOW
    )
    assert made.parent.nom == "ARS Bretagne"


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"kind": "prefecture", "nom": "Préfecture"}, ["nature"]),
        ({"kind": "cpam", "nom": ""}, ["nom", "region", "departement"]),
        ({"kind": "ars", "nom": "x" * 201, "region": "53"}, ["nom"]),
    ],
)
def test_what_an_organisation_lacks_is_told_and_nothing_is_written(people, asked, fields):
    before = Organisation.objects.count()
    with pytest.raises(BadInput) as refused:
        services.create_organisation(**asked, by=people.administrateur, at=NOW)
    assert [problem.field for problem in refused.value.problems] == fields
    assert Organisation.objects.count() == before


def test_who_runs_it_renames_it_and_others_do_not(people, team):
    ars = Organisation.objects.get(kind="ars")
    head = person("directrice")
    give(head, ars, Role.Name.ADMINISTRATEUR)
    services.rename(organisation=ars, nom=" ARS de Bretagne ", by=head, at=NOW)
    event = Event.objects.get(verb="renommer")
    assert (event.before, event.after) == ({"nom": "ARS Bretagne"}, {"nom": "ARS de Bretagne"})
    for user, organisation in ((people.instructrice, ars), (people.stranger, ars), (people.porteuse, team)):
        with pytest.raises(NotAllowed):
            services.rename(organisation=organisation, nom="Autre", by=user, at=NOW)


def test_a_person_says_their_name_and_the_log_does_not(people):
    services.change_name(nom="Quimperlé", prenom=" Zoé ", by=people.membre, at=NOW)
    people.membre.refresh_from_db()
    assert people.membre.full_name == "Zoé Quimperlé"
    assert Event.objects.get().after == {"change": ["nom", "prenom"]}
    for nom in ("", "x" * 121):
        with pytest.raises(BadInput):
            services.change_name(nom=nom, prenom="", by=people.membre, at=NOW)


def test_a_name_that_tells_a_patient_is_refused(people, team):
    ars = Organisation.objects.get(kind="ars")
    told = "Cabinet de Mme Lefèvre, 84 ans"
    acts = [
        lambda: services.rename(organisation=ars, nom=told, by=people.administrateur, at=LATER),
        lambda: services.create_organisation(kind="cabinet", nom=told, by=people.stranger, at=LATER),
        lambda: services.change_name(nom="Lefèvre, née le 12/03/1948", prenom="Anne", by=people.membre, at=LATER),
    ]
    for act in acts:
        with pytest.raises(PatientData):
            act()
    assert not Organisation.objects.filter(nom=told).exists()


def test_a_closed_organisation_is_read_and_no_longer_written(people, team):
    closed = services.close(organisation=team, by=people.porteuse, at=NOW)
    assert visible_organisation(people.porteuse, team.pk) is not None
    assert not may_write_in(people.porteuse, closed)
    with pytest.raises(NotAllowed):
        services.reopen(organisation=team, by=people.porteuse, at=LATER)
    opened = services.reopen(organisation=team, by=people.administrateur, at=LATER)
    assert may_write_in(people.porteuse, opened)


def test_another_role_is_given_to_someone_of_the_organisation_only(people, team):
    services.give_role(user=people.membre, organisation=team, name="tresorier", by=people.porteuse, at=NOW)
    assert may_write_in(people.membre, team)
    for user, name in ((people.stranger, "membre"), (people.membre, "tresorier"), (people.membre, "pilote")):
        with pytest.raises(BadInput):
            services.give_role(user=user, organisation=team, name=name, by=people.porteuse, at=NOW)
    with pytest.raises(NotAllowed):
        services.give_role(user=people.porteuse, organisation=team, name="gerant", by=people.membre, at=NOW)


def test_changing_a_role_ends_it_and_starts_another(people, team):
    former = role_of(people.membre, team)
    now = services.change_role(role=former, name="membre", writes=True, by=people.coordinatrice, at=LATER)
    former.refresh_from_db()
    assert (former.until, now.since, may_write_in(people.membre, team)) == (LATER, LATER, True)
    event = Event.objects.get(verb="changer un rôle")
    assert (event.before["ecriture"], event.after["ecriture"]) == (False, True)


def test_a_change_that_changes_nothing_writes_nothing(people, team):
    services.change_role(role=role_of(people.membre, team), name="membre", writes=False, by=people.porteuse, at=LATER)
    assert not Event.objects.filter(verb="changer un rôle").exists()


def test_a_member_leaves_but_does_not_send_another_away(people, team):
    services.leave(organisation=team, by=people.membre, at=LATER)
    assert contexts_of(people.membre) == []
    with pytest.raises(NotAllowed):
        services.end_role(role=role_of(people.porteuse, team), by=people.redactrice, at=LATER)


@pytest.mark.parametrize("act", ["leave", "end", "change"])
def test_the_last_person_who_runs_it_stays(people, team, act):
    services.leave(organisation=team, by=people.coordinatrice, at=LATER)
    held = role_of(people.porteuse, team)
    acts = {
        "leave": lambda: services.leave(organisation=team, by=people.porteuse, at=LATER),
        "end": lambda: services.end_role(role=held, by=people.porteuse, at=LATER),
        "change": lambda: services.change_role(role=held, name="membre", writes=False, by=people.porteuse, at=LATER),
    }
    with pytest.raises(BadInput, match="MSP de Redon"):
        acts[act]()
    assert role_of(people.porteuse, team).until is None
    assert only_managed_by(people.porteuse) == [team]


def test_the_last_one_leaves_once_another_runs_it_or_once_it_is_closed(people, team):
    services.leave(organisation=team, by=people.coordinatrice, at=LATER)
    services.give_role(user=people.membre, organisation=team, name="gerant", by=people.porteuse, at=LATER)
    assert services.leave(organisation=team, by=people.porteuse, at=LATER) == 1
    closed = services.close(organisation=team, by=people.membre, at=LATER)
    assert services.leave(organisation=closed, by=people.membre, at=LATER) == 2


def test_an_account_that_was_closed_runs_nothing(people, team):
    """The last one who can still sign in stays, whoever else held the role once."""
    gone = people.coordinatrice
    gone.is_active = False
    gone.save()
    assert only_managed_by(people.porteuse) == [team]
    with pytest.raises(BadInput):
        services.leave(organisation=team, by=people.porteuse, at=NOW)


def test_a_stranger_sees_no_organisation_and_who_administers_sees_all(people, team):
    assert visible_organisation(people.stranger, team.pk) is None
    assert [each.nom for each in search_organisations(people.administrateur)] == [
        "ARS Bretagne",
        "CPAM d'Ille-et-Vilaine",
        "MSP de Redon",
    ]
    assert search_organisations(people.administrateur, text="msp rédon") == [team]
    assert search_organisations(people.administrateur, kind="cpam", closed=True) == []
    assert search_organisations(people.porteuse) == [team]


def test_a_person_acts_for_several_organisations_by_name(people, team):
    someone = person("plusieurs")
    give(someone, team, Role.Name.MEMBRE)
    give(someone, team, Role.Name.TRESORIER)
    give(someone, Organisation.objects.get(kind="ars"), Role.Name.PILOTE)
    assert [(each.organisation.nom, each.titles, each.is_structure) for each in contexts_of(someone)] == [
        ("ARS Bretagne", "pilote régional", False),
        ("MSP de Redon", "membre, trésorier", True),
    ]
