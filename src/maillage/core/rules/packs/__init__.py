"""Regional policies: values laid over the national ones. Each is also an OpenFisca reform, for the YAML cases
(``reforms: maillage.core.rules.packs.Bretagne``) and for whoever composes systems.
"""

from typing import Any, ClassVar

from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform

from maillage.core.rules.system import PACKS, DatedParameters, lay_over


class RegionalPack(DatedParameters, Reform):
    """The national rules with the values of one region; ``code`` names its folder."""

    code: ClassVar[str]

    def apply(self) -> None:
        """Lay the parameters of the region over those of the baseline."""
        self.modify_parameters(self._with_region)

    def _with_region(self, national: Any) -> Any:
        regional = ParameterNode("", directory_path=str(PACKS / self.code / "parametres"))
        lay_over(national, regional, self.code)
        return national


class Bretagne(RegionalPack):
    """Politique de l'ARS Bretagne."""

    name = "Politique régionale de Bretagne"
    code = "bretagne"


class Paca(RegionalPack):
    """Politique de Provence-Alpes-Côte d'Azur."""

    name = "Politique régionale de Provence-Alpes-Côte d'Azur"
    code = "paca"


class CentreValDeLoire(RegionalPack):
    """Politique du Centre-Val de Loire."""

    name = "Politique régionale du Centre-Val de Loire"
    code = "centre_val_de_loire"
