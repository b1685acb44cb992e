"""The small world, for the tests that need communes."""

from pathlib import Path
from typing import Any

import pytest
from tests.apps.territories.accessibility.conftest import load_series
from tests.small_world import create_territories


@pytest.fixture
def territories(db: None) -> None:
    create_territories()


@pytest.fixture
def offer(territories: None, settings: Any, tmp_path: Path) -> None:
    """General practitioners in the small world, so that accessibility can be computed."""
    settings.TERRITORIES_DIR = tmp_path
    load_series("equipement.medecin_generaliste", {"35236": 3.0}, absent_is_zero=True)
