"""``maillage dossiers``: what the legal clock of the dossiers makes due; their files, out and in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.donnees import ready
from maillage.cli.dossiers_fichiers import add
from maillage.cli.french_help import FrenchTyper
from maillage.core.kernel.french import quantity

if TYPE_CHECKING:
    from maillage.apps.dossiers.job import Turn

dossiers = FrenchTyper(help="Les dossiers : ce que l'horloge légale rend dû ; les exporter, en reprendre.")
add(dossiers)
Simulate = Annotated[bool, typer.Option("--simuler", help="Dire ce qui serait fait, sans rien écrire ni envoyer.")]


@dossiers.callback()
def group() -> None:
    """Les dossiers : ce que l'horloge légale rend dû ; les exporter, en reprendre."""


@dossiers.command("echeances")
def echeances(simuler: Simulate = False) -> None:
    """Constater les silences, annoncer les échéances, envoyer les courriels et les webhooks dus.

    À lancer chaque minute (cron) ; « maillage serve » le fait seul. Lancée deux fois, elle ne refait rien.
    """
    with ready():
        from django.utils import timezone

        from maillage.apps.calendar.job import planned, turn

        done = planned(at=timezone.now()) if simuler else turn(at=timezone.now())
        for line in told(done, simulated=simuler):
            typer.echo(line)


def told(done: "Turn", *, simulated: bool = False) -> Iterator[str]:
    """What a turn did, one thing a line."""
    if simulated:
        yield "Simulation : rien n'est écrit ni envoyé."
    if done.is_empty:
        yield "Rien à faire."
    for dossier in done.silences:
        yield f"{dossier} : délai légal passé, silence {'à constater' if simulated else 'constaté'}."
    for each in done.alerts:
        yield f"{each.deadline.dossier} : {each.words}."
    for count, unit in (
        (done.mails, "courriels"), (done.failed, "courriels à renvoyer"), (done.webhooks, "webhooks"),
    ):  # fmt: skip
        if count:
            yield f"{quantity(count, unit)}."
