"""One thing that is checked of an installation, and what to do about it."""

import enum
from dataclasses import asdict, dataclass
from typing import Any


class State(enum.StrEnum):
    """What was seen."""

    OK = "ok"
    MEND = "à corriger"
    KNOW = "à savoir"


@dataclass(frozen=True)
class Check:
    """``subject`` in two or three words, what was seen, what to do (nothing when it is well)."""

    subject: str
    state: State
    seen: str
    todo: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The check as JSON writes it."""
        told = asdict(self)
        return {"objet": told["subject"], "etat": self.state.value, "constat": told["seen"], "a_faire": told["todo"]}


def ok(subject: str, seen: str) -> Check:
    """All is well."""
    return Check(subject, State.OK, seen)


def mend(subject: str, seen: str, todo: str) -> Check:
    """Something has to be corrected before the site is opened."""
    return Check(subject, State.MEND, seen, todo)


def know(subject: str, seen: str, todo: str = "") -> Check:
    """Something that may be wished, and that the installation should know."""
    return Check(subject, State.KNOW, seen, todo)
