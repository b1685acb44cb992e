"""Everything that concerns a person, for them to read and take away (RGPD, articles 15 and 20).

Every table that points to an account is read, whichever app it is of: a new table cannot be forgotten.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.accounts.queries import verified_addresses_of
from maillage.apps.common.models import Event

SECRETS = frozenset({"password", "secret_hash", "session_key", "token", "token_secret", "data", "secret"})
"""Fields that open something: nobody is given them back, not even their owner."""
Rows = list[dict[str, Any]]


def everything(user: User) -> dict[str, Any]:
    """The account, what points to it, what bears its addresses, and what it did, as JSON values in French."""
    return {
        "compte": _row(user),
        "donnees": [
            {"nature": nature, "lien": link, "lignes": rows} for nature, link, rows in (*_linked(user), *_named(user))
        ],
        "journal": _acts(user),
    }


def _linked(user: User) -> Iterator[tuple[str, str, Rows]]:
    """By table and by link to the account."""
    for field in _links():
        rows = field.model._base_manager.filter(**{field.name: user.pk}).order_by("pk")
        if found := [_row(row) for row in rows]:
            yield str(field.model._meta.verbose_name_plural), str(field.verbose_name), found


def _named(user: User) -> Iterator[tuple[str, str, Rows]]:
    """The rows that bear one of the person's addresses without pointing to their account."""
    wanted = models.Q()
    addresses = verified_addresses_of(user) | {user.email}
    for field in _address_fields():
        wanted = models.Q(**{f"{field.name}__in": addresses})
        if found := [_row(row) for row in field.model._base_manager.filter(wanted).order_by("pk")]:
            yield str(field.model._meta.verbose_name_plural), str(field.verbose_name), found


def _links() -> "list[models.ForeignKey[Any, Any]]":
    hidden = User._meta.get_fields(include_hidden=True)
    fields = [each.field for each in hidden if isinstance(each, models.ManyToOneRel)]
    return sorted(fields, key=lambda field: (field.model._meta.label, field.name))


def _address_fields() -> "Iterator[models.Field[Any, Any]]":
    points = {field.model for field in _links()} - {User}
    for model in sorted(points, key=lambda each: each._meta.label):
        yield from (field for field in model._meta.fields if isinstance(field, models.EmailField))


def _row(row: models.Model) -> dict[str, Any]:
    """What a row says, by the names of its fields; texts of a whole team (JSON) are in the exports of its project."""
    return {
        str(field.verbose_name): _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in SECRETS and not isinstance(field, models.JSONField)
    }


def _value(row: models.Model, field: "models.Field[Any, Any]") -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        named = getattr(row, field.name)
        return None if named is None else str(named)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _acts(user: User) -> Rows:
    rows = Event.objects.filter(actor=user.event_actor).order_by("at", "pk")
    return [
        {
            "le": timezone.localtime(event.at).isoformat(timespec="seconds"),
            "acte": event.verb,
            "sur": event.subject_type,
            "identifiant": event.subject_id,
        }
        for event in rows
    ]
