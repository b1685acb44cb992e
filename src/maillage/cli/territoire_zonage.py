"""``maillage territoire zonage``: the class of each territory by the rules of the profession on a day."""

import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.common import fail
from maillage.cli.french_help import FrenchTyper
from maillage.cli.territoire import Output, check_output, told_in_french, write_csv, written
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.spelling import spelled

if TYPE_CHECKING:
    from maillage.apps.territories.zonages import Zonage

HEADER = (
    "code", "nom", "region", "regions", "indicateur", "population", "classe", "classes_possibles",
    "selection_nationale", "echange", "regle", "motif",
)  # fmt: skip
Profession = Annotated[
    str,
    typer.Option(
        "--profession",
        metavar="PROFESSION",
        help="medecin_generaliste, infirmier, masseur_kinesitherapeute, sage_femme, chirurgien_dentiste ou "
        "orthophoniste.",
    ),
]
Day = Annotated[
    str, typer.Option("--date", metavar="AAAA-MM-JJ", help="Les règles en vigueur ce jour ; sinon, aujourd'hui.")
]
Level = Annotated[
    str,
    typer.Option(
        "--maille",
        metavar="MAILLE",
        help="Une autre maille que celle des règles, quand elle n'est pas chargée : bassin_de_vie. La réponse le dit.",
    ),
]
GAUGES = ("nom", "region", "habitants", "part", "plafond_habitants", "plafond_part", "motif")
Gauges = Annotated[
    Path | None,
    typer.Option(
        "--jauges", metavar="JAUGES.csv", help="Écrire aussi ce que les règles bornent, par région : plafonds, marge."
    ),
]


def add(territoire: FrenchTyper) -> None:
    """Give the command its verb."""
    territoire.command()(zonage)


def zonage(profession: Profession, sortie: Output, date: Day = "", maille: Level = "", jauges: Gauges = None) -> None:
    """Classer les territoires par les règles nationales du zonage ; ce que l'ARS choisit reste à confirmer."""
    for path in (sortie, jauges):
        if path:
            check_output(path)
    day = day_of(date)
    with told_in_french():
        from django.utils import timezone

        from maillage.apps.territories.zonages import zonage as classes

        found = classes(profession, day or timezone.localdate(), level=maille)
        rows = found.rows()
        write_csv(sortie, HEADER, (tuple(written(row[name]) for name in HEADER) for row in rows))
        if jauges:
            write_csv(jauges, GAUGES, (tuple(written(row[name]) for name in GAUGES) for row in found.gauges()))
    say(found, rows)
    typer.echo(f"{sortie} : {number(len(rows))} {plural(len(rows), 'territoire')}.", err=True)


def say(found: "Zonage", rows: "list[dict[str, Any]]") -> None:
    """How many territories each class holds, why others are to confirm, and what to know of it all."""
    typer.echo(f"Indicateur : {found.told}", err=True)
    for zone, count in Counter(row["classe"] for row in rows).most_common():
        typer.echo(f"{spelled(zone)} : {number(count)} {plural(count, 'territoire')}")
    for why, count in Counter(row["motif"] for row in rows if row["classe"] == "a_confirmer").most_common():
        typer.echo(f"À confirmer, {number(count)} {plural(count, 'territoire')} : {why}.", err=True)
    for note in found.notes:
        typer.echo(f"Attention : {note}.", err=True)


def day_of(text: str) -> datetime.date | None:
    """The day written; ``None`` without one. Exits with code 2 when it is not a day."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        fail([f"--date : « {text} » n'est pas accepté. Attendu : une date de la forme AAAA-MM-JJ."])
