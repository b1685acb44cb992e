"""``maillage territoire optimiser``: where one or a few more professionals would serve most inhabitants."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import fail
from maillage.cli.french_help import FrenchTyper
from maillage.cli.territoire import (
    OfferFile,
    PopulationFile,
    Profession,
    TimesFile,
    check_output,
    model_of,
    tell,
    told_in_french,
    write_csv,
    written,
)
from maillage.core.kernel.french import number, plural

if TYPE_CHECKING:
    from maillage.apps.territories.accessibility.sites import Proposal

HEADER = ("rang", "code_commune", "commune", "habitants_gagnes", "habitants_gagnes_cumules", "apl_publiee")
Threshold = Annotated[
    float,
    typer.Option(
        "--seuil",
        metavar="APL",
        help="Le seuil à atteindre, dans l'unité de la DREES (2.5 consultations par an et par habitant ; 60 ETP pour "
        "100 000 habitants…).",
    ),
]
Count = Annotated[int, typer.Option("--nombre", min=1, max=50, help="Combien de professionnels placer.")]
Departement = Annotated[str, typer.Option("--departement", metavar="CODE", help="Dans ce département (35, 2A, 974).")]
Region = Annotated[str, typer.Option("--region", metavar="CODE", help="Dans cette région (53 : Bretagne).")]
Epci = Annotated[str, typer.Option("--epci", metavar="SIREN", help="Dans cet EPCI (243500741).")]
Minutes = Annotated[
    float | None,
    typer.Option(
        "--minutes-max",
        metavar="MINUTES",
        help="Ne compter que les habitants à ce temps au plus d'un nouveau lieu ; sinon, la portée de l'APL.",
    ),
]
Method = Annotated[
    str,
    typer.Option(
        "--methode",
        metavar="METHODE",
        help="glouton (un lieu après l'autre), exact (prouvé dans le modèle, sur un territoire modeste), ou auto.",
    ),
]
Output = Annotated[
    Path | None, typer.Option("--sortie", metavar="SORTIE.csv", help="Le fichier à écrire ; sinon, la liste s'affiche.")
]


def add(territoire: FrenchTyper) -> None:
    """Give the command its verb."""
    territoire.command()(optimiser)


def optimiser(
    profession: Profession,
    seuil: Threshold,
    nombre: Count = 1,
    departement: Departement = "",
    region: Region = "",
    epci: Epci = "",
    minutes_max: Minutes = None,
    methode: Method = "auto",
    sortie: Output = None,
    offre: OfferFile = None,
    population: PopulationFile = None,
    temps: TimesFile = None,
) -> None:
    """Chercher où un professionnel de plus ferait passer le seuil au plus d'habitants."""
    if sortie:
        check_output(sortie)
    place = place_of({"departement": departement, "region": region, "epci": epci})
    with told_in_french(offre, population, temps):
        from maillage.apps.territories.accessibility.sites import Search, best_sites

        model = model_of(profession, offre, population, temps)
        found = best_sites(model, Search(seuil, nombre, *place, minutes=minutes_max, method=methode))
    say(found)
    if sortie:
        write_csv(sortie, HEADER, (tuple(written(row[name]) for name in HEADER) for row in found.rows()))
        count = len(found.codes)
        typer.echo(f"{sortie} : {number(count)} {plural(count, 'lieu', 'lieux')}.", err=True)


def place_of(places: dict[str, str]) -> tuple[str, str]:
    """The kind and the code of the territory asked for, France without one. Exits with code 2 when two are given."""
    given = {kind: code.strip() for kind, code in places.items() if code.strip()}
    if len(given) > 1:
        names = ", ".join(f"--{kind}" for kind in given)
        fail([f"{names} : donnez un seul territoire, ou aucun pour toute la France."])
    return next(iter(given.items()), ("france", ""))


def say(found: "Proposal") -> None:
    """The sites on the standard output, how they were found on the other."""
    tell(found.how, found.unit)
    for row in found.rows():
        gained = number(row["habitants_gagnes"])
        published = _published(found, row["apl_publiee"])
        place = f"{row['commune'] or '?'} ({row['code_commune']})"
        typer.echo(f"{row['rang']}. {place} : {gained} habitants de plus{published}.")
    if found.known:
        below, lifted = number(round(found.plan.below)), number(round(found.plan.lifted))
        typer.echo(f"{lifted} des {below} habitants sous le seuil l'atteignent.")
    for note in found.notes:
        typer.echo(note, err=True)


def _published(found: "Proposal", value: float | None) -> str:
    """The published value of a site, beside it."""
    if not found.reference:
        return ""
    return f" ; {found.reference} : {'inconnue' if value is None else number(value, 3)}"
