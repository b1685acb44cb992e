"""The verbs on the team: a member comes, changes, leaves, comes back; a whole list comes at once."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.apps.structures.belongings import end_of_all, resume_ended
from maillage.apps.structures.directory import holds
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.holding import held
from maillage.apps.structures.likeness import AlreadyInTeam, same_person
from maillage.apps.structures.models import Member, Site, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.apps.structures.queries import present
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier l'équipe"
LEAVE = "faire sortir"
TOLD = ("metier", "mode", "etp", "commune", "is_signatory", "joined_on")
"""What the log tells of a member: the values that say nothing of the person. Of the rest it tells which changed."""
PRIVATE = ("nom", "prenom", "email", "rpps", "numero_am", "fonction")


@transaction.atomic
def add_member(
    structure: Structure, fields: MemberFields, *, by: User, at: datetime.datetime, is_other: bool = False
) -> Member:
    """Add a person to the team. Raises :class:`NotAllowed`, and :class:`BadInput` when they are already in it.

    :class:`AlreadyInTeam` when they only look like a member, unless ``is_other`` says that they are somebody else.
    """
    check_edits(by, structure, ACT)
    held(structure)
    member = _new(structure, fields, at)
    _check(member, fields)
    if not is_other and (known := same_person(fields, present(structure))) is not None:
        raise AlreadyInTeam(known)
    member.save()
    record(by=by, at=at, verb="ajouter", subject=member, after=_told(member), scope=_scope(structure))
    return member


@transaction.atomic
def add_members(structure: Structure, rows: Sequence[MemberFields], *, by: User, at: datetime.datetime) -> list[Member]:
    """Add a whole list, or nothing: :class:`BadInput` names the first line that cannot be added.

    Raises :class:`NotAllowed`.
    """
    check_edits(by, structure, ACT)
    held(structure)
    members, team = [], list(present(structure))
    for rank, fields in enumerate(rows):
        member = _new(structure, fields, at)
        try:
            _check(member, fields)
            if (known := same_person(fields, team)) is not None:
                raise AlreadyInTeam(known)
        except BadInput as wrong:
            raise BadInput(replace(each, field=f"{rank}.{each.field}") for each in wrong.problems) from None
        member.save()
        members.append(member)
    after = {"membres": [{"id": str(each.pk), **_told(each)} for each in members]}
    record(by=by, at=at, verb="importer", subject=structure, after=after, scope=_scope(structure))
    return members


@transaction.atomic
def change_member(member: Member, fields: MemberFields, *, by: User, at: datetime.datetime) -> Member:
    """Change what is said of a member. Raises :class:`NotAllowed`, :class:`BadInput`."""
    _held_row(member, by)
    before, values = _told(member), _values(fields)
    values["joined_on"] = fields.joined_on or member.joined_on
    changed = [name for name in PRIVATE if getattr(member, name) != values[name]]
    if fields.rpps != member.rpps:
        member.rpps_checked_at = at if holds(fields.rpps) else None
    for name, value in values.items():
        setattr(member, name, value)
    _check(member, fields)
    after = {**_told(member), **({"change": changed} if changed else {})}
    if after == before:
        return member
    member.save()
    record(by=by, at=at, verb="modifier", subject=member, before=before, after=after, scope=_scope(member.structure))
    return member


@transaction.atomic
def leave(member: Member, *, on: datetime.date, by: User, at: datetime.datetime) -> Member:
    """Say that a member left the team on a day; the row stays, what they belong to ends, but for who holds shares.

    Raises :class:`NotAllowed`, :class:`BadInput`.
    """
    _held_row(member, by)
    if on < member.joined_on:
        raise BadInput([Problem("left_on", on.isoformat(), "une date après l'entrée dans l'équipe")])
    if member.left_on is None:
        member.left_on = on
        member.save(update_fields=["left_on"])
        after = {"sorti_le": on.isoformat()}
        record(by=by, at=at, verb=LEAVE, subject=member, after=after, scope=_scope(member.structure))
        end_of_all(member, on=on, by=by, at=at)
    return member


@transaction.atomic
def come_back(member: Member, *, by: User, at: datetime.datetime) -> Member:
    """Undo an exit: the member is in the team again, and belongs again to what ended with it.

    Raises :class:`NotAllowed`, and :class:`BadInput` if someone else took their place.
    """
    _held_row(member, by)
    if member.left_on is None:
        return member
    before, member.left_on = {"sorti_le": member.left_on.isoformat()}, None
    if problems := list(_already_there(member)):
        raise BadInput(problems)
    member.save(update_fields=["left_on"])
    record(by=by, at=at, verb="faire revenir", subject=member, before=before, scope=_scope(member.structure))
    exits = Event.objects.filter(subject_type=Member._meta.label_lower, subject_id=str(member.pk), verb=LEAVE)
    if (gone := exits.order_by("-at", "-pk").first()) is not None:
        resume_ended(member.belongings.all(), when=gone.at, by=by, at=at)
    return member


def _held_row(member: Member, by: User) -> None:
    """The member as they are now, nobody else writing in the structure. Raises :class:`NotAllowed`."""
    check_edits(by, member.structure, ACT)
    held(member.structure)
    member.refresh_from_db()


def _new(structure: Structure, fields: MemberFields, at: datetime.datetime) -> Member:
    values = _values(fields)
    values["joined_on"] = fields.joined_on or timezone.localdate(at)
    return Member(structure=structure, rpps_checked_at=at if holds(fields.rpps) else None, **values)


def _values(fields: MemberFields) -> dict[str, Any]:
    values = fields.model_dump()
    values["site_id"] = values.pop("site")
    return values


def _check(member: Member, fields: MemberFields) -> None:
    screened({"nom": fields.nom, "prenom": fields.prenom}, kinds=OF_A_NAME)
    screened({"fonction": fields.fonction})
    problems = list(_already_there(member))
    if fields.site is not None and not Site.objects.filter(pk=fields.site, structure=member.structure).exists():
        problems.append(Problem("site", fields.site, "un site de la structure"))
    if member.left_on is not None and member.left_on < member.joined_on:
        problems.append(Problem("joined_on", member.joined_on.isoformat(), "une date avant la sortie de l'équipe"))
    if problems:
        raise BadInput(problems)


def _already_there(member: Member) -> Iterator[Problem]:
    """What the team already has: the same number, the same account."""
    if member.left_on is not None:
        return
    others = Member.objects.filter(structure=member.structure, left_on=None).exclude(pk=member.pk)
    same = others.filter(rpps=member.rpps).first() if member.rpps else None
    if same is not None:
        yield Problem("rpps", member.rpps, f"un numéro qui n'est pas déjà celui d'un membre ({same})")
    if member.user_id and others.filter(user_id=member.user_id).exists():
        yield Problem("user", "ce compte", "un compte qui n'est pas déjà celui d'un autre membre")


def _told(member: Member) -> dict[str, Any]:
    return {name: _plain(getattr(member, name)) for name in TOLD} | {"site": member.site_id}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _scope(structure: Structure) -> str:
    return str(structure.organisation_id)
