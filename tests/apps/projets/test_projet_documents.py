"""The document of a project, to read and to edit: what it says and how it is built."""

import datetime
import io
import zipfile
from typing import Any

import docx
import odfdo
import pytest
from docx.document import Document
from pypdf import PdfReader
from tests.projet_demo.contents import IMAGE, TODAY, demo, picture

from maillage.apps.projets.documents import document_of
from maillage.core.documents.blocks import Grid, Heading, Paragraph
from maillage.core.documents.projet_document import ProjetDocument, VersionMark, projet_blocks
from maillage.core.documents.projet_files import projet_docx, projet_odt, projet_pdf
from maillage.core.text import from_markdown

TABLES = {
    "Les membres": ["Liste des membres"],
    "Les sites": ["Lieux d'exercice", "Horaires d'ouverture"],
    "Le plan d'actions": ["Fiches actions"],
}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return demo("msp")


@pytest.fixture(scope="module")
def projet(content: dict[str, Any], django_db_setup: None, django_db_blocker: Any) -> ProjetDocument:
    with django_db_blocker.unblock():  # The map looks for the outlines that an installation has.
        return document_of(content, day=TODAY, images={IMAGE: picture()})


@pytest.fixture(scope="module")
def word(projet: ProjetDocument) -> Document:
    return docx.Document(io.BytesIO(projet_docx(projet)))


@pytest.fixture(scope="module")
def text(projet: ProjetDocument) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(projet_odt(projet)))


def headings(document: ProjetDocument, level: int = 1) -> list[str]:
    return [each.text for each in projet_blocks(document) if isinstance(each, Heading) and each.level == level]


def test_the_headings_follow_the_order_of_the_document(projet: ProjetDocument) -> None:
    found = headings(projet)
    assert found[:2] == ["Résumé", "1. Les caractéristiques et les besoins du territoire"]
    assert found[-6:] == [
        "Les protocoles",
        "Les fiches actions",
        "Les signataires",
        "Annexe A1. Le plan d'actions",
        "Annexe. Le diagnostic du territoire",
        "Les chiffres cités et leurs sources",
    ]


def test_each_action_has_its_sheet(projet: ProjetDocument, content: dict[str, Any]) -> None:
    sheets = [each for each in projet_blocks(projet) if isinstance(each, Grid) and each.caption.startswith("Fiche")]
    assert len([sheet for sheet in sheets if " : " in sheet.caption]) == len(content["actions"])
    assert ("Budget", "à confirmer") in next(
        sheet.rows for sheet in sheets if sheet.caption.startswith("Fiche action 3")
    )


def test_what_the_author_inserted_is_not_repeated(projet: ProjetDocument, content: dict[str, Any]) -> None:
    assert projet.tables == ()
    bare = {**content, "rubriques": [{**each, "texte": None} for each in content["rubriques"]]}
    titles = [title for title, _ in document_of(bare, day=TODAY).tables]
    assert titles == ["Protocoles", "Forme juridique", "Budget"]


def test_a_heading_that_nobody_wrote_shows_the_tables_that_other_screens_hold(content: dict[str, Any]) -> None:
    bare = {**content, "rubriques": [{**each, "texte": None} for each in content["rubriques"]]}
    blocks = list(projet_blocks(document_of(bare, day=TODAY)))
    for title, captions in TABLES.items():
        start = next(rank for rank, each in enumerate(blocks) if isinstance(each, Heading) and title in each.text)
        shown = [each.caption for each in blocks[start + 1 : start + 1 + len(captions)] if isinstance(each, Grid)]
        assert shown == captions
    every = [each.caption for each in blocks if isinstance(each, Grid)]
    assert all(every.count(caption) == 1 for captions in TABLES.values() for caption in captions)


def test_what_stands_before_the_table_of_the_signatories_stays_with_it(projet: ProjetDocument) -> None:
    blocks = list(projet_blocks(projet))
    start = blocks.index(Heading("Les signataires"))
    assert isinstance(blocks[start + 1], Paragraph)
    assert blocks[start + 1].keep
    assert isinstance(blocks[start + 2], Grid)


def test_the_table_of_an_author_is_named_after_its_header_and_not_its_heading(content: dict[str, Any]) -> None:
    text = from_markdown("## Les créneaux\n\n| Jour | Qui |\n|---|---|\n| Lundi | Tous |\n").as_dict()
    told = {**content, "rubriques": [{"code": "x", "titre": "X", "etat": "pret", "texte": text}]}
    captions = [each.caption for each in projet_blocks(document_of(told, day=TODAY)) if isinstance(each, Grid)]
    assert captions[0] == "Jour, Qui"
    assert "Les créneaux" not in captions


def test_a_heading_that_is_not_written_says_so(content: dict[str, Any]) -> None:
    bare = {**content, "rubriques": [{"code": "msp.objectifs", "titre": "Objectifs", "etat": "vide", "texte": None}]}
    pdf = PdfReader(io.BytesIO(projet_pdf(document_of(bare, day=TODAY))))
    said = "".join(page.extract_text() for page in pdf.pages)
    assert "Cette rubrique n’est pas encore écrite" in said


def test_the_figures_cited_are_listed_with_their_vintage(projet: ProjetDocument) -> None:
    assert [(each.label, each.vintage) for each in projet.sources] == [
        ("Population municipale", "2023"),
        ("Infirmiers en exercice", "2025"),
    ]
    assert "4\u202f000 habitants (2023)" in str(projet.shown.figures["population.totale"])


def test_a_figure_that_is_not_known_is_to_confirm(content: dict[str, Any]) -> None:
    cited = from_markdown("Il y a {{chiffre:apl.inconnu}} et {{inserer:budget:}}").as_dict()
    told = {**content, "budget": [], "rubriques": [{"code": "x", "titre": "X", "etat": "pret", "texte": cited}]}
    pdf = PdfReader(io.BytesIO(projet_pdf(document_of(told, day=TODAY))))
    said = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "à confirmer" in said
    assert "rien n’est encore saisi" in said


def test_a_draft_is_marked_and_a_version_says_which(content: dict[str, Any]) -> None:
    day = datetime.date(2026, 3, 3)
    version = document_of(content, day=TODAY, version=VersionMark(3, "Dépôt", day, "0a1b2c3d4e5f" + "9" * 52))
    assert version.state.replace("\xa0", " ") == "Version 3 « Dépôt », figée le 3 mars 2026"
    assert "0a1b2c3d4e5f" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(projet_pdf(version))).pages)
    assert document_of(content, day=TODAY).state.replace("\xa0", " ") == "Brouillon du 22 novembre 2026"


def test_the_pdf_is_accessible_tagged_and_the_same_every_time(projet: ProjetDocument) -> None:
    first, second = projet_pdf(projet), projet_pdf(projet)
    assert b"pdfuaid" in first
    assert first == second
    read = PdfReader(io.BytesIO(first))
    assert read.metadata is not None
    assert read.metadata.title == "Soigner ensemble dans le pays de Brévalan"
    assert next(each.title for each in read.outline if not isinstance(each, list)) == "Résumé"


def test_the_docx_has_real_styles_fields_captions_and_alternatives(word: Document) -> None:
    names = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "List Number", "Quote"} <= names
    xml = word.element.xml
    assert 'TOC \\o "1-2"' in xml
    assert "SEQ Tableau" in xml
    assert "SEQ Figure" in xml
    assert "Plan du rez-de-chaussée" in xml
    assert all(row._tr.xml.count("tblHeader") for row in [word.tables[1].rows[0]])


def test_the_docx_numbers_each_list_from_one(word: Document) -> None:
    numbered = [each for each in word.paragraphs if each.style and each.style.name == "List Number"]
    identifiers = {each._p.pPr.numPr.numId.val for each in numbered}
    assert len(identifiers) == len(numbered) / 3


def test_the_pages_are_numbered_after_the_cover(word: Document, text: zipfile.ZipFile) -> None:
    section = word.sections[0]
    assert section.different_first_page_header_footer
    assert "NUMPAGES" in section.footer._element.xml
    styles = text.read("styles.xml").decode()
    assert "text:page-number" in styles
    assert 'style:next-style-name="Standard"' in styles


def test_the_odt_has_a_table_of_contents_with_pages_captions_and_alternatives(text: zipfile.ZipFile) -> None:
    xml = text.read("content.xml").decode()
    assert 'text:reference-format="page"' in xml
    assert 'text:name="Tableau"' in xml
    assert "<svg:desc>Plan du rez-de-chaussée" in xml
    assert odfdo.Document(io.BytesIO(_whole(text))).get_type() == "text"


def _whole(archive: zipfile.ZipFile) -> bytes:
    file = archive.fp
    assert file is not None
    file.seek(0)
    return file.read()


def test_links_and_marks_reach_the_docx(word: Document) -> None:
    links = {link.address for paragraph in word.paragraphs for link in paragraph.hyperlinks}
    assert "https://exemple.fr/sas" in links
    bold = [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.bold]
    assert any("habitants" in each for each in bold)
