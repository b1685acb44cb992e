"""Depositing: what is accepted, kept, told and given back; nothing is left of what failed."""

import datetime
import hashlib
import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from PIL import Image
from tests.apps.common.files.conftest import NOON, archive, docx, image, kept, odt, pdf

from maillage.apps.common.files import storage
from maillage.apps.common.files.services import deposit, erase, strays
from maillage.apps.common.models import Event, StoredFile
from maillage.apps.common.screening import PatientData
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
XLSX = archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
PPTX = archive({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"})
ODS = archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<c/>"})


@pytest.mark.parametrize(
    ("content", "given", "shown", "content_type"),
    [
        (pdf(), "Statuts signés.PDF", "Statuts signés.pdf", "application/pdf"),
        (docx("Bonjour"), "projet.docx", "projet.docx", "wordprocessingml.document"),
        (odt("Bonjour"), "projet.odt", "projet.odt", "opendocument.text"),
        (XLSX, "budget.xlsx", "budget.xlsx", "spreadsheetml.sheet"),
        (ODS, "budget.ods", "budget.ods", "opendocument.spreadsheet"),
        (PPTX, "réunion.pptx", "réunion.pptx", "presentationml.presentation"),
        (image("PNG"), "plan.png", "plan.png", "image/png"),
        (image("JPEG"), "plan.png", "plan.jpg", "image/jpeg"),
        (image("WEBP"), "plan.webp", "plan.jpg", "image/jpeg"),
        ("Été\n".encode(), "note.txt", "note.txt", "text/plain"),
        ("nom;métier\n".encode("cp1252"), "équipe.csv", "équipe.csv", "text/csv"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "agenda.txt", "agenda.ics", "text/calendar"),
    ],
)
def test_a_file_is_what_its_content_says(put, content, given, shown, content_type):
    stored = put(content, given)
    assert stored.name == shown
    assert stored.content_type.endswith(content_type)


def test_a_file_is_kept_as_it_came_under_a_name_that_tells_nothing(put, folder):
    content = pdf()
    stored = put(content, "Statuts.pdf", scope="organisation")
    assert (folder / stored.path).read_bytes() == content
    assert "tatuts" not in stored.path
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (stored.uploaded_by, stored.scope, stored.scanned) == ("Claire", "organisation", False)
    assert (folder / stored.path).stat().st_mode & 0o077 == 0


def test_the_log_tells_the_deposit_without_the_name_of_the_file(put):
    stored = put(pdf(), "Mon fichier.pdf", scope="organisation")
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.scope) == ("déposer un fichier", str(stored.pk), "organisation")
    assert "Mon fichier" not in str(event.after)


def test_the_same_content_twice_is_two_files_erased_apart(put, folder):
    first, second = put(pdf()), put(pdf())
    assert first.sha256 == second.sha256
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "on_commit", lambda act: act())
        erase(by="Claire", at=NOON, file=first)
    assert kept(second) == pdf()
    assert [path for path, _ in storage.every()] == [second.path]
    assert Event.objects.filter(verb="effacer un fichier").count() == 1


def test_where_only_some_kinds_are_asked_another_is_refused(put):
    with pytest.raises(BadInput, match="Ce fichier est un PNG ; ici, déposez : PDF"):
        put(image(), "scan.png", kinds=["pdf"])


def test_a_file_over_the_limit_is_refused_with_the_limit(put, settings):
    settings.FILE_MEGABYTES = 1
    with pytest.raises(BadInput, match="plus de 1 Mo"):
        put(b"a" * 1_000_001, "long.txt")
    assert put(b"a" * 1_000_000, "juste.txt").size == 1_000_000


def test_an_empty_file_is_refused(put):
    with pytest.raises(BadInput, match="vide"):
        put(b"", "rien.pdf")
    with pytest.raises(IntegrityError, match="file_is_not_empty"), transaction.atomic():
        StoredFile.objects.create(name="a", content_type="b", size=0, sha256="", path="p", uploaded_by="c", at=NOON)


def test_nothing_is_left_when_the_row_cannot_be_written(put, folder, monkeypatch):
    def fail(**_values: object) -> None:
        raise ImproperlyConfigured("no row")

    monkeypatch.setattr(StoredFile.objects, "create", fail)
    with pytest.raises(ImproperlyConfigured):
        put(pdf())
    assert list(storage.every()) == []


def test_nothing_is_left_when_the_disk_is_full(put, folder, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(pdf())
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0


def test_what_an_undone_act_left_is_found_after_a_day(put, folder):
    stored = put(pdf())
    path = storage.put(b"stray")
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    assert strays(tomorrow) == [path]
    assert strays(datetime.datetime.now(datetime.UTC)) == []
    assert stored.path != path


@pytest.mark.parametrize(
    ("content", "name", "field"),
    [
        (docx("Bilan", "Mme Durand, 82 ans, est tombée"), "cas.docx", "fichier"),
        (odt("M. <s>Le Gall</s>, 78 ans"), "cas.odt", "fichier"),
        (b"nom;prenom;naissance\nDURAND;Lucette;12/03/1948\n", "liste.csv", "fichier"),
        (b"Sans patient", "Mme_Durand_82 ans.txt", "nom du fichier"),
    ],
)
def test_a_document_that_may_tell_a_patient_is_stopped(put, content, name, field):
    with pytest.raises(PatientData) as stopped:
        put(content, name)
    assert list(stopped.value.findings) == [field]
    assert list(storage.every()) == []


def test_who_read_the_document_may_declare_it_harmless_and_the_log_says_so(put):
    put(docx("Mme Durand, 82 ans, est tombée"), "cas.docx", declared_harmless=True)
    assert Event.objects.get().after["sans_patient_declare"] is True


def test_nobody_may_declare_a_securite_sociale_number_harmless(put):
    with pytest.raises(PatientData):
        put(b"2 55 08 14 168 025 38", "note.txt", declared_harmless=True)


def test_a_photo_loses_where_and_with_what_it_was_taken(put):
    exif = Image.Exif()
    exif[0x0110] = "Appareil de Claire"
    exif.get_ifd(0x8825)[2] = (48.0, 7.0, 0.0)
    exif[0x0112] = 6
    stored = put(image("JPEG", exif=exif, comment=b"secret"), "photo.jpg")
    photo = Image.open(io.BytesIO(kept(stored)))
    assert dict(photo.getexif()) == {}
    assert b"Claire" not in kept(stored)
    assert photo.size == (20, 40)  # Upright: the camera was turned.


def test_a_large_image_is_brought_to_the_size_of_a_page(put):
    stored = put(image(size=(4000, 1000)))
    assert Image.open(io.BytesIO(kept(stored))).size == (3000, 750)


def test_transparency_is_kept(put):
    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(target, "WEBP")
    stored = put(target.getvalue(), "logo.webp")
    assert stored.content_type == "image/png"
    assert Image.open(io.BytesIO(kept(stored))).mode == "RGBA"


def test_a_service_deposits_as_a_person():
    class Someone:
        event_actor = "personne:1"

    stored = deposit(by=Someone(), at=NOON, name="a.txt", content=io.BytesIO(b"a"))
    assert stored.uploaded_by == "personne:1"
