"""Communes, and where the data come from."""

from typing import Annotated, Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from ninja import Path, Query, Router

from maillage.api.answers import REFUSED
from maillage.api.errors import Erreurs, Refusal
from maillage.api.territories.answers import CommuneDetaillee, Communes, Sources
from maillage.apps.territories import queries
from maillage.apps.territories.models import Commune, DataSource, Departement, Epci, PopulationByAge, Region
from maillage.core.kernel.problems import COMMUNE_CODE, BadInput

router = Router(tags=["Territoires"])
SearchText = Annotated[
    str,
    Query(..., min_length=1, max_length=80, description="Un nom, un code INSEE ou un code postal.", example="redon"),
]
Limit = Annotated[int, Query(8, ge=1, le=20, description="Combien de communes au plus.")]
Code = Annotated[str, Path(..., pattern=COMMUNE_CODE, description="Code INSEE de la commune.", example="35236")]


@router.get(
    "/communes", response={200: Communes, **REFUSED}, operation_id="chercher_communes", summary="Chercher une commune"
)
def search(request: HttpRequest, q: SearchText, limite: Limit) -> dict[str, Any]:
    """Par nom (sans souci d'accents, de tirets ni de « St »), par code INSEE ou par code postal."""
    found = queries.search_communes(q, limit=limite)
    prefetch_related_objects(found, "departement__region", "epci", "codes_postaux")
    return {"communes": [commune_json(commune) for commune in found]}


@router.get(
    "/communes/{code}",
    response={200: CommuneDetaillee, 404: Erreurs, **REFUSED},
    operation_id="lire_commune",
    summary="Lire une commune",
)
def read(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Une commune par son code INSEE. Une commune fusionnée est introuvable, avec le code de celle d'aujourd'hui."""
    try:
        card = queries.commune_card(code)
    except BadInput as unknown:
        raise Refusal(404, unknown.problems) from None
    commune = card.commune
    return {
        **commune_json(commune),
        "parent": place_json(commune.parent),
        "latitude": commune.latitude,
        "longitude": commune.longitude,
        "ages": ages_json(card.ages) if card.ages else None,
        "anciennes": [{"code": former.code, "nom": former.nom or None} for former in card.anciennes],
    }


@router.get(
    "/donnees",
    response={200: Sources, **REFUSED},
    operation_id="lister_donnees",
    summary="Lister les sources de données",
)
def sources(request: HttpRequest) -> dict[str, Any]:
    """Chaque source : producteur, millésime, licence, nombre de lignes, dernier chargement."""
    return {"sources": [source_json(source) for source in queries.data_sources()]}


def commune_json(commune: Commune) -> dict[str, Any]:
    """A commune as :class:`CommuneTrouvee` describes it."""
    return {
        "code": commune.code,
        "nom": commune.nom,
        "libelle": commune.libelle,
        "type": commune.get_type_display(),
        "departement": place_json(commune.departement),
        "region": place_json(commune.departement.region),
        "epci": place_json(commune.epci),
        "codes_postaux": [postal.code for postal in commune.codes_postaux.all()],
        "population": commune.population,
        "millesime_population": commune.population_vintage or None,
        "trouvee_sous": commune.found_as or None,
    }


def place_json(place: Commune | Departement | Region | Epci | None) -> dict[str, str] | None:
    """A place as :class:`Lieu` describes it."""
    return {"code": place.code, "nom": place.nom} if place else None


def ages_json(ages: PopulationByAge) -> dict[str, Any]:
    """Inhabitants by age as :class:`Ages` describes them."""
    return {
        "moins_de_20": ages.moins_de_20,
        "de_20_a_64": ages.de_20_a_64,
        "plus_de_65": ages.plus_de_65,
        "total": ages.total,
        "millesime": ages.vintage,
    }


def source_json(source: DataSource) -> dict[str, Any]:
    """A data source as :class:`Source` describes it."""
    return {
        "cle": source.key,
        "contenu": source.label,
        "producteur": source.producer,
        "paquet": source.carrier,
        "millesime": source.vintage,
        "licence": source.licence,
        "url": source.url or None,
        "lignes_lues": source.rows_read,
        "lignes_retenues": source.rows_written,
        "lignes_ecartees": source.rejected,
        "chargee_le": source.loaded_at.isoformat() if source.loaded_at else None,
        "etat": source.state,
        "remarque": source.message or None,
    }
