"""What the verbs on what a structure keeps share: a file given, a link inside it, a row held, its change told."""

import datetime
import uuid
from typing import IO, TypeVar

from django.db import models

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import changes, tell, values
from maillage.apps.common.files.services import deposit
from maillage.apps.common.models import StoredFile
from maillage.apps.structures.models import LegalEntity, Member, Structure
from maillage.core.kernel.problems import BadInput, Problem

Row = TypeVar("Row", bound=models.Model)


class GivenFile:
    """A file as it is given: its name, its bytes, whether who gives it read it and saw no patient."""

    def __init__(self, name: str, content: IO[bytes], *, declared_harmless: bool = False) -> None:
        self.name, self.content, self.declared_harmless = name, content, declared_harmless


def kept(structure: Structure, file: GivenFile, *, by: User, at: datetime.datetime) -> StoredFile:
    """Keep a file for a structure. Raises :class:`BadInput`, :class:`PatientData`."""
    return deposit(
        by=by,
        at=at,
        name=file.name,
        content=file.content,
        scope=str(structure.organisation_id),
        declared_harmless=file.declared_harmless,
    )


def entity_of(structure: Structure, key: int | None) -> LegalEntity | None:
    """A legal person of a structure. Raises :class:`BadInput` when it is not of this one."""
    if key is None:
        return None
    found = structure.legal_entities.filter(pk=key).first()
    if found is None:
        raise BadInput([Problem("entity", str(key), "une personne morale de la structure")])
    return found


def member_of(structure: Structure, key: uuid.UUID | None) -> Member | None:
    """A member of a structure. Raises :class:`BadInput` when it is not of this one."""
    if key is None:
        return None
    found = structure.members.filter(pk=key).first()
    if found is None:
        raise BadInput([Problem("owner", str(key), "un membre de l'équipe")])
    return found


def locked(row: Row) -> Row:
    """The row as it is now, for this transaction alone. Raises ``DoesNotExist`` when it was removed."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def tell_change(
    structure: Structure, row: models.Model, before: dict[str, object], *, by: User, at: datetime.datetime
) -> None:
    """Write the event of a change, when something changed."""
    left, right = changes(before, values(row))
    if right:
        tell(structure, by=by, at=at, verb="modifier", subject=row, before=left, after=right)
