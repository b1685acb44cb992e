"""The documents of the sixty-page projects of a demo MSP and of a demo CPTS. Prints figures, gates on none (``-s``)."""

import datetime
import io
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests import cast
from tests.official import official
from tests.projet_demo.contents import IMAGE, TODAY, demo, picture

from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile
from maillage.apps.diagnostics.queries import diagnose
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.projets.contents import fingerprint_of
from maillage.apps.projets.documents import KINDS, document
from maillage.apps.projets.models import Projet, Version
from maillage.apps.territories import services as communes
from maillage.apps.territories.models import Commune
from maillage.apps.territories.official.services import import_file

TARGETS = {"pdf": " (target: 5 s)", "docx": " (target: 5 s)", "odt": ""}
COUNT, CENTRE = 30, "35236"
FILES = (
    ("apl", "APL_mg_2021.xlsx"),
    ("apl", "APL_inf_2021.xlsx"),
    ("filosofi", "insee_filosofi_communes_2016.parquet"),
)
pytestmark = [pytest.mark.bench, pytest.mark.django_db]


@pytest.fixture
def projet(settings: Any, tmp_path: Path) -> Projet:
    """The project of the cast, and the image of its texts."""
    settings.FILES_DIR = tmp_path / "files"
    people = cast.create()
    data, _ = picture()
    scope = str(people.structure.organisation_id)
    StoredFile.objects.create(
        pk=uuid.UUID(IMAGE), name="plan.png", content_type="image/png", size=len(data), sha256="0" * 64,
        path=storage.put(data), scope=scope, uploaded_by="bench", at=timezone.now(),
    )  # fmt: skip
    return people.projet


def made(projet: Projet, content: dict[str, Any], label: str) -> Iterator[bytes]:
    """The three files of a version that holds this content; prints how long each took."""
    number = projet.versions.count() + 1
    version = Version.objects.create(
        projet=projet, number=number, name=label, content=content, fingerprint=fingerprint_of(content),
        at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC), author=projet.created_by,
    )  # fmt: skip
    for kind in KINDS:
        start, busy = time.perf_counter(), time.process_time()
        file = document(projet, kind, today=TODAY, version=version)
        took = f"{time.perf_counter() - start:.2f} s, processor {time.process_time() - busy:.2f} s"
        sys.stdout.write(f"\n{label}, {kind}{TARGETS[kind]}: {took}, {len(file) / 1024:,.0f} KiB")
        yield file


def pages(pdf: bytes) -> int:
    count = len(PdfReader(io.BytesIO(pdf)).pages)
    sys.stdout.write(f", {count} pages")
    return count


@pytest.mark.parametrize("nature", ["msp", "cpts"])
def test_the_documents_of_a_demo_project(projet: Projet, nature: str) -> None:
    files = list(made(projet, demo(nature), f"demo {nature}"))
    assert pages(files[0]) >= 50


@pytest.mark.donnees
@pytest.mark.usefixtures("france")
@pytest.mark.parametrize("nature", ["msp", "cpts"])
def test_the_documents_of_a_demo_project_with_a_real_diagnosis(
    projet: Projet, nature: str, settings: Any, tmp_path: Path
) -> None:
    settings.TERRITORIES_DIR = tmp_path
    communes.import_contours(by="bench", at=timezone.now())
    for source, name in FILES:
        import_file(source, official(name), by="bench", at=timezone.now())
    departement = Commune.objects.get(code=CENTRE).departement
    near = Commune.objects.filter(departement=departement, type="COM").order_by("code")[:COUNT]
    told = diagnose(read_selection({"communes": [row.code for row in near]}), today=TODAY).as_dict()
    files = list(made(projet, demo(nature, told), f"demo {nature} with the diagnosis of {COUNT} communes"))
    assert pages(files[0]) >= 50
