"""The aids: who may have them, who pays, how much, on which conditions."""

import datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import WithJsonSchema

from maillage.api.aids.answers import Aides
from maillage.api.answers import REFUSED
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.dates import read_day
from maillage.core.rules.regions import NATIONAL, pack_codes

if TYPE_CHECKING:
    from maillage.core.rules.aids.aid import Aid

router = Router(tags=["Aides"])
# The name of a facet in the address of the API, when it has another.
REGION = "region"
Words = Annotated[
    str,
    Query("", max_length=80, description="Des mots du nom, du calcul, des conditions ou des textes.", example="zone"),
]
Who = Annotated[str, Query("", description="Une structure (MSP, CDS…) ou une profession.", example="infirmier")]
Region = Annotated[
    str,
    WithJsonSchema({"type": "string", "enum": ["toutes", NATIONAL, *pack_codes()]}),
    Query(
        "toutes",
        description="Une politique régionale, avec les aides nationales qu'elle ne réécrit pas ; « national » : les "
        "seules aides nationales.",
    ),
]
Date = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "format": "date"}),
    Query(None, description="Le jour (AAAA-MM-JJ) où l'on veut la demander. Par défaut, aujourd'hui."),
]
Step = Annotated[
    str,
    Query("", description="creation, formation, installation, fonctionnement, investissement ou maintien."),
]
Payer = Annotated[
    str,
    Query("", description="assurance_maladie, ars, etat, region, collectivites, europe ou impots."),
]
Kind = Annotated[
    str,
    Query("", description="forfait, subvention, consultant, exoneration, cotisations, garantie ou bourse."),
]


@router.get("", response={200: Aides, **REFUSED}, operation_id="lister_aides", summary="Chercher une aide")
def list_aids(
    request: HttpRequest, q: Words, qui: Who, region: Region, date: Date, etape: Step, payeur: Payer, type: Kind
) -> dict[str, Any]:
    """Chaque aide, nationale ou régionale, à une structure ou à un professionnel, que l'on peut demander ce jour-là."""
    from maillage.core.rules.aids.search import Wanted, search  # OpenFisca costs a second to import.

    today = timezone.localdate()
    day = read_day(date, today=today) if date else today
    found = search(_checked(Wanted(day, q, qui, region, etape, payeur, type)))
    return {"date": day.isoformat(), "aides": [aid_json(aid, day) for aid in found]}


def aid_json(aid: "Aid", day: datetime.date) -> dict[str, Any]:
    """An aid as :class:`Aide` describes it."""
    from maillage.core.rules.aids.on_day import on_day

    return {**aid.as_dict(on_day(aid, day)), "page": reverse("web:aide_detail", args=[aid.id])}


def _checked(wanted: Any) -> Any:
    """The same filters, refused under the names that the API gives them."""
    from maillage.core.rules.aids.search import checked

    try:
        return checked(wanted)
    except BadInput as wrong:
        renamed = [
            Problem(REGION if problem.field == "ou" else problem.field, problem.value, problem.expected)
            for problem in wrong.problems
        ]
        raise BadInput(renamed) from None
