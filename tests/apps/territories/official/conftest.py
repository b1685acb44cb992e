"""The small world, and the verbs of the official files on it."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.small_world import create_territories

from maillage.apps.territories.models import Value
from maillage.apps.territories.official import services
from maillage.apps.territories.official.services import Asked, Outcome

MONDAY = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
Load = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where files are prepared: never that of the installation."""
    settings.TERRITORIES_DIR = tmp_path / "territoires"
    return tmp_path


@pytest.fixture
def small_world(db: None) -> None:
    """Redon, Rennes, Sainte-Marie, and Saint-Hier (35900) that Redon took over."""
    create_territories()


@pytest.fixture
def load(small_world: None) -> Load:
    """Load a file; the keywords are those of ``import_file``."""
    return load_file


@pytest.fixture
def load_real(db: None) -> Load:
    """The same, on the real communes."""
    return load_file


def load_file(source: str, path: Path, *, vintage: str = "", **options: object) -> Outcome:
    """Load a file as a person would on Monday."""
    told = {"by": "tests", "at": MONDAY, "asked": Asked(vintage), **options}
    return services.import_file(source, path, **told)


def values(indicator: str, vintage: str = "", level: str = "commune") -> dict[str, float | None]:
    """The figures written for an indicator."""
    rows = Value.objects.filter(series__indicator_id=indicator, series__level=level)
    rows = rows.filter(series__vintage=vintage) if vintage else rows
    return dict(rows.values_list("code", "value"))
