"""Who may do what with a projet de santé."""

from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import (
    MANAGERS,
    STRUCTURE_ROLES,
    Person,
    has_role,
    may_write_in,
    signed_in,
)
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Member


def may_write(person: Person, projet: Projet) -> bool:
    """Whether a person may write in a project: text, team, actions, budget; never once it is archived."""
    return projet.state != Projet.State.ARCHIVE and may_write_in(person, projet.structure.organisation)


def may_manage(person: Person, projet: Projet) -> bool:
    """Whether a person may share, archive, name versions and ask for signatures."""
    return has_role(person, projet.structure.organisation, MANAGERS)


def may_freeze(person: Person, projet: Projet) -> bool:
    """Whether a person may name versions, ask for signatures and go back: who runs it, until it is archived."""
    return projet.state != Projet.State.ARCHIVE and may_manage(person, projet)


def may_comment(person: Person, projet: Projet) -> bool:
    """Whether a person may comment: everyone of the structure, until the project is archived."""
    return projet.state != Projet.State.ARCHIVE and may_read_discussion(person, projet)


def may_read_discussion(person: Person, projet: Projet) -> bool:
    """Whether a person may read comments and tasks: the structure talks to itself, whoever it shares the text with."""
    return has_role(person, projet.structure.organisation, STRUCTURE_ROLES)


def signing_member(person: Person, projet: Projet) -> Member | None:
    """The member of the team that this account signs for: itself, when it signs, until the project is archived."""
    if not isinstance(person, User) or not signed_in(person) or projet.state == Projet.State.ARCHIVE:
        return None
    return Member.objects.filter(structure=projet.structure, user=person, is_signatory=True, left_on=None).first()


def is_of_the_team(person: Person, projet: Projet) -> bool:
    """Whether a person belongs to the structure, who accompanies it left out."""
    return has_role(person, projet.structure.organisation, STRUCTURE_ROLES - {Role.Name.ACCOMPAGNATEUR})
