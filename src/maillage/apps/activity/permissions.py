"""Who may see and write what a structure does."""

from maillage.apps.accounts.permissions import MANAGERS, STRUCTURE_ROLES, Person, has_role, may_write_in
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.models import Structure


def may_write(person: Person, structure: Structure) -> bool:
    """Whether a person may write actions, protocols and meetings, and close a meeting."""
    return may_write_in(person, structure.organisation)


def may_reopen(person: Person, structure: Structure) -> bool:
    """Whether a person may open a closed meeting again: who runs the structure."""
    return has_role(person, structure.organisation, MANAGERS)


def may_see_inside(person: Person, structure: Structure) -> bool:
    """Whether a person reads what the team says to itself (reports, agendas, meetings to come): never an authority."""
    return has_role(person, structure.organisation, STRUCTURE_ROLES)


def check_writes(person: Person, structure: Structure, act: str) -> None:
    """Raise :class:`NotAllowed` when a person may not write; ``act`` says what was asked, in French."""
    if not may_write(person, structure):
        raise NotAllowed(act)
