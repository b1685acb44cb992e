"""The simulator of the ACI of a maison de santé."""

from maillage.core.rules.aci_msp.results import IndicatorResult, ParameterUse, Simulation, ToConfirm

__all__ = ["IndicatorResult", "ParameterUse", "Simulation", "ToConfirm"]
