"""Who belongs to each legal person on a day: adhérents, associés, salariés, vacataires, with what the list exports."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.apps.structures.dues_accounts import name_key
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Belonging, Structure
from maillage.core.kernel.french import fold
from maillage.web.exports import export
from maillage.web.structures.access import for_team
from maillage.web.structures.equipe.common import day_asked, entities, frame, quality_choices

BY_PAGE = 50
HEADER = ("Nom", "Métier", "Personne morale", "Qualité", "Depuis le", "Jusqu'au", "Demi-journées par semaine")
NAMES = ("q", "entite", "qualite", "date")


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Who belongs to what, on a day."""
    on, asked = day_asked(request), {name: request.GET.get(name, "").strip() for name in NAMES}
    everyone = in_force(structure, on)
    rows = _asked(everyone, asked)
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return export(kind, "adherents", HEADER, [_row(each) for each in rows])
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, structure, "adherents"),
        "entites": entities(structure),
        "page": page,
        "lignes": [{"ligne": each, "metier": _metier(each)} for each in page.object_list],
        "total": len(everyone),
        "comptes": _counts(everyone),
        "demande": asked,
        "jour": on,
        "qualites": quality_choices(),
        "vacations": _half_days(everyone),
        "vacations_a_dire": sum(_is_vacataire(each) and each.half_days is None for each in everyone),
        "suite": _query(asked),
        "exports": [(each.upper(), f"?{_query(asked, export=each)}") for each in ("csv", "xlsx")],
    }
    return render(request, "structures/equipe/adherents.html", context)


def in_force(structure: Structure, on: datetime.date) -> list[Belonging]:
    """The belongings of a structure in force on a day, by name."""
    rows = Belonging.objects.filter(
        Q(until=None) | Q(until__gt=on), entity__structure=structure, since__lte=on, removed_at=None
    )
    return sorted(rows.select_related("entity", "member", "partner"), key=name_key)


def _asked(rows: Sequence[Belonging], asked: Mapping[str, str]) -> list[Belonging]:
    words = fold(asked["q"])
    return [
        each
        for each in rows
        if words in fold(str(each.holder))
        and asked["entite"] in ("", str(each.entity_id))
        and asked["qualite"] in ("", each.quality)
    ]


def _counts(rows: Sequence[Belonging]) -> list[tuple[str, int]]:
    counted = Counter(each.quality for each in rows)
    return [(each.label, counted[each.value]) for each in Belonging.Quality if counted[each.value]]


def _is_vacataire(row: Belonging) -> bool:
    return row.quality == Belonging.Quality.VACATAIRE


def _half_days(rows: Sequence[Belonging]) -> Decimal | None:
    """The presence of the vacataires in days by week; ``None`` when nobody said any."""
    said = [each.half_days for each in rows if _is_vacataire(each) and each.half_days is not None]
    return sum(said, Decimal(0)) / 2 if said else None


def _metier(row: Belonging) -> str:
    if row.member is not None:
        return name_of(row.member.metier)
    return row.partner.nature if row.partner else ""


def _row(row: Belonging) -> list[str]:
    return [
        str(row.holder),
        _metier(row),
        str(row.entity),
        row.get_quality_display(),
        row.since.isoformat(),
        row.until.isoformat() if row.until else "",
        "" if row.half_days is None else f"{row.half_days:g}".replace(".", ","),
    ]


def _query(asked: Mapping[str, str], **more: str) -> str:
    return urlencode({name: value for name, value in {**asked, **more}.items() if value})
