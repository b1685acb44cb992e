"""The small world, for the tests that need communes."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.apps.territories.accessibility.conftest import load_series
from tests.cast import NOW
from tests.small_world import create_territories

from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile


@pytest.fixture
def territories(db: None) -> None:
    create_territories()


@pytest.fixture
def offer(territories: None, settings: Any, tmp_path: Path) -> None:
    """General practitioners in the small world, so that accessibility can be computed."""
    settings.TERRITORIES_DIR = tmp_path
    load_series("equipement.medecin_generaliste", {"35236": 3.0}, absent_is_zero=True)


@pytest.fixture
def stored_pdf(db: None, settings: Any, tmp_path: Path) -> StoredFile:
    """A file of the filer, really on the disk."""
    settings.FILES_DIR = tmp_path / "fichiers"
    content = b"%PDF-1.4 un projet"
    path = storage.put(content)
    return StoredFile.objects.create(
        name="projet.pdf", content_type="application/pdf", size=len(content), path=path, at=NOW,
        sha256=hashlib.sha256(content).hexdigest(), uploaded_by="test",
    )  # fmt: skip
