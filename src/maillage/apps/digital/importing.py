"""A table of counts by month, examined line by line before anything is written. Counts only, never a patient."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maillage.apps.digital.fields import MonthFields
from maillage.apps.digital.models import MonthlyCount
from maillage.apps.structures.models import Structure
from maillage.apps.structures.sheets import Row, lines_of
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem, read

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "month": ("mois", "période", "date"),
    "snp": ("soins non programmés", "snp"),
    "teleconsultation": ("téléconsultations", "téléconsultation"),
    "demandee": ("télé-expertises demandées", "téléexpertises demandées", "demandes de télé-expertise"),
    "rendue": ("télé-expertises rendues", "téléexpertises rendues", "réponses de télé-expertise"),
}
"""How the columns may be called; the first name is the one that the template writes."""
HEADER = tuple(names[0][:1].upper() + names[0][1:] for names in COLUMNS.values())
ONLY = "les colonnes du modèle et elles seules : Maillage ne prend que des nombres par mois, jamais de patient"


@dataclass(frozen=True)
class Line:
    """A line of the table: its number, what it says, what is wrong, what changes (kind, before, after)."""

    number: int
    fields: MonthFields | None
    problems: tuple[str, ...] = ()
    changes: tuple[tuple[str, int | None, int], ...] = ()


@dataclass(frozen=True)
class Report:
    """A table examined."""

    rows: Sequence[Row]
    lines: tuple[Line, ...] = field(default_factory=tuple)

    @property
    def months(self) -> list[MonthFields]:
        """What every line that changes something says."""
        return [each.fields for each in self.lines if each.fields is not None and each.changes]

    @property
    def wrong(self) -> int:
        """How many lines cannot be written."""
        return sum(each.fields is None for each in self.lines)

    @property
    def changed(self) -> int:
        """How many numbers would change."""
        return sum(len(each.changes) for each in self.lines)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to write, and nothing to mend."""
        return bool(self.changed) and not self.wrong


def examine(structure: Structure, rows: Sequence[Row], *, today: datetime.date) -> Report:
    """Examine a table whose first row holds the titles. Raises :class:`BadInput` for a column that is not of ours."""
    places = _places(rows[0])
    known = {(each.month, each.kind): each.count for each in MonthlyCount.objects.filter(structure=structure)}
    lines: list[Line] = []
    seen: set[datetime.date] = set()
    for number, row in lines_of(rows):
        line = _line(number, {name: row[rank] for name, rank in places.items() if rank < len(row)}, known)
        if line.fields is not None and line.fields.month in seen:
            line = Line(number, None, ("ce mois est déjà sur une autre ligne",))
        if line.fields is not None and line.changes and line.fields.month > today:
            line = Line(number, None, ("ce mois n'a pas commencé",))
        if line.fields is not None:
            seen.add(line.fields.month)
        lines.append(line)
    return Report(rows, tuple(lines))


def _places(titles: Row) -> dict[str, int]:
    names = {fold(name): key for key, spellings in COLUMNS.items() for name in spellings}
    places: dict[str, int] = {}
    for rank, title in enumerate(titles):
        if not title.strip():
            continue
        key = names.get(fold(title))
        if key is None or key in places:
            raise BadInput([Problem("titres", title, ONLY)])
        places[key] = rank
    if "month" not in places or len(places) == 1:
        raise BadInput([Problem("titres", None, "une première ligne de titres : « Mois », puis un nombre au moins")])
    return places


def _line(number: int, cells: dict[str, str], known: Mapping[tuple[datetime.date, str], int]) -> Line:
    try:
        fields = read(MonthFields, cells)
    except BadInput as wrong:
        # The cell itself is not repeated: it may hold what has no place here.
        told = (f"{COLUMNS[each.field][0]} : attendu {each.expected}" for each in wrong.problems)
        return Line(number, None, tuple(told))
    changed = []
    for kind in MonthlyCount.Kind.values:
        count, before = getattr(fields, kind), known.get((fields.month, kind))
        if count is not None and count != before:
            changed.append((kind, before, count))
    return Line(number, fields, (), tuple(changed))
