"""What a reader gives of a file: one dataset per vintage, each with the verb that writes its rows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.apps.territories.official.sink import Sink


@dataclass(frozen=True)
class Asked:
    """What the person says of the file that it may not say itself. ``description``: path of a description file."""

    vintage: str = ""
    what: str = ""
    description: str = ""


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
