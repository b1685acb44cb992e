"""What each member accepts to show: written by them, or by who writes and says so; nothing is public without it."""

import datetime
import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from django.db import transaction
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import Person
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.structures.belonging_fields import FROZEN
from maillage.apps.structures.fields import text_of
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import DirectoryChoice, Member, Structure
from maillage.apps.structures.permissions import may_edit, may_see_addresses
from maillage.core.kernel.french import fold

Level = DirectoryChoice.Level
TELEPHONE = re.compile(r"\+?[0-9 .()-]{6,20}", re.ASCII)
ITEMS = ("telephone", "email", "presence")


def _telephone(value: str) -> str:
    if value and not TELEPHONE.fullmatch(value):
        raise ValueError("un numéro de téléphone (par exemple 02 99 00 00 00)")
    return value


class ChoiceFields(BaseModel):
    """What a member shows, and to whom."""

    model_config = FROZEN

    telephone: Annotated[str, BeforeValidator(text_of), AfterValidator(_telephone)] = ""
    presence: Annotated[str, BeforeValidator(text_of), Field(max_length=200)] = ""
    show_name: Level = Level.EQUIPE
    show_telephone: Level = Level.PERSONNE
    show_email: Level = Level.EQUIPE
    show_presence: Level = Level.PERSONNE

    @model_validator(mode="after")
    def nothing_public_without_the_name(self) -> "ChoiceFields":
        """On the public page, what is shown stands beside a name."""
        levels = (self.show_telephone, self.show_email, self.show_presence)
        if self.show_name != Level.PUBLIC and Level.PUBLIC in levels:
            raise ValueError("le nom visible de tous, ou rien d'autre visible de tous")
        return self


@dataclass(frozen=True)
class PublicMember:
    """A member as everyone may read them; what they do not show is empty."""

    key: str
    nom: str
    metier: str
    site: str
    telephone: str
    email: str
    presence: str


def may_choose(person: User, member: Member) -> bool:
    """Whether a person may say what a member shows: themself, or who writes in the structure."""
    return member.user_id == person.pk or may_edit(person, member.structure)


@transaction.atomic
def choose(member: Member, fields: ChoiceFields, *, by: User, at: datetime.datetime) -> DirectoryChoice:
    """Write what a member shows. Raises :class:`NotAllowed`, :class:`PatientData`."""
    if not may_choose(by, member):
        raise NotAllowed("dire ce qu'un membre montre")
    screened({"presence": fields.presence})
    Member.objects.select_for_update(of=("self",)).only("pk").get(pk=member.pk)
    values = {**fields.model_dump(), "said_at": at, "said_by": by}
    choice, _created = DirectoryChoice.objects.update_or_create(member=member, defaults=values)
    after = {name: str(values[f"show_{name}"]) for name in ("name", *ITEMS)} | {"par_soi": member.user_id == by.pk}
    scope = str(member.structure.organisation_id)
    record(by=by, at=at, verb="choisir ce qui se voit", subject=member, after=after, scope=scope)
    return choice


def consents_of(structure: Structure) -> list[PublicMember]:
    """The members present who accept to be named on the public page, with what each shows there; by name."""
    rows = DirectoryChoice.objects.filter(
        member__structure=structure, member__left_on=None, show_name=Level.PUBLIC
    ).select_related("member__site")
    return sorted((_public(row) for row in rows), key=lambda each: fold(each.nom))


def seen_by_the_team(choice: DirectoryChoice | None, member: Member) -> dict[str, str]:
    """What the team reads of a member: telephone, e-mail, presence; empty when they keep it to themselves."""
    if choice is None:
        return {"telephone": "", "email": member.email, "presence": ""}
    return dict(_shown(choice, member, {Level.EQUIPE, Level.PUBLIC}))


def addresses_for(person: Person, structure: Structure, members: Collection[Member]) -> dict[uuid.UUID, str]:
    """The e-mails that a person reads, by member: who writes in the structure reads all of them, to reach people;
    the team, those that each shows to it; nobody else reads any.
    """
    if not may_see_addresses(person, structure):
        return {}
    if may_edit(person, structure):
        return {each.pk: each.email for each in members}
    choices = {each.member_id: each for each in DirectoryChoice.objects.filter(member__in=members)}
    return {each.pk: seen_by_the_team(choices.get(each.pk), each)["email"] for each in members}


def _public(choice: DirectoryChoice) -> PublicMember:
    member = choice.member
    return PublicMember(
        key=str(member.pk),
        nom=str(member),
        metier=name_of(member.metier),
        site=member.site.nom if member.site else "",
        **dict(_shown(choice, member, {Level.PUBLIC})),
    )


def _shown(choice: DirectoryChoice, member: Member, levels: set[Level]) -> Iterator[tuple[str, str]]:
    for name in ITEMS:
        value = member.email if name == "email" else getattr(choice, name)
        yield name, value if getattr(choice, f"show_{name}") in levels else ""
