"""Tables of travel times between communes, as large as the whole of France: origin, destination, minutes.

Read and written as a stream by Polars: fifteen million pairs never stand in memory as text. A duration of 9999 is how
METRIC writes that it found no way (apl_zonage.md, TT-03); it and negative durations are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maillage.apps.territories.official.files import ILLEGIBLE, Member, OfficialFile
from maillage.apps.territories.official.grids import ENDLESS, Columns, Wanted, find_columns, grids, has_columns, normal
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
EXTRA = "extra"
REASONS = {
    EXTRA: "la ligne a plus de valeurs que l'en-tête (une virgule décimale n'est pas un séparateur)",
    "origin": "l'origine n'est pas le code d'une commune connue",
    "destination": "la destination n'est pas le code d'une commune connue",
    "minutes": "la durée n'est pas un nombre de minutes",
    "failure": "la durée est négative ou vaut 9999 : aucun trajet trouvé",
}


@dataclass(frozen=True)
class Table:
    """A table to read: where its columns stand by our names, and from which line of the file its data start.

    ``columns``: a name in a Parquet file, a place elsewhere; ``found`` when it is not a Parquet file.
    """

    file: OfficialFile
    member: Member
    columns: Mapping[str, str]
    first_line: int
    found: Columns | None = None

    @property
    def separator(self) -> str:
        """What separates the cells of a text."""
        return self.found.grid.separator if self.found else ""

    @property
    def width(self) -> int:
        """How many cells the header of a text or of a sheet has."""
        return len(self.found.header) if self.found else 0

    def frame(self) -> "pl.LazyFrame":
        """Columns line, origine, destination (texts), minutes (text or number), extra (of a text), read when used.

        ``extra`` is what a line has after the last column of the header.
        """
        import polars as pl

        if self.found and self.member.kind == "workbook":
            return self._sheet(self.found)
        wanted = [pl.col(self.columns[name]).alias(name) for name in (ORIGIN, DESTINATION, MINUTES)]
        if self.found:
            wanted.append(pl.col(f"c{self.width}").alias(EXTRA))
        return self._scan().select(wanted).with_row_index("line", offset=self.first_line)

    def _scan(self) -> "pl.LazyFrame":
        import polars as pl

        source: Path | io.BytesIO = self.member.path
        if self.member.is_packed:
            with self.member.open() as raw:
                source = in_memory(raw, self.member.name)
        if self.member.kind == "parquet":
            return pl.scan_parquet(source)
        # Columns go by their place: only a header has accents, and codes and minutes are the same in every encoding.
        return pl.scan_csv(
            source,
            separator=self.separator,
            has_header=False,
            skip_rows=self.first_line - 1,
            schema={f"c{place}": pl.String for place in range(self.width + 1)},
            missing_columns="insert",
            encoding="utf8-lossy",
            truncate_ragged_lines=True,
        )

    def _sheet(self, found: Columns) -> "pl.LazyFrame":
        import polars as pl

        rows = [
            (line, *(found.get(row, name) for name in (ORIGIN, DESTINATION, MINUTES))) for line, row in found.rows()
        ]
        texts = dict.fromkeys((ORIGIN, DESTINATION, MINUTES), pl.String)
        return pl.LazyFrame(rows, {"line": pl.UInt32, **texts}, orient="row")


@dataclass(frozen=True)
class Written:
    """What was written, and what was left out: ``rejects`` gives line numbers and reasons.

    ``inner``: trips between communes that are one today; within a commune, the file says how long elsewhere, or not.
    ``again``: trips that the file (or a merger) gives once more; the shortest stands when they are read.
    """

    read: int
    kept: int
    inner: int
    again: int
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
    tables = grids(file)
    found = find_columns(next((grid for grid in tables if has_columns(grid, WANTED)), tables[0]), WANTED)
    if member.kind == "text":
        _check_end(file, found)
    names = {name: f"c{place}" for name, place in found.places.items()}
    return Table(file, member, names, found.header_line + 1, found)


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
        origins, again = _distinct(path)
    except pl.exceptions.PolarsError as error:
        raise LoadError(ILLEGIBLE.format(name=table.member.name, error=_first_line(error))) from error
    rejects = others.filter(pl.col("reason") != INNER)
    return Written(kept + others.height, kept, others.height - rejects.height, again, origins, rejects)


def _distinct(path: Path) -> tuple[int, int]:
    """How many communes of origin, and how many pairs are there once more; eight bytes a pair."""
    import polars as pl

    frame = pl.scan_parquet(path)
    ends = [frame.select(pl.col(name).alias("code")) for name in (ORIGIN, DESTINATION)]
    codes = pl.concat(ends).unique().collect(engine="streaming").with_row_index("rank")
    pairs = frame
    for name in (ORIGIN, DESTINATION):
        pairs = pairs.join(codes.lazy().rename({"code": name, "rank": f"{name}_rank"}), on=name, how="left")
    key = pl.col(f"{ORIGIN}_rank").cast(pl.UInt64) * codes.height + pl.col(f"{DESTINATION}_rank")
    # Sorted in place: a set of fifteen million keys would take five times as much.
    keys = np.sort(pairs.select(key.alias("key")).collect(engine="streaming")["key"].to_numpy())
    origins = frame.select(ORIGIN).unique().collect(engine="streaming").height
    return origins, int(np.count_nonzero(keys[1:] == keys[:-1]))


def _checked(frame: "pl.LazyFrame", today: Mapping[str, str]) -> "pl.LazyFrame":
    import polars as pl

    known = pl.DataFrame({"code": list(today), "today": list(today.values())}).lazy()
    for name in (ORIGIN, DESTINATION):
        # « 1001 » is how a spreadsheet writes 01001.
        written = pl.col(name).cast(pl.String).str.strip_chars().str.to_uppercase().str.replace(r"^(\d{4})$", "0$1")
        frame = frame.with_columns(written).join(
            known.rename({"code": name, "today": f"{name}_today"}), on=name, how="left"
        )
    merged = pl.col(f"{ORIGIN}_today") == pl.col(f"{DESTINATION}_today")
    minutes = pl.col(MINUTES)
    number = minutes.cast(pl.String).str.strip_chars().str.replace(",", ".", literal=True)
    extra = pl.col(EXTRA).fill_null("") != "" if EXTRA in frame.collect_schema() else pl.lit(value=False)
    return frame.with_columns(number.cast(pl.Float32, strict=False)).select(
        "line",
        pl.when(extra).then(pl.lit(EXTRA))
        .when(pl.col(f"{ORIGIN}_today").is_null()).then(pl.lit("origin"))
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


def _check_end(file: OfficialFile, columns: Columns) -> None:
    """A last line that has fewer fields than the header, or no end in a published file, was cut."""
    member = file.member
    if member.is_packed:
        return
    with member.path.open("rb") as raw:
        raw.seek(max(0, member.size - TAIL))
        last = raw.read().rstrip(b"\r\n").splitlines()[-1:]
    mark = columns.grid.separator.encode()
    if last and last[0].count(mark) < len(columns.header) - 1:
        raise LoadError(f"{member.name} est coupé : sa dernière ligne n'est pas entière.")
    if not file.by_hand and not member.ends_with_a_line():
        raise LoadError(ENDLESS.format(name=member.name))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
