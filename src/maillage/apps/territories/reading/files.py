"""Where the files are: inside packages that are installed but never imported."""

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterable
from pathlib import Path

from maillage.apps.territories.reading.rows import LoadError

DECOUPAGE = Path(__file__).resolve().parents[1] / "data" / "decoupage_communes.json"
"""Communes of @etalab/decoupage-administratif, copied from npm at build."""


def package_folder(package: str) -> Path:
    """The folder ``data`` of an installed package, without importing it. Raises :class:`LoadError`."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LoadError(f"Le paquet Python « {package} » n'est pas installé : relancez l'installation (make run).")
    return Path(spec.submodule_search_locations[0]) / "data"


def package_version(distribution: str) -> str:
    """The installed version (« 1.1.0 »)."""
    return importlib.metadata.version(distribution)


def checksum(paths: Iterable[Path]) -> str:
    """SHA-256 (hexadecimal) of the files put end to end. Raises :class:`LoadError` when one is missing."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise LoadError(f"Le fichier {path.name} est illisible ({error.strerror}) : relancez make run.") from error
    return digest.hexdigest()
