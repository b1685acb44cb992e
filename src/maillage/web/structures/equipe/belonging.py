"""A member, or a partner organisation, in a legal person: begins, is mended, ends, comes back."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.structures import belongings
from maillage.apps.structures.belonging_fields import BelongingFields
from maillage.apps.structures.models import Belonging, Member, Partner, Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.form import Field
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.equipe.common import entities, entity_choices, key_of, quality_choices, trail
from maillage.web.structures.equipe.team import found as member_found
from maillage.web.structures.forms import FormPage, Typed, shown, submitted

ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "finir": (lambda row, **told: belongings.end(row, on=max(timezone.localdate(), row.since), **told), "C’est fini."),
    "reprendre": (belongings.resume, "C’est repris."),
    "retirer": (belongings.remove, "C’est retiré. Pour annuler : « Rétablir », plus bas."),
    "retablir": (belongings.restore, "C’est rétabli."),
}
"""What a button does, and what the page says then."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def add(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """Say what a member belongs to."""
    return begin(request, structure, member_found(structure, membre))


def begin(request: HttpRequest, structure: Structure, who: Member | Partner) -> HttpResponse:
    """The form of a new belonging, of a member or of an organisation."""
    page = _page(structure, who)
    if request.method != "POST":
        start = who.joined_on if isinstance(who, Member) else who.since
        return shown(request, page, {"since": start.isoformat(), "quality": "adherent"})

    def save(typed: Typed) -> HttpResponse:
        belongings.begin(structure, who, _fields(typed), by=person(request), at=timezone.now())
        messages.success(request, f"{who} : c’est enregistré.")
        return redirect(home_of(structure, who))

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def change(request: HttpRequest, structure: Structure, appartenance: uuid.UUID) -> HttpResponse:
    """Mend what is said of a belonging."""
    row = found(structure, appartenance)
    page = _page(structure, holder(row), row)
    if request.method != "POST":
        return shown(request, page, _said(row))

    def save(typed: Typed) -> HttpResponse:
        belongings.mend(row, _fields(typed), by=person(request), at=timezone.now())
        messages.success(request, "C’est enregistré.")
        return redirect(home_of(structure, holder(row)))

    return submitted(request, page, save)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, appartenance: uuid.UUID, acte: str) -> HttpResponse:
    """End a belonging, resume it, remove it or put it back."""
    if acte not in ACTS:
        raise Http404
    row = found(structure, appartenance)
    verb, words = ACTS[acte]
    try:
        verb(row, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
    else:
        messages.success(request, words)
    return redirect(home_of(structure, holder(row)))


def found(structure: Structure, key: uuid.UUID) -> Belonging:
    """A belonging to a legal person of this structure. Raises :class:`Http404` for any other."""
    rows = Belonging.objects.filter(entity__structure=structure, pk=key)
    row = rows.select_related("entity__structure__organisation", "member", "partner").first()
    if row is None:
        raise Http404
    return row


def holder(row: Belonging) -> Member | Partner:
    """Who belongs."""
    who = row.member or row.partner
    if who is None:
        raise Http404
    return who


def home_of(structure: Structure, who: Member | Partner) -> str:
    """The page of a member, or of an organisation."""
    name = "structure_equipe_fiche" if isinstance(who, Member) else "structure_equipe_organisme"
    return reverse(f"web:{name}", args=[structure.pk, who.pk])


def _page(structure: Structure, who: Member | Partner, row: Belonging | None = None) -> FormPage:
    back = home_of(structure, who)
    return FormPage(
        structure=structure,
        title="Modifier une appartenance" if row else f"{who} appartient à…",
        trail=trail(structure, (back, str(who))),
        back=back,
        fields=_form_fields(structure),
    )


def _form_fields(structure: Structure) -> list[Field]:
    return [
        Field("entity", "Personne morale", "select", choices=entity_choices(entities(structure))),
        Field("quality", "Qualité", "select", choices=quality_choices()),
        Field("since", "Depuis le", "day", required=True),
        Field("until", "Jusqu’au", "day", help="Vide : toujours en cours."),
        Field(
            "half_days",
            "Présence d’un vacataire",
            "amount",
            unit="demi-journées par semaine",
            help="Pour un vacataire seulement. Une fois par mois se compte 0,25.",
        ),
    ]


def _fields(typed: Typed) -> BelongingFields:
    return read(BelongingFields, {**typed, "entity": key_of(typed["entity"])})


def _said(row: Belonging) -> dict[str, Any]:
    names = ("quality", "since", "until", "half_days")
    return {**{name: getattr(row, name) for name in names}, "entity": str(row.entity_id)}
