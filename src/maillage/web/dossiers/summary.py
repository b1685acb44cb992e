"""The first page of a dossier: where it stands, what may be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.queries import definition_of
from maillage.web.dossiers.access import of_dossier, person


@require_safe
@of_dossier
def summary(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Where a dossier stands."""
    told = {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "gestes": moves_of(person(request), dossier),
    }
    return render(request, "dossiers/resume.html", told)
