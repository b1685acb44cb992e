"""The counts of a structure by month: typed on a phone, or brought from a table. Numbers only, never a patient."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.digital import services
from maillage.apps.digital.fields import MonthFields
from maillage.apps.digital.importing import COLUMNS, HEADER, Line, Report, examine
from maillage.apps.digital.models import MonthlyCount
from maillage.apps.digital.queries import MonthOfCounts, counts_of, totals, years_of
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.apps.structures.sheets import written
from maillage.core.documents.followed_charts import trend
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import exported, now
from maillage.web.activite.form import Field, told
from maillage.web.exports import export
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.bringing import WRITE, given_rows
from maillage.web.structures.entities.common import at, today
from maillage.web.structures.forms import FormPage, Typed, shown, submitted

HOME = "structure_numerique"
PAGE = "structure_numerique_nombres"
MONTH = "structure_numerique_nombres_mois"
KINDS = dict(MonthlyCount.Kind.choices)


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The twelve months of a year; ``format`` exports them as a table that can be brought back."""
    by, year = person(request), _year(request)
    months = counts_of(by, structure, year)
    if kind := request.GET.get("format"):
        rows = [[f"{each.month:%m/%Y}", *("" if n is None else n for n in each.counts.values())] for each in months]
        return export(exported(kind), f"nombres-{year}", HEADER, rows)
    context = {
        "structure": structure,
        "fil": [(at(structure, HOME), "Outils numériques")],
        "annee": year,
        "annees": years_of(structure, today()),
        "natures": list(KINDS.values()),
        "mois": [_shown_month(structure, each.month, list(each.counts.items())) for each in months],
        "courbes": _charts(months),
        "totaux": [(KINDS[kind], *known) for kind, known in totals(months).items()],
        "peut_ecrire": may_edit(by, structure),
        "dernier": at(structure, MONTH, *_last_month()),
    }
    return render(request, "structures/numerique/nombres.html", context)


def _charts(months: Sequence[MonthOfCounts]) -> list[tuple[str, str]]:
    """The line of each kind over the months that are known; nothing below two."""
    known = {
        words: [(each.month, Decimal(count)) for each in months if (count := each.counts[kind]) is not None]
        for kind, words in KINDS.items()
    }
    return [(words, drawn) for words, points in known.items() if (drawn := trend(words, points))]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def month(request: HttpRequest, structure: Structure, annee: int, mois: int) -> HttpResponse:
    """Write the counts of a month."""
    if not (2000 <= annee <= today().year and 1 <= mois <= 12):
        raise Http404
    day = datetime.date(annee, mois, 1)
    name = f"{french.MONTHS[mois - 1]} {annee}"
    page = FormPage(
        structure,
        title=name[:1].upper() + name[1:],
        trail=[(at(structure, HOME), "Outils numériques"), (f"{at(structure, PAGE)}?annee={annee}", "Nombres du mois")],
        back=f"{at(structure, PAGE)}?annee={annee}",
        fields=[Field(kind, words[:1].upper() + words[1:], "amount") for kind, words in KINDS.items()],
        context={"chapeau": "Des nombres seulement. Laissez vide ce que vous ne savez pas : ce n’est pas zéro."},
    )

    def save(typed: Typed) -> HttpResponse:
        fields = read(MonthFields, {**typed, "month": day})
        changed = services.write_months(structure, [fields], by=person(request), at=now())
        words = f"{changed} {french.plural(changed, 'nombre enregistré', 'nombres enregistrés')}."
        messages.success(request, words if changed else "Rien n'a changé.")
        return redirect(page.back)

    if request.method == "POST":
        return submitted(request, page, save)
    known = counts_of(person(request), structure, annee)[mois - 1].counts
    return shown(request, page, {kind: "" if count is None else str(count) for kind, count in known.items()})


@require_safe
@for_team_writers
def template(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The table to fill."""
    months = [datetime.date(today().year, rank, 1) for rank in range(1, 13)]
    rows = [[f"{each:%m/%Y}", "", "", "", ""] for each in months]
    return export("xlsx" if request.GET.get("format") == "xlsx" else "csv", "modele-nombres", HEADER, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def bring(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The table pasted or deposited, its report, then its writing; nothing is written before the last."""
    if request.method != "POST":
        return _bringing(request, structure)
    text = request.POST.get("texte", "")
    try:
        report = examine(structure, given_rows(request, text), today=today())
        if request.POST.get("geste") == WRITE and report.is_ready:
            return _written(request, structure, report)
    except BadInput as wrong:
        return _bringing(request, structure, text=text, refused=" ".join(told(each) for each in wrong.problems))
    return _bringing(request, structure, text=written(report.rows), report=report)


def _written(request: HttpRequest, structure: Structure, report: Report) -> HttpResponse:
    source = MonthlyCount.Source.IMPORTE
    changed = services.write_months(structure, report.months, source=source, whole=False, by=person(request), at=now())
    messages.success(request, f"{changed} {french.plural(changed, 'nombre importé', 'nombres importés')}.")
    year = max(each.month for each in report.months).year
    return redirect(f"{at(structure, PAGE)}?annee={year}")


def _bringing(
    request: HttpRequest, structure: Structure, *, text: str = "", refused: str = "", report: Report | None = None
) -> HttpResponse:
    context = {
        "structure": structure,
        "texte": text,
        "refus": refused,
        "rapport": report,
        "lignes": [_shown(each) for each in report.lines] if report else [],
        "colonnes": [names[0] for names in COLUMNS.values()],
    }
    is_wrong = bool(refused) or (report is not None and bool(report.wrong))
    return render(request, "structures/numerique/importer.html", context, status=422 if is_wrong else 200)


def _shown(line: Line) -> dict[str, Any]:
    """A line of the report: its month, what changes in words, what is wrong."""
    return {
        "numero": line.number,
        "mois": f"{line.fields.month:%m/%Y}" if line.fields else "",
        "problemes": line.problems,
        "changements": [
            f"{KINDS[kind]} : {'inconnu' if before is None else french.number(before)} → {french.number(after)}"
            for kind, before, after in line.changes
        ],
    }


def _shown_month(structure: Structure, day: datetime.date, counts: list[tuple[str, int | None]]) -> dict[str, Any]:
    return {
        "nom": french.MONTHS[day.month - 1],
        "adresse": at(structure, MONTH, day.year, day.month) if day <= today() else "",
        "nombres": [(KINDS[kind], count) for kind, count in counts],
    }


def _last_month() -> tuple[int, int]:
    """The month that just ended: the one to write."""
    day = today().replace(day=1) - datetime.timedelta(days=1)
    return day.year, day.month


def _year(request: HttpRequest) -> int:
    words = request.GET.get("annee", "")
    year = int(words) if words.isascii() and words.isdigit() and len(words) == 4 else today().year
    return min(max(year, 2000), today().year)
