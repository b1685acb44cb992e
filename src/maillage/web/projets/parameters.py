"""« Paramètres »: names, sharing with the authorities, archive, taking the project over for another structure."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.projets import services
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_manage, may_write
from maillage.apps.projets.workflow import possible_from, transition
from maillage.apps.structures.models import Structure
from maillage.apps.territories.models import Departement, Region
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.refusals import Refused, by_field

SAID = {
    "partager": "Le projet est partagé : l’ARS et l’Assurance Maladie de votre territoire peuvent le lire.",
    "cesser de partager": "Le partage est terminé : seule l’équipe voit le projet.",
    "archiver": "Le projet est archivé : plus personne n’y écrit.",
    "restaurer": "Le projet est restauré, en préparation.",
}
WORDS = {"partager": "partager", "cesser": "cesser de partager", "archiver": "archiver", "restaurer": "restaurer"}
"""From the address of a verb to the verb of the table."""


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """What may be set; who may only read sees how it is set."""
    return _page(request, projet, {}, {})


@require_POST
@for_writers
def rename(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Change the title of the project and the name of the structure."""
    typed = {name: request.POST.get(name, "").strip() for name in ("title", "nom")}
    before = projet.title, projet.structure.nom
    try:
        services.name_both(projet, **typed, by=person(request), at=timezone.now())
    except BadInput as wrong:
        projet.refresh_from_db()
        return _page(request, projet, typed, by_field(wrong), status=422)
    if (projet.title, projet.structure.nom) != before:
        messages.success(request, "Les noms sont enregistrés.")
    return redirect("web:projet_parametres", projet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def move(request: HttpRequest, projet: Projet, geste: str) -> HttpResponse:
    """Confirm, then share, stop sharing, archive or restore."""
    who, verb = person(request), WORDS[geste]
    if not may_manage(who, projet):
        raise PermissionDenied
    try:
        found = transition(verb, projet.state)
        if request.method == "POST":
            services.move(projet, verb=verb, by=who, at=timezone.now())
            messages.success(request, SAID[verb])
            return redirect("web:projet_parametres", projet.pk)
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
        return redirect("web:projet_parametres", projet.pk)
    context = {"projet": projet, "geste": verb, "transition": found, **_readers(projet)}
    return render(request, "projets/parametres/confirmer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def take_over(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Start the project of another structure from this one."""
    who = person(request)
    if not may_manage(who, projet):
        raise PermissionDenied
    typed = {name: request.POST.get(name, "").strip() for name in ("kind", "nom")}
    refused: Refused = {}
    if request.method == "POST":
        try:
            new = services.take_over(projet, **typed, by=who, at=timezone.now(), today=timezone.localdate())
            messages.success(request, "Le nouveau projet est créé. L’ancien reste tel qu’il était.")
            return redirect("web:projet", new.pk)
        except BadInput as wrong:
            refused = by_field(wrong)
    natures = [pair for pair in Structure.Kind.choices if pair[0] != projet.structure.kind]
    context = {"projet": projet, "saisi": typed, "refus": refused, "natures": natures}
    return render(request, "projets/parametres/reprendre.html", context, status=422 if refused else 200)


def _page(
    request: HttpRequest, projet: Projet, typed: dict[str, str], refused: Refused, status: int = 200
) -> HttpResponse:
    who = person(request)
    addresses = {verb: geste for geste, verb in WORDS.items()}
    context: dict[str, Any] = {
        "projet": projet,
        "saisi": typed or {"title": projet.title, "nom": projet.structure.nom},
        "refus": refused,
        "peut_ecrire": may_write(who, projet),
        "peut_gerer": may_manage(who, projet),
        "gestes": [(addresses[each.verb], each) for each in possible_from(projet.state)],
        **_readers(projet),
    }
    return render(request, "projets/parametres/page.html", context, status=status)


def _readers(projet: Projet) -> dict[str, Any]:
    """Who reads a project that is shared: the région and the département of the structure, by name."""
    structure = projet.structure
    region = Region.objects.filter(code=structure.region).first()
    departement = Departement.objects.filter(code=structure.organisation.departement).first()
    return {"region": region.nom if region else "", "departement": departement.nom if departement else ""}
