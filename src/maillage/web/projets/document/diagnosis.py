"""Make the diagnosis of a project again: what changes in the figures of its text is shown before it is accepted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.projets import refreshing
from maillage.apps.projets.models import Projet
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.access import for_writers, person
from maillage.web.territoires import presenter


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """What the text would say with the data of today, then the diagnosis made again."""
    if projet.diagnosis is None:
        return render(request, "projets/document/actualiser.html", {"projet": projet})
    today = timezone.localdate()
    try:
        if request.method == "POST":
            refreshing.refresh(projet, by=person(request), at=timezone.now(), today=today)
            messages.success(request, "Le diagnostic est à jour, et les chiffres du texte avec lui.")
            return redirect("web:projet_document", projet=projet.pk)
        found = refreshing.preview(projet, today=today)
    except BadInput as wrong:
        refusal = [f"{problem.value} : il faut {problem.expected}." for problem in wrong.problems]
        return render(request, "projets/document/actualiser.html", {"projet": projet, "refus": refusal}, status=422)
    context = {"projet": projet, "change": found, "changements": presenter.changes(found.others)}
    return render(request, "projets/document/actualiser.html", context)
