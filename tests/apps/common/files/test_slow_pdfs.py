"""A PDF is read within bounds: it is refused, or it waits for a person, and never holds the site."""

import io
import time

import pytest
from tests.apps.common.files import slow_pdfs
from tests.apps.common.files.conftest import pdf

from maillage.apps.common.files import pdf_process, pdfs, storage
from maillage.core.kernel.problems import BadInput

BROKEN = {
    "pages": slow_pdfs.with_a_page_tree_of_nothing,
    "lock": slow_pdfs.with_an_unknown_lock,
    "catalogue": slow_pdfs.with_a_catalogue_of_nothing,
    "notes": slow_pdfs.with_notes_of_nothing,
}


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(pdfs, "WORK", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pdf_is_refused_in_words(put, name):
    with pytest.raises(BadInput, match="abîmé"):
        put(BROKEN[name](), "contrat.pdf")
    assert list(storage.every()) == []


@pytest.mark.django_db
def test_a_pdf_whose_words_take_hours_is_kept_like_a_scan(put, hurried):
    start = time.monotonic()
    assert put(slow_pdfs.that_takes_hours(), "scan.pdf").content_type == "application/pdf"
    assert time.monotonic() - start < pdfs.WAIT + 5


@pytest.mark.django_db
def test_a_pdf_whose_examination_takes_hours_is_refused(put, hurried):
    with pytest.raises(BadInput, match="trop de travail"):
        put(slow_pdfs.with_shared_notes(), "notes.pdf")
    assert list(storage.every()) == []


def test_what_was_read_before_the_end_of_the_time_stands(monkeypatch):
    monkeypatch.setattr(pdfs, "WAIT", 0.01)
    with pytest.raises(BadInput, match="trop de travail"):
        pdfs.read_pdf(pdf(), pages=1, characters=10)


def test_the_words_are_read_within_their_bound():
    shown = slow_pdfs.that_shows(b"BT /F 9 Tf 1 1 Td (Bonjour) Tj ET", pages=3)
    assert pdfs.read_pdf(shown, pages=2, characters=100) == pdfs.PdfRead(3, "Bonjour\nBonjour", is_signed=False)
    assert pdfs.read_pdf(shown, pages=3, characters=9).text == "Bonjour\nBo\n"


def test_a_form_that_is_broken_is_not_a_signature():
    found = pdfs.read_pdf(slow_pdfs.with_a_field_of_nothing(), pages=1, characters=10)
    assert (found.pages, found.is_signed) == (1, False)


def test_the_process_tells_what_it_found(monkeypatch, capfdbinary):
    """In this process, for who reads what it writes."""
    monkeypatch.setattr(pdf_process.resource, "setrlimit", lambda *_bounds: None)
    monkeypatch.setattr(pdf_process.sys, "stdin", io.TextIOWrapper(io.BytesIO(pdf(script="app.alert(1)"))))
    pdf_process.main(1, 1, 10)
    told = capfdbinary.readouterr().out.splitlines()
    assert told[0] == b'{"pages": 1, "programme": true}'
    assert told[-1] == b'{"signe": false}'
