"""What the pages of the organisations show."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def de(roles: Mapping[Any, Sequence[str]], organisation: Any) -> str:
    """The roles of a person in an organisation, in words."""
    return ", ".join(roles.get(organisation, ()))
