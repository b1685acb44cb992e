"""The cast, its bureau and the rules of its assembly."""

import zoneinfo

import pytest
from tests import cast

from maillage.apps.governance.inputs import AssemblyFields, BodyFields, RulesFields
from maillage.apps.governance.services.assemblies import call_assembly, note_presences
from maillage.apps.governance.services.bodies import add_body, add_rules
from maillage.apps.structures.models import Member

PARIS = zoneinfo.ZoneInfo("Europe/Paris")


@pytest.fixture
def people(db) -> cast.Cast:
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def members(people):
    return {member.prenom.lower(): member for member in people.structure.members.all()}


@pytest.fixture
def bureau(people, told):
    return add_body(people.structure, BodyFields(nom="Bureau", kind="bureau", seats="3", mandate_months="36"), **told)


@pytest.fixture
def assembly_body(people, told):
    return add_body(people.structure, BodyFields(nom="Assemblée générale", kind="assemblee"), **told)


@pytest.fixture
def rules(assembly_body, told):
    fields = RulesFields(
        nom="Décisions ordinaires",
        notice_days="15",
        quorum="1/2",
        quorum_counts="representes",
        quorum_by_college="non",
        remote_counts="oui",
        powers_most="1",
        majority="1/2",
        majority_of="exprimes",
    )
    return add_rules(assembly_body, fields, **told)


@pytest.fixture
def team(people, members):
    """Four members: the porteuse and the membre with an account, two others."""
    others = [
        Member.objects.create(
            structure=people.structure,
            nom=nom,
            metier=metier,
            joined_on=cast.TODAY,
            email=f"{nom.lower()}@example.org",
        )
        for nom, metier in (("Kerouédan", "masseur_kinesitherapeute"), ("Le Goff", "pharmacien"))
    ]
    return {**members, "kine": others[0], "pharmacien": others[1]}


@pytest.fixture
def assembly(people, rules, team, told):
    """Held in three weeks."""
    return call_assembly(people.structure, called(rules.body), zone=PARIS, **told)


def called(body, **changed):
    """What calls an assembly on the 13th of December."""
    fields = {"body": body.pk, "title": "Assemblée annuelle", "day": "2026-12-13", "hour": "20:00", "minutes": "120"}
    return AssemblyFields(**{**fields, "place": "Salle du conseil", "agenda": "Les comptes", **changed})


@pytest.fixture
def voters(assembly, team):
    found = {each.member_id: each for each in assembly.voters.all()}
    return {name: found[member.pk] for name, member in team.items()}


@pytest.fixture
def come(assembly, team, told):
    """Note who came, by name."""

    def note(*names, how="present"):
        note_presences(assembly, {team[name].pk: how for name in names}, **told)

    return note
