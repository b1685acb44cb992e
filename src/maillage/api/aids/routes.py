"""The aids: who may have them, who pays, how much, on which conditions."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import WithJsonSchema

from maillage.api.aids.answers import Aides
from maillage.api.answers import REFUSED
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.aids.aid import EVERYWHERE, KINDS, PAYERS, STEPS, WHO, Aid
from maillage.core.rules.dates import read_day
from maillage.core.rules.regions import NATIONAL, pack_codes

if TYPE_CHECKING:
    from maillage.core.rules.aids.search import Wanted

router = Router(tags=["Aides"])
# The name that the API gives to the facet « ou ».
REGION = "region"
Words = Annotated[
    str,
    Query("", max_length=80, description="Des mots du nom, du calcul, des conditions ou des textes.", example="zone"),
]
Date = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "format": "date"}),
    Query(None, description="Le jour (AAAA-MM-JJ) où l'on veut la demander. Par défaut, aujourd'hui."),
]


def _among(codes: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(codes)})


Who = Annotated[
    str | None, _among(WHO), Query(None, description="Une structure ou une profession.", example="infirmier")
]
Region = Annotated[
    str | None,
    _among((EVERYWHERE, NATIONAL, *pack_codes())),
    Query(
        None,
        description="Une politique régionale, avec les aides nationales qu'elle ne réécrit pas ; « national » : les "
        "seules aides nationales ; « toutes », par défaut.",
    ),
]
Step = Annotated[str | None, _among(STEPS), Query(None, description="Le moment où elle aide.")]
Payer = Annotated[str | None, _among(PAYERS), Query(None, description="La famille de celui qui paie.")]
Kind = Annotated[str | None, _among(KINDS), Query(None, description="Ce qu'elle est.")]


@router.get("", response={200: Aides, **REFUSED}, operation_id="lister_aides", summary="Chercher une aide")
def list_aids(
    request: HttpRequest, q: Words, qui: Who, region: Region, date: Date, etape: Step, payeur: Payer, type: Kind
) -> dict[str, Any]:
    """Chaque aide, nationale ou régionale, à une structure ou à un professionnel, que l'on peut demander ce jour-là."""
    from maillage.core.rules.aids.search import Wanted, search  # OpenFisca costs a second to import.

    today = timezone.localdate()
    day = today if date is None else read_day(date, today=today)
    facets = {"qui": qui, "ou": region, "etape": etape, "payeur": payeur, "type": type}
    asked = {name: value for name, value in facets.items() if value is not None}
    found = search(_checked(Wanted(day, q, **asked), asked))
    return {"date": day.isoformat(), "aides": [aid_json(aid, day) for aid in found]}


def aid_json(aid: Aid, day: datetime.date) -> dict[str, Any]:
    """An aid as :class:`Aide` describes it."""
    from maillage.core.rules.aids.on_day import on_day

    return {**aid.as_dict(on_day(aid, day)), "page": reverse("web:aide_detail", args=[aid.id])}


def _checked(wanted: "Wanted", asked: Mapping[str, str]) -> "Wanted":
    """The same filters; those that are wrong, or empty, are refused under the names that the API gives them."""
    from maillage.core.rules.aids.search import problems

    wrong = [
        Problem(REGION if problem.field == "ou" else problem.field, problem.value, problem.expected)
        for problem in problems(asked)
    ]
    if wrong:
        raise BadInput(wrong)
    return wanted
