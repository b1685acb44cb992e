"""The lines of the grid in words, for blocks of situations of one year."""

import datetime
import functools
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from maillage.core.rules.aci_msp.advice import advice, out_of_reach
from maillage.core.rules.aci_msp.engine import Column, Columns, Outcome, cents, figures, lines
from maillage.core.rules.aci_msp.explanation import numbers, pattern
from maillage.core.rules.aci_msp.grid import POINT, IndicatorSpec
from maillage.core.rules.aci_msp.results import (
    Level,
    ParameterUse,
    ParameterUses,
    Pattern,
    ToldLine,
    YearLine,
    pattern_of,
    tell,
)
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.system import system

# Sentences remembered by line and year; beyond, they are written anew.
MEMORY = 10_000
Value = TypeVar("Value")
# A situation, its numbers in words, the points of the line and their cents.
Row = tuple[SituationAciMsp, dict[str, str], float, int]
# The fields that differ in almost every situation: they are written in the patterns last.
NUMBERS = ("patientele", "dossiers_concertes", "patients_ald_ou_75_ans")


def told_rows(
    year: int, situations: Sequence[SituationAciMsp], outcome: Outcome, some: slice
) -> list[tuple[ToldLine, ...]]:
    """The lines of some rows of an outcome, in words; ``situations`` are those of these rows."""
    rules, inputs = figures(year), outcome.inputs
    paid = ~outcome.missing[some].any(axis=1)
    points, left = outcome.points[some], outcome.gains[some] >= 0
    amounts = cents(points * rules.valeur_du_point)
    patients, files = standings(inputs, some, rules)
    given = zip(*(inputs[name][some].tolist() for name in NUMBERS), strict=True)
    asked = rules.concertation.part_des_dossiers
    known = [numbers(count, studied, base, asked) for count, studied, base in given]
    columns = []
    for place, teller in enumerate(tellers(year)):
        key = [left[:, place], paid, *(inputs[name][some] for name in teller.fields)]
        key += [patients] if teller.by_patient else []
        key += [files] if teller.by_file else []
        keys = zip(*(part.tolist() for part in key), strict=True)
        rows = zip(situations, known, points[:, place].tolist(), amounts[:, place].tolist(), strict=True)
        columns.append(teller.column(rows, keys))
    return list(zip(*columns, strict=True))


def standings(inputs: Columns, some: slice, rules: Any) -> tuple[Column, Column]:
    """How the patients (none, some, beyond the threshold of the coordination) and the files (no base, none, some,
    enough) of situations stand: what decides the words around these numbers.
    """
    patients, files, base = (inputs[name][some] for name in NUMBERS)
    enough = files >= np.ceil(np.round(base * rules.concertation.part_des_dossiers, 6))
    crowd = np.sign(patients) + (patients > rules.coordination.seuil_de_patientele)
    return crowd, np.where(base > 0, 1 + (files > 0) + ((files > 0) & enough), 0)


class Teller:
    """Puts a line of the grid into words for one year, and remembers the patterns of its sentences."""

    def __init__(self, spec: IndicatorSpec, year: int) -> None:
        self.spec, self.rules = spec, figures(year)
        parameters = ParameterUses(parameter_use(path, year) for path in (*spec.parameters, POINT))
        self.line = YearLine(spec.id, spec.label, level_of(spec, year), spec.axis, parameters)
        self.fields = [name for name in spec.fields if name not in NUMBERS]
        self.by_patient, self.by_file = "patientele" in spec.fields, "dossiers_concertes" in spec.fields
        self._said: dict[tuple[Any, ...], ToldLine] = {}
        self._patterns: dict[tuple[Any, ...], Pattern] = {}

    def column(self, rows: Iterable[Row], keys: Iterable[tuple[Any, ...]]) -> list[ToldLine]:
        """The line for many situations.

        A key is whether a gain is left, whether the year is paid, then the fields and the standings that the line
        reads.
        """
        said, fill_row, by_patient, by_file = self._said, self._fill, self.by_patient, self.by_file
        return [
            fill_row(row, key) if by_file or (by_patient and row[2] > 0) else said.get(key) or self._remember(row, key)
            for row, key in zip(rows, keys, strict=True)
        ]

    def _remember(self, row: Row, key: tuple[Any, ...]) -> ToldLine:
        return remember(self._said, key, self._fill(row, key))

    def _fill(self, row: Row, key: tuple[Any, ...]) -> ToldLine:
        situation, known, points, amount = row
        found = self._patterns.get(key)
        words = found or remember(self._patterns, key, self._pattern(situation, points, *key[:2]))
        return tell(words, known, points, amount, paid=key[1])

    def _pattern(self, situation: SituationAciMsp, points: float, left: bool, paid: bool) -> Pattern:
        words = pattern(self.spec.id, situation, self.rules, earned=points > 0, paid=paid)
        if not left:
            return pattern_of(self.line, words, out_of_reach(self.spec, situation, self.rules))
        return pattern_of(self.line, words, advice(self.spec, situation, self.rules))


def remember(memory: dict[tuple[Any, ...], Value], key: tuple[Any, ...], value: Value) -> Value:
    """Keep a value, forgetting all the others when there are too many."""
    if len(memory) >= MEMORY:
        memory.clear()
    memory[key] = value
    return value


@functools.cache
def tellers(year: int) -> tuple[Teller, ...]:
    """The lines of the grid as they stand in a year, in the order of :func:`lines`."""
    return tuple(Teller(line.spec, year) for line in lines())


def level_of(spec: IndicatorSpec, year: int) -> Level:
    """The level of a line in a year: the crisis plan was optional in 2022 (MSP-F-03)."""
    return "option" if spec.id == "MSP-1.2a" and not figures(year).crise.plan_prerequis else spec.level


def parameter_use(path: str, year: int) -> ParameterUse:
    """A parameter as it stands in a year.

    It is to be confirmed when its own value is doubtful; the text that may have changed the whole grid is one
    reservation of the answer (see ``reservations``), not a doubt on each figure.

    Raises :class:`maillage.core.rules.errors.UnknownValue` when it has no value then.
    """
    text = system().text(path)
    grid, last_day = system().text(POINT), datetime.date(year, 12, 31)
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
        to_confirm=dated.confidence == "C" or (text.to_check_at(last_day) and text.to_check_from != grid.to_check_from),
    )
