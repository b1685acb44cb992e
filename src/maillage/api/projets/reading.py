"""The projects that a person may see, and one of them: no name of a person, only how many of each métier."""

import uuid
from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from maillage.api.errors import Refusal
from maillage.api.projets.answers import ListeDesProjets, ProjetDetaille
from maillage.api.projets.routes import OF_A_PROJECT, project_of
from maillage.apps.accounts.permissions import signed_in
from maillage.apps.projets.models import Projet
from maillage.apps.projets.permissions import may_write
from maillage.apps.projets.queries import visible
from maillage.core.kernel.problems import Problem

router = Router(tags=["Projets"])
OF_THE_LIST = {code: answer for code, answer in OF_A_PROJECT.items() if code != 404}


@router.get(
    "",
    response={200: ListeDesProjets, **OF_THE_LIST},
    operation_id="lister_projets",
    summary="Lister les projets que l'on peut lire",
)
def list_projects(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Les projets de vos structures, et ceux qui sont partagés avec l'autorité que vous servez.

    Il faut être connecté au site.
    """
    if not signed_in(request.user):
        raise Refusal(401, [Problem("session", None, "une personne connectée au site")])
    response["Cache-Control"] = "no-store"
    rows = visible(request.user).prefetch_related("structure__communes")
    return {"projets": [_told(projet) for projet in rows]}


@router.get(
    "/{uuid:projet}",
    response={200: ProjetDetaille, **OF_A_PROJECT},
    operation_id="lire_projet",
    summary="Lire un projet",
)
def read_project(request: HttpRequest, response: HttpResponse, projet: uuid.UUID) -> dict[str, Any]:
    """Un projet : sa structure, son territoire, son équipe par métier, son diagnostic.

    Il faut être connecté au site et avoir le droit de lire le projet ; sinon il est introuvable.
    """
    found = project_of(request, projet)
    response["Cache-Control"] = "no-store"
    present = found.structure.members.filter(left_on=None)
    return {
        **_told(found),
        "equipe": dict(sorted(Counter(present.values_list("metier", flat=True)).items())),
        "signataires": present.filter(is_signatory=True).count(),
        "sites": found.structure.sites.count(),
        "diagnostic": str(found.diagnosis_id) if found.diagnosis_id else None,
        "peut_ecrire": may_write(request.user, found),
    }


def _told(projet: Projet) -> dict[str, Any]:
    structure = projet.structure
    return {
        "id": str(projet.pk),
        "titre": projet.title,
        "etat": projet.state,
        "debut": projet.starts_on.isoformat(),
        "structure": {
            "nature": structure.kind,
            "nom": structure.nom,
            "region": structure.region,
            "communes": [each.code for each in structure.communes.all()],
        },
    }
