"""What a check says: what was found, what is missing, by which text."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["remplie", "manque", "inconnu"]
STATES: dict[State, str] = {"remplie": "remplie", "manque": "manque", "inconnu": "à préciser"}
"""States of a check, in words."""


@dataclass(frozen=True)
class Finding:
    """What a rule found. ``found`` and ``missing`` are French sentences; ``inside`` is one that only who reviews reads;
    ``to_confirm`` says why the answer is weak; ``fields`` and ``documents`` are the codes that it looked at, ``rules``
    the conditions of the orientation that it used."""

    state: State
    found: str
    missing: str = ""
    inside: str = ""
    to_confirm: str = ""
    fields: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A parameter of the rules on which a check stands, as it was read."""

    path: str
    label: str
    since: datetime.date | None = None


@dataclass(frozen=True)
class Checked:
    """A check of a kind applied to a dossier. ``blocks`` are the verbs that it forbids while it is not met.

    ``since_filed`` is what the project says today, when it is no longer what was filed. ``parameters`` and ``rules``
    are the figures and the conditions of the rules that it stands on.
    """

    code: str
    statement: str
    rule: str
    state: State
    found: str
    missing: str
    source: str
    confidence: str
    to_confirm: str = ""
    blocks: tuple[str, ...] = ()
    inside: str = ""
    fields: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since_filed: Finding | None = None
    parameters: tuple[Standing, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """What was found, then what is missing."""
        return f"{self.found} {self.missing}".strip()

    def as_dict(self) -> dict[str, Any]:
        """JSON of a check, as everyone who sees the dossier may read it."""
        return {
            "code": self.code,
            "enonce": self.statement,
            "regle": self.rule,
            "etat": self.state,
            "constate": self.found,
            "manque": self.missing,
            "source": self.source,
            "confiance": self.confidence,
            "a_confirmer": self.to_confirm,
            "bloque": list(self.blocks),
            "champs": list(self.fields),
            "pieces": list(self.documents),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Checked":
        """The same, read again."""
        return cls(
            code=kept["code"],
            statement=kept["enonce"],
            rule=kept["regle"],
            state=kept["etat"],
            found=kept["constate"],
            missing=kept["manque"],
            source=kept["source"],
            confidence=kept["confiance"],
            to_confirm=kept["a_confirmer"],
            blocks=tuple(kept["bloque"]),
            fields=tuple(kept["champs"]),
            documents=tuple(kept["pieces"]),
        )
