"""A letter as a file: what it says, what the draft shows, the same bytes twice."""

import datetime
import io
from dataclasses import replace

import docx
import pypdf
import pytest

from maillage.core.documents.letters import APPEAL_TO_CONFIRM, DRAFT, LETTER_FILES, Letter, LetterSection, letter_pdf
from maillage.core.text import from_markdown

DAY = datetime.date(2026, 11, 22)
LETTER = Letter(
    authority="ARS Bretagne",
    recipient=("CPTS du pays de Redon",),
    title="Validation du projet de santé",
    number="PSC-D-53-2026-0001",
    reference="PSC-53-2026-0007",
    body=from_markdown("### Vu\n\nL'article [L.1434-12](https://example.org/a:b) ; #let $x$\n\n- un\n- deux"),
    made_on=DAY,
    day=DAY,
    sections=(LetterSection("Motifs", "Territoire pertinent."), LetterSection("Conditions", "", ("Recruter.",))),
    copies="CPAM d'Ille-et-Vilaine",
)


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join("".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_a_letter_says_everything_and_marks_the_draft():
    told = words(letter_pdf(LETTER))
    for each in ("ARS Bretagne", "PSC-D-53-2026-0001", "PSC-53-2026-0007", "Territoire pertinent.", "Recruter.",
                 "#let $x$", DRAFT.split(" :")[0], APPEAL_TO_CONFIRM, "Copie : CPAM"):  # fmt: skip
        assert each in told


def test_a_signed_letter_names_who_signs_and_is_no_draft():
    signed = replace(LETTER, is_draft=False, signatory="Camille Exemple", quality="Directrice", appeal="Deux mois.")
    told = words(letter_pdf(signed))
    assert "Camille Exemple" in told
    assert "Deux mois." in told
    assert "document non signé" not in told
    assert APPEAL_TO_CONFIRM not in told


@pytest.mark.parametrize("kind", LETTER_FILES)
def test_a_letter_is_made_in_each_format(kind):
    assert len(LETTER_FILES[kind](LETTER)) > 2_000


def test_the_same_letter_gives_the_same_pdf():
    assert letter_pdf(LETTER) == letter_pdf(LETTER)


def test_the_docx_is_to_edit():
    document = docx.Document(io.BytesIO(LETTER_FILES["docx"](LETTER)))
    told = "\n".join(each.text for each in document.paragraphs)
    assert "Conditions" in told
    assert "Recruter." in told
