"""What a reader gives of a file: one dataset per vintage, each with the verb that writes its rows."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.apps.territories.reading.rows import LoadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.apps.territories.official.sink import Sink

YEAR = re.compile(r"20[0-9]{2}")
NOT_A_YEAR = "--millesime : « {vintage} » n'est pas une année. Attendu : quatre chiffres, par exemple 2021."


@dataclass(frozen=True)
class Asked:
    """What the person says of the file that it may not say itself. ``description``: path of a description file."""

    vintage: str = ""
    what: str = ""
    description: str = ""

    @property
    def year(self) -> str:
        """The vintage, when it has to be a year. Raises :class:`LoadError`."""
        if self.vintage and not YEAR.fullmatch(self.vintage):
            raise LoadError(NOT_A_YEAR.format(vintage=self.vintage))
        return self.vintage


@dataclass(frozen=True)
class Dataset:
    """A part of a file that is replaced as a whole, with its own row in the sources.

    ``what`` tells apart two files of one source (« infirmier »); ``together`` when vintages coexist, to show a trend;
    without it a new vintage takes the place of the former. ``write`` sends the rows to the sink, as a stream.
    """

    vintage: str
    label: str
    write: "Callable[[Sink], None]"
    what: str = ""
    together: bool = True
    producer: str = ""
    licence: str = ""
    url: str = ""

    def key(self, source: str) -> str:
        """The key of its row: « apl-infirmier-2021 », « qpv »."""
        return "-".join(part for part in (source, self.what, self.vintage if self.together else "") if part)[:80]
