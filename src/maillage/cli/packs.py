"""``maillage packs``: the regional policies, a model to write another, and what is wrong in one."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.common import bad_input_told, explained, fail
from maillage.cli.french_help import FrenchTyper
from maillage.core.kernel.french import number

packs = FrenchTyper(help="Les politiques régionales : les lister, en écrire une, la vérifier.")
NewFolder = Annotated[Path, typer.Argument(metavar="DOSSIER", help="Le dossier à créer ; son nom est le code du pack.")]
Folder = Annotated[Path, typer.Argument(metavar="DOSSIER", help="Le dossier d'une politique régionale.")]
Region = Annotated[str, typer.Option("--region", metavar="CODE", help="Le code INSEE de la région (76 : Occitanie).")]


@packs.command("lister")
def lister() -> None:
    """Lister les politiques régionales écrites : région, ce qu'elles contiennent, ce qu'il faut savoir."""
    from maillage.core.rules.orientation.packs import pack
    from maillage.core.rules.packs.checks import verify
    from maillage.core.rules.regions import PACKS, pack_codes

    for code in pack_codes():
        described = pack(code)
        part = " (en partie)" if described.partiel else ""
        typer.echo(f"{code} : {described.nom}{part}, {', '.join(verify(PACKS / code).counts)}.")
        typer.echo(f"  {described.avertissement}")


@packs.command("modele")
def modele(dossier: NewFolder, region: Region = "00") -> None:
    """Écrire le début d'une politique régionale : un pack.yaml commenté et un paramètre, à changer à la main."""
    from maillage.core.rules.packs.skeleton import write_skeleton

    with bad_input_told(), explained(dossier):
        for file in write_skeleton(dossier, region):
            typer.echo(file)
    typer.echo(f"Changez ces fichiers, puis : maillage packs verifier {dossier}", err=True)


@packs.command("verifier")
def verifier(dossier: Folder) -> None:
    """Dire, fichier par fichier et ligne par ligne, ce qui ne va pas dans une politique régionale."""
    from maillage.core.rules.packs.checks import verify

    if not dossier.is_dir():
        fail([f"{dossier} : dossier introuvable ; donnez celui qui contient pack.yaml."])
    with explained(dossier):
        report = verify(dossier)
    if report.findings:
        many = len(report.findings)
        last = f"{report.code} : {number(many)} point{'s' if many > 1 else ''} à corriger."
        fail([*(finding.message for finding in report.findings), last])
    typer.echo(f"{report.code} : {', '.join(report.counts)}. Rien à corriger.")
