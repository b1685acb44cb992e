"""Office files are archives: opened within bounds, without macros, and told apart by what they hold."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from maillage.apps.common.files.refusals import DAMAGED, UNKNOWN, refused
from maillage.apps.common.unpacking import CHUNK, inflates
from maillage.core.kernel.problems import BadInput

MOST_ENTRIES = 5_000
LARGEST = 512 << 20
"""Bytes once unpacked."""
LARGEST_PART = 16 << 20
"""Bytes of a part whose text is read."""
BOMB = (
    "Ce fichier se déplie en bien plus qu'il ne pèse : il n'a pas été ouvert plus loin. Enregistrez-le de nouveau "
    "depuis votre logiciel, ou déposez-le en PDF."
)
PROTECTED = "Ce fichier est protégé par un mot de passe : enregistrez-le sans mot de passe, puis déposez-le."
MACROS = (
    "Ce fichier contient un programme (macro, contrôle ActiveX ou modèle distant). Enregistrez-le dans un format sans "
    "macro (DOCX, XLSX, PPTX, ODT, ODS) ou en PDF, puis déposez-le."
)
END = b"PK\x05\x06"
END_SIZE = 22
ENCRYPTED = 0x1
OPEN_XML = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
PROGRAM = re.compile(
    r"(?:^|/)(?:vba[^/]*\.(?:bin|xml)|activex/|[^/]*\.(?:exe|dll|js|vbs|ocx|jar|bat|cmd|ps1)$)|^(?:basic|scripts)/",
    re.IGNORECASE,
)
FOREIGN = re.compile(rb'attachedTemplate"[^>]*TargetMode="External"|TargetMode="External"[^>]*attachedTemplate"')
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D|E)\x00")
MACRO_TYPE = b"macroEnabled"


def office_kind(content: bytes) -> str:
    """The extension of an office file. Raises ``BadInput`` when none, a bomb, protected, or with a program."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _entries(archive, content)
            kind = _kind(archive)
            for entry in entries:
                _check_part(archive, entry, len(content))
            return kind
    except BadInput:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise refused(DAMAGED) from error


def parts(content: bytes, wanted: re.Pattern[str]) -> Iterator[bytes]:
    """The parts of a checked archive whose names are wanted, each cut at ``LARGEST_PART``."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if wanted.fullmatch(name):
                with archive.open(name) as part:
                    yield part.read(LARGEST_PART)


def _entries(archive: zipfile.ZipFile, content: bytes) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    end = content.rfind(END)
    trailing = len(content) - end - END_SIZE - len(archive.comment)
    if len(entries) > MOST_ENTRIES or sum(entry.compress_size for entry in entries) > len(content):
        raise refused(BOMB)  # Entries that overlap tell more than the file holds.
    if inflates(len(content), sum(entry.file_size for entry in entries)):
        raise refused(BOMB)
    if trailing or min((entry.header_offset for entry in entries), default=1):
        raise refused(UNKNOWN)  # Something else is glued before or after.
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise refused(PROTECTED)
    if any(PROGRAM.search(entry.filename) for entry in entries):
        raise refused(MACROS)
    if any(entry.filename.startswith(("/", "\\")) or ".." in entry.filename.split("/") for entry in entries):
        raise refused(UNKNOWN)
    return entries


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        found = [kind for part, kind in OPEN_XML.items() if part in names]
        if len(found) == 1:
            return found[0]
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as part:
            told = part.read(100)
        if told in OPEN_DOCUMENT:
            return OPEN_DOCUMENT[told]
    raise refused(UNKNOWN)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: int) -> None:
    """Unpack for nothing, by pieces: a size that lies is found out, a declaration or a macro too."""
    is_xml = entry.filename.endswith((".xml", ".rels"))
    unpacked, left = 0, b""
    with archive.open(entry) as part:
        while block := part.read(CHUNK):
            unpacked += len(block)
            if unpacked > LARGEST or inflates(packed, unpacked):
                raise refused(BOMB)
            seen = left + block
            if is_xml and DECLARED.search(seen):
                raise refused(BOMB)
            if is_xml and (FOREIGN.search(seen) or (entry.filename == "[Content_Types].xml" and MACRO_TYPE in seen)):
                raise refused(MACROS)
            left = block[-400:]
