"""From a team and a place to the structures that fit."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from maillage.api.answers import REFUSED_BODY
from maillage.api.application import JsonBody
from maillage.api.orientation.answers import ReponseOrientation
from maillage.apps.orientation.queries import answer
from maillage.core.rules.orientation.example import EXAMPLE
from maillage.core.rules.orientation.situation import SituationOrientation

router = Router(tags=["Orientation"])


@router.post(
    "",
    response={200: ReponseOrientation, **REFUSED_BODY},
    operation_id="orienter",
    summary="Trouver la structure d'une équipe",
)
def orient(
    request: HttpRequest, situation: Annotated[SituationOrientation, JsonBody(..., example=EXAMPLE)]
) -> dict[str, Any]:
    """Pour une équipe et une commune : laquelle des cinq structures, pourquoi, comment et avec quel argent.

    Seules la date et la commune sont obligatoires ; ce qui n'est pas donné rend une condition « inconnue ».
    """
    return answer(situation, today=timezone.localdate()).as_dict()
