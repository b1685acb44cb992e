"""Constraints that several tables share, with the message that a person reads."""

from django.db import models
from django.db.models import Q

CODE_COMMUNE = r"^([0-9]{2}|2A|2B)[0-9]{3}$"


def has_form(field: str, pattern: str, name: str, message: str) -> models.CheckConstraint:
    """The field matches the pattern."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": pattern}), name=name, violation_error_message=message
    )


def not_negative(name: str, message: str, *fields: str) -> models.CheckConstraint:
    """No field is under 0; an unknown value stays null."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)
