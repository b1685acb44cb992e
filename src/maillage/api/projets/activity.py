"""The actions and the meetings of a project, for who may see them: no name of a person."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from maillage.api.projets.activity_answers import FichesActions, ReunionsDuProjet
from maillage.api.projets.routes import OF_A_PROJECT, project_of
from maillage.apps.activity.models import Action, Meeting
from maillage.apps.activity.queries import HERE, actions_of, meetings_of, minutes_spent

router = Router(tags=["Projets"])
NEED = ("libelle", "valeur", "millesime")


@router.get(
    "/{uuid:projet}/actions",
    response={200: FichesActions, **OF_A_PROJECT},
    operation_id="lire_actions",
    summary="Lire les fiches actions d'un projet",
)
def read_actions(request: HttpRequest, response: HttpResponse, projet: uuid.UUID) -> dict[str, Any]:
    """Chaque fiche action, dans l'ordre du projet, abandonnées comprises.

    Il faut être connecté au site et avoir le droit de lire le projet ; sinon il est introuvable.
    """
    found = project_of(request, projet)
    response["Cache-Control"] = "no-store"
    rows = enumerate(actions_of(found.structure), start=1)
    return {"actions": [told_action(rank, each) for rank, each in rows]}


@router.get(
    "/{uuid:projet}/reunions",
    response={200: ReunionsDuProjet, **OF_A_PROJECT},
    operation_id="lire_reunions",
    summary="Lire les réunions d'un projet",
)
def read_meetings(request: HttpRequest, response: HttpResponse, projet: uuid.UUID) -> dict[str, Any]:
    """Chaque réunion : sa date, combien sont venus, le temps passé, l'empreinte de sa feuille.

    L'équipe les voit toutes ; l'ARS et l'Assurance Maladie, quand le projet est partagé, celles qui sont closes.
    """
    found = project_of(request, projet)
    response["Cache-Control"] = "no-store"
    rows = meetings_of(request.user, found.structure).prefetch_related("sheets")
    return {"reunions": [told_meeting(each) for each in rows]}


def told_action(rank: int, action: Action) -> dict[str, Any]:
    """An action as the API says it."""
    return {
        "id": str(action.pk),
        "rang": rank,
        "intitule": action.title,
        "etat": action.state,
        "objectif": action.objective,
        "besoin": {name: action.need[name] for name in NEED} if action.need else None,
        "besoin_en_mots": action.need_text,
        "debut": action.starts_on.isoformat() if action.starts_on else None,
        "fin": action.ends_on.isoformat() if action.ends_on else None,
        "budget": None if action.budget is None else f"{action.budget:.2f}",
        "indicateurs": action.indicators,
        "missions": action.missions,
    }


def told_meeting(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the API says it: no name of a person."""
    rows = list(meeting.attendances.all())
    sheet = next(iter(meeting.sheets.all()), None) if meeting.state == Meeting.State.CLOSE else None
    return {
        "id": str(meeting.pk),
        "sujet": meeting.title,
        "nature": meeting.kind,
        "etat": meeting.state,
        "debut": meeting.starts_at.isoformat(),
        "minutes": meeting.minutes,
        "lieu": meeting.place,
        "presents": sum(row.presence in HERE for row in rows),
        "minutes_passees": minutes_spent(meeting, rows, timezone.now()),
        "empreinte": sheet.fingerprint if sheet else None,
    }
