"""The national protocols of cooperation that an agreement pays, and whether the team has the métiers that they ask."""

import datetime
import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "cooperation.yaml"


@dataclass(frozen=True)
class NationalProtocol:
    """A national protocol. ``delegated``: métiers (slugs); ``together``: whether the team needs each of them.

    ``delegating`` is empty when no source at hand names them.
    """

    code: str
    title: str
    delegated: tuple[str, ...]
    together: bool
    delegating: tuple[str, ...]
    since: datetime.date
    source: str
    confidence: str

    def missing(self, metiers: Collection[str]) -> tuple[str, ...]:
        """The delegated métiers that a team lacks to apply it; none when it has what is asked."""
        lacking = tuple(metier for metier in self.delegated if metier not in metiers)
        return lacking if self.together or len(lacking) == len(self.delegated) else ()


def national_protocols(day: datetime.date) -> tuple[NationalProtocol, ...]:
    """Those that stand on a day, in the order of the text."""
    return tuple(each for each in _all() if each.since <= day)


def national_protocol(code: str) -> NationalProtocol | None:
    """The one of this code."""
    return next((each for each in _all() if each.code == code), None)


@functools.cache
def _all() -> tuple[NationalProtocol, ...]:
    rows: list[dict[str, Any]] = yaml.safe_load(DATA.read_text("utf-8"))["protocoles"]
    return tuple(
        NationalProtocol(
            each["code"], each["titre"], tuple(each["delegues"]), each["ensemble"], tuple(each["delegants"]),
            each["depuis"], each["source"], each["confiance"],
        )
        for each in rows
    )  # fmt: skip
