"""What the pages of the adhérents share: the tabs, the legal person that is looked at, dates typed in the address."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.structures.fields import day_of
from maillage.apps.structures.models import Belonging, LegalEntity, Structure
from maillage.apps.structures.permissions import may_edit
from maillage.web.structures.access import person

LONGEST_KEY = 10
WITH_SHARES = ("sisa", "sci", "scm", "scp", "scic")
"""Forms looked at first on the page of shares; any legal person may have some."""


def frame(request: HttpRequest, structure: Structure, tab: str) -> dict[str, Any]:
    """The context of every page: its structure, its tab, what this person may do."""
    who = person(request)
    return {
        "structure": structure,
        "rayon": tab,
        "voit_dedans": may_see_inside(who, structure),
        "peut_ecrire": may_edit(who, structure),
    }


def entities(structure: Structure) -> list[LegalEntity]:
    """The legal persons of a structure, each with its structure."""
    return list(structure.legal_entities.select_related("structure__organisation"))


def chosen(request: HttpRequest, found: list[LegalEntity], first: tuple[str, ...] = ()) -> LegalEntity | None:
    """The legal person that the address asks, else one of a form of ``first``, else the first. Raises ``Http404``."""
    asked = (request.POST.get("entite") or request.GET.get("entite") or "").strip()
    if asked:
        row = next((each for each in found if str(each.pk) == asked), None)
        if row is None:
            raise Http404
        return row
    return next((each for each in found if each.form in first), found[0] if found else None)


def day_asked(request: HttpRequest, name: str = "date") -> datetime.date:
    """The day of the address, else today; one that is no day is today."""
    try:
        day: datetime.date | None = day_of(request.GET.get(name, ""))
    except ValueError:
        day = None
    return day or timezone.localdate()


def year_asked(request: HttpRequest) -> int:
    """The year of the address, else this one."""
    words = (request.POST.get("annee") or request.GET.get("annee") or "").strip()
    year = int(words) if words.isascii() and words.isdigit() and len(words) == len("2026") else 0
    return year if 1990 <= year <= 2100 else timezone.localdate().year


def trail(structure: Structure, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumb below the team."""
    return [(reverse("web:structure_equipe", args=[structure.pk]), "Équipe et adhérents"), *more]


def entity_choices(found: list[LegalEntity]) -> list[tuple[str, str]]:
    """The legal persons, for a list of choices."""
    return [(str(each.pk), str(each)) for each in found]


def quality_choices() -> list[tuple[str, str]]:
    """The qualities, for a list of choices."""
    return [(each.value, each.label.capitalize()) for each in Belonging.Quality]


def key_of(typed: str) -> int:
    """The key of a legal person; words that are no key are that of none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_KEY else 0
