"""The registers of a structure on any day, on the page, as a PDF and as a table."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.permissions import may_edit
from maillage.apps.structures.registers import KINDS, Register, register_of, without_numbers
from maillage.core.documents.registers import register_pdf
from maillage.web.exports import export
from maillage.web.structures.access import for_team, person
from maillage.web.structures.equipe.common import WITH_SHARES, chosen, day_asked, entities, frame

BY_PAGE = 50
FIRST = {"adherents": ("association_1901",), "associes": WITH_SHARES, "parts": WITH_SHARES}
OF_THE_STRUCTURE = "presents"


@require_safe
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A register on a day; ``format`` gives it as a file."""
    kind, on = request.GET.get("registre", "") or OF_THE_STRUCTURE, day_asked(request)
    if kind not in KINDS:
        raise Http404
    found = entities(structure)
    entity = None if kind == OF_THE_STRUCTURE else chosen(request, found, FIRST[kind])
    register = register_of(structure, kind, entity, on=on) if entity or kind == OF_THE_STRUCTURE else None
    if register is not None and not may_edit(person(request), structure):
        register = without_numbers(register)
    if register is not None and (wanted := request.GET.get("format", "")):
        return _file(wanted, structure, register)
    context = {
        **frame(request, structure, "registres"),
        **_links(kind, entity, on.isoformat()),
        "registres": KINDS.items(),
        "registre": kind,
        "entites": found,
        "entite": entity,
        "jour": on,
        "contenu": register,
        **(_rows(request, register) if register else {}),
    }
    return render(request, "structures/equipe/registres.html", context)


def _rows(request: HttpRequest, register: Register) -> dict[str, Any]:
    """A page of the register; each cell with its title."""
    page = Paginator(register.words, BY_PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET.get(name, "") for name in ("registre", "entite", "date")}
    return {
        "page": page,
        "lignes": [list(zip(row, register.header, strict=True)) for row in page.object_list],
        "suite": urlencode({name: value for name, value in asked.items() if value}),
    }


def _links(kind: str, entity: LegalEntity | None, on: str) -> dict[str, Any]:
    asked = f"?registre={kind}&date={on}" + (f"&entite={entity.pk}" if entity else "")
    return {"fichiers": [(each.upper(), f"{asked}&format={each}") for each in ("pdf", "csv", "xlsx")]}


def _file(wanted: str, structure: Structure, register: Register) -> HttpResponse:
    if wanted in ("csv", "xlsx"):
        return export(wanted, register.file_name, register.header, register.rows)
    if wanted != "pdf":
        raise Http404
    content = register_pdf(
        register.title, register.of_whom or structure.nom, register.header, register.words, register.note,
        on=register.on, today=timezone.localdate(),
    )  # fmt: skip
    disposition = f'attachment; filename="{register.file_name}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
