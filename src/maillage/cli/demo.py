"""``maillage demo``: two structures of invented people, to try Maillage with."""

from typing import Annotated

import typer

from maillage.cli.common import bad_input_told
from maillage.cli.donnees import ready

By = Annotated[str, typer.Option("--par", metavar="ADRESSE", help="Compte qui portera les deux structures.")]


def demo(par: By) -> None:
    """Construire deux structures inventées : une MSP (5 lieux, 80 personnes), une CPTS (400 membres, 300 réunions)."""
    with ready(), bad_input_told():
        import random

        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of
        from maillage.apps.demo.cpts import build_cpts
        from maillage.apps.demo.msp import build_msp
        from maillage.apps.demo.scene import Scene

        chance = random.Random(2026)  # noqa: S311 - invented people, not a secret
        scene = Scene(account_of(par), timezone.now(), typer.echo, chance)
        for build in (build_msp, build_cpts):
            structure = build(scene)
            typer.echo(f"{structure} est prête : /structures/{structure.pk}/")
        typer.echo("Toutes ces personnes sont inventées.")
