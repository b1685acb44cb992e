"""Files of every kind, made here, and a folder of their own."""

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from maillage.apps.common.files import storage
from maillage.apps.common.files.services import deposit
from maillage.apps.common.models import StoredFile

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
Deposit = Callable[..., StoredFile]
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.FILES_DIR = tmp_path / "fichiers"
    return settings.FILES_DIR


@pytest.fixture
def put(db) -> Deposit:
    """``put(content, "nom.pdf")``: deposits as Claire."""

    def send(content: bytes, name: str = "fichier", **more: object) -> StoredFile:
        return deposit(by="Claire", at=NOON, name=name, content=io.BytesIO(content), **more)

    return send


def kept(stored: StoredFile) -> bytes:
    with storage.opened(stored.path) as file:
        return file.read()


def pdf(*, lock: str = "", script: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if lock:
        writer.encrypt(lock)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def docx(*paragraphs: str, **more: str | bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": document, **named})


def odt(text: str) -> bytes:
    spans = f'<text:p xmlns:text="t">{text}</text:p>'
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": spans})


def image(kind: str = "PNG", size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **more)
    return target.getvalue()
