"""``maillage territoire agreger``: the accessibility of EPCI, bassins de vie, territoires de vie-santé, régions…"""

from typing import Annotated

import typer

from maillage.cli.french_help import FrenchTyper
from maillage.cli.territoire import Output, Profession, check_output, told_in_french, write_csv, written
from maillage.core.kernel.french import number, plural

HEADER = ("code", "nom", "apl", "poids", "couverture", "communes", "communes_connues")
Level = Annotated[
    str,
    typer.Option("--maille", metavar="MAILLE", help="epci, tvs, bassin_de_vie, bvcv, departement, region ou france."),
]
Age = Annotated[
    int | None,
    typer.Option(
        "--age", metavar="ANS", help="La variante publiée des professionnels de cet âge au plus (65, 62, 60)."
    ),
]
Model = Annotated[
    bool, typer.Option("--modele", help="Les valeurs du modèle, à la place de celles que la DREES publie.")
]


def add(territoire: FrenchTyper) -> None:
    """Give the command its verb."""
    territoire.command()(agreger)


def agreger(profession: Profession, maille: Level, sortie: Output, age: Age = None, modele: Model = False) -> None:
    """Réunir l'APL des communes en territoires plus grands, avec les poids du zonage de la profession."""
    check_output(sortie)
    with told_in_french():
        from django.utils import timezone

        from maillage.apps.territories.aggregates import aggregated

        found = aggregated(profession, maille, timezone.localdate(), age=age, model=modele)
        rows = found.rows()
        write_csv(sortie, HEADER, (tuple(written(row[name]) for name in HEADER) for row in rows))
    lines = (
        f"Unité : {found.unit}",
        f"Valeurs : {found.figures.told}",
        f"Poids : {found.figures.weighting}",
        *(f"Attention : {note}." for note in found.figures.notes),
    )
    for line in lines:
        typer.echo(line, err=True)
    unknown = sum(row["apl"] is None for row in rows)
    if unknown:
        typer.echo(f"{number(unknown)} {plural(unknown, 'territoire')} sans valeur : à confirmer, jamais 0.", err=True)
    typer.echo(f"{sortie} : {number(len(rows))} {plural(len(rows), 'territoire')}.", err=True)
