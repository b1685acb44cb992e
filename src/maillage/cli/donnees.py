"""``maillage donnees``: the database, and the official files that it is filled with."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli import donnees_fichiers, donnees_telecharger
from maillage.cli.common import fail
from maillage.cli.donnees_fichiers import Description, File, Rejects, Vintage
from maillage.cli.french_help import FrenchTyper
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import Problem, nearest

if TYPE_CHECKING:
    from rich.table import Table

    from maillage.apps.territories.models import DataSource
    from maillage.apps.territories.tables import Report

ACTOR = "ligne de commande"
ALL = "tout"
SOURCES = ("communes", "population-par-age", "contours")
NOT_READY = "La base de données n'est pas prête. Lancez d'abord : maillage donnees preparer"
BUSY = (
    "La base de données est occupée par une autre écriture, sans doute un chargement (maillage donnees lister le dit). "
    "Rien n'a été écrit : relancez la même commande dans quelques instants."
)

donnees = FrenchTyper(help="Préparer la base, charger les données officielles, les lister.")
What = Annotated[
    str, typer.Argument(metavar="SOURCE", help="communes, population-par-age, tout, ou une source officielle.")
]
Force = Annotated[
    bool, typer.Option("--forcer", help="Recharger même ce qui est à jour, ou avec bien moins de lignes.")
]


@donnees.command()
def preparer() -> None:
    """Créer ou mettre à jour la base, charger ce qui manque ; rapide quand il n'y a rien à faire."""
    with database():
        from maillage.apps.common import schema

        if not schema.is_migrated():
            typer.echo("Base de données : création ou mise à jour des tables.")
            schema.migrate()
        load(ALL, force=False)
        describe_again()


@donnees.command()
def importer(
    source: What = ALL,
    fichier: File = None,
    forcer: Force = False,
    millesime: Vintage = "",
    description: Description = None,
    rejets: Rejects = None,
) -> None:
    """Charger ce que l'installation apporte, ou un fichier officiel ; un fichier déjà chargé n'est pas relu."""
    with ready():
        if source in (*SOURCES, ALL):
            load(source, force=forcer)
            return
        check_source(source)
        donnees_fichiers.import_official(
            source, fichier, by=ACTOR, force=forcer, vintage=millesime, description=description, rejects=rejets
        )


def check_source(source: str) -> None:
    """Exit with code 2, proposing the nearest source, when ``source`` is none."""
    from maillage.apps.territories.official.registry import codes

    accepted = (*SOURCES, ALL, *codes())
    if source not in accepted:
        near = nearest(source, accepted)
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        fail([Problem("SOURCE", source, f"l'un de : {', '.join(accepted)}{proposal}").message])


@donnees.command()
def lister() -> None:
    """Lister les sources : producteur, millésime, licence, nombre de lignes, état, et ce qui n'est pas chargé."""
    with ready():
        from rich.console import Console

        from maillage.apps.territories.official.overview import is_only_a_try
        from maillage.apps.territories.queries import data_sources

        sources = data_sources()
        if not sources:
            fail(["Aucune donnée n'est chargée. Lancez : maillage donnees preparer"])
        tried = [source for source in sources if is_only_a_try(source)]
        there = [source for source in sources if source not in tried]
        console = Console()
        if there:
            console.print(table_of(there))
        lines = [line for source in there for line in details_of(source)]
        for line in (*lines, *failures(tried), *not_loaded(sources)):
            console.print(line, highlight=False, markup=False, soft_wrap=True)


def load(source: str, *, force: bool) -> None:
    """Load what ``source`` names, with a progress bar on a terminal. Exits with code 2 when a file is not usable."""
    from django.utils import timezone

    from maillage.apps.territories.reading.rows import LoadError

    start, at = time.monotonic(), timezone.now()
    with progress() as report:
        try:
            done = [key for key, verb in verbs_of(source).items() if verb(by=ACTOR, at=at, force=force, report=report)]
        except LoadError as error:
            fail([f"Chargement impossible : {error}"])
    if done:
        typer.echo(f"Données chargées : {', '.join(done)} ({number(time.monotonic() - start, 1)} s).")
    else:
        typer.echo("Données : déjà à jour.")
    warn_of_what_is_missing()


def describe_again() -> None:
    """Say of the figures loaded by an older version what this one says."""
    from django.utils import timezone

    from maillage.apps.territories.official.describing import describe_again

    if count := describe_again(by=ACTOR, at=timezone.now()):
        typer.echo(
            f"Chiffres : {number(count)} {plural(count, 'description mise à jour', 'descriptions mises à jour')}."
        )


def verbs_of(source: str) -> dict[str, Callable[..., bool]]:
    """The services to run, in order, by key of source."""
    from maillage.apps.territories import services

    verbs = dict(zip(SOURCES, (services.import_communes, services.import_ages, services.import_contours), strict=True))
    return verbs if source == ALL else {source: verbs[source]}


def warn_of_what_is_missing() -> None:
    """Say which part of the data is not there."""
    from maillage.apps.territories.models import DataSource

    for source in DataSource.objects.filter(state=DataSource.State.ABSENT):
        typer.echo(f"Attention : {source.message}", err=True)


@contextlib.contextmanager
def progress() -> "Iterator[Report]":
    """A progress bar on the standard error when it is a terminal, one line per table."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {"": bar.add_task("lecture des fichiers", total=None)}

        def report(label: str, done: int, total: int) -> None:
            bar.update(tasks[""], completed=1, total=1)
            if label not in tasks:
                tasks[label] = bar.add_task(label, total=total or None)  # 0: nobody knows how many.
            bar.update(tasks[label], completed=done)

        yield report


def table_of(sources: "list[DataSource]") -> "Table":
    """One line per source: state and numbers of rows."""
    from django.utils import timezone
    from rich.table import Table

    table = Table()
    table.add_column("Source", no_wrap=True)  # A key is given whole to « oublier ».
    for name in ("État", "Retenues", "Écartées", "Chargée le"):
        table.add_column(name)
    for source in sources:
        counts = ("–" if rows is None else number(rows) for rows in (source.rows_written, source.rejected))
        when = f"{timezone.localtime(source.loaded_at):%d/%m/%Y %H:%M}" if source.loaded_at else "–"
        table.add_row(source.key, source.get_state_display(), *counts, when)
    return table


def details_of(source: "DataSource") -> list[str]:
    """What to say of a source under the table."""
    lines = [
        f"\n{source.key} : {source.label}",
        f"  Producteur : {source.producer}",
        f"  Millésime : {source.vintage}",
        f"  Paquet : {source.carrier} ; licence : {source.licence}",
    ]
    return lines + ([f"  Remarque : {source.message}"] if source.message else [])


def failures(sources: "list[DataSource]") -> list[str]:
    """What was tried and brought nothing, with the reason."""
    lines = [f"  {source.key} : {source.message}" for source in sources]
    return ["\nEssais sans suite (rien n'en a été gardé) :", *lines] if lines else []


def not_loaded(sources: "list[DataSource]") -> list[str]:
    """The official sources of which no file is loaded, what they bring and the command that loads them."""
    from maillage.apps.territories.official.registry import SOURCES as OFFICIAL

    there = {source.source for source in sources if source.loaded_at}
    lines = [f"  {kind.code} : {kind.label}. {kind.use}" for kind in OFFICIAL if kind.code not in there]
    command = "  Pour en charger une : maillage donnees importer SOURCE FICHIER"
    return ["\nPas encore chargées :", *lines, command] if lines else []


@contextlib.contextmanager
def ready() -> Iterator[None]:
    """The database, with its tables. Exits with code 2 otherwise."""
    with database():
        check_tables()
        yield


@contextlib.contextmanager
def database() -> Iterator[None]:
    """Django ready; a database that does not answer is said in French, with exit code 2."""
    import django

    django.setup()
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        fail(
            [BUSY if "locked" in str(error) else f"La base de données ne répond pas ({error}). Vérifiez DATABASE_URL."]
        )


def check_tables() -> None:
    """Exit with code 2 when the tables are not those expected."""
    from maillage.apps.common import schema

    if not schema.is_migrated():
        fail([NOT_READY])


donnees_fichiers.add(donnees, ready, ACTOR)
donnees_telecharger.add(donnees, database)
