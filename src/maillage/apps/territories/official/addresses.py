"""Where each official file is: the file adresses.yaml beside this module, read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("adresses.yaml")


@dataclass(frozen=True)
class Address:
    """One file of a source: its addresses, tried in order, or a dataset of data.gouv.fr and the title of the file.

    ``goes_along``: it is read with the file before it, not loaded by itself.
    """

    file: str = ""
    urls: tuple[str, ...] = ()
    dataset: str = ""
    title: str = ""
    goes_along: bool = False


def addresses_of(source: str) -> list[Address]:
    """The files of a source; empty when no address is known."""
    return _all().get(source, [])


@cache
def _all() -> dict[str, list[Address]]:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {source: [_address(row) for row in rows] for source, rows in content.items()}


def _address(row: dict[str, Any]) -> Address:
    return Address(
        file=row.get("fichier", ""),
        urls=tuple(row.get("adresses", ())),
        dataset=row.get("jeu", ""),
        title=row.get("titre", ""),
        goes_along=row.get("accompagne", False),
    )
