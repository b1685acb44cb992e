"""The structures that a caller may read: their team, their meetings, their actions."""

import uuid
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from maillage.api.answers import REFUSED
from maillage.api.authentication import REFUSED_TO_CALLERS, Bearer, caller_of
from maillage.api.errors import Erreurs
from maillage.api.projets.activity import told_action, told_meeting
from maillage.api.structures.answers import ListeDesActions, ListeDesMembres, ListeDesReunions, ListeDesStructures
from maillage.api.structures.answers import Structure as StructureLue
from maillage.apps.activity.queries import actions_of, meetings_of
from maillage.apps.connections.tokens import READ_STRUCTURE
from maillage.apps.dossiers.calling import Caller
from maillage.apps.projets.queries import visible_structures
from maillage.apps.structures.consents import addresses_for
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.queries import team

router = Router(tags=["Structures"], auth=Bearer(READ_STRUCTURE))
OF_THE_LIST: dict[int, Any] = {**REFUSED, **REFUSED_TO_CALLERS}
OF_A_STRUCTURE: dict[int, Any] = {**OF_THE_LIST, 404: Erreurs}
Page = Annotated[int, Query(ge=1, le=100_000)]


def structure_for(caller: Caller, identifier: uuid.UUID) -> Structure:
    """A structure; a token reads that of its organisation only. Raises :class:`Http404`."""
    rows = visible_structures(caller.person).filter(pk=identifier)
    if caller.token is not None:
        rows = rows.filter(organisation=caller.token.organisation_id)
    found = rows.first()
    if found is None:
        raise Http404
    return found


@router.get(
    "",
    response={200: ListeDesStructures, **OF_THE_LIST},
    operation_id="lister_structures",
    summary="Lister ses structures",
)
def list_structures(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Celle de l'organisation du jeton (portée structure:lire), ou celles que la personne connectée peut lire."""
    response["Cache-Control"] = "no-store"
    caller = caller_of(request)
    rows = visible_structures(caller.person).prefetch_related("communes")
    if caller.token is not None:
        rows = rows.filter(organisation=caller.token.organisation_id)
    return {"structures": [_structure(each) for each in rows]}


@router.get(
    "/{uuid:structure}",
    response={200: StructureLue, **OF_A_STRUCTURE},
    operation_id="lire_structure",
    summary="Lire une structure",
)
def read_structure(request: HttpRequest, response: HttpResponse, structure: uuid.UUID) -> dict[str, Any]:
    """Ce qui la nomme et son territoire."""
    response["Cache-Control"] = "no-store"
    return _structure(structure_for(caller_of(request), structure))


@router.get(
    "/{uuid:structure}/membres",
    response={200: ListeDesMembres, **OF_A_STRUCTURE},
    operation_id="lister_membres",
    summary="Lire l'équipe d'une structure",
)
def list_members(
    request: HttpRequest,
    response: HttpResponse,
    structure: uuid.UUID,
    sortis: Annotated[bool, Query(description="Avec qui est sorti de l'équipe.")] = False,
) -> dict[str, Any]:
    """Chaque personne de l'équipe. L'adresse n'est donnée qu'à l'équipe, selon ce que la personne lui montre."""
    response["Cache-Control"] = "no-store"
    caller = caller_of(request)
    found = structure_for(caller, structure)
    rows = list(team(found) if sortis else team(found).filter(left_on=None))
    addresses = addresses_for(caller.person, found, rows)
    return {"membres": [told_member(each, addresses.get(each.pk)) for each in rows]}


@router.get(
    "/{uuid:structure}/reunions",
    response={200: ListeDesReunions, **OF_A_STRUCTURE},
    operation_id="lister_reunions",
    summary="Lire les réunions d'une structure",
)
def list_meetings(
    request: HttpRequest,
    response: HttpResponse,
    structure: uuid.UUID,
    page: Page = 1,
    limite: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """L'équipe les lit toutes ; une autorité avec qui un projet est partagé, celles qui sont closes."""
    response["Cache-Control"] = "no-store"
    caller = caller_of(request)
    rows = meetings_of(caller.person, structure_for(caller, structure)).prefetch_related("sheets")
    found = Paginator(rows, limite)
    shown = found.page(page).object_list if page <= found.num_pages else []
    return {
        "total": found.count,
        "page": page,
        "pages": found.num_pages,
        "reunions": [told_meeting(each) for each in shown],
    }


@router.get(
    "/{uuid:structure}/actions",
    response={200: ListeDesActions, **OF_A_STRUCTURE},
    operation_id="lister_actions",
    summary="Lire les actions d'une structure",
)
def list_actions(request: HttpRequest, response: HttpResponse, structure: uuid.UUID) -> dict[str, Any]:
    """Chaque fiche action, dans l'ordre de la structure, abandonnées comprises."""
    response["Cache-Control"] = "no-store"
    rows = enumerate(actions_of(structure_for(caller_of(request), structure)), start=1)
    return {"actions": [told_action(rank, each) for rank, each in rows]}


def told_member(member: Member, email: str | None) -> dict[str, Any]:
    """A member as the API says it, with the e-mail that the caller reads."""
    return {
        "id": str(member.pk),
        "nom": member.nom,
        "prenom": member.prenom,
        "metier": member.metier,
        "fonction": member.fonction,
        "mode": member.mode,
        "rpps": member.rpps,
        "etp": None if member.etp is None else str(member.etp),
        "email": email,
        "signataire": member.is_signatory,
        "entree_le": member.joined_on.isoformat(),
        "sortie_le": member.left_on.isoformat() if member.left_on else None,
    }


def _structure(structure: Structure) -> dict[str, Any]:
    return {
        "id": str(structure.pk),
        "nature": structure.kind,
        "nom": structure.nom,
        "region": structure.region,
        "communes": [each.code for each in structure.communes.all()],
    }
