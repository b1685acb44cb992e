"""A mandate: given, corrected, ended."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.governance.inputs import EndFields, MandateFields
from maillage.apps.governance.models import Body, Mandate
from maillage.apps.governance.queries import body_of, mandate_of
from maillage.apps.governance.services import mandates as services
from maillage.apps.structures.models import Structure
from maillage.web.activite.common import CHOOSE, done, found, now
from maillage.web.activite.form import Field
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.governance.writing import Sheet, address_of, removed, written

UNTIL = "Vide : calculé d'après la durée d'un mandat, si elle est connue. Sinon, à confirmer."
FUNCTIONS = "Présidence, trésorerie, secrétariat, gérance, membre…"


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure, organe: uuid.UUID) -> HttpResponse:
    """Give a function to a member."""
    body = found(body_of(person(request), structure, organe))
    sheet = Sheet(
        "Ajouter un mandat",
        _fields(body),
        {"since": timezone.localdate(), "member": request.GET.get("membre", "")},
        address_of(body),
        "Le mandat est enregistré.",
        crumbs=[(body.nom, address_of(body))],
    )

    def save(fields: MandateFields, _shown: str) -> None:
        services.give_mandate(body, fields, by=person(request), at=now())

    return written(request, structure, sheet, MandateFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, mandat: uuid.UUID) -> HttpResponse:
    """Correct a mandate."""
    mandate = found(mandate_of(person(request), structure, mandat))
    typed: dict[str, Any] = {name: getattr(mandate, name) for name in ("function", "since", "until")}
    sheet = Sheet(
        f"Corriger le mandat de {mandate.member}",
        _fields(mandate.body, mandate),
        {**typed, "member": mandate.member_id, "college": mandate.college_id},
        address_of(mandate.body),
        "Le mandat est enregistré.",
        row=mandate,
        crumbs=[(mandate.body.nom, address_of(mandate.body))],
    )

    def save(fields: MandateFields, shown: str) -> None:
        services.change_mandate(mandate, fields, seen=shown, by=person(request), at=now())

    return written(request, structure, sheet, MandateFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def end(request: HttpRequest, structure: Structure, mandat: uuid.UUID) -> HttpResponse:
    """End a mandate."""
    mandate = found(mandate_of(person(request), structure, mandat))
    today = timezone.localdate()
    day = mandate.until if mandate.until and mandate.until <= today else today
    why = Mandate.Why.DEPART if mandate.member.left_on else Mandate.Why.TERME
    sheet = Sheet(
        f"Terminer le mandat de {mandate.member}",
        [
            Field("ended_on", "Fini le", "day", required=True),
            Field("ended_why", "Pourquoi", "select", choices=Mandate.Why.choices),
        ],
        {"ended_on": day, "ended_why": why},
        address_of(mandate.body),
        "Le mandat est terminé. Il reste dans l'histoire de l'organe.",
        crumbs=[(mandate.body.nom, address_of(mandate.body))],
    )

    def save(fields: EndFields, _shown: str) -> None:
        services.end_mandate(mandate, fields, by=person(request), at=now())

    return written(request, structure, sheet, EndFields, save)


@require_POST
@for_team_writers
def resume(request: HttpRequest, structure: Structure, mandat: uuid.UUID) -> HttpResponse:
    """Take back the end of a mandate."""
    mandate = found(mandate_of(person(request), structure, mandat))
    done(request, lambda: services.resume_mandate(mandate, by=person(request), at=now()), "Le mandat court de nouveau.")
    return redirect(address_of(mandate.body))


@require_POST
@for_team_writers
def renew(request: HttpRequest, structure: Structure, mandat: uuid.UUID) -> HttpResponse:
    """Renew a mandate in one tap."""
    mandate, by = found(mandate_of(person(request), structure, mandat)), person(request)
    done(request, lambda: services.renew_mandate(mandate, by=by, at=now()), "Le mandat est renouvelé.")
    return redirect(address_of(mandate.body))


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, mandat: uuid.UUID) -> HttpResponse:
    """Remove a mandate written by mistake."""
    mandate = found(mandate_of(person(request), structure, mandat))
    return removed(request, mandate, "mandat", str(mandate))


def _fields(body: Body, kept: Mandate | None = None) -> list[Field]:
    members = [CHOOSE, *((str(each.pk), str(each)) for each in body.structure.members.filter(left_on=None))]
    if kept is not None and str(kept.member_id) not in dict(members):
        members.append((str(kept.member_id), f"{kept.member} (sorti de l'équipe)"))
    colleges = [(str(each.pk), each.nom) for each in body.colleges.all()]
    fields = [
        Field("member", "Membre", "select", choices=members, required=True),
        Field("function", "Fonction", help=FUNCTIONS, required=True),
        Field("since", "Depuis le", "day", required=True),
        Field("until", "Jusqu'au", "day", UNTIL),
    ]
    if colleges:
        fields.insert(1, Field("college", "Collège", "select", choices=[("", "Aucun"), *colleges]))
    return fields
