"""Readings of the texts other than the default one, as OpenFisca reforms."""

from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform


class ArrondiDuGuideCnam(Reform):
    """Concertation rounded as the worked examples of the CNAM guide do (MSP-2.3-05), instead of exactly."""

    name = "Concertation : arrondi du guide de la CNAM"

    def apply(self) -> None:
        """Change one parameter."""
        self.modify_parameters(modifier_function=_round_as_the_guide)


def _round_as_the_guide(parameters: ParameterNode) -> ParameterNode:
    parameters.aci_msp.concertation.mode_de_calcul.update(start="2022-01-01", value="guide_cnam")
    return parameters
