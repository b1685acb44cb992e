"""Tables of travel times between communes, as large as the whole of France: origin, destination, minutes.

Read and written as a stream by Polars: fifteen million pairs never stand in memory as text. A duration of 9999 is how
METRIC writes that it found no way (apl_zonage.md, TT-03); it and negative durations are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.apps.territories.official.files import ILLEGIBLE, Member, OfficialFile
from maillage.apps.territories.official.grids import Columns, Wanted, find_columns, grids, normal
from maillage.apps.territories.official.unpacking import in_memory
from maillage.apps.territories.reading.rows import LoadError

if TYPE_CHECKING:
    import io

    import polars as pl

FAILURE = 9999.0
TAIL = 4096
ORIGIN, DESTINATION, MINUTES = "origine", "destination", "minutes"
WANTED = Wanted(
    needed={
        ORIGIN: (
            "origine", "origin", "code origine", "commune origine", "code commune origine", "id1", "depcom o", "com o",
            "codgeo o", "from", "from id", "idsrc", "depart", "commune depart",
        ),
        DESTINATION: (
            "destination", "code destination", "commune destination", "code commune destination", "id2", "depcom d",
            "com d", "codgeo d", "to", "to id", "iddst", "arrivee", "commune arrivee",
        ),
        MINUTES: (
            "minutes", "minute", "duree", "duree min", "duree minutes", "temps", "temps min", "temps minutes",
            "temps de trajet", "dist min", "time", "duration min", "travel time", "hc",
        ),
    },
)  # fmt: skip
INNER = "inner"
REASONS = {
    "origin": "l'origine n'est pas le code d'une commune connue",
    "destination": "la destination n'est pas le code d'une commune connue",
    "minutes": "la durée n'est pas un nombre de minutes",
    "failure": "la durée est négative ou vaut 9999 : aucun trajet trouvé",
}


@dataclass(frozen=True)
class Table:
    """A table to read: its columns by our names, and from which line of the file its data start.

    ``width``: how many cells its header has, when it is text.
    """

    file: OfficialFile
    member: Member
    columns: Mapping[str, str]
    first_line: int
    separator: str = ""
    width: int = 0

    def frame(self) -> "pl.LazyFrame":
        """Columns line, origine, destination (texts), minutes (text or number), read when they are used."""
        import polars as pl

        frame = self._scan().select(pl.col(self.columns[name]).alias(name) for name in (ORIGIN, DESTINATION, MINUTES))
        return frame.with_row_index("line", offset=self.first_line)

    def _scan(self) -> "pl.LazyFrame":
        import polars as pl

        source: Path | io.BytesIO = self.member.path
        if self.member.is_packed:
            with self.member.open() as raw:
                source = in_memory(raw, self.member.name)
        if self.member.kind == "parquet":
            return pl.scan_parquet(source)
        return pl.scan_csv(
            source,
            separator=self.separator,
            skip_rows=self.first_line - 2,
            infer_schema=False,
            encoding="utf8-lossy",
            truncate_ragged_lines=True,
        )


@dataclass(frozen=True)
class Written:
    """What was written, and what was left out: ``rejects`` gives line numbers and reasons.

    ``inner``: trips between communes that are one today; within a commune, the file says how long elsewhere, or not.
    """

    read: int
    kept: int
    inner: int
    origins: int
    rejects: "pl.DataFrame"

    def rejected(self) -> Iterator[tuple[int, str]]:
        """The lines left out, with the reason in French."""
        return ((line, REASONS[reason]) for line, reason in self.rejects.iter_rows())


def open_table(file: OfficialFile) -> Table:
    """The table of a file. Raises :class:`LoadError` when columns are missing or when its end is cut."""
    member = file.member
    if member.kind == "parquet":
        return Table(file, member, _parquet_columns(member), 2)
    found = find_columns(grids(file)[0], WANTED)
    _check_end(member, found)
    names = {name: found.header[place] for name, place in found.places.items()}
    return Table(file, member, names, found.header_line + 1, found.grid.separator, len(found.header))


def write_table(table: Table, today: Mapping[str, str], path: Path) -> Written:
    """Write the pairs between communes of ``today`` (code of the file → code of today) to a Parquet file.

    Raises :class:`LoadError` when the file cannot be read to its end.
    """
    import polars as pl

    try:
        checked = _checked(table.frame(), today)
        checked.filter(pl.col("reason").is_null()).select(ORIGIN, DESTINATION, MINUTES).sink_parquet(path)
        left_out = checked.filter(pl.col("reason").is_not_null()).select("line", "reason")
        others = left_out.collect(engine="streaming").sort("line")
        kept = pl.scan_parquet(path).select(pl.len()).collect(engine="streaming").item()
        origins = pl.scan_parquet(path).select(ORIGIN).unique().collect(engine="streaming").height
    except pl.exceptions.PolarsError as error:
        raise LoadError(ILLEGIBLE.format(name=table.member.name, error=_first_line(error))) from error
    rejects = others.filter(pl.col("reason") != INNER)
    return Written(kept + others.height, kept, others.height - rejects.height, origins, rejects)


def _checked(frame: "pl.LazyFrame", today: Mapping[str, str]) -> "pl.LazyFrame":
    import polars as pl

    known = pl.DataFrame({"code": list(today), "today": list(today.values())}).lazy()
    for name in (ORIGIN, DESTINATION):
        written = pl.col(name).cast(pl.String).str.strip_chars().str.to_uppercase()
        frame = frame.with_columns(written).join(
            known.rename({"code": name, "today": f"{name}_today"}), on=name, how="left"
        )
    merged = pl.col(f"{ORIGIN}_today") == pl.col(f"{DESTINATION}_today")
    minutes = pl.col(MINUTES)
    number = minutes.cast(pl.String).str.strip_chars().str.replace(",", ".", literal=True)
    return frame.with_columns(number.cast(pl.Float32, strict=False)).select(
        "line",
        pl.when(pl.col(f"{ORIGIN}_today").is_null()).then(pl.lit("origin"))
        .when(pl.col(f"{DESTINATION}_today").is_null()).then(pl.lit("destination"))
        .when(minutes.is_null() | ~minutes.is_finite()).then(pl.lit("minutes"))
        .when((minutes < 0) | (minutes >= FAILURE)).then(pl.lit("failure"))
        .when(merged & (pl.col(ORIGIN) != pl.col(DESTINATION))).then(pl.lit(INNER))
        .alias("reason"),
        pl.col(f"{ORIGIN}_today").alias(ORIGIN),
        pl.col(f"{DESTINATION}_today").alias(DESTINATION),
        MINUTES,
    )  # fmt: skip


def _parquet_columns(member: Member) -> dict[str, str]:
    import polars as pl

    with member.seekable() as raw:
        try:
            schema = list(pl.read_parquet_schema(raw))
        except pl.exceptions.PolarsError as error:
            raise LoadError(ILLEGIBLE.format(name=member.name, error=_first_line(error))) from error
    names = {normal(name): name for name in reversed(schema)}
    found = {
        wanted: names[normal(spelling)]
        for wanted, spellings in WANTED.needed.items()
        for spelling in reversed(spellings)
        if normal(spelling) in names
    }
    missing = [name for name in WANTED.needed if name not in found]
    if missing:
        raise LoadError(
            f"Colonnes absentes de {member.name} : {', '.join(f'« {name} »' for name in missing)}. "
            f"Colonnes trouvées : {', '.join(f'« {name} »' for name in schema)}."
        )
    return found


def _check_end(member: Member, columns: Columns) -> None:
    """A last line that has fewer fields than the header was cut."""
    if member.inner or member.path.suffix == ".gz":
        return  # A cut archive is told by what unpacks it.
    with member.path.open("rb") as raw:
        raw.seek(max(0, member.size - TAIL))
        last = raw.read().rstrip(b"\r\n").splitlines()[-1:]
    mark = columns.grid.separator.encode()
    if last and last[0].count(mark) < len(columns.header) - 1:
        raise LoadError(f"{member.name} est coupé : sa dernière ligne n'est pas entière.")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
