"""The cast of every test about people: a porteuse, a membre, an ARS reviewer, a CPAM agent, a stranger."""

import datetime
from dataclasses import dataclass

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Member, Structure, TerritoryCommune

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
TODAY = NOW.date()
PASSWORD = "Une-longue-phrase-de-passe-2026"  # noqa: S105


@dataclass(frozen=True)
class Cast:
    """Everyone, and the project that the porteuse carries: the MSP of Redon, in Ille-et-Vilaine."""

    porteuse: User
    coordinatrice: User
    membre: User
    redactrice: User
    accompagnatrice: User
    instructrice: User
    agent_cpam: User
    decideuse: User
    administrateur: User
    stranger: User
    structure: Structure
    projet: Projet


def person(name: str, *, is_administrator: bool = False) -> User:
    """An account named after its part in the cast."""
    return User.objects.create_user(
        f"{name}@example.org",
        PASSWORD,
        prenom=name.capitalize(),
        nom="Exemple",
        created_at=NOW,
        is_administrator=is_administrator,
    )


def give(user: User, organisation: Organisation, name: Role.Name, *, writes: bool = False) -> Role:
    """A role in force since the day of the tests."""
    return Role.objects.create(user=user, organisation=organisation, name=name, writes=writes, since=NOW)


def create() -> Cast:
    """The cast, in the small world or in the real France (Redon is in both)."""
    people = {name: person(name) for name in PARTS}
    people["administrateur"] = person("administrateur", is_administrator=True)
    team = Organisation.objects.create(
        kind="structure", nom="MSP de Redon", region="53", departement="35", created_at=NOW
    )
    ars = Organisation.objects.create(kind="ars", nom="ARS Bretagne", region="53", created_at=NOW)
    cpam = Organisation.objects.create(
        kind="cpam", nom="CPAM d'Ille-et-Vilaine", region="53", departement="35", created_at=NOW
    )
    give(people["porteuse"], team, Role.Name.PORTEUR)
    give(people["coordinatrice"], team, Role.Name.COORDINATEUR)
    give(people["membre"], team, Role.Name.MEMBRE)
    give(people["redactrice"], team, Role.Name.MEMBRE, writes=True)
    give(people["accompagnatrice"], team, Role.Name.ACCOMPAGNATEUR)
    give(people["instructrice"], ars, Role.Name.INSTRUCTEUR)
    give(people["agent_cpam"], cpam, Role.Name.INSTRUCTEUR)
    give(people["decideuse"], ars, Role.Name.DECIDEUR)
    structure = Structure.objects.create(organisation=team, kind="msp", nom="MSP de Redon", region="53", created_at=NOW)
    TerritoryCommune.objects.create(structure=structure, code="35236")
    for part, metier in (("porteuse", "medecin_generaliste"), ("membre", "infirmier")):
        Member.objects.create(
            structure=structure,
            user=people[part],
            nom="Exemple",
            prenom=part.capitalize(),
            metier=metier,
            mode="liberal",
            joined_on=TODAY,
        )
    projet = Projet.objects.create(
        structure=structure,
        title="Projet de santé de la MSP de Redon",
        starts_on=TODAY,
        created_at=NOW,
        created_by=people["porteuse"],
    )
    return Cast(structure=structure, projet=projet, **people)


PARTS = (
    "porteuse",
    "coordinatrice",
    "membre",
    "redactrice",
    "accompagnatrice",
    "instructrice",
    "agent_cpam",
    "decideuse",
    "stranger",
)
