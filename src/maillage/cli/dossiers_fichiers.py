"""``maillage dossiers exporter`` and ``reprendre``: files that go out, files that come in."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.common import bad_input_told, fail
from maillage.cli.donnees import ready
from maillage.cli.french_help import FrenchTyper

By = Annotated[str, typer.Option("--par", metavar="ADRESSE", help="Compte dont les droits s'appliquent.")]
Out = Annotated[Path, typer.Option("--sortie", help="Fichier ZIP à écrire.")]
Source = Annotated[Path, typer.Argument(metavar="FICHIER", help="Réponse JSON de l'API GraphQL de la démarche.")]
Kind = Annotated[str, typer.Option("--nature", help="Démarche de Maillage que ces dossiers suivent.")]
Authority = Annotated[str, typer.Option("--autorite", help="Nom de l'autorité qui instruit.")]
Nature = Annotated[str, typer.Option("--structure", help="Nature des structures nouvelles : msp, cpts…")]
Named = Annotated[
    list[str] | None,
    typer.Option("--champ", metavar="QUESTION=CODE", help="Champ auquel répond une question du fichier. À répéter."),
]
Trial = Annotated[bool, typer.Option("--verifier", help="Dire ce qui serait repris, sans rien écrire.")]


def add(dossiers: FrenchTyper) -> None:
    """Give the group its commands."""
    dossiers.command("exporter")(exporter)
    dossiers.command("reprendre")(reprendre)


def exporter(par: By, sortie: Out) -> None:
    """Écrire tous les dossiers que voit un compte, avec leurs fichiers, dans un ZIP."""
    with ready(), bad_input_told():
        from maillage.apps.accounts.opening import account_of
        from maillage.apps.dossiers.archive import write_archive
        from maillage.apps.dossiers.queries import visible
        from maillage.core.kernel.french import quantity

        person = account_of(par)
        draft = sortie.with_suffix(f"{sortie.suffix}.part")
        try:
            with draft.open("wb") as file:
                count = write_archive(person, visible(person), file)
            draft.replace(sortie)
        except OSError as problem:
            fail([f"{sortie} ne peut pas être écrit : {problem.strerror}."])
        typer.echo(f"{quantity(count, 'dossiers')} dans {sortie}.")


def reprendre(
    fichier: Source,
    par: By,
    nature: Kind,
    autorite: Authority,
    structure: Nature = "",
    champ: Named = None,
    verifier: Trial = False,
) -> None:
    """Reprendre les dossiers d'une démarche de « Démarche numérique »."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.models import Organisation
        from maillage.apps.accounts.opening import account_of
        from maillage.apps.common.refused import NotAllowed
        from maillage.apps.dossiers.importing.services import Wanted, take_over, told

        found = Organisation.objects.filter(nom=autorite, closed_at=None).first()
        if found is None:
            fail([f"« {autorite} » n'est pas une organisation d'ici : maillage organisation lister"])
        wanted = Wanted(nature, found, _named(champ or []), structure, trial=verifier)
        try:
            lines = take_over(_content(fichier), wanted, by=account_of(par), at=timezone.now())
        except NotAllowed:
            fail([f"{par} n'instruit pas pour « {autorite} » : il lui faut le rôle d'instructeur."])
        for line in lines:
            typer.echo(f"{line.number} : {line.outcome} {line.here} {line.reason}".rstrip())
        typer.echo(f"{'Vérification, rien n’est écrit : ' if verifier else ''}{told(lines)}.")


def _named(given: list[str]) -> dict[str, str]:
    from maillage.core.kernel.french import fold

    pairs = [each.rpartition("=") for each in given]
    if wrong := [each for each, (label, _, code) in zip(given, pairs, strict=True) if not label or not code]:
        fail([f"--champ « {each} » : attendu QUESTION=CODE." for each in wrong])
    return {fold(label): code for label, _, code in pairs}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        fail([f"{path} ne peut pas être lu : {problem.strerror}."])
