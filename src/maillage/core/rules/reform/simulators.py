"""The amounts of every simulator under given rules: that of the ACI of the MSP, and those of the shared kit."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from maillage.core.rules.aci_msp import engine as aci_msp
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.simulation.engine import totals
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import CountryTaxBenefitSystem

ACI_MSP = "aci-msp"
CODES = (ACI_MSP, *(code for code, simulator in SIMULATORS.items() if simulator.total))
"""The simulators whose lines add up to an amount."""


def model_of(code: str) -> type[BaseModel]:
    """The situation of a simulator."""
    return SituationAciMsp if code == ACI_MSP else SIMULATORS[code].model


def amounts(
    code: str, situations: Sequence[Any], rules: CountryTaxBenefitSystem, *, established: bool = False
) -> NDArray[np.float64]:
    """Euros by situation, shape (n,), under ``rules``; not-a-number where an amount is not established.

    ``established``: the sum of those that are. The ACI of the MSP is known as a whole, or not at all.
    """
    if code == ACI_MSP:
        return aci_msp.amounts(situations, rules)
    return totals(SIMULATORS[code], situations, rules, established=established)
