"""The page that anybody reads: light, without a script, right at the hour when it is asked."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maillage.apps.opening.publishing import PublicPlace, Shown, published, shown
from maillage.apps.structures.hours import WEEKDAYS
from maillage.apps.territories.models import Commune
from maillage.core.opening.now import hour
from maillage.core.opening.week import Spans

MINUTE = 60
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The days of a week for ``openingHours`` of schema.org, which search engines read."""
TAGS = {"ouvert": ("ok", "remplie"), "ferme": ("no", "manquante"), "inconnu": ("todo", "inconnue")}


@require_safe
@cache_control(max_age=MINUTE, public=True)
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a structure that shows it; another address does not exist."""
    page = published(slug)
    if page is None:
        raise Http404
    return rendered(request, shown(page, at=timezone.now()))


def rendered(request: HttpRequest, what: Shown, *, is_preview: bool = False) -> HttpResponse:
    """The page, published or looked at by the team."""
    codes = {place.site.commune for place in what.places}
    communes = dict(Commune.objects.filter(code__in=codes).values_list("code", "nom"))
    context = {
        "page": what.page,
        "structure": what.page.structure,
        "lieux": [_place(place, communes) for place in what.places],
        "membres": what.members,
        "feries": what.days_off,
        "moment": what.moment,
        "apercu": is_preview,
    }
    return render(request, "structures/page_publique/publique.html", context)


def _place(place: PublicPlace, communes: dict[str, str]) -> dict[str, Any]:
    colour, icon = TAGS[place.now.state]
    return {
        "site": place.site,
        "commune": communes.get(place.site.commune, ""),
        "etat": place.now,
        "couleur": colour,
        "icone": icon,
        "jours": [_day(place, day) for day in range(len(WEEKDAYS))] if place.week else [],
        "fermetures": place.closures,
        "suite": place.told,
        "appel": place.told.phone.replace(" ", "").replace(".", "") if place.told else "",
    }


def _day(place: PublicPlace, day: int) -> tuple[str, str, list[str]]:
    """A day of the week: its name, its hours in words, then for machines."""
    spans = place.week.get(day, ())
    coded = [f"{DAYS[day]} {opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans]
    return WEEKDAYS[day], _told(spans), coded


def _told(spans: Iterable[tuple[Any, Any]] | Spans) -> str:
    return ", ".join(f"{hour(opens)} – {hour(closes)}" for opens, closes in spans) or "fermé"
