"""The partner organisations of a structure: bodies, not people."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.structures import partners
from maillage.apps.structures.belonging_fields import PartnerFields
from maillage.apps.structures.models import Partner, Structure
from maillage.core.kernel.problems import read
from maillage.web.activite.form import Field
from maillage.web.exports import export
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.equipe import belonging
from maillage.web.structures.equipe.common import frame, trail
from maillage.web.structures.equipe.sheet import belongings_shown
from maillage.web.structures.forms import FormPage, Typed, shown, submitted

HEADER = ("Organisme", "Nature", "Adresse électronique", "Site", "Partenaire depuis le", "Jusqu'au")
FIELDS = (
    Field("nom", "Nom de l’organisme", required=True, help="Par exemple : EHPAD des Tilleuls, commune de Redon."),
    Field("nature", "Nature", help="Par exemple : établissement médico-social, association d’usagers."),
    Field("email", "Adresse électronique", help="Celle de l’organisme, pour les rappels de cotisation."),
    Field("web", "Site internet", help="Commence par https://."),
    Field("since", "Partenaire depuis le", "day", required=True),
    Field("until", "Jusqu’au", "day", help="Vide : toujours partenaire."),
)


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The organisations, those in force first."""
    rows = sorted(structure.partners.all(), key=lambda each: each.until is not None)
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return export(kind, "organismes", HEADER, [_row(each) for each in rows])
    context = {**frame(request, structure, "organismes"), "organismes": rows}
    return render(request, "structures/equipe/organismes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def add(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Add an organisation."""
    page = _page(structure, "Ajouter un organisme", _home(structure))
    if request.method != "POST":
        return shown(request, page, {"since": timezone.localdate()})

    def save(typed: Typed) -> HttpResponse:
        made = partners.add(structure, read(PartnerFields, dict(typed)), by=person(request), at=timezone.now())
        messages.success(request, f"{made} est partenaire.")
        return redirect("web:structure_equipe_organisme", structure.pk, made.pk)

    return submitted(request, page, save)


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, organisme: uuid.UUID) -> HttpResponse:
    """An organisation, and what it belongs to."""
    row = _found(structure, organisme)
    context = {
        **frame(request, structure, "organismes"),
        "organisme": row,
        "appartenances": belongings_shown(row.belongings.filter(removed_at=None)),
        "retirees": row.belongings.exclude(removed_at=None).select_related("entity"),
    }
    return render(request, "structures/equipe/organisme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def change(request: HttpRequest, structure: Structure, organisme: uuid.UUID) -> HttpResponse:
    """Say what became of an organisation."""
    row = _found(structure, organisme)
    back = reverse("web:structure_equipe_organisme", args=[structure.pk, row.pk])
    page = _page(structure, f"Modifier {row}", back)
    if request.method != "POST":
        return shown(request, page, {each.name: getattr(row, each.name) for each in FIELDS})

    def save(typed: Typed) -> HttpResponse:
        partners.change(row, read(PartnerFields, dict(typed)), by=person(request), at=timezone.now())
        messages.success(request, "C’est enregistré.")
        return redirect(back)

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def begin(request: HttpRequest, structure: Structure, organisme: uuid.UUID) -> HttpResponse:
    """Say what an organisation belongs to."""
    return belonging.begin(request, structure, _found(structure, organisme))


def _found(structure: Structure, key: uuid.UUID) -> Partner:
    row = Partner.objects.filter(structure=structure, pk=key).select_related("structure__organisation").first()
    if row is None:
        raise Http404
    return row


def _home(structure: Structure) -> str:
    return reverse("web:structure_equipe_organismes", args=[structure.pk])


def _page(structure: Structure, title: str, back: str) -> FormPage:
    where = trail(structure, (_home(structure), "Organismes partenaires"))
    return FormPage(structure=structure, title=title, trail=where, back=back, fields=FIELDS)


def _row(row: Partner) -> list[Any]:
    until = row.until.isoformat() if row.until else ""
    return [row.nom, row.nature, row.email, row.web, row.since.isoformat(), until]
