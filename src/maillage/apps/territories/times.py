"""The table of travel times that is loaded, as arrays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from maillage.apps.territories.models import DataSource
from maillage.apps.territories.reading.rows import LoadError

if TYPE_CHECKING:
    import polars as pl

SOURCE = "temps"
ENDS = ("origine", "destination")
GONE = "Le fichier préparé {file} a disparu : chargez de nouveau les temps de trajet."


@dataclass(frozen=True)
class LoadedTimes:
    """Pairs of communes: ``codes[origins[k]]`` to ``codes[destinations[k]]`` takes ``minutes[k]``, shapes (pairs,).

    A pair may be there more than once, when communes merged: the shorter time stands.
    """

    codes: list[str]
    origins: NDArray[np.int32]
    destinations: NDArray[np.int32]
    minutes: NDArray[np.float32]
    source: DataSource


def times_source() -> DataSource | None:
    """The table that is loaded, ``None`` when there is none."""
    rows = DataSource.objects.loaded().filter(source=SOURCE).exclude(file="")
    return rows.order_by("-loaded_at").first()


def loaded_times(longest: float | None = None) -> LoadedTimes | None:
    """The pairs of the table that is loaded; ``None`` when no table is. See :func:`read_times`."""
    source = times_source()
    return None if source is None else read_times(source, longest)


def read_times(source: DataSource, longest: float | None = None) -> LoadedTimes:
    """The pairs of a table, of at most ``longest`` minutes or within a commune; twelve bytes or so a pair.

    Raises :class:`LoadError` when the prepared file is gone.
    """
    # Polars costs half a second to import.
    import polars as pl

    path = settings.TERRITORIES_DIR / source.file
    if not path.is_file():
        raise LoadError(GONE.format(file=source.file))
    frame = pl.scan_parquet(path)
    if longest is not None:
        frame = frame.filter((pl.col("minutes") <= longest) | (pl.col(ENDS[0]) == pl.col(ENDS[1])))
    codes = sorted({code for name in ENDS for code in _distinct(frame, name)})
    ranks = pl.DataFrame({"code": codes, "rank": np.arange(len(codes), dtype=np.int32)}).lazy()
    # A join streams; replacing values by a mapping would hold every text in memory.
    for name in ENDS:
        frame = frame.join(ranks.rename({"code": name, "rank": f"{name}_rank"}), on=name, how="left")
    ranked = frame.select(f"{ENDS[0]}_rank", f"{ENDS[1]}_rank", "minutes").collect(engine="streaming")
    origins, destinations, minutes = (ranked[name].to_numpy() for name in ranked.columns)
    return LoadedTimes(codes, origins, destinations, minutes, source)


def covered(source: DataSource) -> list[str]:
    """The communes that a table knows, as an origin or a destination, however far."""
    import polars as pl

    path = settings.TERRITORIES_DIR / source.file
    if not path.is_file():
        raise LoadError(GONE.format(file=source.file))
    frame = pl.scan_parquet(path)
    return sorted({code for name in ENDS for code in _distinct(frame, name)})


def _distinct(frame: "pl.LazyFrame", name: str) -> "pl.Series":
    return frame.select(name).unique().collect(engine="streaming")[name]
