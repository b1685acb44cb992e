"""A body: its page, writing it, its collèges, the rules of its votes."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.governance.inputs import BodyFields, CollegeFields
from maillage.apps.governance.models import Body
from maillage.apps.governance.queries import SOON, body_of, college_of, current
from maillage.apps.governance.services import bodies as services
from maillage.apps.governance.wording import facts
from maillage.apps.structures.models import Structure
from maillage.web.activite.common import done, found, metier_choices, now
from maillage.web.activite.form import Field
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.governance.writing import REMOVED, TO_CONFIRM, Sheet, address_of, home_of, removed, written

SEATS = Field("seats", "Nombre de sièges", help=TO_CONFIRM)


@require_safe
@for_team
def page(request: HttpRequest, structure: Structure, organe: uuid.UUID) -> HttpResponse:
    """A body: who is in it, who was, its collèges, how it votes."""
    who, today = person(request), timezone.localdate()
    body = found(body_of(who, structure, organe))
    every = list(body.mandates.select_related("member", "college"))
    running = current(every, today)
    context = {
        "structure": structure,
        "organe": body,
        "mandats": running,
        "a_venir": [each for each in every if each.since > today and each.ended_on is None],
        "anciens": [each for each in every if each.ended_on is not None and each not in running],
        "colleges": body.colleges.all(),
        "regles": [{"regle": each, "faits": facts(each)} for each in body.rules.all()],
        "assemblees": body.assemblies.select_related("meeting")[:10],
        "retire": request.session.pop(REMOVED, None),
        "aujourdhui": today,
        "bientot": today + SOON,
        "peut_ecrire": may_write(who, structure) and body.closed_on is None,
        "peut_retablir": may_write(who, structure) and body.closed_on is not None,
    }
    return render(request, "structures/gouvernance/organe.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Add a body."""
    sheet = Sheet(
        "Ajouter un organe",
        _fields(structure),
        {
            "kind": request.GET.get("nature", "bureau"),
            "nom": _usual(request.GET.get("nature", "")),
            "entity": _only_entity(structure),
        },
        home_of(structure),
        "L'organe est enregistré.",
        intro="Un organe est ce que vos statuts nomment : assemblée, conseil d'administration, bureau, gérance.",
    )
    return written(
        request,
        structure,
        sheet,
        BodyFields,
        lambda fields, _: address_of(services.add_body(structure, fields, by=person(request), at=now())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, organe: uuid.UUID) -> HttpResponse:
    """Change a body."""
    body = found(body_of(person(request), structure, organe))
    typed = {name: getattr(body, name) for name in ("nom", "kind", "seats", "mandate_months")}
    sheet = Sheet(
        f"Modifier : {body.nom}",
        _fields(structure),
        {**typed, "entity": body.entity_id},
        address_of(body),
        "L'organe est enregistré.",
        row=body,
        crumbs=[(body.nom, address_of(body))],
    )

    def save(fields: BodyFields, shown: str) -> None:
        services.change_body(body, fields, seen=shown, by=person(request), at=now())

    return written(request, structure, sheet, BodyFields, save)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, organe: uuid.UUID, acte: str) -> HttpResponse:
    """Say that a body is no more, or open it again."""
    body, by = found(body_of(person(request), structure, organe)), person(request)
    acts: dict[str, Any] = {
        "fermer": (
            lambda: services.close_body(body, on=timezone.localdate(), by=by, at=now()),
            "Cet organe n'existe plus. Son histoire reste à lire.",
        ),
        "retablir": (lambda: services.reopen_body(body, by=by, at=now()), "L'organe est rétabli."),
    }
    if acte not in acts:
        raise Http404
    done(request, *acts[acte])
    return redirect(address_of(body))


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new_college(request: HttpRequest, structure: Structure, organe: uuid.UUID) -> HttpResponse:
    """Add a collège."""
    body = found(body_of(person(request), structure, organe))
    sheet = Sheet(
        "Ajouter un collège",
        _college_fields(structure, []),
        {},
        address_of(body),
        "Le collège est enregistré.",
        crumbs=[(body.nom, address_of(body))],
    )

    def save(fields: CollegeFields, _shown: str) -> None:
        services.add_college(body, fields, by=person(request), at=now())

    return written(request, structure, sheet, CollegeFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit_college(request: HttpRequest, structure: Structure, college: uuid.UUID) -> HttpResponse:
    """Change a collège."""
    row = found(college_of(person(request), structure, college))
    sheet = Sheet(
        f"Modifier : {row.nom}",
        _college_fields(structure, row.metiers),
        {"nom": row.nom, "seats": row.seats, "weight": row.weight, "metiers": row.metiers},
        address_of(row.body),
        "Le collège est enregistré.",
        row=row,
        crumbs=[(row.body.nom, address_of(row.body))],
    )

    def save(fields: CollegeFields, shown: str) -> None:
        services.change_college(row, fields, seen=shown, by=person(request), at=now())

    return written(request, structure, sheet, CollegeFields, save)


@require_POST
@for_team_writers
def remove_college(request: HttpRequest, structure: Structure, college: uuid.UUID) -> HttpResponse:
    """Remove a collège that nothing uses."""
    row = found(college_of(person(request), structure, college))
    return removed(request, row, "college", row.nom)


def _fields(structure: Structure) -> list[Field]:
    entities = [(str(each.pk), str(each)) for each in structure.legal_entities.all()]
    return [
        Field("nom", "Nom", required=True),
        Field("kind", "Nature", "select", choices=Body.Kind.choices),
        Field("entity", "Personne morale", "select", choices=[("", "Aucune, ou pas encore"), *entities]),
        SEATS,
        Field("mandate_months", "Durée d'un mandat", help=TO_CONFIRM, unit="mois"),
    ]


def _college_fields(structure: Structure, chosen: list[str]) -> list[Field]:
    return [
        Field("nom", "Nom", help="Comme dans vos statuts : « professionnels libéraux », « usagers »…", required=True),
        SEATS,
        Field(
            "weight", "Poids dans les votes", help="Si vos statuts en donnent un : par exemple 40 pour 40 % des voix."
        ),
        Field(
            "metiers",
            "Métiers de ce collège",
            "checks",
            "Qui a l'un de ces métiers est rangé dans ce collège au moment de convoquer.",
            choices=metier_choices(structure, chosen),
        ),
    ]


def _only_entity(structure: Structure) -> int | None:
    rows = list(structure.legal_entities.values_list("pk", flat=True)[:2])
    return rows[0] if len(rows) == 1 else None


def _usual(kind: str) -> str:
    labels = dict(Body.Kind.choices)
    return labels[kind].capitalize() if kind in labels and kind != Body.Kind.AUTRE else ""
