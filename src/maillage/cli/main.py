"""The ``maillage`` command. Each module imports what is heavy inside its command: ``--help`` stays quick."""

import os
from typing import Annotated

import typer

from maillage import __version__
from maillage.cli.common import run
from maillage.cli.compte import compte
from maillage.cli.demo import demo
from maillage.cli.donnees import donnees
from maillage.cli.dossiers import dossiers
from maillage.cli.french_help import FrenchTyper
from maillage.cli.openapi import openapi
from maillage.cli.organisation import organisation
from maillage.cli.orienter import orienter
from maillage.cli.packs import packs
from maillage.cli.reforme import reforme
from maillage.cli.serve import serve
from maillage.cli.simulateurs import add_commands, echeances
from maillage.cli.simuler import simuler
from maillage.cli.structure import structure
from maillage.cli.territoire import territoire
from maillage.cli.territoire_agreger import add as add_aggregates
from maillage.cli.territoire_diagnostic import add as add_diagnosis
from maillage.cli.territoire_grille import add as add_grids
from maillage.cli.territoire_optimiser import add as add_sites
from maillage.cli.territoire_zonage import add as add_zonage
from maillage.cli.verifier import verifier

app = FrenchTyper(add_completion=False, pretty_exceptions_enable=False)
app.command()(orienter)
app.add_typer(donnees, name="donnees")
add_commands(simuler)
app.add_typer(simuler, name="simuler")
app.command()(echeances)
app.add_typer(reforme, name="reforme")
app.add_typer(packs, name="packs")
app.add_typer(compte, name="compte")
app.add_typer(organisation, name="organisation")
add_diagnosis(territoire)
add_grids(territoire)
add_sites(territoire)
add_aggregates(territoire)
add_zonage(territoire)
app.add_typer(territoire, name="territoire")
app.add_typer(dossiers, name="dossiers")
app.add_typer(structure, name="structure")
app.command()(demo)
app.command()(serve)
app.command()(verifier)
app.command()(openapi)


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"maillage {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=show_version, is_eager=True, help="Écrire la version et s'arrêter.")
]


@app.callback()
def commands(version: Version = False) -> None:
    """Maillage, en ligne de commande.

    Codes de sortie : 0, fait ; 2, ce qui est donné ne peut pas être utilisé ; 130, arrêté par Ctrl-C.
    """


def main() -> None:
    """Run the command with Django's settings ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    run(app)
