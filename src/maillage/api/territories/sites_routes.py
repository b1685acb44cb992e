"""Where to settle, the accessibility of larger places, and their class in the zonages."""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from maillage.api.answers import REFUSED
from maillage.api.errors import Erreurs
from maillage.api.territories.accessibility_routes import Asked, Departement, Epci, missing_data_told
from maillage.api.territories.sites_answers import Agregats, Optimisation, Zonage
from maillage.core.kernel.problems import REGION_CODE, BadInput, Problem

router = Router(tags=["Territoires"])
PROOF_SECONDS = 5.0
"""A proof that takes longer is not waited for."""
Threshold = Annotated[
    float,
    Query(..., gt=0, le=100_000, description="L'accessibilité à atteindre, dans l'unité de la DREES.", example=2.5),
]
Count = Annotated[int, Query(1, ge=1, le=10, description="Combien de professionnels placer.")]
Region = Annotated[str | None, Query(None, pattern=REGION_CODE, description="Code INSEE d'une région.", example="53")]
Minutes = Annotated[
    float | None,
    Query(None, ge=0, le=60, description="Ne compter que les habitants à ce temps au plus d'un nouveau lieu."),
]
Level = Annotated[
    Literal["epci", "tvs", "bassin_de_vie", "bvcv", "departement", "region", "france"],
    Query(..., description="La maille.", example="epci"),
]
Age = Annotated[
    int | None, Query(None, ge=18, le=120, description="La variante publiée des professionnels de cet âge au plus.")
]
Zoned = Annotated[
    Literal[
        "medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "sage_femme", "chirurgien_dentiste",
        "orthophoniste",
    ],
    Query(..., description="La profession.", example="medecin_generaliste"),
]  # fmt: skip
Day = Annotated[
    datetime.date | None, Query(None, description="Le jour dont les règles sont appliquées ; sinon, aujourd'hui.")
]
OtherLevel = Annotated[
    Literal["epci", "tvs", "bassin_de_vie", "bvcv", "departement"] | None,
    Query(None, description="Une autre maille que celle des règles, quand elle n'est pas chargée."),
]


@router.get(
    "/optimiser",
    response={200: Optimisation, 404: Erreurs, **REFUSED},
    operation_id="chercher_installations",
    summary="Chercher où s'installer",
)
def optimise(
    request: HttpRequest,
    profession: Asked,
    seuil: Threshold,
    departement: Departement,
    region: Region,
    epci: Epci,
    minutes_max: Minutes,
    nombre: Count,
) -> dict[str, Any]:
    """Les lieux où un professionnel de plus ferait passer le seuil au plus d'habitants d'un territoire, ou de France.

    404 quand les données qu'il faut ne sont pas chargées : le message dit lesquelles.
    """
    kind, code = _place({"departement": departement, "region": region, "epci": epci})
    with missing_data_told():
        from maillage.apps.territories.accessibility import accessibility
        from maillage.apps.territories.accessibility.sites import Search, best_sites

        model = accessibility(profession, timezone.localdate())
        found = best_sites(model, Search(seuil, nombre, kind, code, minutes_max, seconds=PROOF_SECONDS))
    return {"profession": profession, **found.as_dict()}


@router.get(
    "/agreger",
    response={200: Agregats, 404: Erreurs, **REFUSED},
    operation_id="lire_apl_de_territoires",
    summary="Lire l'accessibilité de territoires",
)
def aggregate(request: HttpRequest, profession: Asked, maille: Level, age: Age) -> dict[str, Any]:
    """La moyenne des valeurs publiées des communes, avec les poids du zonage de la profession.

    404 quand les données qu'il faut ne sont pas chargées : le message dit lesquelles.
    """
    with missing_data_told():
        from maillage.apps.territories.aggregates import aggregated

        found = aggregated(profession, maille, timezone.localdate(), age=age)
    return {"profession": profession, **found.as_dict()}


@router.get(
    "/zonage",
    response={200: Zonage, 404: Erreurs, **REFUSED},
    operation_id="lire_classes_de_zonage",
    summary="Classer les territoires par les règles d'un zonage",
)
def classes(request: HttpRequest, profession: Zoned, date: Day, maille: OtherLevel) -> dict[str, Any]:
    """Les classes par les règles d'un jour ; ce que l'ARS choisit, ou qu'aucun texte ne donne, est à confirmer.

    404 quand les données qu'il faut ne sont pas chargées : le message dit lesquelles.
    """
    with missing_data_told():
        from maillage.apps.territories.zonages import zonage

        return zonage(profession, date or timezone.localdate(), level=maille or "").as_dict()


def _place(places: dict[str, str | None]) -> tuple[str, str]:
    """The kind and the code of the territory asked for. Raises :class:`BadInput` when there are two."""
    given = {kind: code for kind, code in places.items() if code}
    if len(given) > 1:
        raise BadInput([Problem(kind, code, "un seul territoire") for kind, code in list(given.items())[1:]])
    return next(iter(given.items()), ("france", ""))
