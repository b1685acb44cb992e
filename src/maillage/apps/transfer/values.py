"""Rows as JSON and back: dates, decimals, bytes, links. The same row is always written the same way."""

import base64
import datetime
import decimal
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class Unreadable(ValueError):
    """A value that its column does not take."""


def plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A value of a column (not a link) as JSON."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(value, memoryview | bytes):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID | datetime.timedelta):
        return str(value)
    return value


def typed(field: "models.Field[Any, Any]", value: Any) -> Any:
    """The value of a column from its JSON. Raises :class:`Unreadable`."""
    if value is None or isinstance(field, models.JSONField):
        return value
    try:
        if isinstance(field, models.BinaryField):
            return base64.b64decode(value, validate=True)
        return field.to_python(value)
    except (ValidationError, TypeError, ValueError) as wrong:
        raise Unreadable(str(field.verbose_name)) from wrong
