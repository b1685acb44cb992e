"""Figures of places gathered line by line from a file, with the lines that cannot be used left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maillage.apps.territories.models import Series
from maillage.apps.territories.official.grids import figure
from maillage.apps.territories.official.places import Values, commune_code
from maillage.apps.territories.official.sink import Sink


@dataclass
class Gathered:
    """Figures by kind, then by code of the file. ``adds``: several lines of a place are added up (IRIS).

    Without it a place seen twice with the same figures counts once, with others its second line is left out.
    """

    sink: Sink
    level: str = Series.Level.COMMUNE
    adds: bool = False
    negative: bool = False
    figures: dict[str, Values] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def take(self, line: int, code: str, cells: Mapping[str, Any]) -> None:
        """Read the cells of a line, by kind of figure, for the place ``code``."""
        self.sink.count()
        place = commune_code(code) if self.level == Series.Level.COMMUNE else code
        if not self.sink.place(line, place, self.level):
            return
        try:
            read = {kind: figure(cell) for kind, cell in cells.items()}
        except ValueError as error:
            self.sink.reject(line, f"un nombre est attendu ({error})")
            return
        if not self.negative and any(value is not None and value < 0 for value in read.values()):
            self.sink.reject(line, "une valeur est négative")
        elif place in self.seen and not self.adds:
            self._again(line, place, read)
        else:
            self._keep(place, read)

    def of(self, kind: str) -> Values:
        """The figures of a kind, by code."""
        return self.figures.get(kind, {})

    def _again(self, line: int, place: str, read: Values) -> None:
        if any(self.of(kind).get(place) != value for kind, value in read.items()):
            self.sink.reject(line, f"« {place} » figure déjà plus haut avec d'autres valeurs")

    def _keep(self, place: str, read: Values) -> None:
        for kind, value in read.items():
            values = self.figures.setdefault(kind, {})
            if place in self.seen:
                before = values.get(place)
                values[place] = None if before is None or value is None else before + value
            else:
                values[place] = value
        self.seen.add(place)
