"""The shares of a legal person: who holds how many, their movements, a new one in one form, undone when it is wrong."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.structures import shares
from maillage.apps.structures.belonging_fields import MovementFields
from maillage.apps.structures.dues_accounts import name_key
from maillage.apps.structures.models import Belonging, LegalEntity, ShareMovement, Structure
from maillage.apps.structures.queries import present
from maillage.apps.structures.share_counts import shares_on
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.form import Field
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.equipe.common import WITH_SHARES, chosen, day_asked, entities, frame, trail
from maillage.web.structures.forms import FormPage, Typed, shown, submitted
from maillage.web.structures.paging import paged

ACTS = {"annuler": shares.undo, "retablir": shares.redo}


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Who holds how many shares on a day, and the movements."""
    found = entities(structure)
    entity, on = chosen(request, found, WITH_SHARES), day_asked(request)
    context: dict[str, Any] = {
        **frame(request, structure, "parts"),
        "entites": found,
        "entite": entity,
        "jour": on,
    }
    if entity is not None:
        context |= _of(entity, on) | _movements(request, entity, on)
    return render(request, "structures/equipe/parts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def move(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Note a movement: an entry, an exit, a transfer."""
    entity = chosen(request, entities(structure), WITH_SHARES)
    if entity is None:
        raise Http404
    page = _page(structure, entity)
    if request.method != "POST":
        return shown(request, page, {"day": timezone.localdate(), "ends": "oui"})

    def save(typed: Typed) -> HttpResponse:
        said = {**typed, "ends": bool(typed["ends"])}
        shares.move(entity, read(MovementFields, said), by=person(request), at=timezone.now())
        messages.success(request, "Le mouvement est noté.")
        return redirect(_address(entity))

    return submitted(request, page, save)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, mouvement: uuid.UUID, acte: str) -> HttpResponse:
    """Undo a movement, or do it again."""
    rows = ShareMovement.objects.filter(entity__structure=structure, pk=mouvement)
    row = rows.select_related("entity__structure__organisation").first()
    if row is None or acte not in ACTS:
        raise Http404
    try:
        ACTS[acte](row, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
    else:
        messages.success(request, "Le mouvement est annulé." if acte == "annuler" else "Le mouvement est rétabli.")
    return redirect(_address(row.entity))


def _of(entity: LegalEntity, on: Any) -> dict[str, Any]:
    held = shares_on(entity, on=on)
    rows = {str(each.pk): each for each in _associes(entity)}
    total = sum(held.values())
    holders = [(rows[key], held[key]) for key in sorted(held, key=lambda key: name_key(rows[key]))]
    return {"detenteurs": [(row, count, 100 * count / total) for row, count in holders], "total": total}


def _movements(request: HttpRequest, entity: LegalEntity, on: Any) -> dict[str, Any]:
    """The movements, undone ones too, the latest first, a page at a time."""
    rows = ShareMovement.objects.filter(entity=entity).order_by("-day", "-noted_at", "pk")
    rows = rows.select_related("giver__member", "giver__partner", "taker__member", "taker__partner")
    return paged(request, rows, urlencode({"entite": entity.pk, "date": on.isoformat()}))


def _associes(entity: LegalEntity) -> list[Belonging]:
    rows = Belonging.objects.filter(entity=entity, quality=Belonging.Quality.ASSOCIE, removed_at=None)
    return sorted(rows.select_related("member", "partner"), key=name_key)


def _address(entity: LegalEntity) -> str:
    return f"{reverse('web:structure_equipe_parts', args=[entity.structure_id])}?{urlencode({'entite': entity.pk})}"


def _page(structure: Structure, entity: LegalEntity) -> FormPage:
    return FormPage(
        structure=structure,
        title=f"Mouvement de parts : {entity}",
        trail=trail(structure, (_address(entity), "Parts")),
        back=_address(entity),
        fields=_fields(structure, entity),
        button="Noter le mouvement",
        context={
            "chapeau": "Un nom suffit pour une entrée (qui reçoit) ou une sortie (qui rend). Deux pour une cession."
        },
    )


def _fields(structure: Structure, entity: LegalEntity) -> list[Field]:
    held, associes = shares_on(entity, on=timezone.localdate()), _associes(entity)
    own = [(f"a:{each.pk}", f"{each.holder} ({held.get(str(each.pk), 0)} parts)") for each in associes]
    inside = {each.member_id for each in associes if each.until is None}
    others = [(f"m:{each.pk}", f"{each} (devient associé)") for each in present(structure) if each.pk not in inside]
    partners = [(f"p:{each.pk}", f"{each} (devient associé)") for each in structure.partners.filter(until=None)]
    return [
        Field(
            "taker",
            "Qui reçoit",
            "select",
            choices=[("", "Personne : les parts sont annulées"), *own, *others, *partners],
        ),
        Field("giver", "Qui cède ou rend", "select", choices=[("", "Personne : les parts sont créées"), *own]),
        Field("shares", "Nombre de parts", "amount", required=True, unit="parts"),
        Field("day", "Date", "day", required=True),
        Field("reference", "Acte ou décision", help="Par exemple : assemblée du 12 mars, acte de cession."),
        Field("ends", "S’il n’a plus de part, il n’est plus associé", "yes"),
    ]
