"""A reform and situations, typed or sent as files: who gains, who loses. Nothing is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from maillage.core.documents.gains_chart import classes, gains_chart
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.reform.comparison import HEADER, Comparison, compare
from maillage.core.rules.reform.lines import read_lines
from maillage.core.rules.reform.reading import Reform, read_reform
from maillage.web.exports import export
from maillage.web.reforme.example import REFORM, SITUATIONS

MOST_BYTES = 2_000_000
SHOWN = 200
FIELDS = ("reforme", "situations")
TOO_LARGE = Problem("fichier", "plus de 2 Mo", "au plus 2 Mo ; au-delà, utilisez maillage reforme comparer")


@require_http_methods(["GET", "HEAD", "POST"])
def compare_rules(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the totals, the chart and each structure, or the export of the table."""
    if request.method != "POST":
        filled = "exemple" in request.GET
        return _page(request, {"reforme": REFORM, "situations": SITUATIONS} if filled else {}, None, {})
    given = {name: _given(request, name) for name in FIELDS}
    typed = {name: raw.decode("utf-8", errors="replace") for name, raw in given.items()}
    comparison, wrong = _compared(given)
    kind = request.POST.get("export", "")
    if comparison and kind in ("csv", "xlsx"):
        return export(kind, "reforme", HEADER, comparison.table())
    return _page(request, typed, comparison, wrong)


def _given(request: HttpRequest, name: str) -> bytes:
    """What is given for a field: its file when one is sent, else what is typed."""
    file = request.FILES.get(f"{name}_fichier")
    return bytes(file.read(MOST_BYTES + 1)) if file is not None else str(request.POST.get(name, "")).encode()


def _compared(given: dict[str, bytes]) -> tuple[Comparison | None, dict[str, tuple[Problem, ...]]]:
    """The comparison, or what is wrong by field."""
    too_large: dict[str, tuple[Problem, ...]] = {
        name: (TOO_LARGE,) for name, raw in given.items() if len(raw) > MOST_BYTES
    }
    if too_large:
        return None, too_large
    try:
        reform: Reform = read_reform(given["reforme"])
    except BadInput as refused:
        return None, {"reforme": refused.problems}
    try:
        lines = read_lines(reform.file.simulateur, given["situations"])
    except BadInput as refused:
        return None, {"situations": refused.problems}
    return compare(reform, lines.situations, lines.names), {}


def _page(
    request: HttpRequest,
    typed: dict[str, str],
    comparison: Comparison | None,
    wrong: dict[str, tuple[Problem, ...]],
) -> HttpResponse:
    context = {"saisie": typed, "erreurs": wrong, **(_shown(comparison) if comparison else {})}
    return render(request, "reforme/page.html", context, status=422 if wrong else 200)


def _shown(comparison: Comparison) -> dict[str, Any]:
    gaps = [float(row.gap) for row in comparison.known if row.gap is not None]
    rows = sorted(comparison.rows, key=lambda row: (row.gap is None, -(row.gap or 0)))
    return {
        "comparaison": comparison.as_dict(),
        "lignes": rows[:SHOWN],
        "cachees": max(0, len(rows) - SHOWN),
        "graphique": gains_chart(gaps),
        "classes": classes(gaps),
    }
