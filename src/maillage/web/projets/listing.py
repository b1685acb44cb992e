"""« Mes projets »: the projects that a person may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.apps.projets.queries import visible
from maillage.web.projets.access import person


@login_required
def projects(request: HttpRequest) -> HttpResponse:
    """The list of the projects of this person."""
    return render(request, "projets/liste.html", {"projets": visible(person(request))})
