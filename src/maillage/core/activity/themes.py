"""The themes that an agreement names for a protocol, a file of concertation or a public-health mission, on a day."""

import datetime
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from maillage.core.kernel.french import fold

DATA = Path(__file__).parent / "data" / "themes.yaml"
Subject = Literal["protocole", "mission"]


@dataclass(frozen=True)
class Theme:
    """A theme that the agreement names, with its text; ``code`` is what rows keep of it."""

    title: str
    source: str
    confidence: str
    code: str = ""


def themes(structure: str, subject: Subject, day: datetime.date) -> tuple[Theme, ...]:
    """The themes of the agreement of a structure (« MSP »…) on a day, in its order; empty where it names none."""
    return tuple(
        Theme(each["titre"], each["source"], each["confiance"], each["code"])
        for each in _data()
        if each["accord"] == structure and each["objet"] == subject and _stands(each, day)
    )


def code_of(subject: Subject, title: str) -> str:
    """The code of the theme that has this title, whatever its case and accents; empty when it is no theme of a text.

    >>> code_of("protocole", "patients obeses"), code_of("protocole", "Autre")
    ('obesite', '')
    """
    wanted = fold(title)
    return next((each["code"] for each in _data() if each["objet"] == subject and fold(each["titre"]) == wanted), "")


def _stands(each: dict[str, Any], day: datetime.date) -> bool:
    return bool(each["depuis"] <= day <= each.get("jusqu_a", datetime.date.max))


@functools.cache
def _data() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(DATA.read_text("utf-8"))["themes"])
