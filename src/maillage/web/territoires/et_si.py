"""« Et si… »: professionals come, leave or retire; where the access to care changes, before and after."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.territories.accessibility import WhatIf, accessibility, what_if
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput
from maillage.web.exports import export
from maillage.web.territoires import changes, maps
from maillage.web.territoires import moves as moves_of
from maillage.web.territoires.moves import Moves
from maillage.web.territoires.refusals import refusal


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form, its lines, and what they change; the whole is in the address."""
    asked = moves_of.moves(request.GET)
    if asked.is_form and not asked.refused:
        return redirect(f"{request.path}?{asked.query}#lignes")
    found, asked, missing = _found(asked)
    rows, reference = changes.changes(found, asked.profession, timezone.localdate()) if found else ([], None)
    kind = request.GET.get("format")
    if found and reference and kind in ("csv", "xlsx"):
        return export(kind, "et-si", changes.HEADER, list(changes.export_rows(rows, reference, found.unit)))
    context = {**_form(asked), "manque": missing}
    if found:
        context |= _result(request, asked, found, rows) | {"reference": reference}
    return render(request, "territoires/et_si.html", context, status=422 if asked.refused else 200)


def _found(asked: Moves) -> tuple[WhatIf | None, Moves, str]:
    """What the lines change, else what is refused, else what is not loaded yet."""
    if not asked.lines or asked.refused:
        return None, asked, ""
    try:
        scenario = asked.scenario
        return what_if(accessibility(asked.profession, timezone.localdate()), scenario), asked, ""
    except BadInput as wrong:
        said = [(problem.field, refusal(asked.profession, problem)) for problem in wrong.problems]
        return None, asked.refuse(said), ""
    except LoadError as nothing:
        return None, asked, str(nothing)


def _form(asked: Moves) -> dict[str, Any]:
    return {
        "demande": asked,
        "professions": moves_of.professions(),
        "sens": moves_of.SENSES.items(),
        "lignes": changes.lines_in_words(asked),
        "erreurs": list(asked.refused.items()),
        "choix": asked.choices,
    }


def _result(request: HttpRequest, asked: Moves, found: WhatIf, rows: list[changes.Change]) -> dict[str, Any]:
    shown = rows if "toutes" in request.GET else rows[: changes.SHOWN]
    return {
        "resultat": found,
        "changees": shown,
        "nombre": len(rows),
        "inconnues": len(found.unknown),
        "gagnantes": sum(row.rises for row in rows),
        "habitants": round(found.inhabitants),
        "plus_fort": rows[0] if rows else None,
        "toutes": "" if len(shown) == len(rows) else f"?{asked.query}&toutes=1#communes",
        "carte": maps.of_changes(rows, found.unit),
        "csv": f"?{asked.query}&format=csv",
        "xlsx": f"?{asked.query}&format=xlsx",
    }
