"""A projet de santé as the blocks of a document: cover, contents, summary, text, tables, annexes, signatories.

The same blocks make the PDF, the DOCX and the ODT: what one says, the others say, in the same order.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maillage.core.documents.blocks import Block, Contents, Cover, Grid, Heading, Listing, Paragraph
from maillage.core.documents.text_blocks import Shown, blocks_of, widths_of
from maillage.core.kernel import french
from maillage.core.text import Doc

DRAFT = "Brouillon"
NOT_WRITTEN = "Cette rubrique n'est pas encore écrite."
ABOUT_DIAGNOSIS = "À propos de ce document"
"""The last heading of a diagnosis, that says nothing of a project."""
SHEET_COLUMNS = ("Élément", "Ce que l'équipe prévoit")
SOURCE_COLUMNS = ("Chiffre", "Valeur", "Millésime", "Producteur")
SIGNATORY_COLUMNS = ("Signataire", "Métier", "Signature")
FINGERPRINT = "Empreinte de cette version (SHA-256) :"
NO_PATIENT = "Ce document ne contient aucune donnée de patient."


@dataclass(frozen=True)
class VersionMark:
    """The version of which the document is: its number, its name, its day, and the SHA-256 of what it says."""

    number: int
    name: str
    day: datetime.date
    fingerprint: str

    @property
    def words(self) -> str:
        """« Version 3 « Dépôt à l'ARS », figée le 3 mars 2026 »."""
        return f"Version {self.number} « {self.name} », figée le {french.day(self.day)}"


@dataclass(frozen=True)
class Part:
    """A heading of the project and its text; ``number`` is « 1 », « A1 », or empty.

    ``tables``: (kind, blocks) of what other screens hold of it while nobody wrote it.
    """

    number: str
    title: str
    text: Doc
    tables: tuple[tuple[str, tuple[Block, ...]], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known of it."""
        return self.text.is_empty and not self.tables


@dataclass(frozen=True)
class Sheet:
    """An action or a protocol: its title and what it says, line by line; a line that says nothing is left out."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Source:
    """A figure cited in the text: its words, its value, its vintage and who produced it."""

    label: str
    value: str
    vintage: str
    producer: str


@dataclass(frozen=True)
class Signatory:
    """Who signs the project, and whether it is done, in words."""

    name: str
    metier: str
    state: str


@dataclass(frozen=True)
class ProjetDocument:
    """All that the document of a project says; ``version`` is ``None`` for a draft.

    ``tables``: (title, blocks) of what was not inserted in the text; ``diagnosis``: blocks of the kept diagnosis.
    """

    kind: str
    name: str
    title: str
    day: datetime.date
    version: VersionMark | None
    facts: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    sections: tuple[Part, ...]
    shown: Shown
    tables: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    protocols: tuple[Sheet, ...] = ()
    actions: tuple[Sheet, ...] = ()
    annexes: tuple[Part, ...] = ()
    diagnosis: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    signatories: tuple[Signatory, ...] = ()

    @property
    def state(self) -> str:
        """Which version this is, or that it is a draft."""
        return self.version.words if self.version else f"{DRAFT} du {french.day(self.day)}"

    @property
    def header(self) -> str:
        """What stands at the top of each page."""
        return f"{self.name} — projet de santé · {self.state}"


def projet_blocks(projet: ProjetDocument) -> Iterator[Block]:
    """The blocks of the document, in order."""
    yield _cover(projet)
    yield Contents(levels=2)
    yield Heading("Résumé", new_page=True)
    yield Listing(tuple((Paragraph(sentence),) for sentence in projet.summary))
    for part in projet.sections:
        yield from _part(part, projet.shown, new_page=False)
    if projet.tables:
        yield Heading("L'équipe et ses moyens")
    for title, blocks in projet.tables:
        yield Heading(title, 2)
        yield from blocks
    yield from _sheets("Les protocoles", "Protocole", projet.protocols)
    yield from _sheets("Les fiches actions", "Fiche action", projet.actions)
    yield from _signatories(projet)
    for part in projet.annexes:
        yield from _part(part, projet.shown, new_page=True)
    yield from _diagnosis(projet.diagnosis)
    yield from _sources(projet.sources)


def _cover(projet: ProjetDocument) -> Cover:
    mark = DRAFT if projet.version is None else ""
    facts = (("Document", projet.state), *projet.facts)
    subtitle = f"{projet.name}" if projet.name != projet.title else ""
    return Cover(f"Projet de santé — {projet.kind}", projet.title, subtitle, mark, facts, (NO_PATIENT,))


def _part(part: Part, shown: Shown, *, new_page: bool) -> Iterator[Block]:
    """A heading of the project; an annex begins a page, unless it says nothing yet."""
    name = f"Annexe {part.number}" if part.number.startswith("A") else part.number
    yield Heading(f"{name}. {part.title}" if name else part.title, new_page=new_page and not part.is_blank)
    if part.is_blank:
        yield Paragraph(NOT_WRITTEN, small=True)
    for _, blocks in part.tables:
        yield from blocks
    yield from blocks_of(part.text, shown, part.title)


def _sheets(title: str, noun: str, sheets: Sequence[Sheet]) -> Iterator[Block]:
    if sheets:
        yield Heading(title)
    for rank, sheet in enumerate(sheets, start=1):
        name = f"{noun} {rank} : {sheet.title}"
        rows = tuple(line for line in sheet.lines if line[1])
        yield Heading(name, 2)
        yield Grid(SHEET_COLUMNS, rows, name, (), (0.26, 0.74)) if rows else Paragraph(NOT_WRITTEN, small=True)


def _signatories(projet: ProjetDocument) -> Iterator[Block]:
    yield Heading("Les signataires")
    if not projet.signatories:
        yield Paragraph("Aucun signataire n'est encore désigné.")
        return
    yield Paragraph(f"{projet.state}. Une version modifiée est signée à nouveau.", keep=True)
    rows = tuple((each.name, each.metier, each.state) for each in projet.signatories)
    if projet.version:
        yield Paragraph(f" {projet.version.fingerprint}", FINGERPRINT, small=True, keep=True)
    yield Grid(SIGNATORY_COLUMNS, rows, "Les signataires du projet de santé", (), (0.32, 0.3, 0.38))


def _diagnosis(blocks: Sequence[Block]) -> Iterator[Block]:
    """The diagnosis as an annex: its headings one level lower, without its own contents."""
    if blocks:
        yield Heading("Annexe. Le diagnostic du territoire", new_page=True)
    for block in blocks:
        if isinstance(block, Heading) and block.text == ABOUT_DIAGNOSIS:
            return
        if isinstance(block, Heading):
            yield replace(block, level=block.level + 1)
        elif not isinstance(block, Contents):
            yield block


def _sources(sources: Sequence[Source]) -> Iterator[Block]:
    if not sources:
        return
    yield Heading("Les chiffres cités et leurs sources")
    rows = [(each.label, each.value, each.vintage, each.producer) for each in sources]
    yield Grid(SOURCE_COLUMNS, tuple(rows), "Les chiffres cités dans le texte", (), widths_of([SOURCE_COLUMNS, *rows]))
