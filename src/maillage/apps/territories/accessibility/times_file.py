"""A table of travel times given as a file: read by Polars, a million lines a second, every line checked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.apps.territories.accessibility.files import A_NUMBER, AN_INSEE_CODE, refused
from maillage.apps.territories.accessibility.times import GIVEN, Table
from maillage.apps.territories.directories import travel_table
from maillage.apps.territories.official.files import ILLEGIBLE, open_file
from maillage.apps.territories.official.places import COMMUNE
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.french import number
from maillage.core.kernel.problems import Problem

if TYPE_CHECKING:
    import polars as pl

ENDS = (travel_table.ORIGIN, travel_table.DESTINATION)
EXPECTED = {**dict.fromkeys(ENDS, AN_INSEE_CODE), travel_table.MINUTES: A_NUMBER}
Fault = tuple[int, Problem]


def read_times(option: str, path: Path) -> Table:
    """Travel times (origine, destination, minutes). Raises ``BadInput`` on lines, ``LoadError`` on the file."""
    # Polars costs half a second to import.
    import polars as pl

    try:
        return _read(option, travel_table.open_table(replace(open_file(path), by_hand=True)))
    except pl.exceptions.PolarsError as error:
        told = str(error).partition("\n")[0]
        raise LoadError(f"{option} : {ILLEGIBLE.format(name=path.name, error=told)}") from error
    except LoadError as error:
        raise LoadError(f"{option} : {error}") from error


def _read(option: str, table: travel_table.Table) -> Table:
    place = f"{option} {table.member.name}"
    frame = _typed(table.frame())
    faults = [*_too_wide(place, table), *_unreadable(place, frame)]
    if faults:
        raise refused(place, [problem for _line, problem in sorted(faults, key=lambda fault: fault[0])])
    if not frame.height:
        raise LoadError(f"le fichier {table.member.name} n'a aucune ligne sous son en-tête.")
    return _ranked(frame, GIVEN.format(name=table.member.name))


def _typed(frame: "pl.LazyFrame") -> "pl.DataFrame":
    """Codes in full (« 1001 » is 01001), minutes as numbers; empty lines left out. What was written stays beside."""
    import polars as pl

    written = [pl.col(name).cast(pl.String).str.strip_chars() for name in EXPECTED]
    codes = [pl.col(name).str.to_uppercase().str.replace(r"^(\d{4})$", "0$1").alias(f"{name}_read") for name in ENDS]
    minutes = pl.col(travel_table.MINUTES).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    filled = pl.any_horizontal(pl.col(name).fill_null("") != "" for name in EXPECTED)
    return (
        frame.with_columns(written)
        .filter(filled)
        .with_columns(*codes, minutes.alias(f"{travel_table.MINUTES}_read"))
        .collect(engine="streaming")
    )


def _unreadable(place: str, frame: "pl.DataFrame") -> Iterator[Fault]:
    """The cells that are not what their column holds."""
    import polars as pl

    for name, expected in EXPECTED.items():
        read = pl.col(f"{name}_read")
        good = read.str.contains(f"^{COMMUNE.pattern}$") if name in ENDS else read.is_finite() & (read >= 0)
        wrong = frame.filter(~good.fill_null(value=False)).select("line", name)
        for line, written in wrong.iter_rows():
            yield line, Problem(f"{place}, ligne {number(line)}, {name}", written or "", expected)


def _too_wide(place: str, table: travel_table.Table) -> Iterator[Fault]:
    """The lines of more cells than the header, where a decimal comma may hide; a quoted line is not looked at."""
    import polars as pl

    if table.member.kind != "text" or table.member.inner or table.member.path.suffix == ".gz":
        return
    lines = pl.scan_csv(
        table.member.path,
        separator="\x01",
        quote_char=None,
        has_header=False,
        new_columns=["text"],
        schema={"text": pl.String},
        encoding="utf8-lossy",
    ).with_row_index("line", offset=1)
    width = table.width
    count = pl.col("text").str.count_matches(table.separator, literal=True) + 1
    bare = ~pl.col("text").str.contains('"', literal=True)
    wide = lines.filter((pl.col("line") >= table.first_line) & bare & (count > width)).select("line", count.alias("n"))
    for line, cells in wide.collect(engine="streaming").iter_rows():
        expected = f"{width} valeurs, comme l'en-tête"
        yield line, Problem(f"{place}, ligne {number(line)}", f"{cells} valeurs", expected)


def _ranked(frame: "pl.DataFrame", told: str) -> Table:
    """The codes once, and the rank of each end."""
    import polars as pl

    codes = pl.concat([frame[f"{name}_read"].unique().rename("code") for name in ENDS]).unique().sort()
    ranks = pl.Enum(codes)
    origins, destinations = (frame[f"{name}_read"].cast(ranks).to_physical().to_numpy() for name in ENDS)
    return Table(codes.to_list(), origins, destinations, frame[f"{travel_table.MINUTES}_read"].to_numpy(), told)
