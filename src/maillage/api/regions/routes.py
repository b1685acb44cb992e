"""What regions offer: who helps at each step, and their calls for projects."""

from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import WithJsonSchema

from maillage.api.answers import REFUSED
from maillage.api.regions.answers import Accompagnements, Appels
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.regions import NATIONAL, pack_codes

if TYPE_CHECKING:
    from maillage.core.rules.packs.call_search import Wanted

router = Router(tags=["Régions"])
Region = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "enum": [*pack_codes(), NATIONAL]}),
    Query(
        None, description="Une politique régionale, ou « national ». Par défaut, toutes (appels) ou la nation (aides)."
    ),
]
Structure = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "enum": ["ESP", "MSP", "CDS", "ESS", "CPTS"]}),
    Query(None, description="Une seule structure."),
]
State = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "enum": ["ouvert", "a_venir", "a_confirmer", "clos"]}),
    Query(None, description="Un seul état."),
]
Date = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "format": "date"}),
    Query(None, description="Le jour (AAAA-MM-JJ). Par défaut, aujourd'hui.", example="2026-11-22"),
]


@router.get(
    "/accompagnements",
    response={200: Accompagnements, **REFUSED},
    operation_id="lister_accompagnements",
    summary="Lister qui aide, à quelle étape",
)
def list_supports(request: HttpRequest, region: Region, structure: Structure, date: Date) -> dict[str, Any]:
    """Qui aide une équipe, avec quoi, sur quels documents, après quel avis et par quelle décision."""
    from maillage.core.rules.orientation import packs
    from maillage.core.rules.orientation.supports import supports_json

    wanted = asked({"region": region, "structure": structure, "date": date})
    code = None if wanted.region in ("", NATIONAL) else wanted.region
    return {
        "date": wanted.day.isoformat(),
        "region": code,
        "avertissement": packs.pack(code).avertissement if code else None,
        "accompagnements": supports_json(code, wanted.structure, wanted.day),
    }


@router.get(
    "/appels", response={200: Appels, **REFUSED}, operation_id="lister_appels", summary="Lister les appels à projets"
)
def list_calls(request: HttpRequest, region: Region, structure: Structure, etat: State, date: Date) -> dict[str, Any]:
    """Chaque appel connu, avec son état à une date ; « a_confirmer » quand ses jours ne sont pas publiés."""
    wanted = asked({"region": region, "structure": structure, "etat": etat, "date": date})
    return {"date": wanted.day.isoformat(), "appels": [call.as_dict() for call in wanted.calls()]}


def asked(query: dict[str, str | None]) -> "Wanted":
    """What a request asks. Raises :class:`BadInput`."""
    from maillage.core.rules.packs.call_search import read_wanted  # OpenFisca costs a second to import.

    given = {name: value for name, value in query.items() if value is not None}
    blank = [
        Problem(name, value, "une valeur ; sans elle, retirez le paramètre")
        for name, value in given.items()
        if not value
    ]
    wanted, problems = read_wanted(given, today=timezone.localdate())
    if blank or problems:
        raise BadInput([*blank, *problems])
    return wanted
