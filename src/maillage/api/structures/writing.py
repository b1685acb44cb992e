"""What a software writes in a structure: a member, a meeting with who came, an action; once under a key."""

import uuid
import zoneinfo
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from maillage.api.answers import REFUSED_BODY
from maillage.api.application import JsonBody
from maillage.api.authentication import REFUSED_TO_CALLERS, Bearer, CallerProblem, caller_of
from maillage.api.dossiers.acting import WRITTEN_NULL, Key
from maillage.api.errors import Erreurs, Refusal
from maillage.api.projets.activity import told_action, told_meeting
from maillage.api.projets.activity_answers import FicheAction, ReunionDuProjet
from maillage.api.structures.answers import MembreDeLaStructure
from maillage.api.structures.bodies import (
    ACTION,
    MEETING,
    MEMBER,
    Ecrit,
    NouveauMembre,
    NouvelleAction,
    NouvelleReunion,
)
from maillage.api.structures.reading import structure_for, told_member
from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import ActionFields, AttendanceFields, MeetingFields
from maillage.apps.activity.models import Meeting
from maillage.apps.activity.services.actions import create_action
from maillage.apps.activity.services.meetings import close_meeting, note_attendance, plan_meeting, write_report
from maillage.apps.activity.writing import NotNow
from maillage.apps.connections.once import once
from maillage.apps.connections.tokens import WRITE_STRUCTURE
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.apps.structures.team import add_member
from maillage.core.kernel.problems import BadInput, Problem, read

WRITER = Bearer(WRITE_STRUCTURE)
REFUSED_WRITE: dict[int, Any] = {**REFUSED_BODY, **REFUSED_TO_CALLERS, 404: Erreurs, 409: Erreurs}
Write = Callable[[Structure, User], dict[str, Any]]
EXAMPLE_MEMBER = {"nom": "Exemple", "prenom": "Camille", "metier": "infirmier", "mode": "libéral"}
EXAMPLE_MEETING = {
    "sujet": "Concertation", "nature": "concertation", "jour": "2026-11-10", "heure": "12:30", "minutes": 60,
}  # fmt: skip
EXAMPLE_ACTION = {"intitule": "Prévention des chutes", "debut": "2027-01-01", "budget": "1500.00"}


def add(
    request: HttpRequest,
    response: HttpResponse,
    structure: uuid.UUID,
    corps: Annotated[NouveauMembre, JsonBody(..., example=EXAMPLE_MEMBER)],
    cle: Key = "",
) -> dict[str, Any]:
    """Refusée (422) quand elle est déjà dans l'équipe. Portée : structure:ecrire."""

    def write(found: Structure, by: User) -> dict[str, Any]:
        fields = _read(MemberFields, corps.fields(), {name: ours for ours, name in MEMBER.items()})
        member = add_member(found, fields, by=by, at=timezone.now())
        return told_member(member, member.email)

    return _written(request, response, structure, corps, cle, write)


def meet(
    request: HttpRequest,
    response: HttpResponse,
    structure: uuid.UUID,
    corps: Annotated[NouvelleReunion, JsonBody(..., example=EXAMPLE_MEETING)],
    cle: Key = "",
) -> dict[str, Any]:
    """Prévue, ou close si « clore » le demande : sa feuille est alors scellée. Portée : structure:ecrire."""
    return _written(request, response, structure, corps, cle, lambda found, by: _meeting(found, by, corps))


def act(
    request: HttpRequest,
    response: HttpResponse,
    structure: uuid.UUID,
    corps: Annotated[NouvelleAction, JsonBody(..., example=EXAMPLE_ACTION)],
    cle: Key = "",
) -> dict[str, Any]:
    """À la fin de la liste de la structure. Portée : structure:ecrire."""

    def write(found: Structure, by: User) -> dict[str, Any]:
        names = {name: ours for ours, name in ACTION.items()}
        action = create_action(found, _read(ActionFields, corps.fields(), names), by=by, at=timezone.now())
        return told_action(found.actions.count(), action)

    return _written(request, response, structure, corps, cle, write)


def _meeting(found: Structure, by: User, body: NouvelleReunion) -> dict[str, Any]:
    told, at = body.model_dump(), timezone.now()
    names = {name: ours for ours, name in MEETING.items()}
    fields = _read(MeetingFields, {name: told[ours] for ours, name in MEETING.items()}, names)
    zone = zoneinfo.ZoneInfo(timezone.get_current_timezone_name())
    meeting = plan_meeting(found, fields, zone=zone, by=by, at=at)
    if body.presences:
        rows = [
            AttendanceFields(member=each.membre, presence=each.presence, minutes=each.minutes)
            for each in body.presences
        ]
        note_attendance(meeting, rows, by=by, at=at)
    if body.compte_rendu:
        write_report(meeting, body.compte_rendu, by=by, at=at)
    if body.clore:
        close_meeting(meeting, absent=True, by=by, at=at)
    return told_meeting(Meeting.objects.get(pk=meeting.pk))


def _written(
    request: HttpRequest, response: HttpResponse, identifier: uuid.UUID, body: Ecrit, key: str, write: Write
) -> dict[str, Any]:
    caller = caller_of(request)
    found = structure_for(caller, identifier)
    if caller.token is None or not may_edit(caller.person, found):
        raise Refusal(403, [CallerProblem("structure", None, "un jeton dont le compte écrit dans cette structure")])
    asked = f"{request.path} {body.model_dump_json()}"
    if WRITTEN_NULL in asked:
        raise BadInput([Problem("", "\\u0000", "un texte sans caractère nul")])
    try:
        told, again = once(
            caller.token, key.strip(), asked.encode(), lambda: write(found, caller.person), at=timezone.now()
        )
    except NotNow as refused:
        raise Refusal(409, [Problem("clore", None, str(refused))]) from None
    response["Cache-Control"] = "no-store"
    if again:
        response["Idempotency-Replayed"] = "true"
    return told


def _read(model: Any, told: dict[str, Any], names: dict[str, str]) -> Any:
    """The input of a service; a problem names the field as the API does."""
    try:
        return read(model, told)
    except BadInput as wrong:
        renamed = [Problem(names.get(each.field, each.field), each.value, each.expected) for each in wrong.problems]
        raise BadInput(renamed) from None


def install(router: Router) -> None:
    """Add what writes to the routes that read: one address, two methods."""
    router.post(
        "/{uuid:structure}/membres",
        response={200: MembreDeLaStructure, **REFUSED_WRITE},
        operation_id="ajouter_membre",
        summary="Ajouter une personne à l'équipe",
        auth=WRITER,
    )(add)
    router.post(
        "/{uuid:structure}/reunions",
        response={200: ReunionDuProjet, **REFUSED_WRITE},
        operation_id="ajouter_reunion",
        summary="Ajouter une réunion, avec ses présences",
        auth=WRITER,
    )(meet)
    router.post(
        "/{uuid:structure}/actions",
        response={200: FicheAction, **REFUSED_WRITE},
        operation_id="ajouter_action",
        summary="Ajouter une fiche action",
        auth=WRITER,
    )(act)
