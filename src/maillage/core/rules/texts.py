"""Reading a parameter as a person does: its value at a date, since when, by which text, how sure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from openfisca_core.parameters import Parameter, ParameterNode

from maillage.core.kernel import french
from maillage.core.rules.errors import UnknownValue

Confidence = Literal["A", "B", "C"]
WEAK = "source incertaine (confiance C)"
FRESH_MONTHS = 12
"""Months after the last reading during which a value needs no warning: conventions and finance acts are revised by the
year, so a reading of less than a year has missed none of their usual dates."""


@dataclass(frozen=True)
class Reference:
    """A text: its title and, when one is recorded, its address."""

    title: str
    href: str | None


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter: ``value`` is ``None`` when the text is repealed or not established (see ``reason``,
    which also says why a value of confidence C is weak).

    ``since`` and ``until`` are inclusive days; ``until`` is ``None`` while no end is known.
    """

    value: Any
    since: datetime.date
    until: datetime.date | None
    confidence: Confidence | None
    references: tuple[Reference, ...]
    reason: str = ""


@dataclass(frozen=True)
class ParameterText:
    """A parameter and the whole history of its values, oldest first.

    ``unit`` is in French; ``checked_on`` is the last day on which a person held the value against its text;
    ``to_check_from`` the day from which a text known to exist may have changed it, with ``to_check_reason``;
    ``ids`` the rule ids of the knowledge base; ``pack`` the region whose policy gives it, empty for the nation.
    """

    path: str
    label: str
    unit: str
    values: tuple[DatedValue, ...]
    checked_on: datetime.date
    to_check_from: datetime.date | None = None
    to_check_reason: str = ""
    ids: tuple[str, ...] = ()
    note: str = ""
    pack: str = ""

    @property
    def known(self) -> tuple[datetime.date, ...]:
        """First days of the established values."""
        return tuple(dated.since for dated in self.values if dated.value is not None)

    def in_force(self, date: datetime.date) -> DatedValue | None:
        """The entry in force on ``date``, established or not; ``None`` before the first."""
        return next((dated for dated in reversed(self.values) if dated.since <= date), None)

    def at(self, date: datetime.date) -> DatedValue:
        """The value in force on ``date``. Raises :class:`UnknownValue` when none is established."""
        found = self.in_force(date)
        if found is None or found.value is None:
            raise UnknownValue(self.path, self.label, date, self.known, found.reason if found else "")
        return found

    @property
    def checked_until(self) -> datetime.date:
        """The last day for which the values were held against their texts: the eve of a newer text, if one is known."""
        eve = self.to_check_from - datetime.timedelta(days=1) if self.to_check_from else self.checked_on
        return min(eve, self.checked_on)

    def value_checked_until(self, dated: DatedValue) -> datetime.date | None:
        """The last day for which this value was checked; ``None`` when it begins after that day."""
        if dated.since > self.checked_until:
            return None
        return min(dated.until, self.checked_until) if dated.until else self.checked_until

    def warning_at(self, date: datetime.date, *, today: datetime.date) -> str:
        """What to say, in French, of a date for which the value may have changed since the last check.

        Empty before the last check, and for the :data:`FRESH_MONTHS` that follow it unless a newer text is known or
        the date is still to come.
        """
        if date <= self.checked_until or not (self.to_check_at(date) or date > today or self._is_stale_at(date)):
            return ""
        until, asked = french.day(self.checked_until), french.day(date)
        return f"Vérifié jusqu'au {until} : au {asked}, un texte plus récent a pu changer cette valeur."

    def _is_stale_at(self, date: datetime.date) -> bool:
        """Whether the last reading is older than :data:`FRESH_MONTHS` on ``date``."""
        read = self.checked_on
        months = (date.year - read.year) * 12 + date.month - read.month
        return (months, date.day) > (FRESH_MONTHS, read.day)

    def doubt_at(self, date: datetime.date) -> str:
        """Why the value on ``date`` is to be confirmed, in French. Empty when it is certain."""
        try:
            dated = self.at(date)
        except UnknownValue as unknown:
            return str(unknown)
        if self.to_check_at(date):
            return self.to_check_reason
        return (dated.reason or WEAK) if dated.confidence == "C" else ""

    def to_check_at(self, date: datetime.date) -> bool:
        """Whether a newer text may govern ``date``."""
        return self.to_check_from is not None and date >= self.to_check_from


def read_parameter(parameter: Parameter) -> ParameterText:
    """The text of an OpenFisca parameter written in our YAML layout (docs/reference/parametres.md)."""
    meta = parameter.metadata
    return ParameterText(
        path=parameter.name,
        label=parameter.description or parameter.name,
        unit=meta.get("unite", ""),
        values=tuple(_dated_values(parameter)),
        checked_on=datetime.date.fromisoformat(meta["verifie_le"]),
        to_check_from=_day(meta.get("a_verifier_depuis")),
        to_check_reason=meta.get("a_verifier_motif", ""),
        ids=tuple(meta.get("regles", ())),
        note=(parameter.documentation or "").strip(),
        pack=meta.get("pack", ""),
    )


def parameters_of(node: ParameterNode) -> Iterator[Parameter]:
    """Every parameter below ``node``, in the order of paths."""
    for _, child in sorted(node.children.items()):
        if isinstance(child, ParameterNode):
            yield from parameters_of(child)
        else:
            yield child


def _dated_values(parameter: Parameter) -> Iterator[DatedValue]:
    oldest_first = list(reversed(parameter.values_list))
    for here, following in zip(oldest_first, [*oldest_first[1:], None], strict=True):
        end = datetime.date.fromisoformat(following.instant_str) - datetime.timedelta(days=1) if following else None
        yield DatedValue(
            value=here.value,
            since=datetime.date.fromisoformat(here.instant_str),
            until=end,
            confidence=here.metadata.get("confiance"),
            references=tuple(Reference(ref["title"], ref.get("href")) for ref in here.metadata.get("reference", ())),
            reason=here.metadata.get("motif", ""),
        )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
