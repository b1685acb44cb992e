"""Whether a person is already in a team: the same address, or the same name and the same métier."""

from collections.abc import Iterable

from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.models import Member
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem


class AlreadyInTeam(BadInput):
    """Someone who looks like a member: ``member``."""

    def __init__(self, member: Member, field: str = "nom") -> None:
        super().__init__([Problem(field, str(member), "une personne qui n'est pas déjà dans l'équipe")])
        self.member = member


def same_person(fields: MemberFields, members: Iterable[Member]) -> Member | None:
    """The member that this person seems to be; two numbers RPPS that differ are two people."""
    return next((each for each in members if _is_same(fields, each)), None)


def _is_same(fields: MemberFields, member: Member) -> bool:
    if fields.rpps and member.rpps:
        return fields.rpps == member.rpps
    same_address = bool(fields.email) and fields.email.lower() == member.email.lower()
    return same_address or _name(fields) == _name(member)


def _name(person: MemberFields | Member) -> tuple[str, str, str]:
    return fold(person.nom), fold(person.prenom), person.metier
