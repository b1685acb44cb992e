"""An offer or a population given as a file (CSV, Excel, Parquet), checked line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from maillage.apps.territories.official.files import open_file
from maillage.apps.territories.official.grids import Columns, Row, Wanted, figure, find_columns, grids
from maillage.apps.territories.official.places import COMMUNE, commune_code
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, Problem

CODE = ("code_commune", "code", "codgeo", "code insee", "commune", "depcom")
OFFER = Wanted(
    {"code": CODE, "quantite": ("quantite", "nombre", "effectif", "etp")}, {"age": ("age",), "actes": ("actes",)}
)
POPULATION = Wanted({"code": CODE, "population": ("population", "pop", "population_standardisee")})
MOST_TOLD = 10
AN_INSEE_CODE = "le code INSEE d'une commune (cinq caractères, par exemple 35236)"
A_NUMBER = "un nombre d'au moins 0"


@dataclass(frozen=True)
class OfferLine:
    """A line of an offer file: professionals (ETP), their age in years and their acts a year when it gives them."""

    line: int
    code: str
    quantity: float
    age: float | None
    acts: float | None


@dataclass
class _Reading:
    """A file being read: its columns, and what is wrong in it."""

    option: str
    path: Path
    columns: Columns
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The lines of data; those with more cells than the header are told and left out."""
        width = len(self.columns.header)
        for line, row in self.columns.rows():
            if any(cell not in (None, "") for cell in row[width:]):
                self.say(line, "", f"{len(row)} valeurs", f"{width} valeurs, comme l'en-tête")
            else:
                yield line, row

    def say(self, line: int, name: str, value: str, expected: str) -> None:
        """A cell cannot be used."""
        place = f"{self.option} {self.path.name}, ligne {number(line)}"
        self.problems.append(Problem(f"{place}, {name}" if name else place, value, expected))

    def code(self, line: int, row: Row, name: str = "code") -> str:
        """A code INSEE; empty, and told, when it is not one."""
        written = self.columns.get(row, name)
        code = commune_code(written)
        if COMMUNE.fullmatch(code):
            return code
        self.say(line, "code_commune" if name == "code" else name, written, AN_INSEE_CODE)
        return ""

    def amount(self, line: int, row: Row, name: str) -> float | None:
        """A number of at least 0; ``None``, and told, when it is not one."""
        written = self.columns.get(row, name)
        try:
            value = figure(written)
        except ValueError:
            value = None
        if value is None or value < 0:
            self.say(line, name, written, A_NUMBER)
            return None
        return value

    def optional(self, line: int, row: Row, name: str) -> float | None:
        """A number of at least 0 when the cell is filled, else ``None``."""
        return self.amount(line, row, name) if self.columns.get(row, name) else None

    def close(self, count: int) -> None:
        """Raises :class:`BadInput` with the first faults and how many there are, or when there is no line."""
        if self.problems:
            raise refused(f"{self.option} {self.path.name}", self.problems)
        if not count:
            raise LoadError(f"{self.option} : le fichier {self.path.name} n'a aucune ligne sous son en-tête.")


def refused(place: str, problems: Sequence[Problem]) -> BadInput:
    """The first faults, then how many others there are."""
    more = len(problems) - MOST_TOLD
    if more <= 0:
        return BadInput(problems)
    told = f"{number(more)} {plural(more, 'autre ligne fautive', 'autres lignes fautives')}"
    return BadInput([*problems[:MOST_TOLD], Problem(place, told, "un fichier sans faute")])


def _open(option: str, path: Path, wanted: Wanted) -> _Reading:
    try:
        file = replace(open_file(path), by_hand=True)
        return _Reading(option, path, find_columns(grids(file)[0], wanted))
    except LoadError as error:
        raise LoadError(f"{option} : {error}") from error


def read_offer(option: str, path: Path) -> list[OfferLine]:
    """The lines of an offer (code_commune, quantite; age, actes when given). Raises ``BadInput``, ``LoadError``."""
    reading, found = _open(option, path, OFFER), []
    for line, row in reading.rows():
        code, quantity = reading.code(line, row), reading.amount(line, row, "quantite")
        age, acts = reading.optional(line, row, "age"), reading.optional(line, row, "actes")
        if code and quantity is not None:
            found.append(OfferLine(line, code, quantity, age, acts))
    reading.close(len(found))
    return found


def read_population(option: str, path: Path) -> dict[str, float]:
    """Inhabitants by code, taken as the demand as they are. Raises ``BadInput``, ``LoadError``."""
    reading = _open(option, path, POPULATION)
    found: dict[str, float] = {}
    for line, row in reading.rows():
        code, people = reading.code(line, row), reading.amount(line, row, "population")
        if code in found:
            reading.say(line, "code_commune", code, "une commune donnée une seule fois")
        elif code and people is not None:
            found[code] = people
    reading.close(len(found))
    return found
