"""The lists that a structure brings (meetings, actions), and the whole structure that leaves."""

import tempfile
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.importing import actions, meetings
from maillage.apps.activity.importing.lists import Columns, Listed, template
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit, may_run
from maillage.apps.structures.sheets import Row, written
from maillage.apps.transfer.exporting import export_structure
from maillage.core.kernel.french import quantity
from maillage.core.kernel.problems import BadInput
from maillage.web.exports import export
from maillage.web.files import HEADERS
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_runners, for_team, for_writers, person
from maillage.web.structures.bringing import CHECK, SET_ASIDE, WRITE, given_rows

IN_MEMORY = 10_000_000
"""Bytes beyond which the ZIP is written on the disk."""
KINDS = ("csv", "xlsx")


@dataclass(frozen=True)
class Brought:
    """A kind of list: its words, its columns, how it is read and written, where its rows are then."""

    title: str
    what: str
    columns: Columns
    needed: Sequence[str]
    example: Sequence[str]
    page: str
    examine: Callable[[Structure, Sequence[Row]], Listed[Any]]
    write: Callable[[Structure, Sequence[Any], HttpRequest], Sequence[Any]]


def _bring_meetings(structure: Structure, rows: Sequence[Any], request: HttpRequest) -> Sequence[Any]:
    zone, closed = zoneinfo.ZoneInfo(timezone.get_current_timezone_name()), "clore" in request.POST
    by, at = person(request), timezone.now()
    return meetings.bring_meetings(structure, rows, closed=closed, zone=zone, by=by, at=at)


def _bring_actions(structure: Structure, rows: Sequence[Any], request: HttpRequest) -> Sequence[Any]:
    return actions.bring_actions(structure, rows, by=person(request), at=timezone.now())


LISTS: Mapping[str, Brought] = {
    "reunions": Brought(
        "Importer des réunions",
        "réunions",
        meetings.COLUMNS,
        meetings.NEEDED,
        meetings.EXAMPLE,
        "web:structure_reunions",
        meetings.read_meetings,
        _bring_meetings,
    ),
    "actions": Brought(
        "Importer des actions",
        "actions",
        actions.COLUMNS,
        actions.NEEDED,
        actions.EXAMPLE,
        "web:structure_actions",
        lambda structure, rows: actions.read_actions(structure, rows, today=timezone.localdate()),
        _bring_actions,
    ),
}


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What can come in, what can go out."""
    who = person(request)
    context = {"structure": structure, "peut_ecrire": may_edit(who, structure), "dirige": may_run(who, structure)}
    return render(request, "structures/donnees/index.html", {**context, "listes": LISTS.items()})


@require_safe
@for_runners
def whole(request: HttpRequest, structure: Structure) -> HttpResponseBase:
    """The whole structure in a ZIP."""
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed by the answer
    try:
        export_structure(structure, file, by=person(request), at=timezone.now())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename="structure.zip", content_type="application/zip", headers=HEADERS
    )


@require_safe
@for_writers
def empty(_request: HttpRequest, structure: Structure, liste: str, kind: str) -> HttpResponse:
    """The titles of a list, with a line that shows how to fill it."""
    about = _known(liste)
    if kind not in KINDS:
        raise Http404
    return export(kind, f"modele-{liste}", template(about.columns), [about.example])


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def bring(request: HttpRequest, structure: Structure, liste: str) -> HttpResponse:
    """The list pasted or deposited, its report, then its writing; nothing is written before the last."""
    about = _known(liste)
    if request.method != "POST":
        return _page(request, structure, liste)
    text, step = request.POST.get("texte", ""), request.POST.get("geste", CHECK)
    try:
        found = about.examine(structure, given_rows(request, text))
        if step == SET_ASIDE:
            found = about.examine(structure, found.right_rows)
        if step == WRITE and found.is_ready:
            count = len(about.write(structure, found.right, request))
            messages.success(request, f"{quantity(count, about.what)} : c’est écrit.")
            return redirect(about.page, structure.pk)
    except BadInput as wrong:
        return _page(request, structure, liste, text=text, refused=" ".join(by_field(wrong).values()))
    return _page(request, structure, liste, text=written(found.rows), found=found)


def _known(liste: str) -> Brought:
    if liste not in LISTS:
        raise Http404
    return LISTS[liste]


def _page(
    request: HttpRequest,
    structure: Structure,
    liste: str,
    *,
    text: str = "",
    refused: str = "",
    found: Listed[Any] | None = None,
) -> HttpResponse:
    about = LISTS[liste]
    first = next(iter(about.columns))
    context = {
        "structure": structure,
        "liste": liste,
        "titre": about.title,
        "combien": quantity(len(found.right), about.what) if found else "",
        "texte": text,
        "refus": refused,
        "rapport": found,
        "lignes": [_shown(each, about, first) for each in found.lines] if found else [],
        "clore": "clore" in request.POST,
        "colonnes": template(about.columns),
        "obligatoires": [about.columns[each][0] for each in about.needed],
    }
    is_wrong = bool(refused) or (found is not None and bool(found.wrong))
    return render(request, "structures/donnees/importer.html", context, status=422 if is_wrong else 200)


def _shown(line: Any, about: Brought, first: str) -> dict[str, Any]:
    """A line of the report: what it is, and what is wrong, column by column."""
    problems = [
        (about.columns[each.field][0] if each.field in about.columns else each.field, words)
        for each in line.problems
        for words in by_field(BadInput([each])).values()
    ]
    return {"numero": line.number, "quoi": line.cells.get(first, ""), "problemes": problems, "deja": line.is_there}
