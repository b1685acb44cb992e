"""``maillage territoire grille``: the accessibility of each tile of a national grid of 200 m, alone or on a cluster."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import explained
from maillage.cli.donnees import check_tables, database, progress
from maillage.cli.french_help import FrenchTyper
from maillage.cli.territoire import OfferFile, Profession, check_output, model_of, tell, told_in_french
from maillage.core.kernel.french import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.apps.territories.grid.run import Workers

NATIONAL = 2_300_000
"""Inhabited tiles of the INSEE grid, about."""
Tiles = Annotated[
    Path,
    typer.Option(
        "--carreaux",
        metavar="CARREAUX.parquet",
        help="Carreaux (Parquet ou CSV) : idcar_200m, ou lon et lat ; ind ou population ; lcog_geo ou region.",
    ),
]
Output = Annotated[
    Path, typer.Option("--sortie", metavar="SORTIE.csv", help="Le fichier à écrire (.csv ou .parquet) : carreau, apl.")
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="ADRESSE",
        help="Planificateur Dask (tcp://adresse:port), ou local:N pour N processus ; sans lui, un seul processus.",
    ),
]
Work = Annotated[
    Path | None,
    typer.Option(
        "--travail",
        metavar="DOSSIER",
        help="Où garder ce qui est calculé, pour reprendre après un arrêt ; que tous les processus voient.",
    ),
]
Count = Annotated[int, typer.Option("--nombre", min=1, max=20_000_000, help="Combien de carreaux, environ.")]


def add(territoire: FrenchTyper) -> None:
    """Give the command its two verbs on grids."""
    territoire.command()(grille)
    territoire.command("carreaux-fictifs")(carreaux_fictifs)


def grille(
    profession: Profession,
    carreaux: Tiles,
    sortie: Output,
    offre: OfferFile = None,
    scheduler: Scheduler = "",
    travail: Work = None,
) -> None:
    """Calculer l'accessibilité de chaque carreau ; un calcul arrêté reprend où il en était, région par région."""
    check_output(sortie)
    with told_in_french(offre, None, None):
        from maillage.apps.territories.grid.national import access_of_grid
        from maillage.apps.territories.grid.reading import read_tiles

        model = model_of(profession, offre, None, None)
        tiles, names = read_tiles(carreaux, model.method.age_weights[3])
        with workers_at(scheduler) as workers, progress() as report:
            found = access_of_grid(model, tiles, home=travail, workers=workers, report=report)
    write(sortie, {"carreau": names, "apl": found.values})
    tell(model.how, model.method.unit)
    for note in found.notes:
        typer.echo(note, err=True)
    taken_up = " (calcul repris)" if found.told.resumed else ""
    mean = "à confirmer (aucun habitant)" if found.mean is None else number(found.mean, 2)
    typer.echo(f"{sortie} : {number(found.told.tiles)} carreaux{taken_up}, moyenne {mean}.", err=True)


def carreaux_fictifs(sortie: Output, nombre: Count = NATIONAL) -> None:
    """Écrire une grille inventée autour des vraies communes : pour essayer et mesurer, jamais pour renseigner."""
    check_output(sortie)
    with database():
        check_tables()
        import numpy as np

        from maillage.apps.territories.accessibility.places import all_places
        from maillage.core.territory.grid.synthetic import synthetic_tiles

        places = all_places()
        kept = np.isfinite(places.lon) & np.isfinite(places.lat) & (places.population > 0)
        towns = (places.lon[kept], places.lat[kept], places.population[kept], places.regions[kept])
        tiles = synthetic_tiles(*towns, nombre)
    columns = {"lon": tiles.lon, "lat": tiles.lat, "population": tiles.demand, "region": tiles.region}
    write(sortie, columns)
    typer.echo(f"{sortie} : {number(len(tiles))} carreaux fictifs.", err=True)


@contextlib.contextmanager
def workers_at(address: str) -> "Iterator[Workers | None]":
    """Who computes: the cluster at this address, nobody else than this process without one."""
    if not address:
        yield None
        return
    from maillage.apps.territories.grid.cluster import cluster

    with cluster(address) as workers:
        yield workers


def write(path: Path, columns: "Mapping[str, object]") -> None:
    """Write the table beside, then put it in place: Parquet by its suffix, else CSV."""
    import polars as pl

    table, beside = pl.DataFrame(columns), path.with_name(f".{path.name}.partiel")
    with explained(path):
        try:
            if path.suffix == ".parquet":
                table.write_parquet(beside)
            else:
                table.write_csv(beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
