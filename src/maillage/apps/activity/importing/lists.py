"""A list examined line by line before anything is written, whatever it is a list of."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from maillage.apps.structures.models import Member
from maillage.apps.structures.sheets import Row, left_out, lines_of
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem

Fields = TypeVar("Fields")
Columns = Mapping[str, tuple[str, ...]]
"""How each column may be called, by its field; the first name is the one that the template writes."""


@dataclass(frozen=True)
class Line(Generic[Fields]):
    """A line: its number in the list, what it says, what is wrong. ``fields``: ``None`` when it cannot be written.

    ``is_there``: the structure has it already, or an earlier line says it: it is not written twice.
    """

    number: int
    cells: Mapping[str, str]
    fields: Fields | None
    problems: tuple[Problem, ...] = ()
    is_there: bool = False


@dataclass(frozen=True)
class Listed(Generic[Fields]):
    """A list examined. ``rows``: as they were given, the titles first; ``unread``: the columns left out."""

    rows: Sequence[Row]
    lines: tuple[Line[Fields], ...]
    unread: Sequence[str] = ()

    @property
    def right(self) -> list[Fields]:
        """What every line to write says."""
        return [each.fields for each in self.lines if each.fields is not None and not each.is_there]

    @property
    def wrong(self) -> int:
        """How many lines cannot be written."""
        return sum(each.fields is None for each in self.lines)

    @property
    def there(self) -> int:
        """How many lines say what is there already."""
        return sum(each.is_there for each in self.lines)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to write, and nothing to mend."""
        return bool(self.right) and not self.wrong

    @property
    def right_rows(self) -> list[Row]:
        """The titles and the rows that can be written."""
        return [self.rows[0], *(self.rows[each.number - 1] for each in self.lines if each.fields is not None)]


def examine(
    rows: Sequence[Row], columns: Columns, needed: Sequence[str], read: Callable[[Mapping[str, str]], Fields]
) -> Listed[Fields]:
    """Examine a list whose first row holds the titles. ``read`` raises :class:`BadInput` for a line that is wrong.

    Raises :class:`BadInput` when a column of ``needed`` is not there.
    """
    places = _places(rows[0], columns, needed)
    lines = [_line(number, row, places, read) for number, row in lines_of(rows)]
    return Listed(rows, tuple(lines), left_out(rows[0], places.values()))


def without_twice(
    listed: Listed[Fields], known: Iterable[Hashable], key: Callable[[Fields], Hashable]
) -> Listed[Fields]:
    """The same list, once told which lines are there: among ``known``, by their key, or on an earlier line."""
    seen, lines = set(known), []
    for line in listed.lines:
        found = None if line.fields is None else key(line.fields)
        lines.append(replace(line, is_there=found is not None and found in seen))
        seen.add(found)
    return replace(listed, lines=tuple(lines))


def template(columns: Columns) -> list[str]:
    """The titles of an empty list."""
    return [names[0] for names in columns.values()]


class Team:
    """The members, found by what a list calls them: number RPPS, e-mail, or name."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = list(members)

    def find(self, field: str, words: str) -> Member:
        """The member. Raises :class:`BadInput` when nobody or several answer."""
        key = fold(words)
        found = [each for each in self._members if key in (each.rpps, fold(each.email)) and key]
        found = found or [each for each in self._members if key in _names(each)]
        if len(found) != 1:
            why = "plusieurs personnes portent ce nom : donnez le numéro RPPS" if found else "un membre de l'équipe"
            raise BadInput([Problem(field, words, why)])
        return found[0]


def _names(member: Member) -> tuple[str, str]:
    """A person as one writes them: « Camille Dupont », « Dupont Camille »."""
    return fold(f"{member.prenom} {member.nom}"), fold(f"{member.nom} {member.prenom}")


def _places(titles: Row, columns: Columns, needed: Sequence[str]) -> dict[str, int]:
    known = {fold(name): field for field, names in columns.items() for name in (field, *names)}
    places: dict[str, int] = {}
    for rank, title in enumerate(titles):
        if field := known.get(fold(title)):
            places.setdefault(field, rank)
    if missing := [columns[field][0] for field in needed if field not in places]:
        seen = ", ".join(f"« {title} »" for title in titles[:12] if title)
        told = ", ".join(f"« {name} »" for name in missing)
        raise BadInput([Problem("titres", seen or None, f"une première ligne de titres, avec {told}")])
    return places


def _line(
    number: int, row: Row, places: Mapping[str, int], read: Callable[[Mapping[str, str]], Fields]
) -> Line[Fields]:
    cells = {field: row[rank] for field, rank in places.items() if rank < len(row)}
    try:
        return Line(number, cells, read(cells))
    except BadInput as wrong:
        return Line(number, cells, None, wrong.problems)
