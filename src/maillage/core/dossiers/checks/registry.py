"""The rules by name: what a check of a definition may name, and which ``parametres`` each takes.

A rule is a function (Facts, parameters) → Finding, with the model of its parameters. A number or a list may be written
in the YAML, or read from a parameter of the rules on the day: ``{parametre: cds.antenne.heures}``. A parameter without
a value on the day makes the check « à préciser »; one whose value is to confirm too, with what it would say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from pydantic import ValidationError

from maillage.core.dossiers.checks.facts import Facts
from maillage.core.dossiers.checks.results import Finding
from maillage.core.dossiers.definition import CheckData
from maillage.core.rules.packs.data import Data


class Parameters(Data):
    """The ``parametres`` of a rule that takes none; each rule derives its own. ``may_be_weak``: those of which a value
    to confirm is told by the rule itself."""

    may_be_weak: ClassVar[tuple[str, ...]] = ()

    def named(self) -> tuple[str, ...]:
        """The paths of the parameters of the rules that these name."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(each.parametre for each in values if isinstance(each, Named))

    def deciding(self) -> tuple[str, ...]:
        """The same, without those that may be weak."""
        weak = {getattr(self, name).parametre for name in self.may_be_weak}
        return tuple(each for each in self.named() if each not in weak)


class Named(Data):
    """A value read on the day from a parameter of the rules (core/rules/parameters, or the pack of the region)."""

    parametre: str


class NotEstablished(Exception):
    """A value that the texts do not give for sure on the day; its message says why, in French."""


P = TypeVar("P", bound=Parameters)
Applied = Callable[[Facts, P], Finding]
Quantity = Decimal | Named
Names = tuple[str, ...] | Named


@dataclass(frozen=True)
class Rule:
    """A function that checks, with the model of its parameters."""

    name: str
    apply: Callable[[Facts, Any], Finding]
    parameters: type[Parameters]

    @property
    def explanation(self) -> str:
        """What the rule says of itself: the text of its function."""
        return (self.apply.__doc__ or "").strip()


RULES: dict[str, Rule] = {}


def rule(name: str, parameters: type[P]) -> Callable[[Applied[P]], Applied[P]]:
    """Put a function in the registry under a name."""

    def kept(function: Applied[P]) -> Applied[P]:
        RULES[name] = Rule(name, function, parameters)
        return function

    return kept


def quantity(facts: Facts, written: Quantity) -> Decimal:
    """A number, from the YAML or from its parameter on the day. Raises :class:`NotEstablished`."""
    return Decimal(str(_value(facts, written.parametre))) if isinstance(written, Named) else written


def names(facts: Facts, written: Names) -> tuple[str, ...]:
    """A list of codes, from the YAML or from its parameter on the day. Raises :class:`NotEstablished`."""
    return tuple(str(each) for each in _value(facts, written.parametre)) if isinstance(written, Named) else written


def applied(check: CheckData, facts: Facts) -> Finding:
    """What the rule of a check finds. Raises ``KeyError`` for a rule that does not exist, ``ValidationError`` for
    parameters that it does not take: the definitions are tested for both."""
    found = RULES[check.regle]
    parameters = found.parameters.model_validate(check.parametres)
    try:
        finding = found.apply(facts, parameters)
    except NotEstablished as unknown:
        return Finding("inconnu", str(unknown), to_confirm=str(unknown))
    weak = [facts.figures[path].why for path in parameters.deciding() if path in facts.figures]
    return _weakened(finding, [each for each in dict.fromkeys(weak) if each])


def problem_of(check: CheckData) -> str:
    """What is wrong in what a definition says of a check: no such rule, or parameters it does not take."""
    if check.regle not in RULES:
        return f"{check.code} : la règle « {check.regle} » n'existe pas"
    try:
        RULES[check.regle].parameters.model_validate(check.parametres)
    except ValidationError as refused:
        return f"{check.code} : {refused}"
    return ""


def paths_of(checks: Mapping[str, CheckData] | tuple[CheckData, ...]) -> tuple[str, ...]:
    """The parameters of the rules that checks name, to be read before they are applied."""
    rows = checks.values() if isinstance(checks, Mapping) else checks
    found = [path for check in rows for path in RULES[check.regle].parameters.model_validate(check.parametres).named()]
    return tuple(dict.fromkeys(found))


def _weakened(finding: Finding, weak: list[str]) -> Finding:
    """A finding that rests on values to confirm: « à préciser », with what they would say."""
    if not weak or finding.state == "inconnu":
        return finding
    met = "Avec la valeur connue, la condition serait remplie."
    missing = met if finding.state == "remplie" else f"Avec la valeur connue, elle ne le serait pas. {finding.missing}"
    told = " ; ".join([*([finding.to_confirm] if finding.to_confirm else []), *weak])
    return replace(finding, state="inconnu", missing=missing.strip(), to_confirm=told)


def _value(facts: Facts, path: str) -> Any:
    known = facts.figures.get(path)
    if known is None or known.value is None:
        why = known.why if known and known.why else "aucune valeur n'est établie à cette date"
        raise NotEstablished(f"La valeur à appliquer est à confirmer : {why}.")
    return known.value
