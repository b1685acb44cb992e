"""``maillage donnees telecharger``: fetch official files from their address. A file given by hand does as well."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.common import bad_input_told, explained, fail
from maillage.cli.french_help import FrenchTyper
from maillage.core.kernel.french import number

Where = Annotated[
    Path | None,
    typer.Argument(
        metavar="FICHIER", help="Le fichier à écrire, ou un dossier ; sinon var/territoires/telechargements."
    ),
]
FOLDER = "telechargements"
SEVERAL = "FICHIER : la source « {source} » a {count} fichiers, donnez un dossier qui existe."


def add(donnees: FrenchTyper, ready: Callable[[], contextlib.AbstractContextManager[None]]) -> None:
    """Add the command; ``ready`` opens Django."""

    @donnees.command()
    def telecharger(source: str, fichier: Where = None) -> None:
        """Chercher les fichiers officiels d'une source à leur adresse ; interrompu, il reprend où il en était."""
        with ready(), bad_input_told():
            from maillage.apps.territories.official.registry import source_of

            source_of(source)
            folder, name = _destination(source, fichier)
            with explained(folder):
                _download(source, folder, name)


def _destination(source: str, path: Path | None) -> tuple[Path, str]:
    """The folder, and the name of the file when one is asked for."""
    from django.conf import settings

    from maillage.apps.territories.official.addresses import addresses_of

    if path is None:
        return settings.TERRITORIES_DIR / FOLDER, ""
    if path.is_dir():
        return path, ""
    count = len(addresses_of(source))
    if count > 1:
        fail([SEVERAL.format(source=source, count=count)])
    return path.parent, path.name


def _download(source: str, folder: Path, name: str) -> None:
    from maillage.apps.territories.official.download import download
    from maillage.apps.territories.reading.rows import LoadError
    from maillage.cli.donnees import progress

    with progress() as report:
        try:
            found = download(source, folder, report=report)
        except LoadError as error:
            fail([str(error)])
    for each in found:
        path = each.path.replace(each.path.with_name(name)) if name else each.path
        typer.echo(f"Téléchargé : {path} ({number(path.stat().st_size / 1e6, 1)} Mo).")
        if not each.goes_along:
            typer.echo(f"  Pour le charger : maillage donnees importer {source} {path}")
