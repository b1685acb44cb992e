"""A file as it was given: what it is by its content, its SHA-256, its encoding, its members when it is an archive."""

import codecs
import contextlib
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from maillage.apps.territories.official.unpacking import LONGEST_LINE, Bounds, check_workbook, guarded, in_memory
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, silent

CHUNK = 1 << 20
HEAD = 4096
PACKED = b"\x1f\x8b"
"""How a gzip file begins."""
UTF8, WINDOWS = "utf-8-sig", "cp1252"
TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".json", ".geojson", ".jsonl")
DATA_ENDINGS = (*TEXT_ENDINGS, ".parquet", ".xls", ".xlsx", ".ods")
IGNORED_MEMBERS = re.compile(r"meta|lisez|varmod|documentation|dictionnaire", re.IGNORECASE)
"""How the notices that INSEE puts beside the data in an archive are called."""
ILLEGIBLE = "Le fichier {name} est coupé ou illisible ({error}). Téléchargez-le de nouveau."


@dataclass(frozen=True)
class Member:
    """A file, or a file inside an archive. ``kind``: text, json, parquet, workbook; ``size`` in bytes, unpacked."""

    name: str
    kind: str
    size: int
    path: Path
    inner: str = ""

    @contextlib.contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes. Raises :class:`LoadError` when the file is cut."""
        try:
            with contextlib.ExitStack() as stack:
                yield self._opened(stack)
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise LoadError(ILLEGIBLE.format(name=self.name, error=error)) from error

    def _opened(self, stack: contextlib.ExitStack) -> IO[bytes]:
        line = LONGEST_LINE if self.kind == "text" else 0
        if self.inner:
            archive = stack.enter_context(zipfile.ZipFile(self.path))
            packed = archive.getinfo(self.inner).compress_size
            return guarded(stack.enter_context(archive.open(self.inner)), Bounds(self.name, packed or 1, line))
        raw = stack.enter_context(self.path.open("rb"))
        if raw.peek(2)[:2] == PACKED:
            unpacked = stack.enter_context(contextlib.closing(gzip.GzipFile(fileobj=raw)))
            return guarded(unpacked, Bounds(self.name, self.size, line))
        return guarded(raw, Bounds(self.name, 0, line)) if line else raw

    @property
    def is_packed(self) -> bool:
        """Whether the path is that of an archive, or of a file compressed by gzip."""
        with self.path.open("rb") as raw:
            return bool(self.inner) or raw.read(2) == PACKED

    @contextlib.contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """The bytes, to read in any order: a parquet file or a workbook of an archive is unpacked in memory."""
        with self.open() as raw:
            found = raw if raw.seekable() else in_memory(raw, self.name)
            if self.kind == "workbook":
                check_workbook(found, self.name)
            yield found

    def ends_with_a_line(self) -> bool:
        """Whether the last byte ends a line; an archive guards itself against a cut."""
        if self.is_packed:
            return True
        with self.path.open("rb") as raw:
            raw.seek(-1, io.SEEK_END)
            return raw.read() in (b"\n", b"\r")

    def is_text(self) -> bool:
        """Whether it may be text: no text in UTF-8 or Windows-1252 has a zero byte near its start."""
        with self.open() as raw:
            return b"\x00" not in raw.read(HEAD)

    def encoding(self) -> str:
        """UTF-8 (with or without mark) when all the bytes are, else Windows-1252."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            with self.open() as raw:
                while block := raw.read(CHUNK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return WINDOWS
        return UTF8


@dataclass
class OfficialFile:
    """The file of a person: its path, its SHA-256, its members, and to whom the progress of its reading is told.

    ``by_hand``: written for one computation, it may lack the end of its last line; a published file that does is cut.
    """

    path: Path
    checksum: str
    members: list[Member]
    report: Report = field(default=silent)
    by_hand: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def member(self) -> Member:
        """The only file of data. Raises :class:`LoadError` when an archive has several."""
        if len(self.members) > 1:
            names = ", ".join(member.name for member in self.members)
            raise LoadError(f"L'archive {self.name} contient plusieurs fichiers ({names}) : donnez celui à charger.")
        return self.members[0]


def open_file(path: Path, report: Report = silent) -> OfficialFile:
    """Look at the file. Raises :class:`LoadError` when it is absent, empty, cut, or of no known format."""
    if not path.is_file():
        raise LoadError(f"Le fichier {path} est introuvable : donnez le chemin d'un fichier.")
    try:
        return OfficialFile(path, checksum(path), _members(path), report)
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise LoadError(ILLEGIBLE.format(name=path.name, error=error)) from error


def checksum(path: Path) -> str:
    """SHA-256 (hexadecimal), read by pieces."""
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _members(path: Path) -> list[Member]:
    with path.open("rb") as raw:
        head = raw.read(4)
    if not head:
        raise LoadError(f"Le fichier {path.name} est vide.")
    if head == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if not names & {"xl/workbook.xml", "content.xml"}:
                return _inside(path, archive)
        return [Member(path.name, "workbook", path.stat().st_size, path)]
    if head.startswith(PACKED):
        with gzip.open(path) as unpacked:
            head = unpacked.read(4)
    return [Member(path.name, _kind(path.name.removesuffix(".gz"), head), path.stat().st_size, path)]


def _inside(path: Path, archive: zipfile.ZipFile) -> list[Member]:
    members = []
    for info in archive.infolist():
        name = Path(info.filename).name
        if name.lower().endswith(DATA_ENDINGS) and not IGNORED_MEMBERS.search(name):
            with archive.open(info) as raw:
                Bounds(name, info.compress_size or 1).check(info.file_size)
                members.append(Member(name, _kind(name, raw.read(4)), info.file_size, path, info.filename))
    if not members:
        raise LoadError(f"L'archive {path.name} ne contient aucun fichier de données (CSV, TXT, JSON, Parquet, Excel).")
    return members


def _kind(name: str, head: bytes) -> str:
    lower = name.lower()
    if head == b"PAR1":
        return "parquet"
    if head == b"\xd0\xcf\x11\xe0" or head == b"PK\x03\x04":
        return "workbook"
    if lower.endswith((".parquet", ".xls", ".xlsx", ".ods")):
        raise LoadError(f"Le fichier {name} n'a pas le contenu que son nom annonce : téléchargez-le de nouveau.")
    return "json" if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else "text"
