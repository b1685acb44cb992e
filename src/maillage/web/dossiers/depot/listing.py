"""The dossiers of a structure seen from its project: those that exist, the kinds that may begin, the others and why."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.drafting import start
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import may_draft
from maillage.apps.dossiers.queries import definition_of, visible
from maillage.apps.dossiers.starting import FAMILIES, Startable, startable
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_write
from maillage.core.dossiers.calendar import day_in
from maillage.core.dossiers.delay_words import brief
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.depot.waiting import what_awaits
from maillage.web.exports import export
from maillage.web.projets.access import for_writers, of_projet, person

HEADER = ("Dossier", "Numéro", "État", "Déposé le", "Échéance légale", "Ce qui vous attend")
TWO = ("csv", "xlsx")


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The dossiers of the structure; « format » gives them as a table."""
    who = person(request)
    lines = [_line(who, each) for each in dossiers_of(who, projet)]
    if request.GET.get("format") in TWO:
        return export(request.GET["format"], "dossiers", HEADER, [_row(each) for each in lines])
    writes = may_write(who, projet)
    found = startable(projet, today=day_in(projet.structure.region, timezone.now()))
    context = {
        "projet": projet,
        "dossiers": lines,
        "peut_ecrire": writes,
        "familles": _families([each for each in found if not each.why_not]),
        "impossibles": [each for each in found if each.why_not],
    }
    return render(request, "dossiers/depot/liste.html", context)


@require_POST
@for_writers
def begin(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Begin a dossier of the kind « nature »."""
    try:
        made = start(projet, request.POST.get("nature", ""), by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
        return redirect("web:projet_dossiers", projet.pk)
    messages.success(request, "Le dossier est commencé. Ce que vous avez déjà saisi y est repris : relisez-le.")
    return redirect("web:dossier_formulaire", made.pk)


def dossiers_of(who: User, projet: Projet) -> QuerySet[Dossier]:
    """The dossiers of the structure of a project that this person may see, those that need something first."""
    return visible(who).filter(structure=projet.structure).order_by("closed_at", "-created_at")


def _line(who: User, dossier: Dossier) -> dict[str, Any]:
    today = day_of(dossier, timezone.now())
    return {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "horloge": clock_of(dossier, today=today),
        "attente": what_awaits(dossier) if may_draft(who, dossier) else None,
    }


def _row(line: dict[str, Any]) -> list[Any]:
    dossier, definition, waiting = line["dossier"], line["definition"], line["attente"]
    return [
        definition.titre,
        dossier.number,
        definition.state(dossier.state).titre,
        dossier.received_on.isoformat() if dossier.received_on else "",
        dossier.due_on.isoformat() if dossier.due_on else "",
        waiting.words if waiting else "",
    ]


def _families(found: list[Startable]) -> list[dict[str, Any]]:
    return [
        {"code": code, "titre": title, "natures": natures}
        for code, title in FAMILIES.items()
        if (natures := [(each, brief(each.definition)) for each in found if each.definition.famille == code])
    ]
