"""Simulators."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router

from maillage.api.answers import REFUSED_BODY
from maillage.api.application import JsonBody
from maillage.api.simulations.answers import SimulationAciMsp
from maillage.api.simulations.kit import add_routes
from maillage.core.rules.aci_msp.situation import SituationAciMsp

router = Router(tags=["Simulations"])
EXAMPLE = {
    "annee": 2025,
    "patientele": 4000,
    "associes": 10,
    "amplitude_horaire": 12,
    "samedi_matin": True,
    "soins_non_programmes": True,
    "plan_crise": True,
    "coordination": True,
    "protocoles": 3,
    "si_standard": True,
}


@router.post(
    "/aci-msp",
    response={200: SimulationAciMsp, **REFUSED_BODY},
    operation_id="simuler_aci_msp",
    summary="Simuler l'ACI d'une MSP",
)
def simulate_aci_msp(
    request: HttpRequest, situation: Annotated[SituationAciMsp, JsonBody(..., example=EXAMPLE)]
) -> dict[str, Any]:
    """Le montant d'une année civile, indicateur par indicateur, avec les textes et ce qui manque pour gagner plus.

    Ce qui n'est pas donné compte comme non fait.
    """
    from maillage.core.rules.aci_msp.simulation import simulate  # OpenFisca costs a second to import.

    return simulate(situation).as_dict()


add_routes(router)
