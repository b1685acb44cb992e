"""What is not loaded, and what a diagnosis lacks without it."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.apps.territories.models import DataSource
from maillage.apps.territories.official.registry import SOURCES, OfficialSource

UNFINISHED = (DataSource.State.FAILED, DataSource.State.STOPPED)


@dataclass(frozen=True)
class Missing:
    """A source of which no file is loaded; ``failure`` says why the last one was refused."""

    source: OfficialSource
    failure: str = ""


def is_only_a_try(row: DataSource) -> bool:
    """Whether nothing is in place under this key: a file was refused, or its loading was interrupted."""
    return row.loaded_at is None and row.state in UNFINISHED


def missing(rows: Iterable[DataSource]) -> list[Missing]:
    """The official sources that ``rows`` does not hold, those that a diagnosis needs most first."""
    known = list(rows)
    loaded = {row.source for row in known if row.loaded_at}
    failures = {row.source: row.message for row in known if row.state in UNFINISHED}
    absent = [Missing(kind, failures.get(kind.code, "")) for kind in SOURCES if kind.code not in loaded]
    return sorted(absent, key=lambda item: not item.source.needed)
