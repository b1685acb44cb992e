"""The territory of a project: its communes, and the diagnosis kept with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.diagnostics.queries import again
from maillage.apps.projets import services
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_write
from maillage.apps.structures.services import codes_of, set_communes
from maillage.apps.territories.models import Commune
from maillage.apps.territories.queries import population_of
from maillage.core.kernel.problems import BadInput
from maillage.web.projets import communes_field
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.refusals import Refused, by_field
from maillage.web.territoires import presenter


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The communes, and the diagnosis of the project with its warnings."""
    codes = codes_of(projet.structure)
    population, vintage = population_of(codes)
    kept = projet.diagnosis
    context = {
        "projet": projet,
        "peut_ecrire": may_write(person(request), projet),
        "communes": Commune.objects.filter(code__in=codes).select_related("departement"),
        "population": population,
        "millesime": vintage,
        "garde": kept,
        "avertissements": presenter.warnings(kept.result["avertissements"]) if kept else None,
        "autres_communes": kept is not None and _codes_of(kept) != sorted(codes),
    }
    return render(request, "projets/territoire/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def change(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Choose the communes: added and taken out one by one, written when asked."""
    if request.method != "POST":
        return _form(request, projet, communes_field.Chosen(tuple(codes_of(projet.structure))), {})
    chosen = communes_field.chosen(request.POST)
    if chosen.is_asked:
        return _form(request, projet, chosen, {}, status=422 if chosen.refusal else 200)
    try:
        set_communes(projet.structure, communes=chosen.codes, by=person(request), at=timezone.now())
    except BadInput as wrong:
        return _form(request, projet, chosen, by_field(wrong), status=422)
    messages.success(request, "Le territoire est enregistré. Refaites le diagnostic pour qu’il le suive.")
    return redirect("web:projet_territoire", projet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def diagnose(request: HttpRequest, projet: Projet) -> HttpResponse:
    """What the diagnosis would say with today's data; it is made, kept and attached when asked."""
    if request.method == "POST":
        return _diagnosed(request, projet)
    context: dict[str, Any] = {"projet": projet, "garde": projet.diagnosis, "changements": None}
    same = projet.diagnosis is not None and _codes_of(projet.diagnosis) == sorted(codes_of(projet.structure))
    if projet.diagnosis is not None and same:
        try:
            _new, what = again(projet.diagnosis, today=timezone.localdate())
            context["changements"] = presenter.changes(what)
        except BadInput as wrong:
            context["refus"] = list(by_field(wrong).values())
    return render(request, "projets/territoire/diagnostic.html", context)


def _diagnosed(request: HttpRequest, projet: Projet) -> HttpResponse:
    try:
        services.diagnose(projet, by=person(request), at=timezone.now(), today=timezone.localdate())
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
    else:
        messages.success(
            request, "Le diagnostic est refait, conservé et rattaché au projet. Le précédent reste lisible."
        )
    return redirect("web:projet_territoire", projet.pk)


def _codes_of(kept: KeptDiagnosis) -> list[str]:
    return sorted(each["code"] for each in kept.result["communes"])


def _form(
    request: HttpRequest, projet: Projet, chosen: communes_field.Chosen, refused: Refused, status: int = 200
) -> HttpResponse:
    context = {**chosen.context, "projet": projet, "refus": refused}
    return render(request, "projets/territoire/communes.html", context, status=status)
