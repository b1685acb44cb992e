"""The bell of the bar."""

from typing import Any

from django import template

from maillage.apps.notifications.queries import unread_count

register = template.Library()
MOST_TOLD = 99


@register.inclusion_tag("notifications/_cloche.html", takes_context=True)
def cloche(context: dict[str, Any]) -> dict[str, Any]:
    """The way to one's notifications, with how many are unread."""
    count = unread_count(context["request"].user)
    return {"compte": count, "dit": f"{MOST_TOLD}+" if count > MOST_TOLD else str(count)}
