"""Who may change a structure: its people who write; and who may see how to reach its members."""

from maillage.apps.accounts.permissions import MANAGERS, STRUCTURE_ROLES, Person, has_role, may_write_in, roles_in
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures.models import Member, Structure


def may_edit(person: Person, structure: Structure) -> bool:
    """Whether a person may change the team, the sites and the territory of a structure."""
    return may_write_in(person, structure.organisation)


def may_run(person: Person, structure: Structure) -> bool:
    """Whether a person runs a structure: porteur, coordinateur or gérant, as long as it is open."""
    return structure.organisation.closed_at is None and has_role(person, structure.organisation, MANAGERS)


def may_see_addresses(person: Person, structure: Structure) -> bool:
    """Whether a person may read the e-mail addresses of the members: the team only, never an authority."""
    return has_role(person, structure.organisation, STRUCTURE_ROLES)


def check_edits(person: Person, structure: Structure, act: str) -> None:
    """Raise :class:`NotAllowed` when a person may not change a structure; ``act`` says what was asked, in French."""
    if not may_edit(person, structure):
        raise NotAllowed(act)


def check_runs(person: Person, structure: Structure, act: str) -> None:
    """Raise :class:`NotAllowed` when a person does not run a structure; ``act`` says what was asked, in French."""
    if not may_run(person, structure):
        raise NotAllowed(act)


def still_comes_in(member: Member) -> bool:
    """Whether someone who left the team still opens its pages: a role ends on the page of the organisation only."""
    if member.left_on is None or member.user is None:
        return False
    return bool(roles_in(member.user, member.structure.organisation))
