"""Diagnoses that were kept: read as they were, made again beside what changed, forgotten.

No account: who has the address, which cannot be guessed, can do all three.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.diagnostics import services
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.diagnostics.queries import again, diagnose, kept_diagnosis
from maillage.apps.diagnostics.selection import selection_of_query
from maillage.core.kernel.problems import BadInput
from maillage.core.territory.diagnosis.changes import changes
from maillage.web.territoires import asked as asked_of
from maillage.web.territoires import charts, downloads, maps, presenter, shown
from maillage.web.territoires.views import form_page

USED = "Ce diagnostic appartient à un projet de santé : il reste, tant que le projet n’en a pas un autre."
VISITOR = "visiteur"
"""Who keeps and forgets, in the log: nobody signs in to do so."""


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the diagnosis of the territory that the form carries, and go to its address."""
    try:
        selection = selection_of_query(dict(request.POST.lists()))
        found = diagnose(selection, today=timezone.localdate())
    except BadInput as wrong:
        return form_page(request, asked_of.asked(request.POST).refuse_input(wrong))
    kept = services.keep(found, by=VISITOR, at=timezone.now())
    return redirect("web:diagnostic_garde", kept.pk)


@require_safe
def page(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """A kept diagnosis, as it was; when it makes another one again, what changed between them."""
    kept = _kept(identifier)
    told, previous = kept.result, kept.previous
    parts = shown.Parts(
        [],
        reverse("web:diagnostic_garde_carte", args=[kept.pk]),
        lambda code: reverse("web:diagnostic_garde_graphiques", args=[kept.pk, code]),
    )
    context = {
        **shown.context(request, told, parts),
        "exports": downloads.links(reverse("web:diagnostic_garde", args=[kept.pk])),
        "garde": kept,
        "changements": presenter.changes(changes(previous.result, told)) if previous else None,
    }
    return render(request, "territoires/diagnostic.html", context)


@require_safe
def file(request: HttpRequest, identifier: uuid.UUID, kind: str) -> HttpResponse:
    """A kept diagnosis as a file, as it was."""
    downloads.checked(kind)
    kept = _kept(identifier)
    address = request.build_absolute_uri(reverse("web:diagnostic_garde", args=[kept.pk]))
    return downloads.answer(kept.result, kind, today=timezone.localdate(kept.created_at), address=address)


@require_safe
def drawing(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """The map of a kept diagnosis, as an image."""
    return maps.answer(_kept(identifier).result, request.GET.get(maps.ASKED, ""))


@require_safe
def section_charts(request: HttpRequest, identifier: uuid.UUID, code: str) -> HttpResponse:
    """The charts of a section of a kept diagnosis."""
    return charts.fragment(request, _kept(identifier).result, code)


@require_http_methods(["GET", "HEAD", "POST"])
def redo(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """What a kept diagnosis would say with today's data; nothing is written until it is asked."""
    kept = _kept(identifier)
    try:
        if request.method == "POST":
            new = services.redo(kept, by=VISITOR, at=timezone.now(), today=timezone.localdate())
            return redirect("web:diagnostic_garde", new.pk)
        _found, what = again(kept, today=timezone.localdate())
    except BadInput as wrong:
        return render(request, "territoires/refaire.html", _cannot(kept, wrong), status=422)
    return render(request, "territoires/refaire.html", {"garde": kept, "changements": presenter.changes(what)})


@require_POST
def forget(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Remove a kept diagnosis; its address then answers 404. One that a project stands on stays, which is told."""
    kept = _kept(identifier)
    try:
        services.forget(kept, by=VISITOR, at=timezone.now())
    except BadInput:
        messages.error(request, USED)
        return redirect("web:diagnostic_garde", kept.pk)
    return redirect(f"{reverse('web:territoires')}?oublie=oui")


def _cannot(kept: KeptDiagnosis, wrong: BadInput) -> Mapping[str, Any]:
    sentences = [asked_of.told(problem.value, problem.expected) for problem in wrong.problems]
    return {"garde": kept, "refus": sentences, "changements": None}


def _kept(identifier: uuid.UUID) -> KeptDiagnosis:
    kept = kept_diagnosis(identifier)
    if kept is None:
        raise Http404("Ce diagnostic n’existe pas, ou il a été oublié.")
    return kept
