"""The document of a projet de santé as a file: PDF to read (PDF/UA), DOCX and ODT to edit."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from maillage.core.documents.blocks import Block
from maillage.core.documents.docx_file import docx_bytes
from maillage.core.documents.odt_file import odt_bytes
from maillage.core.documents.projet_document import ProjetDocument, projet_blocks
from maillage.core.documents.typography import printable, typeset
from maillage.core.documents.typst_blocks import blocks_pdf

RAW = frozenset({"svg", "href"})
"""Values that are not words for a reader."""


def projet_pdf(projet: ProjetDocument) -> bytes:
    """The PDF/UA-1. The same project gives the same bytes."""
    return blocks_pdf(projet.title, laid_out(projet), projet.day, header=printed(projet.header))


def projet_docx(projet: ProjetDocument) -> bytes:
    """The DOCX."""
    return docx_bytes(printed(projet.title), laid_out(projet), projet.day, header=printed(projet.header))


def projet_odt(projet: ProjetDocument) -> bytes:
    """The ODT."""
    return odt_bytes(printed(projet.title), laid_out(projet), projet.day, header=printed(projet.header))


FILES: Mapping[str, Callable[[ProjetDocument], bytes]] = {"pdf": projet_pdf, "docx": projet_docx, "odt": projet_odt}
"""By extension, what makes the file."""


def laid_out(projet: ProjetDocument) -> tuple[Block, ...]:
    """The blocks, with French typography."""
    return laid(projet_blocks(projet))


def laid(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """These blocks, with French typography."""
    return tuple(_typeset(block) for block in blocks)


def printed(text: str) -> str:
    """A text with French typography, without what a document cannot show."""
    return typeset(printable(text))


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, tuple):
        return tuple(map(_typeset, value))
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **{name: given if name in RAW else _typeset(given) for name, given in told.items()})
    return value
