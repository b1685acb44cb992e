"""``maillage structure``: a whole structure out of an installation, and into another."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.common import bad_input_told, explained, fail
from maillage.cli.donnees import ready
from maillage.cli.french_help import FrenchTyper

structure = FrenchTyper(help="Une structure entière : l'exporter, la reprendre ailleurs.")
By = Annotated[str, typer.Option("--par", metavar="ADRESSE", help="Compte dont les droits s'appliquent.")]
Out = Annotated[Path, typer.Option("--sortie", help="Fichier ZIP à écrire.")]
Which = Annotated[str, typer.Argument(metavar="STRUCTURE", help="Identifiant de la structure, ou son nom exact.")]
Source = Annotated[Path, typer.Argument(metavar="FICHIER", help="Archive ZIP faite par « exporter ».")]


@structure.callback()
def group() -> None:
    """Une structure entière : l'exporter, la reprendre ailleurs."""


@structure.command("lister")
def lister(par: By) -> None:
    """Lister les structures que voit un compte, avec leur identifiant."""
    with ready(), bad_input_told():
        from maillage.apps.accounts.opening import account_of
        from maillage.apps.projets.queries import visible_structures

        for each in visible_structures(account_of(par)):
            typer.echo(f"{each.pk}  {each.get_kind_display()}  {each.nom}")


@structure.command("exporter")
def exporter(structure: Which, par: By, sortie: Out) -> None:
    """Écrire une structure entière dans un ZIP : ses tables, ses fichiers, et les mêmes tables à lire au tableur."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of
        from maillage.apps.common.refused import NotAllowed
        from maillage.apps.projets.queries import visible_structures
        from maillage.apps.transfer.exporting import export_structure
        from maillage.core.kernel.french import quantity

        person = account_of(par)
        found = [each for each in visible_structures(person) if structure in (str(each.pk), each.nom)]
        if len(found) != 1:
            why = "plusieurs structures portent ce nom" if found else "aucune structure de ce nom pour ce compte"
            fail([f"« {structure} » : {why}. Voir : maillage structure lister --par {par}"])
        draft = sortie.with_suffix(f"{sortie.suffix}.part")
        try:
            with explained(sortie), draft.open("wb") as file:
                counts = export_structure(found[0], file, by=person, at=timezone.now())
            with explained(sortie):
                draft.replace(sortie)
        except NotAllowed:
            fail([f"{par} ne dirige pas cette structure : il lui faut le rôle de porteur, coordinateur ou gérant."])
        finally:
            draft.unlink(missing_ok=True)
        typer.echo(f"{quantity(sum(counts.values()), 'lignes')} dans {sortie}.")


@structure.command("reprendre")
def reprendre(fichier: Source, par: By) -> None:
    """Reprendre une structure exportée d'une autre installation. Réservé à qui administre celle-ci."""
    with ready(), bad_input_told(), explained(fichier):
        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of
        from maillage.apps.common.refused import NotAllowed
        from maillage.apps.transfer.importing import take_over

        try:
            with fichier.open("rb") as content:
                found = take_over(content, by=account_of(par), at=timezone.now())
        except NotAllowed:
            fail([f"{par} n'administre pas cette installation : maillage compte administrateur {par}"])
        typer.echo(
            f"« {found.nom} » est reprise ({found.pk}). Invitez ses personnes : /organisations/{found.organisation_id}/"
        )
