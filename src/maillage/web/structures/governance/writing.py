"""What every form of governance does: show its fields, keep what was typed, save, say what is wrong."""

import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from pydantic import BaseModel

from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.governance.models import Body
from maillage.apps.governance.services.bodies import Part, take_out
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import person

Given = TypeVar("Given", bound=BaseModel)
REMOVED = "gouvernance_retiree"
TO_CONFIRM = "Laissez vide tant que ce n'est pas vérifié dans vos statuts : la page dira « à confirmer »."


@dataclass(frozen=True)
class Sheet:
    """A form: its title, its fields, what they show first, where it leads back.

    ``row``: what is changed, empty for a new one; ``crumbs``: (title, address) between « Gouvernance » and the page.
    """

    title: str
    fields: Sequence[Field]
    initial: Mapping[str, Any]
    back: str
    done: str
    row: models.Model | None = None
    crumbs: Sequence[tuple[str, str]] = field(default_factory=tuple)
    intro: str = ""


def written(
    request: HttpRequest,
    structure: Structure,
    sheet: Sheet,
    model: type[Given],
    save: Callable[[Given, str], str | None],
) -> HttpResponse:
    """Show a form, or save what it gives: ``save`` takes it and the stamp of the row that was shown.

    It returns the address that follows, ``None`` for ``sheet.back``.
    """
    if request.method != "POST":
        return _page(request, structure, sheet, sheet.initial)
    texts = [each.name for each in sheet.fields if each.kind in ("line", "words")]
    typed = typed_in(received(request, texts), sheet.fields)
    if mask_asked(request):
        return _page(request, structure, sheet, typed, Refused(seen=seen(request)))
    try:
        address = save(read(model, typed), seen(request))
    except (BadInput, Changed, NotNow) as wrong:
        return _page(request, structure, sheet, typed, refusal(wrong, sheet.fields, typed), status=422)
    messages.success(request, sheet.done)
    return redirect(address or sheet.back)


def zone() -> zoneinfo.ZoneInfo:
    """The hours that people type are those of this place."""
    return zoneinfo.ZoneInfo(timezone.get_current_timezone_name())


def home_of(structure: Structure) -> str:
    """The address of the first page of governance."""
    return reverse("web:structure_gouvernance", args=[structure.pk])


def _remember(request: HttpRequest, what: str, key: str, title: str) -> None:
    """Keep what was removed, for the next page to offer to put it back."""
    request.session[REMOVED] = {"quoi": what, "cle": key, "titre": title}


def removed(request: HttpRequest, row: Part, what: str, title: str) -> HttpResponse:
    """Remove what hangs from a body; the page of the body offers to put it back."""
    by, address = person(request), address_of(row.body)
    if done(request, lambda: _remember(request, what, take_out(row, by=by, at=now()), title), ""):
        return redirect(f"{address}#retire")
    return redirect(address)


def address_of(body: Body) -> str:
    """The page of a body."""
    return reverse("web:structure_gouvernance_organe", args=[body.structure_id, body.pk])


def _page(
    request: HttpRequest,
    structure: Structure,
    sheet: Sheet,
    typed: Mapping[str, Any],
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "fiche": sheet,
        "champs": filled(sheet.fields, typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(sheet.row) if sheet.row else ""),
    }
    return render(request, "structures/gouvernance/ecrire.html", context, status=status)
