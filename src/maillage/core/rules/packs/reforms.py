"""Each regional policy as an OpenFisca reform: a folder is enough, no class is to be written."""

import functools
from typing import Any, ClassVar

from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform

from maillage.core.rules.orientation.packs import pack
from maillage.core.rules.regions import pack_codes
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


def reform_name(code: str) -> str:
    """The name of the reform of a folder.

    >>> reform_name("centre_val_de_loire")
    'CentreValDeLoire'
    """
    return "".join(word.capitalize() for word in code.split("_"))


@functools.cache
def reform_named(name: str) -> type[RegionalPack]:
    """The reform of this name. Raises ``KeyError`` when no pack has it."""
    code = {reform_name(code): code for code in pack_codes()}[name]
    return type(name, (RegionalPack,), {"name": pack(code).libelle, "code": code, "__doc__": pack(code).libelle})
