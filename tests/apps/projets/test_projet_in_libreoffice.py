"""The DOCX and the ODT of a sixty-page project, opened in LibreOffice and compared page by page with our PDF.

Slow: LibreOffice opens each file once for all the tests of this module.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.projet_demo.contents import IMAGE, TODAY, demo, picture

from maillage.apps.projets.documents import document_of
from maillage.core.documents.blocks import Block, Grid, Heading, Image, Listing, Paragraph, Picture, plain
from maillage.core.documents.projet_files import laid_out, printed, projet_docx, projet_odt, projet_pdf

OFFICE = shutil.which("soffice")
MINUTES = 180
CAPTION = re.compile(r"(?:Tableau|Figure)\s\d+\.\s")
FOOT = re.compile(r"page \d+ sur \d+")
BLANKS = re.compile(r"[\s\u200b\u00ad]+")
CLOSE, NEAR = 0.1, 5
"""Share by which the numbers of pages may differ, and pages by which the same heading may be away."""
FEW = 100
"""Letters below which a page says almost nothing."""
KINDS = ("docx", "odt")


@dataclass(frozen=True)
class Opened:
    """A PDF as it reads: its pages without their foot, its headings with their pages, its images."""

    header: str
    pages: tuple[str, ...]
    headings: tuple[tuple[str, int], ...]
    images: int

    @property
    def text(self) -> str:
        """Its words, without spaces nor ends of lines."""
        return "".join(squeezed(page).replace(squeezed(self.header), "", 1) for page in self.pages)

    @property
    def captions(self) -> list[str]:
        """« Tableau1. », « Figure1. »…, in order."""
        return [
            squeezed(found[0]) for page in self.pages for line in page.split("\n") if (found := CAPTION.match(line))
        ]


@pytest.fixture(scope="module")
def blocks(documents: dict[str, Any]) -> tuple[Block, ...]:
    return tuple(documents["blocks"])


@pytest.fixture(scope="module")
def documents(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Our PDF, and those that LibreOffice makes of the DOCX and of the ODT."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed: the documents to edit are not opened")
    with django_db_blocker.unblock():
        projet = document_of(demo("msp"), day=TODAY, images={IMAGE: picture()})
    header = printed(projet.header)
    folder = tmp_path_factory.mktemp("office")
    found: dict[str, Any] = {"blocks": laid_out(projet), "pdf": read(projet_pdf(projet), header)}
    for kind, make in (("docx", projet_docx), ("odt", projet_odt)):
        (folder / f"{kind}.{kind}").write_bytes(make(projet))
        found[kind] = read(converted(folder / f"{kind}.{kind}"), header)
    return found


def converted(file: Path) -> bytes:
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=MINUTES)
    return file.with_suffix(".pdf").read_bytes()


def read(pdf: bytes, header: str) -> Opened:
    reader = PdfReader(io.BytesIO(pdf))
    pages = tuple(FOOT.sub("", page.extract_text()) for page in reader.pages)
    headings = tuple(marks(reader, reader.outline))
    return Opened(header, pages, headings, sum(len(page.images) for page in reader.pages))


def marks(reader: PdfReader, outline: Any) -> Iterator[tuple[str, int]]:
    for each in outline:
        if isinstance(each, list):
            yield from marks(reader, each)
        else:
            yield squeezed(str(each.title)), reader.get_destination_page_number(each) or 0


def squeezed(text: str) -> str:
    return BLANKS.sub("", text)


def texts(block: Any) -> Iterator[str]:
    """What a block says, piece by piece."""
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield from plain(block.text).split("\n")
    elif isinstance(block, Listing):
        yield from (each for entry in block.entries for held in entry for each in texts(held))
    elif isinstance(block, Grid):
        yield from (each for row in (block.header, *block.rows) for cell in row for each in plain(cell).split("\n"))
    elif isinstance(block, (Image, Picture)):
        yield block.caption


@pytest.mark.parametrize("kind", KINDS)
def test_the_headings_are_the_same_in_the_same_order(documents: dict[str, Any], blocks: Any, kind: str) -> None:
    told = [squeezed(each.text) for each in blocks if isinstance(each, Heading)]
    ours = [title for title, _ in documents["pdf"].headings]
    assert ours == told
    assert [title for title, _ in documents[kind].headings if title != "Sommaire"] == told


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_is_on_a_page_near_that_of_our_pdf(documents: dict[str, Any], kind: str) -> None:
    ours = documents["pdf"].headings
    theirs = [each for each in documents[kind].headings if each[0] != "Sommaire"]
    away = [
        (title, page, other) for (title, page), (_, other) in zip(ours, theirs, strict=True) if abs(page - other) > NEAR
    ]
    assert away == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_numbers_of_pages_are_close_and_no_page_is_empty(documents: dict[str, Any], kind: str) -> None:
    ours, theirs = len(documents["pdf"].pages), len(documents[kind].pages)
    assert abs(ours - theirs) <= CLOSE * ours
    for name in ("pdf", kind):
        least = len(documents[name].header) + FEW
        assert [rank for rank, page in enumerate(documents[name].pages, 1) if len(page) < least] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_captions_are_the_same(documents: dict[str, Any], blocks: Any, kind: str) -> None:
    tables = sum(isinstance(each, Grid) for each in blocks)
    drawings = sum(isinstance(each, (Image, Picture)) for each in blocks)
    assert documents["pdf"].captions == documents[kind].captions
    assert len(documents[kind].captions) == tables + drawings
    assert documents[kind].images >= drawings


@pytest.mark.parametrize("kind", ["pdf", *KINDS])
def test_no_text_is_missing(documents: dict[str, Any], blocks: Any, kind: str) -> None:
    whole = documents[kind].text
    missing = [text for block in blocks for text in texts(block) if squeezed(text) not in whole]
    assert missing == []
