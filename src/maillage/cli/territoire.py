"""``maillage territoire``: accessibility to care by commune, and what a change of the offer does."""

import contextlib
import csv
import io
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import bad_input_told, explained, fail
from maillage.cli.donnees import check_tables, database
from maillage.cli.french_help import FrenchTyper
from maillage.core.kernel.french import number, plural

if TYPE_CHECKING:
    from maillage.apps.territories.accessibility import Accessibility, How, Scenario

territoire = FrenchTyper(help="Mesurer l'accessibilité aux soins, et ce qu'une installation ou un départ y change.")


def known_profession(written: str) -> str:
    """The profession; exit with code 2 and the nearest one, before any file or table is looked at."""
    from maillage.core.territory.method import check_profession

    with bad_input_told():
        check_profession(written)
    return written


Profession = Annotated[
    str,
    typer.Option(
        "--profession",
        callback=known_profession,
        metavar="PROFESSION",
        help="medecin_generaliste, infirmier, masseur_kinesitherapeute, chirurgien_dentiste ou sage_femme.",
    ),
]
OfferFile = Annotated[
    Path | None,
    typer.Option(
        "--offre",
        metavar="OFFRE.csv",
        help="Offre à la place de celle qui est chargée : code_commune, quantite (professionnels en ETP) ; "
        "actes et age si on les connaît.",
    ),
]
PopulationFile = Annotated[
    Path | None,
    typer.Option(
        "--population", metavar="POPULATION.csv", help="Demande : code_commune, population, prise comme elle est."
    ),
]
TimesFile = Annotated[
    Path | None,
    typer.Option("--temps", metavar="TEMPS.csv", help="Temps de trajet : origine, destination, minutes."),
]
Output = Annotated[Path, typer.Option("--sortie", metavar="SORTIE.csv", help="Le fichier à écrire.")]
Added = Annotated[
    list[str] | None,
    typer.Option("--ajouter", metavar="CODE:NOMBRE", help="Professionnels qui s'installent ; peut être répété."),
]
Removed = Annotated[
    list[str] | None,
    typer.Option("--retirer", metavar="CODE:NOMBRE", help="Professionnels qui cessent ; peut être répété."),
]
Moved = Annotated[
    list[str] | None,
    typer.Option(
        "--deplacer", metavar="DE:VERS:NOMBRE", help="Professionnels qui changent de commune ; peut être répété."
    ),
]
Leaving = Annotated[
    list[str] | None,
    typer.Option(
        "--partants",
        metavar="plus_de_AGE@LIEU",
        help="Tous ceux qui ont plus de cet âge, dans une commune, un EPCI, un département ou FRANCE "
        "(plus_de_60@243500741) ; peut être répété.",
    ),
]


@territoire.callback()
def territories() -> None:
    """Mesurer l'accessibilité aux soins, et ce qu'une installation ou un départ y change."""


@territoire.command()
def apl(
    profession: Profession,
    sortie: Output,
    offre: OfferFile = None,
    population: PopulationFile = None,
    temps: TimesFile = None,
) -> None:
    """Calculer l'accessibilité de chaque commune, dans l'unité de la DREES (code_commune, apl)."""
    check_output(sortie)
    with told_in_french(offre, population, temps):
        model = model_of(profession, offre, population, temps)
        rows = ((code, written(value)) for code, value in model.as_dict().items())
        write_csv(sortie, ("code_commune", "apl"), rows)
    tell(model.how, model.method.unit)
    count = len(model.codes)
    typer.echo(f"{sortie} : {number(count)} {plural(count, 'commune')}.", err=True)


@territoire.command("et-si")
def et_si(
    profession: Profession,
    sortie: Output,
    ajouter: Added = None,
    retirer: Removed = None,
    deplacer: Moved = None,
    partants: Leaving = None,
    offre: OfferFile = None,
    population: PopulationFile = None,
    temps: TimesFile = None,
) -> None:
    """Dire ce que change l'arrivée ou le départ de professionnels : les seules communes touchées, avant et après."""
    check_output(sortie)
    with told_in_french(offre, population, temps):
        from maillage.apps.territories.accessibility import what_if

        scenario = scenario_of(ajouter or (), retirer or (), deplacer or (), partants or ())
        found = what_if(model_of(profession, offre, population, temps), scenario)
        rows = (tuple(map(written, row.values())) for row in found.rows())
        write_csv(sortie, ("code_commune", "apl_avant", "apl_apres", "difference"), rows)
    tell(found.how, found.unit)
    for note in found.notes:
        typer.echo(note, err=True)
    count = len(found.codes)
    typer.echo(f"{sortie} : {number(count)} {plural(count, 'commune changée', 'communes changées')}.", err=True)


def scenario_of(
    added: Sequence[str], removed: Sequence[str], moved: Sequence[str], leaving: Sequence[str]
) -> "Scenario":
    """The scenario that the options write. Raises ``BadInput``."""
    from maillage.apps.territories.accessibility.scenario import Scenario, counts_of, departures_of, moves_of

    return Scenario(
        additions=counts_of("--ajouter", added),
        removals=counts_of("--retirer", removed),
        moves=moves_of("--deplacer", moved),
        departures=departures_of("--partants", leaving),
    )


def model_of(profession: str, offer: Path | None, population: Path | None, times: Path | None) -> "Accessibility":
    """The model of these files and of what is loaded."""
    from django.utils import timezone

    from maillage.apps.territories.accessibility.given import Files, accessibility_from

    return accessibility_from(profession, timezone.localdate(), Files(offer, population, times))


@contextlib.contextmanager
def told_in_french(*files: Path | None) -> Iterator[None]:
    """Django ready; exit with code 2 and the reason when data or files cannot be used.

    The database is needed for what no file of the three gives.
    """
    with database():
        if not all(files):
            check_tables()
        from maillage.apps.territories.reading.rows import LoadError

        try:
            with bad_input_told():
                yield
        except LoadError as error:
            fail([str(error)])


def tell(how: "How", unit: str) -> None:
    """Say on the standard error how the values are made."""
    for line in (f"Unité : {unit}", f"Demande : {how.demand}", f"Offre : {how.supply}", f"Temps : {how.times}"):
        typer.echo(line, err=True)
    for line in (f"Erreur : {how.error}.", *how.notes):
        typer.echo(line, err=True)


def written(value: float | str | None) -> str:
    """A cell: a number with all its digits, empty when it is unknown."""
    return "" if value is None else str(value)


def check_output(path: Path) -> None:
    """Exit with code 2 when nothing could be written there, before any computation."""
    if path.is_dir():
        fail([f"{path} : c'est un dossier ; donnez le nom du fichier à écrire."])
    if not path.parent.is_dir():
        fail([f"{path.parent} : ce dossier n'existe pas ; créez-le, ou donnez un autre chemin à --sortie."])


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write the whole file beside, then put it in place: a reader never sees half of it."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(header)
    lines.writerows(rows)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with explained(path):
        try:
            temporary.write_text(text.getvalue(), encoding="utf-8")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
