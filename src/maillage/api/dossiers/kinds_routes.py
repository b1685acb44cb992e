"""The kinds of dossier, as data: public, no account."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from maillage.api.answers import REFUSED
from maillage.api.dossiers.kind_answers import Demarche, Demarches, summary_of, whole_of
from maillage.api.errors import Erreurs, Refusal
from maillage.core.dossiers import kinds
from maillage.core.kernel.problems import REGION_CODE, BadInput, Problem, nearest
from maillage.core.rules.orientation import packs

router = Router(tags=["Démarches"])
Region = Annotated[
    str | None,
    Query(description="Le code INSEE d'une région ; sans elle, ce qui vaut partout.", pattern=REGION_CODE),
]


@router.get(
    "",
    response={200: Demarches, **REFUSED},
    operation_id="lister_demarches",
    summary="Lister les démarches",
)
def list_kinds(request: HttpRequest, region: Region = None) -> dict[str, Any]:
    """Chaque sorte de dossier que l'on peut déposer dans une région : qui dépose, à qui, qui décide."""
    return {"demarches": [summary_of(each) for each in kinds.all_kinds(packs.pack_of_region(region or "") or "")]}


@router.get(
    "/{code}",
    response={200: Demarche, **REFUSED, 404: Erreurs},
    operation_id="lire_demarche",
    summary="Lire une démarche",
)
def read_kind(request: HttpRequest, code: str, region: Region = None) -> dict[str, Any]:
    """Une démarche : son formulaire, ses pièces, ses états, ses gestes, son délai, avec leurs sources."""
    try:
        return whole_of(kinds.kind(code, region or ""))
    except BadInput:
        every = kinds.all_kinds(packs.pack_of_region(region or "") or "")
        near = nearest(code, tuple(each.code for each in every))
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise Refusal(404, [Problem("code", code, f"un code de /api/demarches{proposal}")]) from None
