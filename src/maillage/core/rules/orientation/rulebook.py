"""The rules of a region, read once: conditions by structure, texts by path, the engine that evaluates them."""

import datetime
import functools
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel import french
from maillage.core.rules.base import STRUCTURE_CODES, ConditionSpec, StructureCode
from maillage.core.rules.orientation.packs import nation
from maillage.core.rules.orientation.results import Citation
from maillage.core.rules.system import CountryTaxBenefitSystem, system
from maillage.core.rules.texts import DatedValue, ParameterText


@dataclass(frozen=True)
class RuleBook:
    """``conditions`` maps a structure to its variables (name, label, what the module says), in the order of modules."""

    engine: CountryTaxBenefitSystem
    conditions: dict[StructureCode, tuple[tuple[str, str, ConditionSpec], ...]]
    texts: dict[str, ParameterText]

    def value(self, path: str, date: datetime.date) -> Any:
        """The value of a parameter on a day. Raises ``UnknownValue`` when none is established."""
        return self.texts[path].at(date).value

    def citation(self, path: str, date: datetime.date) -> Citation | None:
        """The first text of a parameter on a day, the strongest, even when it gives no value; ``None`` without text."""
        dated = self.in_force(path, date)
        if dated is None or not dated.references:
            return None
        first = dated.references[0]
        return Citation(first.title, first.href, dated.confidence, dated.since)

    def in_force(self, path: str, date: datetime.date) -> DatedValue | None:
        """The entry of a parameter on a day, established or not; ``None`` before the first."""
        return next((dated for dated in reversed(self.texts[path].values) if dated.since <= date), None)

    def unknown_because(self, path: str, date: datetime.date) -> str:
        """Why a parameter has no value on a day, in French."""
        dated = self.in_force(path, date)
        if dated is not None and dated.reason:
            return dated.reason
        known = self.texts[path].known
        if known and date < known[0]:
            return f"première valeur connue au {french.day(known[0])}"
        return "aucune valeur n'est établie à cette date"

    def doubt(self, path: str, date: datetime.date) -> str:
        """Why a known value is not certain in itself on a day: not read again, or a weak source. Empty when it is.

        A newer text that touches many values is a :meth:`reserve`, not a doubt on each.
        """
        text = self.texts[path]
        if text.to_check_at(date) and not self.reserve(path, date):
            return text.to_check_reason
        dated = self.in_force(path, date)
        if dated is None or dated.confidence != "C":
            return ""
        return dated.reason or "source incertaine (confiance C)"

    def reserve(self, path: str, date: datetime.date) -> str:
        """The newer text, told once in an answer, that may change a value on a day. Empty when there is none."""
        text = self.texts[path]
        general = {reserve.motif for reserve in nation().reserves}
        return text.to_check_reason if text.to_check_at(date) and text.to_check_reason in general else ""


@functools.cache
def rulebook(pack: str | None) -> RuleBook:
    """The rules of a region, or of the nation. Built once per region: never change it."""
    engine = system(pack or "")
    described = [
        (name, variable.label or name, variable.spec)
        for name, variable in engine.variables.items()
        if isinstance(getattr(variable, "spec", None), ConditionSpec)
    ]
    return RuleBook(
        engine=engine,
        conditions={
            code: tuple(condition for condition in described if condition[2].structure == code)
            for code in STRUCTURE_CODES
        },
        texts={text.path: text for text in engine.texts()},
    )
