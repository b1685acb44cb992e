"""Where readers send rows: to the tables when a file is loaded, nowhere when it is only verified."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from maillage.apps.territories.models import DataSource, Indicator, Series, Value
from maillage.apps.territories.official.indicators import indicator
from maillage.apps.territories.official.inserting import insert_rows
from maillage.apps.territories.official.places import Places, to_today
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, silent
from maillage.core.kernel.french import number, plural

KEPT_REJECTS = 100
"""Lines left out that are shown; all of them go to the file of rejects when one is asked."""
TAKEN = (
    "« {indicator} » {vintage} à la maille {level} vient déjà de « {other} ». Oubliez d'abord cette source : "
    "maillage donnees oublier {other}"
)


@dataclass(frozen=True)
class Reject:
    """A line left out. ``line`` counts from 1, 0 when the reason concerns no line in particular."""

    line: int
    reason: str
    key: str = ""


@dataclass
class Sink:
    """The rows of one dataset. ``source`` is ``None`` when nothing is to be written."""

    key: str
    places: Places
    source: DataSource | None = None
    report: Report = silent
    on_reject: Callable[[Reject], None] = lambda _reject: None
    read: int = 0
    written: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_added: dict[str, int] = field(default_factory=dict)
    prepared: Path | None = None

    def count(self, lines: int = 1) -> None:
        """Say that lines of data were read."""
        self.read += lines

    def reject(self, line: int, reason: str) -> None:
        """Leave a line out, with the reason in French."""
        self.rejected += 1
        found = Reject(line, reason, self.key)
        if len(self.rejects) < KEPT_REJECTS:
            self.rejects.append(found)
        self.on_reject(found)

    def note(self, message: str) -> None:
        """Something to say of the whole, in a French sentence."""
        self.notes.append(message)

    def commune(self, line: int, code: str) -> str | None:
        """The commune of today; when there is none the line is left out, with the reason, and ``None`` is given."""
        today = self.places.commune(code)
        if today is None:
            self.reject(line, self.places.problem(code))
        return today

    def insert(self, model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write tuples of the ``fields`` of a table, as a stream; ``source_id`` is added to each."""
        if self.source is None:
            self.written += sum(1 for _row in rows)
            return
        named = {field.attname for field in model._meta.concrete_fields}
        if "source_id" in named:
            fields, rows = [*fields, "source_id"], ((*row, self.key) for row in rows)
        label = str(model._meta.verbose_name_plural)
        self.written += insert_rows(model, fields, rows, lambda done: self.report(label, done, 0))

    def series(
        self,
        code: str,
        level: str,
        vintage: str,
        values: Mapping[str, float | None],
        *,
        weights: Mapping[str, float | None] | None = None,
        absent_is_zero: bool = False,
        describe: Callable[[str], Indicator] = indicator,
    ) -> None:
        """Write the figures of one indicator; codes of communes are those of the file, turned into those of today.

        Codes that are no place must have been left out before, by ``commune`` or ``place``.
        """
        described = describe(code)
        if level == Series.Level.COMMUNE:
            moved = to_today(values, described.aggregation, self.places, weights or self.places.populations)
            values = moved.values
            if moved.unknown:
                self.not_added[described.label] = moved.unknown
        self.written += len(values)
        if self.source is None:
            return
        series = _own_series(self.source, described, level, vintage, absent_is_zero)
        rows = ((series.pk, place, value) for place, value in values.items())
        insert_rows(Value, ["series_id", "code", "value"], rows)
        self.report("valeurs", self.written, 0)

    def given_by_another(self, code: str, level: str, vintage: str) -> str:
        """The key of the other source that gives these figures already; empty when none does."""
        other = Series.objects.filter(indicator_id=code, level=level, vintage=vintage).exclude(source_id=self.key)
        return other.values_list("source_id", flat=True).first() or ""

    def place(self, line: int, code: str, level: str) -> bool:
        """Whether a code is a place; otherwise the line is left out, with the reason."""
        problem = self.places.problem(code, level)
        if problem:
            self.reject(line, problem)
        return not problem

    def prepare_file(self, suffix: str) -> Path:
        """A path where to write what does not belong in a database; it takes its place once the loading is done."""
        settings.TERRITORIES_DIR.mkdir(parents=True, exist_ok=True)
        self.prepared = settings.TERRITORIES_DIR / f"{self.key}-{secrets.token_hex(4)}{suffix}"
        return self.prepared


DESCRIBED = [field.name for field in Indicator._meta.concrete_fields if field.name != "code"]


def told_notes(sink: Sink) -> list[str]:
    """What to say of the whole, with the communes that were merged and of which the figures do not add up."""
    if not sink.not_added:
        return sink.notes
    count, labels = max(sink.not_added.values()), list(sink.not_added)
    communes = f"{number(count)} {plural(count, 'commune issue', 'communes issues')} d'une fusion sans valeur"
    others = f" et {number(len(labels) - 1)} autres" if len(labels) > 1 else ""
    return [*sink.notes, f"{communes}, car elle ne s'additionne pas ({labels[0]}{others})."]


def _own_series(source: DataSource, described: Indicator, level: str, vintage: str, absent_is_zero: bool) -> Series:
    other = Series.objects.filter(indicator_id=described.code, level=level, vintage=vintage).first()
    if other:
        raise LoadError(TAKEN.format(indicator=described.label, vintage=vintage, level=level, other=other.source_id))
    Indicator.objects.bulk_create([described], update_conflicts=True, unique_fields=["code"], update_fields=DESCRIBED)
    return Series.objects.create(
        source=source, indicator_id=described.code, level=level, vintage=vintage, absent_is_zero=absent_is_zero
    )
