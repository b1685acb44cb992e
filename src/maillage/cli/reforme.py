"""``maillage reforme comparer``: what changed parameters give and take."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import Compact, bad_input_told, explained, fail, print_json, read_bytes
from maillage.cli.french_help import FrenchTyper

if TYPE_CHECKING:
    from maillage.core.rules.reform.comparison import Comparison

reforme = FrenchTyper(help="Comparer les règles en vigueur à des règles changées.")
ReformFile = Annotated[Path, typer.Argument(metavar="REFORME.yaml", help="Les paramètres changés, à partir d'un jour.")]
SituationsFile = Annotated[
    Path,
    typer.Argument(metavar="SITUATIONS.jsonl", help="Une situation par ligne ; « - » pour l'entrée standard."),
]
Output = Annotated[
    Path | None,
    typer.Option("--sortie", metavar="FICHIER", help="Écrire la comparaison : .json, .csv ou .xlsx selon le nom."),
]


@reforme.callback()
def reforms() -> None:
    """Comparer les règles en vigueur à des règles changées."""


@reforme.command("comparer")
def comparer(fichier: ReformFile, situations: SituationsFile, sortie: Output = None, compact: Compact = False) -> None:
    """Dire ce qu'une réforme donne ou retire à chaque situation, et en tout."""
    if sortie is not None and sortie.suffix not in WRITERS:
        fail([f"{sortie} : donnez un nom en {', '.join(WRITERS)}."])
    comparison = compared(read_bytes(fichier), read_bytes(situations))
    if sortie is None:
        print_json(comparison.as_dict(), compact=compact)
        return
    with explained(sortie):
        sortie.write_bytes(WRITERS[sortie.suffix](comparison))
    typer.echo(f"{sortie} : {len(comparison.rows)} situation(s) comparée(s).", err=True)


def compared(reform: bytes, lines: bytes) -> "Comparison":
    """The comparison of two files. Exits with code 2 when one is refused."""
    from maillage.core.rules.reform.comparison import compare
    from maillage.core.rules.reform.lines import read_lines
    from maillage.core.rules.reform.reading import read_reform

    with bad_input_told():
        read = read_reform(reform)
        found = read_lines(read.file.simulateur, lines)
        return compare(read, found.situations, found.names)


def _json(comparison: "Comparison") -> bytes:
    from maillage.cli.common import json_bytes

    return json_bytes(comparison.as_dict())


def _csv(comparison: "Comparison") -> bytes:
    from maillage.core.documents.tables import csv_bytes
    from maillage.core.rules.reform.comparison import HEADER

    return csv_bytes(HEADER, comparison.table())


def _xlsx(comparison: "Comparison") -> bytes:
    from maillage.core.documents.tables import xlsx_bytes
    from maillage.core.rules.reform.comparison import HEADER

    return xlsx_bytes("reforme", HEADER, comparison.table())


WRITERS = {".json": _json, ".csv": _csv, ".xlsx": _xlsx}
"""How each kind of file is written."""
