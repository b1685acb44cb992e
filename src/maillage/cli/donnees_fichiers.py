"""``maillage donnees importer|verifier|oublier``: the official files given by hand."""

import contextlib
import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import bad_input_told, explained, fail
from maillage.cli.french_help import FrenchTyper
from maillage.core.kernel.french import number, plural

if TYPE_CHECKING:
    from maillage.apps.territories.official.datasets import Asked
    from maillage.apps.territories.official.services import Loaded, Outcome
    from maillage.apps.territories.official.sink import Reject
    from maillage.apps.territories.tables import Report

SHOWN = 10
"""Lines left out that are printed; the option --rejets has them all."""
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="Une source officielle : apl, bpe, filosofi, rpps…")]
Key = Annotated[str, typer.Argument(metavar="SOURCE", help="Une source (apl) ou un seul de ses fichiers, par sa clé.")]
File = Annotated[Path | None, typer.Argument(metavar="FICHIER", help="Le fichier officiel, tel qu'il est publié.")]
Vintage = Annotated[str, typer.Option("--millesime", help="L'année, quand ni le fichier ni son nom ne la disent.")]
Description = Annotated[
    Path | None,
    typer.Option("--description", help="Le fichier YAML ou JSON qui décrit un indicateur (source « indicateur »)."),
]
Rejects = Annotated[Path | None, typer.Option("--rejets", help="Écrire en CSV toutes les lignes écartées et pourquoi.")]
Yes = Annotated[bool, typer.Option("--oui", help="Ne pas demander de confirmation.")]


def import_official(
    source: str,
    path: Path | None,
    *,
    by: str,
    force: bool,
    vintage: str,
    description: Path | None,
    rejects: Path | None,
) -> None:
    """Load an official file and say what was left out. Exits with code 2 when it cannot be used."""
    from django.utils import timezone

    from maillage.apps.territories.official import services

    file, start = _given(source, path), time.monotonic()
    with _told(rejects) as on_reject, _progress() as report:
        outcome = services.import_file(
            source,
            file,
            by=by,
            at=timezone.now(),
            force=force,
            report=report,
            asked=_asked(vintage, description),
            on_reject=on_reject,
        )
    if outcome.up_to_date:
        typer.echo("Données : déjà à jour (--forcer pour relire ce fichier).")
        return
    _say(outcome, "retenues")
    typer.echo(f"Données chargées en {number(time.monotonic() - start, 1)} s.")


def add(donnees: FrenchTyper, database: Callable[[], contextlib.AbstractContextManager[None]], actor: str) -> None:
    """Add the commands that only concern official files; ``database`` opens the database, ready or told not to be."""

    @donnees.command()
    def verifier(
        source: Source,
        fichier: File = None,
        millesime: Vintage = "",
        description: Description = None,
        rejets: Rejects = None,
    ) -> None:
        """Lire un fichier officiel jusqu'au bout et dire ce qu'il donnerait, sans rien écrire."""
        with database():
            from maillage.apps.territories.official import services

            asked = _asked(millesime, description)
            with _told(rejets) as on_reject, _progress() as report:
                outcome = services.verify_file(
                    source, _given(source, fichier), report=report, asked=asked, on_reject=on_reject
                )
            _say(outcome, "utilisables")
            typer.echo("Rien n'a été écrit.")

    @donnees.command()
    def oublier(source: Key, oui: Yes = False) -> None:
        """Retirer ce qu'une source a apporté : tous ses fichiers (apl) ou un seul (apl-infirmier-2021)."""
        with database(), bad_input_told():
            from maillage.apps.territories.official import services

            rows = services.to_forget(source)
            for row in rows:
                typer.echo(f"{row.key} : {row.label}, {number(row.rows_written or 0)} valeurs ou lignes.")
            if not oui:
                typer.confirm("Retirer ces données ?", abort=True)
            typer.echo(f"Retirées : {', '.join(_forgotten(source, actor))}.")


def _forgotten(source: str, actor: str) -> list[str]:
    """The keys forgotten. Exits with code 2 while another one loads."""
    from django.utils import timezone

    from maillage.apps.territories.official import services
    from maillage.apps.territories.reading.rows import LoadError

    try:
        return services.forget(source, by=actor, at=timezone.now())
    except LoadError as error:
        fail([f"Retrait impossible : {error}"])


def _given(source: str, path: Path | None) -> Path:
    """The path, or the way to have one. Exits with code 2 when the source does not exist or no file is given."""
    from maillage.apps.territories.official.registry import source_of

    with bad_input_told():
        kind = source_of(source)
    if path is None:
        fail([f"FICHIER : donnez le chemin du fichier ({kind.formats}). Il se trouve ici : {kind.url or 'chez vous'}"])
    return path


def _asked(vintage: str, description: Path | None) -> "Asked":
    from maillage.apps.territories.official.datasets import Asked

    return Asked(vintage=vintage, description=str(description or ""))


def _say(outcome: "Outcome", word: str) -> None:
    for found in outcome.loaded:
        typer.echo("\n".join(_lines(found, word)))


def _lines(found: "Loaded", word: str) -> list[str]:
    read = f"{number(found.read)} {plural(found.read, 'ligne lue', 'lignes lues')}"
    lost = f"{number(found.rejected)} {plural(found.rejected, 'ligne écartée', 'lignes écartées')}"
    lines = [f"{found.key} : {read}, {number(found.written)} valeurs ou lignes {word}, {lost}."]
    lines += [f"  {note}" for note in found.notes]
    lines += [f"  Ligne {reject.line} écartée : {reject.reason}." for reject in found.rejects[:SHOWN]]
    if found.rejected > SHOWN:
        lines.append("  Toutes les lignes écartées : option --rejets F.csv.")
    return lines


@contextlib.contextmanager
def _told(path: Path | None) -> "Iterator[Callable[[Reject], None]]":
    """Where rejected lines are written; a file that cannot be used is told in French, with exit code 2."""
    from maillage.apps.territories.official.services import nobody
    from maillage.apps.territories.reading.rows import LoadError

    with contextlib.ExitStack() as stack:
        stack.enter_context(bad_input_told())
        try:
            yield nobody if path is None else _writer(path, stack)
        except LoadError as error:
            fail([f"Chargement impossible : {error}"])


def _writer(path: Path, stack: contextlib.ExitStack) -> "Callable[[Reject], None]":
    stack.enter_context(explained(path))
    lines = csv.writer(stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")), delimiter=";")
    lines.writerow(("source", "ligne", "motif"))
    return lambda reject: lines.writerow((reject.key, reject.line, reject.reason))


def _progress() -> "contextlib.AbstractContextManager[Report]":
    from maillage.cli.donnees import progress

    return progress()
