"""What the API says of a project, to who may see it: the session of the site is the way in."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from maillage.api.answers import REFUSED
from maillage.api.errors import Erreurs, Refusal
from maillage.api.projets.answers import CompletudeDuProjet
from maillage.apps.accounts.permissions import signed_in
from maillage.apps.projets.models import Projet
from maillage.apps.projets.queries import visible_projet
from maillage.core.kernel.problems import Problem

router = Router(tags=["Projets"])
OF_A_PROJECT: dict[int, Any] = {**REFUSED, 401: Erreurs, 404: Erreurs}
"""What a route on a project can refuse."""


@router.get(
    "/{uuid:projet}/completude",
    response={200: CompletudeDuProjet, **OF_A_PROJECT},
    operation_id="lire_completude",
    summary="Lire ce qui manque à un projet",
)
def read_completeness(request: HttpRequest, response: HttpResponse, projet: uuid.UUID) -> dict[str, Any]:
    """Chaque contrôle du dossier : fait, manquant, à préciser ou conseillé, et où le compléter.

    Il faut être connecté au site et avoir le droit de lire le projet ; sinon il est introuvable.
    """
    from maillage.apps.projets.completeness import completeness_for  # the rules cost a second to import

    found = project_of(request, projet)
    response["Cache-Control"] = "no-store"
    return completeness_for(request.user, found, today=timezone.localdate()).as_dict()


def project_of(request: HttpRequest, identifier: uuid.UUID) -> Projet:
    """The project, for who may see it. Raises :class:`Refusal` (401) without a session, else :class:`Http404`."""
    if not signed_in(request.user):
        raise Refusal(401, [Problem("session", None, "une personne connectée au site")])
    found = visible_projet(request.user, identifier)
    if found is None:
        raise Http404
    return found
