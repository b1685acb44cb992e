"""The real official files, which are never committed: tests that need them skip, and say so, when they are absent.

The folder is that of the variable MAILLAGE_DONNEES, else ``shared/donnees`` beside the checkout. Naming the folder is
a promise: a file that it then lacks is a failure, not a skip, so that a continuous integration cannot skip unseen.
"""

import os
from pathlib import Path

import pytest

VARIABLE = "MAILLAGE_DONNEES"
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "donnees"


def folder() -> Path:
    """Where the official files are looked for."""
    return Path(os.environ.get(VARIABLE) or BESIDE)


def official(name: str) -> Path:
    """The official file ``name``; the test is skipped when there is none. Mark the test with ``donnees``."""
    path = folder() / name
    if path.is_file():
        return path
    if os.environ.get(VARIABLE):
        pytest.fail(f"{VARIABLE} désigne {folder()}, qui n'a pas le fichier {name}.")
    pytest.skip(f"NON VÉRIFIÉ SUR LES DONNÉES RÉELLES : {name} manque dans {folder()} (variable {VARIABLE}).")
