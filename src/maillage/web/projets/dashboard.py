"""The dashboard of a project: where it stands, what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.apps.projets.models import Projet
from maillage.web.projets.access import of_projet


@of_projet
def dashboard(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The first page of a project."""
    return render(request, "projets/tableau_de_bord.html", {"projet": projet})
