"""The documents of a diagnosis, to print and to edit."""

import io
import re
import zipfile

import docx
import odfdo
import pytest
from tests.core.documents.diagnosis_told import DAY, TITLE, diagnosis

from maillage.core.documents.diagnosis_blocks import blocks
from maillage.core.documents.diagnosis_content import LONGEST_LIST, MOST_ROWS, diagnosis_content
from maillage.core.documents.docx_file import docx_bytes
from maillage.core.documents.odt_file import odt_bytes
from maillage.core.documents.typography import typeset_all
from maillage.core.documents.typst_pdf import diagnosis_pdf


@pytest.fixture(scope="module")
def told():
    return diagnosis()


@pytest.fixture(scope="module")
def content(told):
    return typeset_all(diagnosis_content(told, today=DAY, address="https://exemple.fr/territoires/diagnostic/?epci=1"))


@pytest.fixture(scope="module")
def word(content):
    return docx.Document(io.BytesIO(docx_bytes(content["titre"], blocks(content), DAY)))


@pytest.fixture(scope="module")
def text(content):
    return odfdo.Document(io.BytesIO(odt_bytes(content["titre"], blocks(content), DAY)))


def test_the_pdf_is_accessible_and_the_same_every_time(told):
    first, second = (diagnosis_pdf(told, today=DAY) for _ in range(2))

    assert first.startswith(b"%PDF")
    assert b"pdfuaid" in first
    assert first == second


def test_a_count_and_its_density_are_one_row(content):
    offer = next(section for section in content["sections"] if section["code"] == "offre")

    assert [(row["libelle"], row["valeur"], row["densite"]) for row in offer["chiffres"]] == [
        ("Infirmiers en exercice", "4", "100")
    ]


def test_mainland_france_is_named_where_it_stands_for_france(told):
    income = next(each for each in told["sections"] if each["code"] == "revenus")
    figure = income["chiffres"][0]
    mainland = {
        "niveau": "france",
        "code": "METROPOLE",
        "nom": "France métropolitaine",
        "valeur": 20_500,
        "texte": "20 500",
    }
    section = {**income, "chiffres": [{**figure, "comparaisons": [mainland]}]}

    found = diagnosis_content({**told, "chiffres_cles": [], "sections": [section]}, today=DAY)

    assert found["sections"][0]["chiffres"][0]["ailleurs"] == [
        "à confirmer", "à confirmer", "20 500\n(métropole)",
    ]  # fmt: skip


def test_what_limits_a_figure_is_said_under_its_table(content):
    income = next(section for section in content["sections"] if section["code"] == "revenus")

    assert any(remark.startswith("Médiane (1 commune sur 2)") for remark in income["remarques"])


def test_methods_and_secrecy_are_told_once_for_the_figures_that_share_them(content):
    said = {row["libelle"]: row["methode"] for row in content["methodes"]}

    assert "Les petites communes sont masquées." in said["Médiane"]


def test_a_long_list_stands_at_the_end_and_a_very_long_one_is_cut_with_a_word(told):
    rows = [{"textes": [str(rank)], "valeurs": [str(rank)]} for rank in range(MOST_ROWS + 5)]
    table = {"code": "t", "titre": "Longue", "colonnes": [{"titre": "N", "numerique": False}], "source": "", "note": ""}
    bare, section = {**told, "chiffres_cles": []}, told["sections"][0]
    longer = {**bare, "sections": [{**section, "tableaux": [{**table, "lignes": rows}]}]}
    shorter = {**bare, "sections": [{**section, "tableaux": [{**table, "lignes": rows[:LONGEST_LIST]}]}]}

    content = diagnosis_content(longer, today=DAY)

    assert [len(each["lignes"]) for each in content["annexes"]] == [MOST_ROWS]
    assert content["annexes"][0]["note"].startswith("Les 5 lignes suivantes")
    assert diagnosis_content(shorter, today=DAY)["annexes"] == []


def test_the_docx_has_real_headings_and_a_table_of_contents(word):
    styles = {paragraph.style.name for paragraph in word.paragraphs}

    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "Caption"} <= styles
    assert word.paragraphs[0].text.replace("’", "'").endswith(TITLE)
    assert 'TOC \\o "1-1"' in word.element.xml


def test_the_table_of_contents_of_the_docx_reads_without_an_update(word):
    links = [(link.fragment, link.text) for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 1"]

    assert [text for _, text in links] == headings
    assert all(f'w:name="{name}"' in word.element.xml for name, _ in links)
    assert word.element.xml.count('w:fldCharType="begin"') == word.element.xml.count('w:fldCharType="end"')
    assert "updateFields" not in word.settings.element.xml


def test_the_captions_of_the_docx_are_numbered_without_an_update(word):
    captions = [each.text for each in word.paragraphs if each.style.name == "Caption"]
    tables = [each for each in captions if each.startswith("Tableau")]

    assert [int(re.sub(r"\D+(\d+).*", r"\1", each)) for each in tables] == list(range(1, len(tables) + 1))


def test_the_tables_of_the_docx_repeat_their_header_row_and_have_a_caption(word):
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables)
    captions = [
        each.text for each in word.paragraphs if each.style.name == "Caption" and each.text.startswith("Tableau")
    ]
    assert len(captions) == len(word.tables)


def test_the_drawings_of_the_docx_are_described(word):
    assert word.inline_shapes
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)


def test_the_docx_is_in_french_and_dated_of_the_diagnosis(word):
    assert (word.core_properties.language, word.core_properties.created.date()) == ("fr-FR", DAY)


def test_the_odt_has_the_same_headings_as_the_docx(word, text):
    headings = [each.text for each in word.paragraphs if each.style.name.startswith("Heading")]

    assert [each.text_recursive for each in text.body.get_elements("//text:h")] == headings


def test_the_tables_of_the_odt_repeat_their_header_row(text):
    tables = text.body.get_elements("//table:table")

    assert tables
    assert all(table.get_element("table:table-header-rows") is not None for table in tables)


def test_the_drawings_of_the_odt_are_described(text):
    described = [each.text for each in text.body.get_elements("//svg:desc")]

    assert described
    assert all(described)


def test_the_odt_names_its_contents(text):
    entries = [each.text_recursive for each in text.body.get_elements("//text:index-body/text:p")]
    links = [each.get_attribute("xlink:href") for each in text.body.get_elements("//text:index-body//text:a")]
    marks = [f"#{each.get_attribute('text:name')}" for each in text.body.get_elements("//text:h/text:bookmark")]

    assert entries[0] == "Sommaire"
    assert "Ce que disent les règles" in entries[1]
    assert links == marks
    assert len(links) == len(entries) - 1


def test_no_file_holds_a_value_that_runs(content):
    odt = zipfile.ZipFile(io.BytesIO(odt_bytes(content["titre"], blocks(content), DAY)))

    assert not re.search("(?i)script|macro", " ".join(odt.namelist()))


def test_a_document_to_read_holds_no_command(content, word):
    assert not any(each["commande"] for each in content["manques"])
    assert "maillage donnees" not in " ".join(cell.text for table in word.tables for cell in table._cells)


def test_a_figure_known_for_a_part_of_the_communes_says_so_beside_it(content):
    figures = {each["libelle"]: each for section in content["sections"] for each in section["chiffres"]}

    assert "1 commune sur 2" in [each["densite"] for each in figures.values()]
