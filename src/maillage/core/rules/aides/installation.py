"""Contracts of the paramedical professions and midwives: what those of installation and of maintenance share."""

from collections.abc import Callable
from typing import Any

import numpy as np

from maillage.core.rules.aides.contract import Contract, Rule, Term
from maillage.core.rules.base import Truth, all_of

PAYER = "votre CPAM"


def trainee(term: Term, path: str) -> Any:
    """Euros of the year for the trainees received; none when nothing is said of them."""
    return term.figure(path) * np.nan_to_num(term.value("mois_de_stagiaire"))


def instalments(path: str, supplement: str = "") -> Rule:
    """The instalment of the year of the contract, with ``supplement`` by month of trainee."""

    def yearly(term: Term) -> Any:
        paid = term.instalment(path, term.years, term.signed, term.may_apply)
        return paid + trainee(term, supplement) if supplement else paid

    return yearly


def all_instalments(path: str) -> Rule:
    """The sum of the instalments."""
    return lambda term: term.whole(path, term.signed, term.may_apply)


def same_each_year(path: str, supplement: str = "") -> Rule:
    """The same amount each year, with ``supplement`` by month of trainee."""

    def yearly(term: Term) -> Any:
        return term.figure(path) + trainee(term, supplement) if supplement else term.figure(path)

    return yearly


def each_year_of(path: str, duration: str) -> Rule:
    """The amount of a year times the years of a term."""
    return lambda term: term.figure(path) * term.figure(duration)


def entry(*rules: Callable[[Term], Truth]) -> Rule:
    """Every condition holds."""
    return lambda term: all_of(*(rule(term) for rule in rules))


def in_zone(path: str) -> Rule:
    """The zone is one of those of the contract."""
    return lambda term: term.allowed("zone", path)


def in_team(path: str) -> Rule:
    """The practice is one of those of the contract."""
    return lambda term: term.allowed("exercice", path)


def said(field: str, expected: bool) -> Rule:
    """A yes or no is the one expected."""
    return lambda term: term.truth(field) if expected else 1 - term.truth(field)


def excluded_by(contract: str, family: dict[str, str]) -> dict[str, Any]:
    """``others`` and ``excludes`` of a contract among a ``family``: ids of rules by code of contract."""
    kept = {code: rule for code, rule in family.items() if code != contract}
    return {"others": tuple(kept), "excludes": tuple(kept.values())}


__all__ = [
    "PAYER", "Contract", "all_instalments", "each_year_of", "entry", "excluded_by", "in_team", "in_zone",
    "instalments", "said", "same_each_year", "trainee",
]  # fmt: skip
