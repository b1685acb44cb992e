"""The lines of the grid in words, for blocks of situations of one year."""

import datetime
import functools
from collections.abc import Iterable, Sequence
from typing import Any

from maillage.core.rules.aci_msp.advice import advice
from maillage.core.rules.aci_msp.engine import Outcome, cents, figures, lines
from maillage.core.rules.aci_msp.explanation import sentence
from maillage.core.rules.aci_msp.grid import IndicatorSpec
from maillage.core.rules.aci_msp.results import Level, ParameterUse, ParameterUses, ToldLine, YearLine
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.system import system

# Sentences remembered by line and year; beyond, they are written anew.
MEMORY = 10_000


def told_rows(
    year: int, situations: Sequence[SituationAciMsp], outcome: Outcome, some: slice
) -> list[tuple[ToldLine, ...]]:
    """The lines of some rows of an outcome, in words; ``situations`` are those of these rows."""
    paid = ~outcome.missing[some].any(axis=1)
    points, left = outcome.points[some], outcome.gains[some] >= 0
    amounts = cents(points * figures(year).valeur_du_point)
    columns = []
    for place, teller in enumerate(tellers(year)):
        key = [points[:, place], amounts[:, place], left[:, place], paid]
        key += [outcome.inputs[name][some] for name in teller.fields]
        columns.append(teller.column(situations, zip(*(part.tolist() for part in key), strict=True)))
    return list(zip(*columns, strict=True))


class Teller:
    """Puts a line of the grid into words for one year, and remembers what it said."""

    def __init__(self, spec: IndicatorSpec, year: int) -> None:
        self.spec, self.rules = spec, figures(year)
        parameters = ParameterUses(parameter_use(path, year) for path in spec.parameters)
        self.line = YearLine(spec.id, spec.label, level_of(spec, year), spec.axis, parameters)
        self.fields = [name for name in spec.fields if name != "patientele"]
        self._by_patient = "patientele" in spec.fields
        self._said: dict[tuple[object, ...], ToldLine] = {}

    def column(self, situations: Iterable[SituationAciMsp], keys: Iterable[tuple[Any, ...]]) -> list[ToldLine]:
        """The line for many situations; a key is points, cents, whether a gain is left, whether the year is paid,
        then the other fields that the line reads.
        """
        return [self._told(situation, key) for situation, key in zip(situations, keys, strict=True)]

    def _told(self, situation: SituationAciMsp, key: tuple[Any, ...]) -> ToldLine:
        if self._by_patient and (key[0] > 0 or not situation.patientele):
            return self._tell(situation, *key[:4])
        told = self._said.get(key)
        if told is None:
            if len(self._said) >= MEMORY:
                self._said.clear()
            told = self._said[key] = self._tell(situation, *key[:4])
        return told

    def _tell(self, situation: SituationAciMsp, points: float, amount: int, left: bool, paid: bool) -> ToldLine:
        words = sentence(self.spec.id, situation, self.rules, points, amount, paid)
        todo = advice(self.spec, situation, self.rules, earned=points > 0, paid=paid) if left else None
        return ToldLine(self.line, points, amount if paid else 0, words, todo)


@functools.cache
def tellers(year: int) -> tuple[Teller, ...]:
    """The lines of the grid as they stand in a year, in the order of :func:`lines`."""
    return tuple(Teller(line.spec, year) for line in lines())


def level_of(spec: IndicatorSpec, year: int) -> Level:
    """The level of a line in a year: the crisis plan was optional in 2022 (MSP-F-03)."""
    return "option" if spec.id == "MSP-1.2a" and not figures(year).crise.plan_prerequis else spec.level


def parameter_use(path: str, year: int) -> ParameterUse:
    """A parameter as it stands in a year.

    Raises :class:`maillage.core.rules.errors.UnknownValue` when it has no value then.
    """
    text = system().text(path)
    dated = text.at(datetime.date(year, 1, 1))
    return ParameterUse(
        path=path,
        label=text.label,
        value=dated.value,
        unit=text.unit,
        since=dated.since.isoformat(),
        until=dated.until.isoformat() if dated.until else None,
        confidence=dated.confidence or "C",
        texts=tuple((reference.title, reference.href) for reference in dated.references),
        to_confirm=dated.confidence == "C" or text.to_check_at(datetime.date(year, 12, 31)),
    )
