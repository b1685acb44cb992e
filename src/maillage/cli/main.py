"""The ``maillage`` command."""

import os

import typer

from maillage.cli.serve import serve

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(serve)


@app.callback()
def commands() -> None:
    """Maillage, en ligne de commande."""


def main() -> None:
    """Run the command with Django's settings ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    app()
