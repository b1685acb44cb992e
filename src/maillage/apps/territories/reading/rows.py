"""The rows that the readers give, whatever the file they come from."""

from dataclasses import dataclass, field


class LoadError(Exception):
    """A file cannot be read or loaded; the message, in French, tells which one and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message.strip())


@dataclass(slots=True)
class PlaceRow:
    """A région (``parent`` empty) or a département (``parent``: code of its région)."""

    code: str
    nom: str
    tncc: int
    parent: str = ""


@dataclass(slots=True)
class EpciRow:
    """An EPCI by its SIREN."""

    code: str
    nom: str
    nature: str


@dataclass(slots=True)
class CommuneRow:
    """A commune or an arrondissement; ``nom`` has its article. ``epci``: SIREN or ``None``."""

    code: str
    nom: str
    tncc: int
    departement: str
    parent: str | None = None
    epci: str | None = None
    population: int | None = None
    population_vintage: str = ""
    latitude: float | None = None
    longitude: float | None = None
    codes_postaux: frozenset[str] = frozenset()


@dataclass(slots=True, frozen=True)
class FormerRow:
    """A code or a name of the past; ``commune``: code of the commune of today; ``nom`` empty when unknown."""

    code: str
    nom: str
    kind: str
    commune: str


@dataclass(slots=True)
class AgesRow:
    """Inhabitants by age of the commune or arrondissement ``code``, in the geography of the file."""

    code: str
    moins_de_20: int
    de_20_a_64: int
    plus_de_65: int
    total: int


@dataclass
class Communes:
    """Everything a file says of the communes, by code, with what was read and left out.

    ``checked``: the vintages were verified for this very file.
    """

    communes: dict[str, CommuneRow]
    former: list[FormerRow]
    rows_read: int
    rejected: int
    checked: bool = False
    regions: list[PlaceRow] = field(default_factory=list)
    departements: list[PlaceRow] = field(default_factory=list)
    epcis: list[EpciRow] = field(default_factory=list)

    @property
    def rows_written(self) -> int:
        return self.rows_read - self.rejected
