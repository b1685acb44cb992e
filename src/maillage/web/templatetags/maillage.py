"""French numbers, amounts and dates in templates, and the icons that go with words."""

import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from maillage.core.documents.orientation_words import is_doubtful
from maillage.core.documents.typography import typeset, typeset_html
from maillage.core.kernel import french

register = template.Library()

UNKNOWN = french.UNKNOWN
CHECK = "M4 13l5 5L20 6"
CROSS = "M5 5l14 14M19 5L5 19"
QUESTION = "M8 8.5a4 4 0 1 1 5.6 3.7c-1 .5-1.6 1.2-1.6 2.8M12 19v.5"
HALF = "M12 4a8 8 0 1 0 0 16z M12 4a8 8 0 0 1 0 16"
RING = "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16z"
PAGE = "M6 3h8l5 5v13H6zM14 3v5h5"
ICONS = {
    "remplie": CHECK, "possible": CHECK, "faite": CHECK,
    "manquante": CROSS, "impossible": CROSS,
    "inconnue": QUESTION,
    "pas_encore": HALF, "en_cours": HALF,
    "a_venir": RING,
    "document": PAGE,
}  # fmt: skip
"""Drawing of each state, on a grid of 24; the word beside it says the same."""


@register.filter
def euros(amount: Any) -> str:
    """An amount in euros (« à confirmer » when there is none)."""
    return UNKNOWN if amount in (None, "") else french.euros(amount)


@register.filter
def ecart(amount: Any) -> str:
    """A difference in euros, with its sign."""
    return UNKNOWN if amount in (None, "") else french.difference(amount)


@register.filter
def nombre(value: Any) -> str:
    """A number with French spacing (« à confirmer » when there is none)."""
    return UNKNOWN if value in (None, "") else french.number(value)


@register.filter
def pourcent(rate: Any) -> str:
    """A rate as a percentage."""
    return UNKNOWN if rate in (None, "") else french.percent(rate)


@register.filter(expects_localtime=True)
def jour(date: Any) -> str:
    """A date in full; an ISO text is read first; empty when there is none."""
    if not date:
        return ""
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    return french.day(date.date() if isinstance(date, datetime.datetime) else date)


register.filter("valeur", french.quantity)
register.filter("typo", typeset)
register.filter("douteux", is_doubtful)


@register.filter(is_safe=True)
def typo_page(html: SafeString) -> SafeString:
    """The texts of a page already rendered, as French writes them: once for all, in the frame of the pages."""
    return mark_safe(typeset_html(html))  # noqa: S308 - the page, whose values were escaped when it was rendered


@register.simple_tag
def icone(name: str) -> SafeString:
    """The icon of a state; hidden from screen readers, which read the word."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.6" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{}"/></svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - a constant of this module
    )
