"""The register of recognised structures: public."""

from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from maillage.api.answers import REFUSED, Answer, Day
from maillage.apps.dossiers.models import Recognition
from maillage.core.kernel.problems import COMMUNE_CODE, REGION_CODE

router = Router(tags=["Registre"])


class StructureReconnue(Answer):
    """Une structure reconnue par une décision."""

    id: str = Field(description="Son identifiant dans le registre.")
    nature: str = Field(description="esp, msp, cds, ess ou cpts.")
    nom: str = Field(description="Son nom.")
    region: str = Field(description="Le code INSEE de sa région.")
    specialite: str | None = Field(description="La spécialité d'une ESS, ou null.")
    finess_ej: str | None = Field(description="Le numéro FINESS de son entité juridique, ou null.")
    finess_et: str | None = Field(description="Le numéro FINESS de l'établissement, ou null.")
    decision: str = Field(description="Le numéro de la décision.")
    depuis: Day = Field(description="Depuis quel jour.")
    jusqu_a: Day | None = Field(description="Jusqu'à quel jour, ou null quand elle l'est encore.")
    communes: list[str] = Field(
        description="Les codes INSEE des communes de son périmètre ; vide quand il n'y en a pas."
    )


class Registre(Answer):
    """Une page du registre."""

    total: int = Field(description="Combien de structures répondent à la demande.")
    page: int = Field(description="Le rang de cette page.")
    pages: int = Field(description="Combien de pages il y a.")
    structures: list[StructureReconnue] = Field(description="Les structures, par nom.")


@router.get(
    "",
    response={200: Registre, **REFUSED},
    operation_id="lister_registre",
    summary="Lire le registre des structures reconnues",
)
def read_register(
    request: HttpRequest,
    nature: Literal["esp", "msp", "cds", "ess", "cpts"] | None = None,
    region: Annotated[str | None, Query(pattern=REGION_CODE)] = None,
    commune: Annotated[str | None, Query(pattern=COMMUNE_CODE)] = None,
    toutes: Annotated[bool, Query(description="Aussi celles qui ne le sont plus.")] = False,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    limite: Annotated[int, Query(ge=1, le=200)] = 100,
) -> dict[str, Any]:
    """Les structures reconnues et publiées : leur nature, leurs numéros FINESS, leur périmètre, leur décision."""
    rows = (
        Recognition.objects.filter(is_published=True, decision__notified_at__isnull=False)
        .select_related("decision")
        .prefetch_related("perimeter")
    )
    rows = rows if toutes else rows.filter(until=None)
    exact = {"kind": nature, "region": region, "perimeter__commune": commune}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if commune and not toutes:
        rows = rows.filter(perimeter__commune=commune, perimeter__until=None)
    found = Paginator(rows.distinct().order_by("nom", "pk"), limite)
    shown = found.page(page).object_list if page <= found.num_pages else []
    return {
        "total": found.count,
        "page": page,
        "pages": found.num_pages,
        "structures": [_told(each) for each in shown],
    }


def _told(row: Recognition) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "nature": row.kind,
        "nom": row.nom,
        "region": row.region,
        "specialite": row.specialite or None,
        "finess_ej": row.finess_ej or None,
        "finess_et": row.finess_et or None,
        "decision": row.decision.number,
        "depuis": row.since.isoformat(),
        "jusqu_a": row.until.isoformat() if row.until else None,
        "communes": [each.commune for each in row.perimeter.all() if each.until == row.until],
    }
