"""The templates of protocols that Maillage gives: parts and questions, by theme of the agreement."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "modeles_protocoles.yaml"
LICENCE = "Licence ouverte 2.0 (Etalab)"
PART_OF_ROLES = "Qui fait quoi"
"""The part where the questions of a theme stand."""


@dataclass(frozen=True)
class ProtocolTemplate:
    """A template. ``content``: its parts and their questions, as text to complete."""

    code: str
    title: str
    theme: str
    need: str
    content: str
    version: int


@functools.cache
def templates() -> tuple[ProtocolTemplate, ...]:
    """The templates, the general one first."""
    told: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return tuple(
        ProtocolTemplate(
            code=each["code"],
            title=each["titre"],
            theme=each["theme"],
            need=each["besoin"],
            content=_content(told["parties"], each["questions"]),
            version=told["version"],
        )
        for each in told["modeles"]
    )


def template_of(code: str) -> ProtocolTemplate | None:
    """The template of this code."""
    return next((each for each in templates() if each.code == code), None)


def _content(parts: Iterable[dict[str, Any]], of_theme: list[str]) -> str:
    blocks = []
    for part in parts:
        questions = [*part["questions"], *(of_theme if part["titre"] == PART_OF_ROLES else ())]
        blocks.append("\n".join([part["titre"].upper(), *(f"- {question}" for question in questions)]))
    return "\n\n".join(blocks)
