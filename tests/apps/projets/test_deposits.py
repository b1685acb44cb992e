"""A signed PDF takes the place of a signature by account, when it is the PDF of the version."""

import io

import pytest
from pypdf import PdfWriter
from tests import cast
from tests.apps.common.files import slow_pdfs

from maillage.apps.common.files import pdfs
from maillage.apps.common.models import StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import deposits, versions
from maillage.apps.projets.models import Signature
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path) -> cast.Cast:
    settings.FILES_DIR = tmp_path
    return cast.create()


@pytest.fixture
def asked(people):
    version = versions.name_version(people.projet, name="À signer", by=people.porteuse, at=cast.NOW)
    return versions.ask_for_signatures(version, by=people.porteuse, at=cast.NOW)


def scan(*, locked=False):
    """A page without text, as a scan gives it."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if locked:
        writer.encrypt("un secret")
    made = io.BytesIO()
    writer.write(made)
    made.seek(0)
    return made


def printed(text):
    """A page on which this text is printed."""
    from typst import compile as typeset

    return io.BytesIO(typeset(text.encode()))


def give(version, people, content, *, by=None, member=None, is_confirmed=False):
    return deposits.deposit(
        version,
        member or Member.objects.get(user=people.membre),
        name="signe.pdf",
        content=content,
        is_confirmed=is_confirmed,
        by=by or people.porteuse,
        at=cast.NOW,
    )


def test_the_pdf_of_the_version_is_known_by_its_fingerprint(people, asked):
    given = give(asked, people, printed(f"empreinte {asked.fingerprint[:12]}"))
    assert given.method == "pdf"
    assert StoredFile.objects.get(pk=given.file).scope == str(people.structure.organisation_id)


def test_a_scan_asks_to_confirm(people, asked):
    with pytest.raises(deposits.NotNamed, match="Confirmez"):
        give(asked, people, scan())
    assert not StoredFile.objects.exists()
    assert give(asked, people, scan(), is_confirmed=True).member.user == people.membre


@pytest.mark.parametrize("content", [b"", b"bonjour", b"%PDF-1.7 cut", b"<html></html>"])
def test_what_is_no_pdf_is_refused_and_nothing_is_kept(people, asked, content):
    with pytest.raises(BadInput, match="fichier"):
        give(asked, people, io.BytesIO(content), is_confirmed=True)
    assert not StoredFile.objects.exists()
    assert not Signature.objects.exists()


def test_a_pdf_behind_a_password_is_refused(people, asked):
    with pytest.raises(BadInput, match="mot de passe"):
        give(asked, people, scan(locked=True), is_confirmed=True)


def test_a_member_deposits_for_themself_only(people, asked):
    other = Member.objects.get(user=people.porteuse)
    with pytest.raises(NotAllowed):
        give(asked, people, scan(), by=people.membre, member=other, is_confirmed=True)
    assert give(asked, people, scan(), by=people.membre, is_confirmed=True)


def test_the_pdf_of_another_version_does_not_pass_for_this_one(people, asked):
    with pytest.raises(deposits.NotNamed):
        give(asked, people, printed("empreinte 000000000000"))


def test_a_deposit_says_for_whom_and_what(people, asked):
    with pytest.raises(BadInput, match="signataire"):
        deposits.deposit(asked, None, name="", content=scan(), is_confirmed=True, by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput, match="le PDF signé"):
        give(asked, people, None)


def test_a_pdf_that_takes_hours_to_read_asks_to_confirm(people, asked, monkeypatch):
    monkeypatch.setattr(pdfs, "WORK", 1)
    slow = slow_pdfs.that_takes_hours(f"empreinte {asked.fingerprint[:12]}")
    with pytest.raises(deposits.NotNamed, match="Confirmez"):
        give(asked, people, io.BytesIO(slow))
    assert not StoredFile.objects.exists()
    assert give(asked, people, io.BytesIO(slow), is_confirmed=True)


@pytest.mark.parametrize(
    "broken", [slow_pdfs.with_an_unknown_lock, slow_pdfs.with_a_catalogue_of_nothing, slow_pdfs.with_notes_of_nothing]
)
def test_a_pdf_that_no_reader_opens_is_refused(people, asked, broken):
    with pytest.raises(BadInput, match="fichier"):
        give(asked, people, io.BytesIO(broken()), is_confirmed=True)
    assert not Signature.objects.exists()


def test_a_pdf_that_weighs_too_much_is_not_read(people, asked, settings):
    settings.FILE_MEGABYTES = 0.0001
    with pytest.raises(BadInput, match="pèse plus"):
        give(asked, people, scan(), is_confirmed=True)
