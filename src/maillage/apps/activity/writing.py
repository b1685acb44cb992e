"""What every write of the activity shares: the event, the seal of a row against a lost write, the undo of a removal."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.common.services import record
from maillage.apps.structures.models import Structure

REMOVED = "retirer"
RESTORED = "rétablir"
LINKS = {
    "pilot_id": "pilote",
    "structure_id": "structure",
    "projet_id": "projet",
    "owner_id": "responsable",
    "supervisor_id": "maître de stage",
    "certificate_id": "attestation",
    "survey_id": "enquête",
}
"""What a link is called in the log."""


class Changed(ValueError):
    """A row was written by someone else since it was read. ``now`` is the row as it is."""

    def __init__(self, now: models.Model) -> None:
        super().__init__(f"{now._meta.label_lower} {now.pk} changed since it was read")
        self.now = now


class NotNow(ValueError):
    """The state of a row forbids this act; the message says why, in French."""


def tell(
    structure: Structure,
    *,
    by: User | str,
    at: datetime.datetime,
    verb: str,
    subject: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Write the event of an act, that the people of the structure may read."""
    names = worded(type(subject))
    return record(
        by=by,
        at=at,
        verb=verb,
        subject=subject,
        before=None if before is None else {names.get(name, name): value for name, value in before.items()},
        after=None if after is None else {names.get(name, name): value for name, value in after.items()},
        scope=str(structure.organisation_id),
    )


def worded(model: type[models.Model]) -> dict[str, str]:
    """The words of each field of a model, by its name in the table: the log is read by people."""
    return {field.attname: LINKS.get(field.attname, str(field.verbose_name)) for field in model._meta.concrete_fields}


def values(row: models.Model) -> dict[str, Any]:
    """Every field of a row but its key, as JSON values; a link is the key of what it leads to, as text."""
    told = {
        field.attname: _universal(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    plain: dict[str, Any] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return plain


def _universal(value: Any) -> Any:
    """A moment in universal time: the same moment is always told the same way."""
    return value.astimezone(datetime.UTC) if isinstance(value, datetime.datetime) else value


def stamp(row: models.Model) -> str:
    """What a form keeps of the row that it showed: another stamp later means that someone wrote in between."""
    told = json.dumps({"pk": str(row.pk), **values(row)}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def check_unchanged(row: models.Model, seen: str) -> None:
    """Raise :class:`Changed` when the row is not the one that was seen; an empty stamp checks nothing."""
    if seen and stamp(row) != seen:
        raise Changed(row)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two sides of what changed."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def removed(model: type[models.Model], identifier: str) -> dict[str, Any] | None:
    """The fields of a row as its removal told them; ``None`` when there is no removal to undo.

    What was told beside its fields (rows that it held) keeps its word as its name.
    """
    last = Event.objects.filter(subject_type=model._meta.label_lower, subject_id=identifier).first()
    if last is None or last.verb != REMOVED or last.before is None:
        return None
    names = {words: name for name, words in worded(model).items()}
    return {names.get(words, words): value for words, value in last.before.items()}
