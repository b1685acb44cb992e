"""Accessibility to care, and what a change of the offer does to it."""

import contextlib
import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from maillage.api.answers import REFUSED, REFUSED_BODY
from maillage.api.application import JsonBody
from maillage.api.errors import Erreurs, Refusal
from maillage.api.territories.accessibility_answers import Apl, EtSi
from maillage.apps.territories import figures
from maillage.apps.territories.queries import communes_by_code
from maillage.core.kernel.problems import DEPARTEMENT_CODE, EPCI_CODE, BadInput, Problem
from maillage.core.territory.request import Code, Profession, SituationEtSi

if TYPE_CHECKING:
    from maillage.apps.territories.accessibility import Accessibility
    from maillage.apps.territories.accessibility.scenario import Scenario
    from maillage.apps.territories.models import Series

router = Router(tags=["Territoires"])
EXAMPLE = {"profession": "medecin_generaliste", "ajouts": [{"commune": "35236", "nombre": 1}]}
# Django refuses an address of more than a thousand parameters.
MOST = 900
Asked = Annotated[Profession, Query(..., description="La profession.", example="medecin_generaliste")]
Codes = Annotated[
    list[Code] | None, Query(None, max_length=MOST, description="Codes INSEE de communes.", example=["35236"])
]
Epci = Annotated[str | None, Query(None, pattern=EPCI_CODE, description="SIREN d'un EPCI.", example="243500741")]
Departement = Annotated[
    str | None, Query(None, pattern=DEPARTEMENT_CODE, description="Code d'un département.", example="35")
]
NOTHING_ASKED = "au moins l'un de : communes, epci, departement"


@router.get(
    "/apl",
    response={200: Apl, 404: Erreurs, **REFUSED},
    operation_id="lire_apl",
    summary="Lire l'accessibilité des communes",
)
def read(
    request: HttpRequest, profession: Asked, communes: Codes, epci: Epci, departement: Departement
) -> dict[str, Any]:
    """La valeur publiée par la DREES, qui reste la référence, et celle du modèle, qui ne dit que des différences.

    404 quand les données qu'il faut ne sont pas chargées : le message dit lesquelles.
    """
    if not (communes or epci or departement):
        raise BadInput([Problem("", None, NOTHING_ASKED)])
    with missing_data_told():
        from maillage.apps.territories.accessibility import accessibility

        model = accessibility(profession, timezone.localdate())
    ranks = ranks_of(model, communes or [], {"epci": epci, "departement": departement})
    reference = reference_of(profession, timezone.localdate())
    published = figures.values(reference, [model.codes[rank] for rank in ranks]) if reference else {}
    return {
        "profession": profession,
        "unite": model.method.unit,
        "reference": reference_json(reference) if reference else None,
        "methode": model.how.as_dict(),
        "parametres": [used.as_dict() for used in model.method.used],
        "communes": [
            {"code": model.codes[rank], "publiee": published.get(model.codes[rank]), "modele": model.value(rank)}
            for rank in ranks
        ],
    }


@router.post(
    "/et-si",
    response={200: EtSi, 404: Erreurs, **REFUSED_BODY},
    operation_id="simuler_et_si",
    summary="Simuler une installation ou un départ",
)
def what_if(
    request: HttpRequest, situation: Annotated[SituationEtSi, JsonBody(..., example=EXAMPLE)]
) -> dict[str, Any]:
    """Les seules communes qui changent, avant et après, par le modèle. Les valeurs publiées n'y sont pas.

    404 quand les données qu'il faut ne sont pas chargées : le message dit lesquelles.
    """
    with missing_data_told():
        from maillage.apps.territories.accessibility import accessibility
        from maillage.apps.territories.accessibility import what_if as changed_by

        found = changed_by(accessibility(situation.profession, timezone.localdate()), scenario_of(situation))
    rows = found.rows()
    return {
        "profession": situation.profession,
        "unite": found.unit,
        "habitants": int(found.inhabitants),
        "methode": found.how.as_dict(),
        "remarques": list(found.notes),
        "communes": [{"code": row.pop("code_commune"), **row} for row in rows],
    }


def scenario_of(situation: SituationEtSi) -> "Scenario":
    """The scenario that a situation describes."""
    from maillage.apps.territories.accessibility import Departure, Move, Scenario

    return Scenario(
        additions=[(one.commune, one.nombre) for one in situation.ajouts],
        removals=[(one.commune, one.nombre) for one in situation.retraits],
        moves=[Move(one.de, one.vers, one.nombre) for one in situation.deplacements],
        departures=[Departure(one.plus_de, one.lieu.upper()) for one in situation.departs],
    )


@contextlib.contextmanager
def missing_data_told() -> Iterator[None]:
    """What is not loaded is not found: 404, with what to import."""
    from maillage.apps.territories.reading.rows import LoadError

    try:
        yield
    except LoadError as error:
        raise Refusal(404, [Problem("donnees", "absentes", f"des données chargées. {error}")]) from None


def ranks_of(model: "Accessibility", communes: list[str], places: dict[str, str | None]) -> list[int]:
    """Positions of the communes asked for, in the order of codes. Raises :class:`BadInput` on one that is unknown."""
    known = communes_by_code(communes) if communes else []
    ranks = {rank for commune in known for rank in within(model, commune.code)}
    for name, code in places.items():
        if code is None:
            continue
        inside = model.places.inside(code).tolist()
        if not inside:
            raise BadInput([Problem(name, code, f"le code d'un {LABELS[name]} qui a des communes")])
        ranks.update(inside)
    return sorted(ranks)


LABELS = {"epci": "EPCI", "departement": "département"}


def within(model: "Accessibility", code: str) -> list[int]:
    """The commune, or the arrondissements of Paris, Lyon or Marseille."""
    from maillage.apps.territories.models import Commune

    rank = model.places.index.get(code)
    if rank is not None:
        return [rank]
    parts = Commune.objects.filter(parent_id=code).values_list("code", flat=True)
    return [model.places.index[part] for part in parts]


def reference_of(profession: str, day: datetime.date) -> "Series | None":
    """The series published by the DREES that is shown first: that of the zonage when it is loaded."""
    from maillage.apps.territories.published import reference

    return reference(profession, day)


def reference_json(series: "Series") -> dict[str, str]:
    """The series as :class:`ReferenceApl` describes it."""
    return {
        "libelle": series.indicator.label,
        "producteur": series.indicator.producer,
        "millesime": series.vintage,
    }
