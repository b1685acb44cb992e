"""Contracts that last several years: one shape for all, from which the variables of each are made.

A contract is four lines: its conditions, what it pays in the year of the contract that runs on the day asked, what it
pays in all, and the day it ends. A contract that runs (declared with its signature) keeps the rules of that day, and
the conditions of entry that were checked then; those that last are checked each year.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case, below, yes
from maillage.core.rules.base import Etat, Truth, Variable, all_of, any_of, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR, months_after, whole_years
from maillage.core.rules.simulation.spec import LineSpec

Rule = Callable[["Term"], Any]


@dataclass(frozen=True)
class Contract:
    """A contract and what a page says of it.

    ``code``: the variable of its conditions (« capii ») and its name in the form. ``id``: rule of the amount.
    ``name``: how pages call it. ``duration``: path of its duration in years. ``renewal``: « non », « une fois » or
    « oui » (as often as wished). ``entry``: what is checked at the signature; ``lasting``: each year. ``yearly`` and
    ``whole``: euros of the year, and in all. ``conditions`` and ``formula``: those, in words. ``no_double``: path of
    the yes or no on having two of them; ``others``: codes of the contracts that cannot run with it, ``excludes``: the
    ids of their amounts and of other aids that cannot be had with it. ``unsettled``: codes of the contracts that no
    text says can or cannot run with it. ``ten_years``: whether it is refused within ten years of another such aid.
    ``paid_during``: path of the years in which it pays, when they are fewer than those that it lasts. ``may_read``:
    paths that its conditions read in some cases only.
    """

    code: str
    id: str
    name: str
    group: str
    professions: tuple[str, ...]
    duration: str
    entry: Rule
    lasting: Rule
    yearly: Rule
    whole: Rule
    conditions: str
    formula: str
    todo: str
    fields: tuple[str, ...]
    who: str
    renewal: Literal["non", "une fois", "oui"] = "non"
    no_double: str = ""
    others: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    paid_during: str = ""
    ten_years: bool = True
    may_read: tuple[str, ...] = ()


class Term(Case):
    """A case seen from one contract: the day it is signed, the year of it that runs."""

    def __init__(self, contract: Contract, structure: Any, period: Any, parameters: Any = None) -> None:
        super().__init__(structure, period, parameters)
        self.contract = contract
        self.profession = self.among("profession", *contract.professions)
        self.may_apply = np.nan_to_num(self.profession, nan=1.0) > 0
        self.runs = self.words("contrat") == contract.code
        self.signed = np.where(self.runs, self.day("date_signature"), self.today)
        self.installed = self.day("date_installation", self.signed)
        self.years = whole_years(self.signed, self.today)

    def figure(self, path: str) -> Any:
        """A figure of the texts on the day of the signature, where the contract may apply."""
        return self.number(path, self.signed, self.may_apply)

    def allowed(self, name: str, path: str) -> Truth:
        """Whether a choice is in a list of the texts on the day of the signature."""
        return self.listed(name, path, self.signed, self.may_apply)

    def recent(self, path: str) -> Truth:
        """Whether the installation is recent enough at the signature."""
        return below(whole_years(self.installed, self.signed), self.figure(path))

    def condition(self) -> Truth:
        """Whether the contract is had, or can be signed on the day asked."""
        contract = self.contract
        entry = [contract.entry(self), self._alone(), self._settled()]
        if contract.ten_years:
            entry.append(self.among("delai_de_dix_ans", "remplie"))
        return all_of(self.profession, any_of(yes(self.runs), all_of(*entry)), contract.lasting(self), self._in_term())

    def end(self) -> Any:
        """The day it ends: that of its first term, or of the one that runs when it was renewed."""
        duration, renewed = self.figure(self.contract.duration), self._renewed() == 1
        passed = np.floor(self.years / duration)
        further = np.where(renewed, np.minimum(passed, 1) if self.contract.renewal == "une fois" else passed, 0)
        terms = 1 + further
        return months_after(self.signed, np.nan_to_num(MONTHS_IN_A_YEAR * duration * terms).astype(int))

    def _alone(self) -> Truth:
        if not self.contract.no_double:
            return yes(~np.isin(self.words("contrat"), self.contract.others))
        allowed = self.figure(self.contract.no_double)
        return any_of(allowed, yes(~np.isin(self.words("contrat"), self.contract.others)))

    def _settled(self) -> Truth:
        """Unknown while a contract runs that no text says can be had with this one."""
        return np.where(np.isin(self.words("contrat"), self.contract.unsettled), np.nan, 1.0)

    def _in_term(self) -> Truth:
        duration = self.figure(self.contract.duration)
        first, second = below(self.years, duration), below(self.years, duration + duration)
        if self.contract.renewal == "une fois":
            return any_of(first, all_of(second, self._renewed()))
        return any_of(first, self._renewed())

    def _renewed(self) -> Truth:
        return np.zeros(self.today.shape) if self.contract.renewal == "non" else self.truth("renouvele")


def lines_of(contract: Contract, module: str) -> dict[str, type[Variable]]:
    """The four variables of a contract, to be put in the globals of ``module``."""
    made = (_condition(contract), _year(contract), _whole(contract), _end(contract))
    return {name: type(name, (Variable,), {"__module__": module, **body}) for name, body in made}


def _condition(contract: Contract) -> tuple[str, dict[str, Any]]:
    def formula(structure: Any, period: Any, parameters: Any) -> Any:
        term = Term(contract, structure, period, parameters)
        return state_of(term.condition(), applies=term.may_apply)

    alone = " Un seul de ces contrats à la fois ; en cours : {contrat}." if contract.others else ""
    words = contract.conditions + alone + _doubt(contract)
    spec = _spec(contract, "-conditions", "condition", words, todo=contract.todo,
                 fields=contract.fields, may_read=contract.may_read)  # fmt: skip
    kind = {"value_type": Enum, "possible_values": Etat, "default_value": Etat.inconnue}
    return f"aides_{contract.code}", _body(f"{contract.name} : conditions", spec, formula, **kind)


def _doubt(contract: Contract) -> str:
    """The sentence on the contracts of which no text says whether they can be had with it; empty when none is."""
    if not contract.unsettled:
        return ""
    named = " ou ".join(code.upper() for code in contract.unsettled)
    return f" Avec un {named} en cours, aucun texte ne dit si les deux se cumulent."


def _year(contract: Contract) -> tuple[str, dict[str, Any]]:
    def formula(structure: Any, period: Any, parameters: Any) -> Any:
        return contract.yearly(_open(contract, structure, period, parameters))

    spec = _spec(contract, "", "montant", contract.formula, counted=True, only_if=f"aides_{contract.code}",
                 excludes=contract.excludes, todo=contract.todo, fields=contract.fields,
                 may_read=contract.may_read)  # fmt: skip
    name = f"aides_{contract.code}_montant"
    return name, _body(f"{contract.name} : l'année demandée", spec, formula, value_type=float, unit="euros par an")


def _whole(contract: Contract) -> tuple[str, dict[str, Any]]:
    def formula(structure: Any, period: Any, parameters: Any) -> Any:
        return contract.whole(_open(contract, structure, period, parameters))

    words = f"Sur toute la durée du contrat : {{aides.{contract.duration}}}."
    if contract.paid_during:
        words = f"Payé pendant {{aides.{contract.paid_during}}} ; le contrat dure {{aides.{contract.duration}}}."
    spec = _spec(contract, "-total", "repere", words, only_if=f"aides_{contract.code}")
    name = f"aides_{contract.code}_total"
    return name, _body(f"{contract.name} : montant entier", spec, formula, value_type=float, unit="euros")


def _end(contract: Contract) -> tuple[str, dict[str, Any]]:
    def formula(structure: Any, period: Any, parameters: Any) -> Any:
        return Term(contract, structure, period, parameters).end()

    renewed = {"non": "non renouvelable", "une fois": "renouvelable une fois", "oui": "renouvelable"}[contract.renewal]
    words = f"Signature, puis {{aides.{contract.duration}}} ; {renewed}."
    spec = _spec(contract, "-fin", "echeance", words, only_if=f"aides_{contract.code}")
    return f"aides_{contract.code}_fin", _body(f"{contract.name} : fin", spec, formula, value_type=datetime.date)


def _open(contract: Contract, structure: Any, period: Any, parameters: Any) -> Term:
    """The case, whose figures are needed only where the conditions are met or not yet known."""
    term = Term(contract, structure, period, parameters)
    term.may_apply &= term.open(contract.code)
    return term


def _spec(contract: Contract, suffix: str, nature: Any, words: str, **more: Any) -> LineSpec:
    return LineSpec("aides", contract.id + suffix, contract.group, nature, words, who=contract.who,
                    shown_for=("profession", *contract.professions), **more)  # fmt: skip


def _body(label: str, spec: LineSpec, formula: Any, **more: Any) -> dict[str, Any]:
    return {"entity": Structure, "definition_period": DAY, "label": label, "spec": spec, "formula": formula, **more}
