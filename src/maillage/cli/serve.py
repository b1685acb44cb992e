"""``maillage serve``: the site on one machine."""

from typing import Annotated

import typer

Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port de l'adresse.")]
Host = Annotated[str, typer.Option(help="Adresse d'écoute ; 127.0.0.1 ne répond qu'à cette machine.")]


def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Ouvrir le site sur cette machine."""
    from maillage.cli import server

    server.run(host, port)
