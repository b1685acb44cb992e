"""The ``maillage`` command."""

import os

import typer

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Maillage, en ligne de commande.")


def main() -> None:
    """Run the command with Django's settings ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    app()
