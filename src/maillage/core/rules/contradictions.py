"""What the source guides print and what holds, for the pages of the rules. No OpenFisca here."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

SOURCE = Path(__file__).parent / "contradictions.yaml"


@dataclass(frozen=True)
class Contradiction:
    """One known contradiction: its number in the knowledge base, the titles of the guides, what they print, what holds.

    ``paths`` are those of the parameters that it bears on.
    """

    number: int
    guides: tuple[str, ...]
    subject: str
    printed: str
    held: str
    paths: tuple[str, ...]

    @property
    def cited(self) -> str:
        """The titles of the guides in one text."""
        return " ; ".join(self.guides)


@functools.cache
def contradictions() -> tuple[Contradiction, ...]:
    """Every known contradiction of the source guides, by number."""
    data = yaml.safe_load(SOURCE.read_text("utf-8"))
    return tuple(
        Contradiction(
            number=row["numero"],
            guides=tuple(data["guides"][key] for key in row["guides"]),
            subject=row["sujet"],
            printed=row["imprime"],
            held=row["retenu"],
            paths=tuple(row["parametres"]),
        )
        for row in data["contradictions"]
    )


def contradictions_of(paths: Iterable[str]) -> tuple[Contradiction, ...]:
    """Those that bear on one of these parameters."""
    wanted = frozenset(paths)
    return tuple(each for each in contradictions() if wanted.intersection(each.paths))
