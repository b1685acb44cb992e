"""What a packed file becomes once unpacked, bounded: a few megabytes can hold gigabytes, or one endless line.

The bounds are far above the official files: the largest unpack to some gigabytes, ten to thirty times their size.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import IO

from maillage.apps.common.unpacking import CHUNK, Readable, inflates
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number

LARGEST = 32 << 30
LARGEST_IN_MEMORY = 2 << 30
"""Bytes of a file that has to be held whole: Parquet of an archive, table of travel times."""
LARGEST_WORKBOOK = 512 << 20
LONGEST_LINE = 8 << 20
MOST_CELLS = 50_000_000
"""Of a sheet, from its first cell to its last one: what reads it holds the empty ones too."""
CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
LONGEST_CELL = 16
MEGA = 1_000_000
INFLATED = (
    "{name} : {packed} Mo compressés se déplient en plus de {unpacked} Mo, ce qu'aucun fichier officiel ne fait. "
    "Rien n'a été lu au-delà. Téléchargez-le de nouveau à son adresse d'origine ; si c'est bien lui, décompressez-le "
    "et donnez le fichier déplié."
)
TOO_LARGE = (
    "{name} : plus de {limit} Mo une fois déplié, trop pour être lu d'un seul tenant. Décompressez-le et donnez le "
    "fichier déplié, ou donnez-le en CSV."
)
TOO_LONG = (
    "{name} : une ligne dépasse {limit} Mo : ce n'est pas un tableau de lignes, ou le fichier est abîmé. "
    "Téléchargez-le de nouveau."
)


TOO_WIDE = (
    "{name} : une feuille a une cellule remplie très loin des autres ({cell}) et ne peut pas être lue. Effacez cette "
    "cellule, ou enregistrez la feuille en CSV."
)


@dataclass(frozen=True)
class Bounds:
    """Of a file: its name, its size when packed (0 when it is not), the longest line (0: any)."""

    name: str
    packed: int = 0
    line: int = 0
    largest: int = LARGEST

    def check(self, unpacked: int) -> None:
        """Raises :class:`LoadError` when so many bytes unpacked are too many."""
        if self.packed and inflates(self.packed, unpacked):
            told = {"packed": _mega(self.packed), "unpacked": _mega(unpacked)}
            raise LoadError(INFLATED.format(name=self.name, **told))
        if self.packed and unpacked > self.largest:
            raise LoadError(TOO_LARGE.format(name=self.name, limit=_mega(self.largest)))


class Guarded(io.RawIOBase):
    """A stream of bytes that stops with a :class:`LoadError` where its bounds are passed."""

    def __init__(self, raw: Readable, bounds: Bounds) -> None:
        self.raw, self.bounds = raw, bounds
        self.done = self.line = 0

    def readable(self) -> bool:
        """It can be read, from its beginning only."""
        return True

    def tell(self) -> int:
        """Bytes unpacked so far."""
        return self.done

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]
        """Read on. Raises :class:`LoadError` when the file, or one line of it, is too large."""
        block = self.raw.read(min(len(buffer), CHUNK))
        buffer[: len(block)] = block
        self.done += len(block)
        self.bounds.check(self.done)
        end = block.rfind(b"\n")
        self.line = self.line + len(block) if end < 0 else len(block) - end - 1
        if self.bounds.line and self.line > self.bounds.line:
            raise LoadError(TOO_LONG.format(name=self.bounds.name, limit=_mega(self.bounds.line)))
        return len(block)


def guarded(raw: Readable, bounds: Bounds) -> io.BufferedReader:
    """The stream, within its bounds."""
    return io.BufferedReader(Guarded(raw, bounds), CHUNK)


def in_memory(raw: Readable, name: str) -> io.BytesIO:
    """All the bytes. Raises :class:`LoadError` when they are too many to be held."""
    held = io.BytesIO()
    while block := raw.read(CHUNK):
        if held.tell() + len(block) > LARGEST_IN_MEMORY:
            raise LoadError(TOO_LARGE.format(name=name, limit=_mega(LARGEST_IN_MEMORY)))
        held.write(block)
    held.seek(0)
    return held


def check_workbook(raw: IO[bytes], name: str) -> None:
    """Unpack a workbook for nothing, by pieces: what reads it holds it whole. Leaves the stream at its beginning."""
    if zipfile.is_zipfile(raw):
        raw.seek(0)
        with zipfile.ZipFile(raw) as archive:
            entries = archive.infolist()
            bounds = Bounds(name, sum(entry.compress_size for entry in entries) or 1, 0, LARGEST_WORKBOOK)
            bounds.check(sum(entry.file_size for entry in entries))
            for entry in entries:
                _unpack(archive, entry, name)
    raw.seek(0)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Read to the end: a size that lies does not agree with the checksum, and the module refuses it."""
    is_sheet, left, column, row = "worksheets/" in entry.filename, b"", 1, 1
    with archive.open(entry) as member:
        while block := member.read(CHUNK):
            for letters, digits in CELL.findall(left + block) if is_sheet else ():
                column, row = max(column, _column(letters)), max(row, int(digits))
                if column * row > MOST_CELLS:
                    raise LoadError(TOO_WIDE.format(name=name, cell=(letters + digits).decode()))
            left = block[-LONGEST_CELL:]


def _column(letters: bytes) -> int:
    """The rank of a column: 1 for A, 27 for AA."""
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - ord("A") + 1
    return rank


def _mega(size: int) -> str:
    return number(size / MEGA, 1)
