"""What the checks of a dossier say: the contract, until the slice of the checks writes it (overwrite this file)."""

import datetime
from dataclasses import dataclass

from maillage.apps.dossiers.models import Dossier


@dataclass(frozen=True)
class Checked:
    """A check and its answer."""

    code: str
    statement: str
    state: str
    why: str = ""
    source: str = ""


def checked(dossier: Dossier, *, today: datetime.date) -> tuple[Checked, ...]:
    """Nothing is checked yet."""
    return ()


def forbidding(dossier: Dossier, verb: str, *, today: datetime.date) -> tuple[Checked, ...]:
    """Nothing forbids anything yet."""
    return ()
