"""The OpenFisca system of the rules: entities, variables, parameters, and the regional packs laid over them."""

import datetime
import functools
import importlib
import importlib.metadata
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openfisca_core import periods
from openfisca_core.parameters import Parameter, ParameterNode, ParameterNodeAtInstant
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from maillage.core.rules import variables
from maillage.core.rules.base import Variable
from maillage.core.rules.entities import ENTITIES
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.texts import ParameterText, parameters_of, read_parameter

PACKAGE = "maillage"
RULES = Path(__file__).parent
PARAMETERS = RULES / "parameters"
PACKS = RULES / "packs"
# Days remembered by each system (31 KiB a day): a visitor who walks every date must not fill the memory.
MOST_DATES = 256


class DatedNode(ParameterNodeAtInstant):
    """Parameters at a date; asking for one that has no value raises :class:`UnknownValue`."""

    def __init__(self, node: ParameterNode, instant: str) -> None:
        self._name, self._instant_str, self._node = node.name, instant, node
        self._children: dict[str, Any] = {}
        for name, child in node.children.items():
            value = DatedNode(child, instant) if isinstance(child, ParameterNode) else child.get_at_instant(instant)
            if value is not None:
                self.add_child(name, value)

    def __getattr__(self, key: str) -> Any:
        child = self.__dict__["_node"].children.get(key)
        if isinstance(child, Parameter):
            read_parameter(child).at(datetime.date.fromisoformat(self._instant_str))
        return super().__getattr__(key)

    def __getitem__(self, key: Any) -> Any:
        return getattr(self, key) if isinstance(key, str) else super().__getitem__(key)


class DatedParameters:
    """What a system and the reforms of it share: parameters that know the dates of their texts."""

    parameters: ParameterNode
    _parameters_at_instant_cache: dict[str, DatedNode]

    def get_parameters_at_instant(self, instant: Any) -> DatedNode:
        """Parameters on a day (a date, a period or its first day)."""
        start = instant.start if isinstance(instant, periods.Period) else periods.instant(str(instant))
        key, cache = str(start), self._parameters_at_instant_cache
        node = cache.get(key)
        if node is None:
            node = DatedNode(self.parameters, key)
            if len(cache) >= MOST_DATES:
                cache.pop(next(iter(cache), key), None)
            cache[key] = node
        return node


class CountryTaxBenefitSystem(DatedParameters, TaxBenefitSystem):
    """The national rules, or those of a region when ``pack`` names a folder of ``packs/``.

    A pack holds a tree ``parametres/`` that mirrors the national one: from its first date on, each value of the
    pack replaces the national value of the same path.
    """

    def __init__(self, pack: str = "") -> None:
        super().__init__(ENTITIES)
        # OpenFisca's own dictionary is one for all systems: a region would read the values of another.
        self._parameters_at_instant_cache = {}
        self.pack = pack
        self.add_variables(*variable_classes())
        self.parameters = ParameterNode("", directory_path=str(PARAMETERS))
        if pack:
            lay_over(self.parameters, ParameterNode("", directory_path=str(PACKS / pack / "parametres")), pack)

    def get_package_metadata(self) -> dict[str, str]:
        """What the rules' web API says of the package (OpenFisca's own needs a project URL named « Repository »)."""
        package = importlib.metadata.metadata(PACKAGE)
        urls = dict(line.split(", ", 1) for line in package.get_all("Project-URL") or ())
        return {
            "name": PACKAGE,
            "version": package["Version"],
            "repository_url": urls.get("Source", ""),
            "location": str(RULES.parents[2]),
        }

    def text(self, path: str) -> ParameterText:
        """The parameter of this path. Raises ``KeyError`` when there is none (a group of parameters is not one)."""
        node: Any = self.parameters
        for part in path.split("."):
            node = getattr(node, "children", {})[part]
        if not isinstance(node, Parameter):
            raise KeyError(path)
        return read_parameter(node)

    def texts(self) -> Iterator[ParameterText]:
        """Every parameter, in the order of paths."""
        return (read_parameter(parameter) for parameter in parameters_of(self.parameters))


@functools.cache
def system(pack: str = "") -> CountryTaxBenefitSystem:
    """The rules of a region (or of the nation), built once. It is read-only: never change it."""
    return CountryTaxBenefitSystem(pack)


@functools.cache
def variable_classes() -> tuple[type[Variable], ...]:
    """Every variable class of ``variables/``, in the order of modules, then as each module writes them."""
    modules = (
        importlib.import_module(f"{variables.__name__}.{info.name}")
        for info in pkgutil.iter_modules(variables.__path__)
    )
    return tuple(cls for module in modules for cls in _variables_in(module))


def lay_over(national: ParameterNode, regional: ParameterNode, pack: str) -> None:
    """Put the values of ``regional`` over those of ``national``, in place.

    Raises ``ValueError`` when a path of the pack is not a path of the nation: a pack changes values, not rules.
    """
    for name, child in regional.children.items():
        below = national.children.get(name)
        if type(below) is not type(child):
            raise ValueError(f"pack {pack}: {child.name} is not a national parameter")
        if isinstance(child, ParameterNode):
            lay_over(below, child, pack)
        else:
            _lay_parameter(below, child, pack)


def _lay_parameter(national: Parameter, regional: Parameter, pack: str) -> None:
    first = min(value.instant_str for value in regional.values_list)
    national.values_list = regional.values_list + [v for v in national.values_list if v.instant_str < first]
    national.metadata = {**national.metadata, **regional.metadata, "pack": pack}
    national.documentation = regional.documentation or national.documentation
    national.file_path = regional.file_path


def _variables_in(module: Any) -> Iterator[type[Variable]]:
    for cls in vars(module).values():
        if isinstance(cls, type) and issubclass(cls, Variable) and cls.__module__ == module.__name__:
            yield cls


__all__ = ["CountryTaxBenefitSystem", "DatedNode", "UnknownValue", "system"]
