"""The kinds of risk of a crisis plan, with their text."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "risques.yaml"


@dataclass(frozen=True)
class Risk:
    """A kind of risk, and what a team asks itself about it."""

    code: str
    title: str
    questions: tuple[str, ...]


@functools.cache
def risks() -> dict[str, Risk]:
    """The kinds of risk by code, in the order of the text."""
    return {each["code"]: Risk(each["code"], each["titre"], tuple(each["questions"])) for each in _data()["risques"]}


def source() -> str:
    """Where they come from, and how sure it is."""
    return f"{_data()['source']} (confiance {_data()['confiance']})"


@functools.cache
def _data() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return content
