"""The list of the organisations of a person, the page of one, its name, its end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts import services
from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.accounts.permissions import may_manage_people, may_reopen
from maillage.apps.accounts.queries import invitations_of, people_of, search_organisations
from maillage.core.kernel.problems import BadInput
from maillage.web.exports import export
from maillage.web.organisations.access import for_managers, of_organisation, person
from maillage.web.organisations.forms import NameForm, kinds_for
from maillage.web.refused_fields import tell

form_page = require_http_methods(["GET", "HEAD", "POST"])
HEADER = ("Nom", "Prénom", "Adresse électronique", "Rôle", "Peut écrire", "Depuis le")


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Those of the person; who administers the installation searches all of them. The filter is in the address."""
    user = person(request)
    asked = {
        "q": request.GET.get("q", "").strip(),
        "nature": request.GET.get("nature", ""),
        "fermees": request.GET.get("fermees", "") == "oui",
    }
    kind = asked["nature"] if asked["nature"] in Organisation.Kind.values else ""
    found = search_organisations(user, text=str(asked["q"]), kind=str(kind), closed=bool(asked["fermees"]))
    context = {
        "organisations": found,
        "demande": asked,
        "natures": Organisation.Kind.choices,
        "toutes": user.is_administrator,
        "roles": _roles_by_organisation(request),
        "filtre": any(asked.values()),
        "peut_creer": bool(kinds_for(user)),
    }
    return render(request, "organisations/liste.html", context)


def _roles_by_organisation(request: HttpRequest) -> dict[Any, list[str]]:
    rows = Role.objects.filter(user=person(request), until=None)
    held: dict[Any, list[str]] = {}
    for role in rows:
        held.setdefault(role.organisation_id, []).append(role.get_name_display())
    return held


@require_safe
@of_organisation
def organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who is what in it; for who manages its people, the invitations and the acts."""
    user = person(request)
    context = {
        "organisation": organisation,
        "roles": people_of(user, organisation),
        "invitations": [
            {"ligne": each, "ouverte": each.is_open(timezone.now())} for each in invitations_of(user, organisation)
        ],
        "gere": may_manage_people(user, organisation),
        "peut_rouvrir": may_reopen(user, organisation),
        "en_est": Role.objects.filter(user=user, organisation=organisation, until=None).exists(),
        "est_structure": organisation.kind == Organisation.Kind.STRUCTURE,
    }
    return render(request, "organisations/organisation.html", context)


@form_page
@for_managers
def rename(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Another name; that of a structure is changed with its project."""
    if organisation.kind == Organisation.Kind.STRUCTURE:
        raise Http404("Le nom d'une structure se change dans les paramètres de son projet.")
    form = NameForm(request.POST or None, initial={"nom": organisation.nom})
    if form.is_valid():
        try:
            nom = form.cleaned_data["nom"]
            services.rename(organisation=organisation, nom=nom, by=person(request), at=timezone.now())
        except BadInput as refused:
            tell(form, refused)
        else:
            messages.success(request, "Le nom est changé.")
            return redirect("web:organisation", organisation.pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/renommer.html", context, status=422 if form.errors else 200)


@form_page
@for_managers
def close(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What closing does, then the act."""
    if request.method != "POST":
        return render(request, "organisations/fermer.html", {"organisation": organisation})
    services.close(organisation=organisation, by=person(request), at=timezone.now())
    messages.success(request, f"« {organisation.nom} » est fermée.")
    return redirect("web:organisation", organisation.pk)


@require_POST
@of_organisation
def reopen(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Open again what was closed, for who administers the installation."""
    if not may_reopen(person(request), organisation):
        raise PermissionDenied
    services.reopen(organisation=organisation, by=person(request), at=timezone.now())
    messages.success(request, f"« {organisation.nom} » est rouverte.")
    return redirect("web:organisation", organisation.pk)


@form_page
@of_organisation
def leave(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What leaving does, then the act; the last person who runs it is told what to do first."""
    held = Role.objects.filter(user=person(request), organisation=organisation, until=None)
    if not held.exists():
        raise PermissionDenied("Vous n'avez pas de rôle dans cette organisation.")
    refusal = ""
    if request.method == "POST":
        try:
            services.leave(organisation=organisation, by=person(request), at=timezone.now())
        except BadInput as refused:
            refusal = refused.problems[0].expected
        else:
            messages.success(request, f"Vous n'êtes plus de « {organisation.nom} ».")
            return redirect("web:mon_compte")
    context = {"organisation": organisation, "roles": held, "refus": refusal}
    return render(request, "organisations/quitter.html", context, status=422 if refusal else 200)


@require_safe
@for_managers
def export_people(request: HttpRequest, organisation: Organisation, kind: str) -> HttpResponse:
    """The people with their addresses, as CSV or XLSX, for who manages them."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    rows = [
        (
            role.user.nom,
            role.user.prenom,
            role.user.email,
            role.get_name_display(),
            "oui" if role.writes else "",
            timezone.localtime(role.since).date().isoformat(),
        )
        for role in people_of(person(request), organisation)
    ]
    return export(kind, "personnes", HEADER, rows)
