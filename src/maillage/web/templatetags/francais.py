"""French in every template, without loading anything: « 0 membre », « 2 membres », « 1er décembre »."""

import re
from collections.abc import Sized
from typing import Any

from django import template
from django.template import defaultfilters

register = template.Library()
DAY_BEFORE_MONTH = re.compile(r"(?<!\\)j(?= F)")


@register.filter(is_safe=False)
def pluralize(value: Any, words: str = "s") -> str:
    """What ends a word that agrees with a number, or with the length of a list: French is singular below 2."""
    try:
        count = len(value) if isinstance(value, Sized) and not isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        return ""
    return str(defaultfilters.pluralize(1 if abs(count) < 2 else 2, words))


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, words: str | None = None) -> str:
    """A date as Django writes it, with « 1er » for the first day of a month written in full."""
    if words is not None and getattr(value, "day", None) == 1:
        words = DAY_BEFORE_MONTH.sub(r"j\\e\\r", words)
    return str(defaultfilters.date(value, words))
