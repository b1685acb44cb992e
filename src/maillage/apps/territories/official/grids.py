"""Rows of cells, whatever the file: text with a separator, workbook, Parquet. Read as a stream, by line number."""

import collections
import csv
import io
import itertools
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.apps.territories.official.files import ILLEGIBLE, Member, OfficialFile
from maillage.apps.territories.official.unpacking import LONGEST_LINE
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import fold

Row = Sequence[Any]
Line = tuple[int, Row]
"""A line number, from 1 as a person counts, and its cells."""
SEPARATORS = ";,\t|"
HEADER_WITHIN = 30
"""Titles and notes stand above a header, never more than that."""
EVERY = 20_000
MISSING = frozenset({"", "nd", "ns", "s", "so", "n/a", "na", "nc", "-", "null", "none", "nan", "*"})
"""How files write that there is no figure: unknown, not significant, hidden by secrecy."""


class Plain(csv.excel):
    """Quotes are letters."""

    quoting = csv.QUOTE_NONE


CUT = "Le fichier {name} s'arrête au milieu de la ligne {line} : il est coupé. Téléchargez-le de nouveau."
ENDLESS = (
    "Le fichier {name} est sans doute coupé : sa dernière ligne n'a pas de fin de ligne, les autres en ont une. "
    "Téléchargez-le de nouveau ; s'il est entier, ajoutez un retour à la ligne à la fin."
)
NOT_TEXT = (
    "Le fichier {name} n'est pas un tableau que cette source sait lire (CSV en UTF-8 ou Windows-1252, Excel, Parquet). "
    "Enregistrez-le dans l'un de ces formats."
)


@dataclass
class Grid:
    """A table to read: its name (file, or sheet of the file) and its lines, read again at each call of ``lines``."""

    name: str
    lines: Callable[[], Iterator[Line]]
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Columns:
    """Where each column wanted stands in a grid, and from which line its data start."""

    grid: Grid
    header_line: int
    header: tuple[str, ...]
    places: dict[str, int]

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def rows(self) -> Iterator[Line]:
        """The lines under the header, empty ones left out."""
        return ((line, row) for line, row in self.grid.lines() if line > self.header_line and any(row))

    def get(self, row: Row, name: str) -> str:
        """The text of the cell, stripped; empty when the column or the cell is absent."""
        place = self.places.get(name)
        return "" if place is None or place >= len(row) else text(row[place])


@dataclass(frozen=True)
class Wanted:
    """The columns to find: by our name, the spellings that files use. ``optional`` ones may be absent."""

    needed: dict[str, tuple[str, ...]]
    optional: dict[str, tuple[str, ...]] = field(default_factory=dict)


def grids(file: OfficialFile) -> list[Grid]:
    """Every table of the file: one for a text or Parquet file, one per sheet of a workbook."""
    return [grid for member in file.members for grid in _grids_of(member, file)]


def find_columns(grid: Grid, wanted: Wanted) -> Columns:
    """Find the header. Raises :class:`LoadError` naming every column that is missing, and those found."""
    best: tuple[int, tuple[str, ...], dict[str, int]] | None = None
    for line, row in itertools.islice(grid.lines(), HEADER_WITHIN):
        places = _places(row, wanted)
        found = len(places.keys() & wanted.needed.keys())
        if best is None or found > best[0]:
            best = (found, tuple(text(cell) for cell in row), places)
        if found == len(wanted.needed):
            return Columns(grid, line, tuple(text(cell) for cell in row), places)
    raise LoadError(_missing(grid, wanted, best))


def has_columns(grid: Grid, wanted: Wanted) -> bool:
    """Whether every needed column is there."""
    try:
        find_columns(grid, wanted)
    except LoadError:
        return False
    return True


def text(cell: Any) -> str:
    """A cell as text: « 971.0 » of a workbook is « 971 »."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


ABSENT = object()
"""The cell of a line that stops before it: the line is broken, its figure is not « hidden »."""


def cell_at(row: Row, index: int) -> Any:
    """The cell, :data:`ABSENT` when the line is too short."""
    return row[index] if index < len(row) else ABSENT


def figure(cell: Any) -> float | None:
    """A cell as a number, French decimals read; ``None`` when the file gives none. Raises :class:`ValueError`."""
    if cell is None:
        return None
    if cell is ABSENT:
        raise ValueError("la ligne s'arrête avant")
    try:
        value = float(cell)
    except ValueError:
        value = _french_number(text(cell))
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"« {text(cell)} »")
    return None if value != value else value  # NaN differs from itself.


def _french_number(written: str) -> float:
    """« 1 234,5 »; NaN when it is a way to say that there is no figure."""
    if written.casefold() in MISSING:
        return float("nan")
    try:
        return float(written.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        raise ValueError(f"« {written} »") from None


def normal(name: str) -> str:
    """A header without case, accents, spaces doubled or at the end, so that releases can be compared."""
    return fold(name.replace("_", " ").replace("(", " ").replace(")", " "))


def _grids_of(member: Member, file: OfficialFile) -> list[Grid]:
    if member.kind == "workbook":
        return _sheets(member)
    if member.kind == "parquet":
        return [Grid(member.name, lambda: _parquet_lines(member, file))]
    if member.kind == "json":
        raise LoadError(f"Le fichier {member.name} est du JSON, cette source attend un tableau (CSV, Parquet, Excel).")
    if not member.is_text():
        raise LoadError(NOT_TEXT.format(name=member.name))
    encoding = member.encoding()
    separator = _separator(member, encoding)
    return [Grid(member.name, lambda: _text_lines(member, file, encoding, separator), separator, encoding)]


def _separator(member: Member, encoding: str) -> str:
    """The separator seen most in the first lines."""
    with member.open() as raw:
        head = raw.read(64_000).decode(encoding, errors="replace").splitlines()[:HEADER_WITHIN]
    counts = {mark: sum(line.count(mark) for line in head) for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: counts[mark])


def _text_lines(member: Member, file: OfficialFile, encoding: str, separator: str) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_LINE)
    label, total = f"lecture de {member.name} (Ko)", member.size // 1024
    with member.open() as raw:
        # A quote in the middle of a name opens nothing in files separated by bars.
        dialect = Plain if separator == "|" else csv.excel
        lines = csv.reader(io.TextIOWrapper(raw, encoding, newline=""), dialect, delimiter=separator)
        widths: collections.deque[int] = collections.deque([0, 0], maxlen=2)
        try:
            for row in lines:
                if lines.line_num % EVERY == 0:
                    file.report(label, min(raw.tell() // 1024, total), total)
                yield lines.line_num, row
                widths.append(len(row))
        except UnicodeDecodeError as error:
            raise LoadError(NOT_TEXT.format(name=member.name)) from error
        except (csv.Error, OSError, EOFError, zlib.error) as error:
            raise LoadError(ILLEGIBLE.format(name=member.name, error=error)) from error
        narrower = widths[1] < widths[0]
        if lines.line_num > 1 and (narrower or not file.by_hand) and not member.ends_with_a_line():
            told = CUT if narrower else ENDLESS
            raise LoadError(told.format(name=member.name, line=lines.line_num))
    file.report(label, total, total)


def _parquet_lines(member: Member, file: OfficialFile) -> Iterator[Line]:
    import polars as pl

    with member.seekable() as raw:
        try:
            frame = pl.read_parquet(raw)
        except pl.exceptions.PolarsError as error:
            raise LoadError(ILLEGIBLE.format(name=member.name, error=error)) from error
    yield 1, frame.columns
    for line, row in enumerate(frame.iter_rows(), start=2):
        if line % EVERY == 0:
            file.report(f"lecture de {member.name}", line, frame.height)
        yield line, row
    file.report(f"lecture de {member.name}", frame.height, frame.height)


def _sheets(member: Member) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    with member.seekable() as raw:
        try:
            book = CalamineWorkbook.from_filelike(raw)
            return [Grid(name, _lines_of(book, name)) for name in book.sheet_names]
        except CalamineError as error:
            raise LoadError(ILLEGIBLE.format(name=member.name, error=error)) from error


def _lines_of(book: Any, name: str) -> Callable[[], Iterator[Line]]:
    # Empty rows above the first filled one are counted too: line numbers are those that a person sees.
    return lambda: enumerate(book.get_sheet_by_name(name).iter_rows(), start=1)


def _places(row: Row, wanted: Wanted) -> dict[str, int]:
    names: dict[str, int] = {}
    for index, cell in enumerate(row):
        names.setdefault(normal(text(cell)), index)
    found = {}
    for name, spellings in {**wanted.needed, **wanted.optional}.items():
        if known := [names[normal(spelling)] for spelling in spellings if normal(spelling) in names]:
            found[name] = known[0]
    return found


def _missing(grid: Grid, wanted: Wanted, best: tuple[int, tuple[str, ...], dict[str, int]] | None) -> str:
    _found, header, places = best or (0, (), {})
    absent = [" ou ".join(f"« {name} »" for name in names) for key, names in wanted.needed.items() if key not in places]
    seen = ", ".join(f"« {name} »" for name in header[:40] if name) or "aucune"
    noun = "Colonne absente" if len(absent) == 1 else "Colonnes absentes"
    return f"{noun} de {grid.name} : {', '.join(absent)}. Colonnes trouvées : {seen}."
