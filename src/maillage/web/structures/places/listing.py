"""The places of a structure in a year: hours, closures, continuity, and what the agreement counts of them."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.opening.models import Closure
from maillage.apps.opening.queries import Place, days_off, places, points
from maillage.apps.structures.hours import WEEKDAYS, Span, duration, write_day
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.apps.territories.models import Commune
from maillage.core.opening.points import Step
from maillage.core.opening.week import amplitude, has_a_break, shortest
from maillage.web.activite.common import exported, query
from maillage.web.communes import written
from maillage.web.exports import export
from maillage.web.structures.access import of_structure, person

HEADER = ("Lieu", "Premier jour", "Dernier jour", "Jours", "Raison", "À savoir")
YEARS_BEFORE, YEARS_AFTER = 1, 1
OF_THE_AGREEMENT = "msp"


@require_safe
@of_structure
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Every place in the year asked; ``format`` exports its closures."""
    today = timezone.localdate()
    year = _year(request, today)
    found = places(structure, year)
    if kind := request.GET.get("format"):
        return export(exported(kind), f"fermetures-{year}", HEADER, [_row(each) for each in _closures(found)])
    years = range(today.year - YEARS_BEFORE, today.year + YEARS_AFTER + 1)
    context = {
        "structure": structure,
        "peut_ecrire": may_edit(person(request), structure),
        "annee": year,
        "annees": [(each, query({"annee": str(each)})) for each in years],
        "lieux": _all_shown(found),
        "accord": structure.kind == OF_THE_AGREEMENT,
        **_counted(structure, found, year),
        "jours": sum(each.closed.total for each in found),
        "feries": sorted(days_off(structure, year).items()),
        "vacances": [each for each in structure.school_holidays.all() if each.since.year <= year <= each.until.year],
        "exports": {kind: query({"annee": str(year), "format": kind}) for kind in ("csv", "xlsx")},
        "retire": request.session.pop("fermeture_retiree", None),
        "aujourd_hui": today,
    }
    return render(request, "structures/lieux/index.html", context)


def _counted(structure: Structure, found: list[Place], year: int) -> dict[str, Any]:
    """What the agreement counts, and what to change, with the places that do not do it yet."""
    counted = points(found, year) if structure.kind == OF_THE_AGREEMENT else None
    if counted is None:
        return {"compte": None}
    return {
        "compte": counted,
        "a_faire": [(step.words, _concerned(step, found)) for step in counted.required],
        "gains": [(gain, _concerned(gain.step, found)) for gain in counted.gains],
    }


def _concerned(step: Step, found: list[Place]) -> str:
    """The places that a step concerns, when there are several places."""
    names = [place.site.nom for place in found if step.concerns(place.opening)]
    return ", ".join(names) if len(found) > 1 else ""


def _year(request: HttpRequest, today: datetime.date) -> int:
    words = request.GET.get("annee", "")
    asked = int(words) if words.isascii() and words.isdigit() and len(words) == 4 else today.year
    return asked if abs(asked - today.year) <= YEARS_BEFORE else today.year


def _closures(found: list[Place]) -> Iterator[Closure]:
    rows = (closure for place in found for closure in place.closures)
    return iter(sorted(rows, key=lambda each: (each.since, each.site_id)))


def _row(closure: Closure) -> list[Any]:
    days = (closure.until - closure.since).days + 1
    return [closure.site.nom, closure.since, closure.until, days, closure.get_kind_display(), closure.note]


def _all_shown(found: list[Place]) -> list[dict[str, Any]]:
    rows = Commune.objects.filter(code__in={each.site.commune for each in found})
    communes = {each.code: written(each) for each in rows}
    return [_shown(each, communes.get(each.site.commune, each.site.commune)) for each in found]


def _shown(place: Place, commune: str) -> dict[str, Any]:
    week = {day: [Span(*span) for span in spans] for day, spans in place.week.items()}
    every = [span for spans in week.values() for span in spans]
    hours = amplitude(place.week)
    return {
        "site": place.site,
        "commune": commune,
        "jours": [(word, write_day(week.get(day, ())) or "fermé") for day, word in enumerate(WEEKDAYS)],
        "par_semaine": duration(sum(span.minutes for span in every)) if every else "",
        "amplitude": "" if hours is None else duration(round(hours * 60)),
        "courts": [WEEKDAYS[day] for day in shortest(place.week)] if hours else [],
        "fermes": [word for day, word in enumerate(WEEKDAYS[:5]) if every and not week.get(day)],
        "coupure": has_a_break(place.week),
        "ouverts": sum(bool(spans) for spans in week.values()),
        "suite": place.continuity,
        "fermetures": place.closures,
        "ferme": place.closed,
        "samedi": place.opening.saturday,
    }
