"""What the pages of the rules show, as plain rows: labels, values in French, links already chosen."""

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from maillage.core.kernel import french
from maillage.core.rules import listing
from maillage.core.rules.catalogue import Case, Rule, cases_of, rules, users_of_parameter
from maillage.core.rules.orientation import packs
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system
from maillage.core.rules.texts import DatedValue, ParameterText
from maillage.web.regles.asked import Asked

INPUTS = "Faits donnés"


@dataclass(frozen=True)
class ParameterRow:
    """A parameter on a day: ``value`` is in French, ``None`` when it is to be confirmed (``why`` says why).

    ``warning`` says that a newer text may have changed it since the last check.
    """

    text: ParameterText
    domain: str
    value: str | None
    dated: DatedValue | None
    why: str
    to_confirm: bool
    warning: str = ""


@dataclass(frozen=True)
class Family:
    """The rules or the parameters of one domain, under its name."""

    domain: str
    label: str
    rows: tuple[Any, ...]


@dataclass(frozen=True)
class RegionalPolicy:
    """What to say once of a region's policy: its warning, and the values that it leaves to confirm on a day."""

    code: str
    label: str
    warning: str
    doubtful: tuple[ParameterRow, ...]


@dataclass(frozen=True)
class RegionalValue:
    """What a region's policy says of a parameter on a day."""

    pack: str
    label: str
    value: str | None
    dated: DatedValue | None


def parameter_row(text: ParameterText, date: datetime.date) -> ParameterRow:
    """The row of one parameter on ``date``."""
    domain = listing.domain_of_path(text.path)
    dated = text.in_force(date)
    doubt = text.doubt_at(date)
    if dated is None or dated.value is None:
        return ParameterRow(text, domain, None, None, doubt, to_confirm=True)
    value = french.quantity(dated.value, text.unit)
    warning = text.warning_at(date, today=timezone.localdate())
    return ParameterRow(text, domain, value, dated, doubt or dated.reason, bool(doubt), warning)


def parameter_rows(asked: Asked) -> list[ParameterRow]:
    """The parameters that answer what is asked, on its day, under its region's policy, by domain then path."""
    rows = (parameter_row(text, asked.date) for text in listing.search_parameters(asked.words, asked.region))
    return [
        row for row in rows if (not asked.domain or row.domain == asked.domain) and (not asked.state or row.to_confirm)
    ]


def rule_rows(asked: Asked) -> list[Rule]:
    """The rules that answer what is asked, by domain; none when only what is to confirm is."""
    if asked.state:
        return []
    found = listing.search_rules(asked.words)
    return [rule for rule in found if not asked.domain or listing.domain_of_rule(rule.name) == asked.domain]


def families(rows: Iterable[Any], domain_of: Callable[[Any], str]) -> list[Family]:
    """Rows that come by domain, put together."""
    grouped = itertools.groupby(rows, key=lambda row: listing.domain_label(domain_of(row)))
    together = ((label, tuple(members)) for label, members in grouped)
    return [Family(domain_of(members[0]), label, members) for label, members in together]


def policy(code: str, date: datetime.date) -> RegionalPolicy | None:
    """What to say of the policy of a region; nothing for the nation."""
    if not code:
        return None
    described = packs.pack(code)
    rows = (parameter_row(text, date) for text in listing.search_parameters("", code) if text.pack)
    doubtful = tuple(row for row in rows if row.to_confirm)
    return RegionalPolicy(code, described.libelle, described.avertissement, doubtful)


def regions() -> list[tuple[str, str]]:
    """Codes and names of the regions whose policy is written."""
    return [(code, packs.pack(code).nom) for code in pack_codes()]


def history(text: ParameterText) -> Iterator[tuple[DatedValue, str | None, datetime.date | None]]:
    """Values of a parameter, the most recent first, each with its French writing and the last day it is checked for."""
    for dated in reversed(text.values):
        value = None if dated.value is None else french.quantity(dated.value, text.unit)
        yield dated, value, text.value_checked_until(dated)


def regional_values(path: str, date: datetime.date) -> list[RegionalValue]:
    """The regions whose policy changes this parameter."""
    return [
        RegionalValue(pack, packs.pack(pack).libelle, row.value, row.dated)
        for pack in pack_codes()
        if (text := system(pack).text(path)).pack
        for row in [parameter_row(text, date)]
    ]


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
            row.text.checked_until.isoformat(),
            row.why,
        )


EXPORT_HEADER = (
    "chemin", "libellé", "valeur", "unité", "depuis", "jusqu'au", "confiance", "textes", "vérifié jusqu'au",
    "à confirmer",
)  # fmt: skip
