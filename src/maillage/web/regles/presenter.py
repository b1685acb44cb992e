"""What the pages of the rules show, as plain rows: labels, values in French, links already chosen."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel import french
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.catalogue import Case, Rule, cases_of, rules, users_of_parameter
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.orientation import packs
from maillage.core.rules.system import system
from maillage.core.rules.texts import DatedValue, ParameterText

DOMAINS = {
    "esp": "Équipe de soins primaires (ESP)",
    "msp": "Maison de santé (MSP)",
    "cds": "Centre de santé (CDS)",
    "ess": "Équipe de soins spécialisés (ESS)",
    "cpts": "Communauté professionnelle territoriale de santé (CPTS)",
    "aci_msp": "ACI des maisons de santé",
    "financements": "Aides et financements",
}
"""The families under which rules and parameters are listed, in the order of the page."""

INPUTS = "Faits donnés"


@dataclass(frozen=True)
class ParameterRow:
    """A parameter on a day: ``value`` is in French, ``None`` when it is to be confirmed (``why`` says why)."""

    text: ParameterText
    domain: str
    value: str | None
    dated: DatedValue | None
    why: str
    to_confirm: bool


@dataclass(frozen=True)
class RuleRow:
    """A rule in a list; ``family`` is the name of its domain."""

    rule: Rule
    domain: str
    family: str


@dataclass(frozen=True)
class RegionalValue:
    """What a region's policy says of a parameter on a day."""

    pack: str
    label: str
    value: str | None
    dated: DatedValue | None


def parameter_row(text: ParameterText, date: datetime.date) -> ParameterRow:
    """The row of one parameter on ``date``."""
    domain = text.path.split(".")[0]
    try:
        dated = text.at(date)
    except UnknownValue as unknown:
        return ParameterRow(text, domain, None, None, str(unknown), to_confirm=True)
    doubtful = dated.confidence == "C" or text.to_check_at(date)
    why = text.to_check_reason if text.to_check_at(date) else dated.reason
    return ParameterRow(text, domain, french.quantity(dated.value, text.unit), dated, why, doubtful)


def parameter_rows(date: datetime.date, pack: str = "") -> list[ParameterRow]:
    """Every parameter on ``date`` under a region's policy, by domain then path."""
    rows = [parameter_row(text, date) for text in system(pack).texts()]
    order = list(DOMAINS)
    return sorted(rows, key=lambda row: (order.index(row.domain) if row.domain in order else 99, row.text.path))


def rule_rows() -> list[RuleRow]:
    """Every rule that has a formula, by domain."""
    found = [
        RuleRow(rule, domain, DOMAINS.get(domain, "Autres calculs"))
        for rule in rules().values()
        if not rule.is_given
        for domain in [domain_of(rule.name)]
    ]
    order = list(DOMAINS)
    return sorted(found, key=lambda row: order.index(row.domain) if row.domain in order else 99)


def domain_of(name: str) -> str:
    """The domain of a rule, from its name (« aci_msp_montant » is of « aci_msp »)."""
    return next((code for code in sorted(DOMAINS, key=len, reverse=True) if name.startswith(f"{code}_")), "")


def regions() -> list[tuple[str, str]]:
    """Codes and names of the regions whose policy is written."""
    return [(code, packs.pack(code).libelle) for code in packs.pack_codes()]


def matches(words: str, *texts: str) -> bool:
    """Whether every word searched is in one of the texts, whatever the accents and the case."""
    haystack = french.fold(" ".join(texts))
    return all(word in haystack for word in french.fold(words).split())


def history(text: ParameterText) -> Iterator[tuple[DatedValue, str | None]]:
    """Values of a parameter, the most recent first, each with its French writing."""
    for dated in reversed(text.values):
        yield dated, None if dated.value is None else french.quantity(dated.value, text.unit)


def regional_values(path: str, date: datetime.date) -> list[RegionalValue]:
    """The regions whose policy changes this parameter."""
    return [
        RegionalValue(pack, packs.pack(pack).libelle, row.value, row.dated)
        for pack in packs.pack_codes()
        if (text := system(pack).text(path)).pack
        for row in [parameter_row(text, date)]
    ]


def aids_using(path: str) -> list[str]:
    """The aids whose amount this parameter gives: a sentence each, with the structure."""
    found = {
        f"{packs.nation().noms[structure]} : {aid.libelle}"
        for structure in STRUCTURE_CODES
        for region in (None, *packs.pack_codes())
        for aid in packs.aids(region, structure)
        if path in (aid.parametre, aid.minimum, aid.maximum)
        or (aid.par_taille and path.startswith(f"{aid.par_taille}."))
    }
    return sorted(found)


def rules_named(names: Iterable[str]) -> list[Rule]:
    """The rules of these names, those with a label a person reads."""
    known = rules()
    return [known[name] for name in names if name in known]


def cases_of_parameter(path: str) -> list[Case]:
    """The cases of every rule that uses the parameter, each once."""
    found = (case for rule in users_of_parameter(path) for case in cases_of(rule.name))
    return list({(case.file, case.name): case for case in found}.values())


def export_rows(rows: Iterable[ParameterRow]) -> Iterator[tuple[Any, ...]]:
    """Rows of the downloaded table of parameters (see :data:`EXPORT_HEADER`)."""
    for row in rows:
        dated = row.dated
        yield (
            row.text.path,
            row.text.label,
            french.quantity(dated.value) if dated else "à confirmer",
            row.text.unit,
            dated.since.isoformat() if dated else "",
            (dated.until.isoformat() if dated.until else "") if dated else "",
            (dated.confidence or "") if dated else "",
            " ; ".join(ref.title for ref in dated.references) if dated else "",
            row.why,
        )


EXPORT_HEADER = (
    "chemin", "libellé", "valeur", "unité", "depuis", "jusqu'au", "confiance", "textes", "à confirmer",
)  # fmt: skip
