"""« Statistiques »: delays, outcomes and load of the dossiers that a person reviews or steers."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import Role
from maillage.apps.dossiers.figures import Wanted, filed
from maillage.apps.dossiers.models import Decision
from maillage.apps.dossiers.permissions import INSIDERS
from maillage.apps.territories.models import Departement
from maillage.core.dossiers import kinds
from maillage.core.dossiers.statistics import SMALL, Filed, Line, line, lines, loads
from maillage.core.kernel.french import UNKNOWN, number
from maillage.web.exports import export
from maillage.web.projets.access import person

ENDED = {"retire": "Retirés", "classe": "Classés sans suite", "clos": "Clos sans décision"}
DECIDED = {code: str(label).capitalize() for code, label in Decision.Sense.choices}
HEADER = (
    "Démarche", "Reçus", "En cours", "Acceptés", "Acceptés sous conditions", "Refusés", "Accords par silence",
    "Refus par silence", "Retirés", "Classés sans suite", "Délai médian (jours)", "9 sur 10 en (jours)",
    "Le plus long (jours)", "Décidés dans le délai",
)  # fmt: skip
COLUMNS = ("accord", "conditions", "refus", "silence_accord", "silence_refus", "retire", "classe")
YEAR = 365


@dataclass(frozen=True)
class Asked:
    """What the address asks for; ``errors`` by field, what was typed is kept."""

    wanted: Wanted
    typed: Mapping[str, str]
    errors: Mapping[str, str]


@require_safe
@login_required
def statistics(request: HttpRequest) -> HttpResponse:
    """The page, or its main table as a file (``?export=csv``); who serves no authority gets « introuvable »."""
    user = person(request)
    if not Role.objects.filter(user=user, until=None, name__in=INSIDERS).exists():
        raise Http404
    asked = _asked(request.GET)
    rows = filed(user, asked.wanted) if not asked.errors else []
    by_kind = lines(rows, by=lambda each: each.kind)
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return export(kind, "statistiques-dossiers", HEADER, [_row(each) for each in by_kind])
    return render(request, "dossiers/statistiques.html", _context(request, asked, rows, by_kind))


def _context(request: HttpRequest, asked: Asked, rows: list[Filed], by_kind: tuple[Line, ...]) -> dict[str, Any]:
    names = dict(Departement.objects.values_list("code", "nom"))
    return {
        "demande": asked.typed,
        "erreurs": asked.errors,
        "total": line("", rows),
        "natures": [(_title(each.key), each, list(_outcomes(each))) for each in by_kind],
        "mois": [(datetime.date.fromisoformat(f"{each.key}-01"), each) for each in lines(rows, by=_month)],
        "departements": [
            (names.get(each.key, each.key) or "Sans département", each) for each in lines(rows, by=_departement)
        ],
        "charges": loads(rows, asked.wanted.until),
        "petit": SMALL,
        "periode": _period(asked),
        "choix_natures": sorted({each.code: each.titre for each in kinds.every_kind()}.items(), key=lambda c: c[1]),
        "choix_departements": _choices(rows, asked.typed["departement"], names),
        "exports": [(kind.upper(), f"?{_query(request.GET, kind)}") for kind in ("csv", "xlsx")],
    }


def _choices(rows: list[Filed], chosen: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    codes = {each.departement for each in rows} | {chosen}
    return [(code, names.get(code, code)) for code in sorted(codes - {""})]


def _period(asked: Asked) -> str:
    """The same period and département in the address of the list behind the figures."""
    wanted = asked.wanted
    told = {"depuis": wanted.since.isoformat(), "jusqu_au": wanted.until.isoformat()}
    return urlencode(told | ({"departement": wanted.departement} if wanted.departement else {}))


def _asked(query: QueryDict) -> Asked:
    today = timezone.localdate()
    typed = {name: query.get(name, "").strip() for name in ("depuis", "jusqu_au", "nature", "departement")}
    errors: dict[str, str] = {}
    since = _day(typed["depuis"], today - datetime.timedelta(days=YEAR), "depuis", errors)
    until = _day(typed["jusqu_au"], today, "jusqu_au", errors)
    if not errors and since > until:
        errors["jusqu_au"] = "La fin de la période vient avant son début : choisissez une date plus tardive."
    typed |= {"depuis": typed["depuis"] or since.isoformat(), "jusqu_au": typed["jusqu_au"] or until.isoformat()}
    return Asked(Wanted(since, until, typed["nature"], typed["departement"]), typed, errors)


def _day(text: str, default: datetime.date, field: str, errors: dict[str, str]) -> datetime.date:
    if not text:
        return default
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        errors[field] = f"« {text[:40]} » n'est pas une date. Attendu : 2026-01-31."
        return default


def _title(code: str) -> str:
    return next((each.titre for each in kinds.every_kind() if each.code == code), code)


def _month(filed: Filed) -> str:
    return f"{filed.received:%Y-%m}"


def _departement(filed: Filed) -> str:
    return filed.departement


def _outcomes(told: Line) -> Iterator[tuple[str, int]]:
    for code, count in told.outcomes.items():
        yield (DECIDED | ENDED).get(code, code), count


def _row(told: Line) -> tuple[Any, ...]:
    delays = told.delays
    in_time = UNKNOWN if delays.in_time is None else f"{delays.in_time} sur {delays.with_delay}"
    counts = [told.outcomes.get(code, 0) for code in COLUMNS]
    days = [_told(delays.median), _told(delays.ninth), _told(delays.longest)]
    return (_title(told.key), told.filed, told.open, *counts, *days, in_time)


def _told(days: float | None) -> str:
    return f"moins de {SMALL} décisions" if days is None else number(days)


def _query(query: QueryDict, kind: str) -> str:
    kept = {name: value for name, value in query.items() if name != "export"}
    return urlencode({**kept, "export": kind})


urlpatterns: list[URLPattern] = [path("dossiers/statistiques/", statistics, name="dossiers_statistiques")]
