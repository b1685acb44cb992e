"""A letter of an authority as a file: PDF to send (PDF/UA), DOCX and ODT to edit."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from maillage.core.documents.blocks import Block, Heading, Item, Listing, Paragraph, Run
from maillage.core.documents.docx_file import docx_bytes
from maillage.core.documents.odt_file import odt_bytes
from maillage.core.documents.projet_files import laid, printed
from maillage.core.documents.text_blocks import Shown, blocks_of
from maillage.core.documents.typst_blocks import told_blocks
from maillage.core.documents.typst_pdf import render
from maillage.core.kernel import french
from maillage.core.text import Doc, from_markdown, plain

APPEAL_TO_CONFIRM = "Voies de recours : à confirmer par le service."
NO_APPEAL = "Écrivez les voies de recours : sans elles, la lettre ne peut pas être signée."
DRAFT = "Projet de lettre : document non signé"


@dataclass(frozen=True)
class LetterSection:
    """A part under a heading of its own: the motives, the conditions, the pieces asked for."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """Everything that a letter says. ``day`` is that of the decision, ``None`` while it is not taken.

    ``appeal`` empty: the draft says that it is to confirm. ``is_draft`` marks what is not signed.
    """

    authority: str
    recipient: tuple[str, ...]
    title: str
    number: str
    reference: str
    body: Doc
    made_on: datetime.date
    day: datetime.date | None = None
    sections: tuple[LetterSection, ...] = ()
    appeal: str = ""
    has_appeal: bool = True
    signatory: str = ""
    quality: str = ""
    copies: str = ""
    is_draft: bool = True


def letter_pdf(letter: Letter) -> bytes:
    """The PDF/UA-1. The same letter gives the same bytes."""
    told = {
        "titre": letter.title,
        "autorite": letter.authority,
        "destinataire": list(letter.recipient),
        "numero": letter.number,
        "reference": letter.reference,
        "jour": _day(letter),
        "marque": DRAFT if letter.is_draft else "",
        "blocs": told_blocks(letter_blocks(letter)),
        "signataire": letter.signatory,
        "qualite": letter.quality,
        "copie": letter.copies,
    }
    return render("lettre.typ", told, letter.made_on)


def letter_docx(letter: Letter) -> bytes:
    """The DOCX."""
    return docx_bytes(printed(letter.title), laid(_whole(letter)), letter.made_on, header=printed(letter.authority))


def letter_odt(letter: Letter) -> bytes:
    """The ODT."""
    return odt_bytes(printed(letter.title), laid(_whole(letter)), letter.made_on, header=printed(letter.authority))


LETTER_FILES: Mapping[str, Callable[[Letter], bytes]] = {"pdf": letter_pdf, "docx": letter_docx, "odt": letter_odt}
"""By extension, what makes the file."""


def unready(letter: Letter) -> tuple[str, ...]:
    """What a letter still waits for before it may be signed; a word that is to confirm is told with its line."""
    asked = (
        (letter.signatory and letter.quality, "Écrivez qui signe la lettre, et sa qualité."),
        (letter.appeal or not letter.has_appeal, NO_APPEAL),
    )
    return (*(words for given, words in asked if not given), *_to_confirm(letter))


def _to_confirm(letter: Letter) -> Iterator[str]:
    told = [letter.title, *plain(letter.body).splitlines(), letter.appeal]
    for section in letter.sections:
        told += [*section.text.splitlines(), *section.items]
    for line in told:
        if french.UNKNOWN in line.lower():
            yield f"À compléter dans la lettre : « {line.strip()} »"


def letter_blocks(letter: Letter) -> list[Block]:
    """What stands between the head of a letter and its signature; its headings have one level."""
    return [
        replace(each, level=1) if isinstance(each, Heading) else each
        for each in (*blocks_of(letter.body, Shown(), letter.title), *_sections(letter))
    ]


def _sections(letter: Letter) -> Iterator[Block]:
    for section in letter.sections:
        yield Heading(section.title)
        if section.text:
            yield from blocks_of(from_markdown(section.text), Shown(), section.title)
        if section.items:
            yield Listing(tuple((Paragraph(each),) for each in section.items), ordered=True)
    if letter.has_appeal:
        yield Heading("Voies et délais de recours")
        yield Paragraph(letter.appeal or APPEAL_TO_CONFIRM)


def _whole(letter: Letter) -> Iterator[Block]:
    """The letter of a word processor: its head, its body, its signature."""
    if letter.is_draft:
        yield Paragraph((Run(DRAFT, bold=True),))
    yield Paragraph(letter.authority, "Autorité : ")
    yield Paragraph("\n".join(letter.recipient), "À : ")
    yield Item(letter.number or french.UNKNOWN, "Numéro : ")
    yield Item(letter.reference, "Dossier : ")
    yield Item(_day(letter), "Date : ")
    yield from letter_blocks(letter)
    yield Paragraph(letter.signatory or french.UNKNOWN, "Signataire : ")
    if letter.quality:
        yield Paragraph(letter.quality, "Qualité : ")
    if letter.copies:
        yield Paragraph(letter.copies, "Copie : ", small=True)


def _day(letter: Letter) -> str:
    return french.day(letter.day) if letter.day else french.UNKNOWN
