"""What the verbs of governance share: a row checked and saved with its event, the members of the structure."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import NotNow, changes, tell, values
from maillage.apps.governance.models import Body
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier la gouvernance"
CLOSED = "Cet organe n'existe plus : rétablissez-le d'abord."


def created(row: models.Model, structure: Structure, *, verb: str = "créer", by: User, at: datetime.datetime) -> None:
    """Save a new row and tell it. Raises :class:`NotNow` when it breaks a rule of its table."""
    checked(row)
    row.save(force_insert=True)
    row.refresh_from_db()
    tell(structure, by=by, at=at, verb=verb, subject=row, after=values(row))


def saved(
    row: models.Model,
    before: Mapping[str, Any],
    structure: Structure,
    *,
    verb: str = "modifier",
    by: User,
    at: datetime.datetime,
) -> None:
    """Save a row that changed and tell what did. Raises :class:`NotNow` when it breaks a rule of its table."""
    checked(row)
    told = changes(before, values(row))
    if told[1]:
        row.save()
        tell(structure, by=by, at=at, verb=verb, subject=row, before=told[0], after=told[1])


def checked(row: models.Model) -> None:
    """Raise :class:`NotNow` when a row breaks a rule of its table, said in French."""
    try:
        row.validate_constraints()
    except ValidationError as wrong:
        raise NotNow(" ".join(wrong.messages)) from None


def locked_body(body: Body) -> Body:
    """The body as it is, held until the transaction ends."""
    return Body.objects.select_for_update(of=("self",)).select_related("structure__organisation").get(pk=body.pk)


def open_body(body: Body) -> Body:
    """The same, that still exists. Raises :class:`NotNow`."""
    row = locked_body(body)
    if row.closed_on is not None:
        raise NotNow(CLOSED)
    return row


def member_of(structure: Structure, key: uuid.UUID, field: str = "member") -> Member:
    """Who is, or was, of the team. Raises :class:`BadInput`."""
    member = structure.members.filter(pk=key).first()
    if member is None:
        raise BadInput([Problem(field, None, "un membre de l'équipe")])
    return member
