"""The figures of the texts that an answer uses, as they stood on its day."""

import datetime
from dataclasses import dataclass
from typing import Any, NamedTuple

from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.texts import ParameterText


@dataclass(frozen=True)
class ParameterUse:
    """A parameter on a day. ``value`` is ``None`` when none is established then, and ``reason`` says why.

    ``doubtful``: the value itself is weak (confidence C, or not established). ``superseded``: why a newer text may have
    changed it, empty when none is known. ``local``: the value is that of a contract or of a region, not of the nation.
    """

    path: str
    label: str
    value: Any
    unit: str
    since: datetime.date | None
    until: datetime.date | None
    confidence: str
    texts: tuple[tuple[str, str | None], ...]
    doubtful: bool
    reason: str = ""
    superseded: str = ""
    local: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The parameter as the API says it."""
        return {
            "chemin": self.path,
            "libelle": self.label,
            "valeur": self.value,
            "unite": self.unit,
            "depuis": self.since.isoformat() if self.since else None,
            "jusqu_a": self.until.isoformat() if self.until else None,
            "confiance": self.confidence,
            "textes": [{"titre": title, "url": url} for title, url in self.texts],
            "a_confirmer": self.doubtful,
        }


class ToConfirm(NamedTuple):
    """Something that the texts at hand do not settle: what, why, and who can settle it."""

    subject: str
    reason: str
    who: str

    def as_dict(self) -> dict[str, str]:
        """The reservation as the API says it."""
        return {"objet": self.subject, "motif": self.reason, "qui": self.who}


def use_of(text: ParameterText, day: datetime.date) -> ParameterUse:
    """The parameter on ``day``, known or not."""
    superseded = text.to_check_reason if text.to_check_at(day) else ""
    try:
        dated = text.at(day)
    except UnknownValue as unknown:
        return ParameterUse(
            text.path,
            text.label,
            None,
            text.unit,
            None,
            None,
            "à confirmer",
            (),
            True,
            unknown.reason or str(unknown),
            superseded,
            text.pack,
        )
    return ParameterUse(
        path=text.path,
        label=text.label,
        value=dated.value,
        unit=text.unit,
        since=dated.since,
        until=dated.until,
        confidence=dated.confidence or "C",
        texts=tuple((reference.title, reference.href) for reference in dated.references),
        doubtful=dated.confidence == "C",
        reason=dated.reason,
        superseded=superseded,
        local=text.pack,
    )
