"""The diagnosis of a territory: of the one asked, or one that was kept."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field

from maillage.api.answers import REFUSED
from maillage.api.errors import Erreurs, Refusal
from maillage.api.territories.diagnosis_answers import Diagnostic, DiagnosticGarde
from maillage.apps.diagnostics.selection import FARTHEST_KM, LONGEST_MINUTES, selection_of_query
from maillage.core.kernel.problems import COMMUNE_CODE, EPCI_CODE, STRUCTURE, Problem

router = Router(tags=["Territoires"])
# Django refuses an address of more than a thousand parameters.
MOST = 900
Code = Annotated[str, Field(pattern=COMMUNE_CODE)]
Siren = Annotated[str, Field(pattern=EPCI_CODE)]
Communes = Annotated[
    list[Code] | None, Query(None, max_length=MOST, description="Codes INSEE de communes.", example=["35236"])
]
Epci = Annotated[list[Siren] | None, Query(None, max_length=200, description="SIREN d'EPCI.", example=["243500741"])]
Centre = Annotated[
    str | None, Query(None, pattern=COMMUNE_CODE, description="Code INSEE de la commune du centre.", example="35236")
]
Radius = Annotated[
    float | None, Query(None, gt=0, le=FARTHEST_KM, description="Rayon autour du centre, en kilomètres.", example=20)
]
Minutes = Annotated[
    float | None, Query(None, gt=0, le=LONGEST_MINUTES, description="Ou temps de trajet vers le centre, en minutes.")
]
Contour = Annotated[
    str | None, Query(None, max_length=40_000, description="Contour dessiné : « lon,lat;lon,lat;lon,lat », en degrés.")
]
Name = Annotated[str | None, Query(None, max_length=120, description="Nom à donner au territoire.")]
Structure = Annotated[
    str | None,
    Query(
        None,
        pattern=STRUCTURE,
        description="La structure dont on vérifie les règles de territoire : esp, msp, cds, ess ou cpts.",
    ),
]
Identifier = Annotated[uuid.UUID, Path(..., description="L'identifiant d'un diagnostic conservé.")]


@router.get(
    "/diagnostic",
    response={200: Diagnostic, **REFUSED},
    operation_id="lire_diagnostic",
    summary="Faire le diagnostic d'un territoire",
)
def diagnosis(
    request: HttpRequest,
    communes: Communes,
    epci: Epci,
    centre: Centre,
    rayon_km: Radius,
    minutes: Minutes,
    contour: Contour,
    nom: Name,
    structure: Structure,
) -> dict[str, Any]:
    """Des communes, des EPCI, ce qui est autour d'une commune ou dans un contour : ce que chacun apporte s'ajoute.

    Rien n'est gardé. La recette refait le même diagnostic tant que les mêmes données sont chargées.
    """
    from maillage.apps.diagnostics.queries import diagnose

    selection = selection_of_query(dict(request.GET.lists()))
    return diagnose(selection, today=timezone.localdate()).as_dict()


@router.get(
    "/diagnostics/{identifiant}",
    response={200: DiagnosticGarde, 404: Erreurs, **REFUSED},
    operation_id="lire_diagnostic_conserve",
    summary="Lire un diagnostic conservé",
)
def kept(request: HttpRequest, identifiant: Identifier) -> dict[str, Any]:
    """Tel qu'il était le jour où il a été conservé, quelles que soient les données d'aujourd'hui."""
    from maillage.apps.diagnostics.queries import kept_diagnosis

    found = kept_diagnosis(identifiant)
    if found is None:
        raise Refusal(404, [Problem("identifiant", str(identifiant), "l'identifiant d'un diagnostic conservé")])
    return {
        "id": str(found.pk),
        "conserve_le": found.created_at.isoformat(),
        "precedent": str(found.previous_id) if found.previous_id else None,
        "diagnostic": found.result,
    }
