"""``maillage territoire diagnostic``: the diagnosis of a territory as a file, from a recipe or from a choice."""

import datetime
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.common import bad_input_told, explained, fail, read_bytes
from maillage.cli.donnees import check_tables, database
from maillage.cli.french_help import FrenchTyper
from maillage.cli.orienter import require_communes
from maillage.cli.territoire import check_output

if TYPE_CHECKING:
    from maillage.core.territory.diagnosis.results import Diagnosis

EXTENSIONS = ("pdf", "docx", "odt", "xlsx", "csv", "geojson", "json")
BOTH = "Donnez une recette ou un choix de communes, pas les deux."
RecipeFile = Annotated[
    Path | None,
    typer.Argument(metavar="RECETTE.json", help="La recette d'un diagnostic, ou « - » pour l'entrée standard."),
]
Output = Annotated[
    Path,
    typer.Option(
        "--sortie",
        metavar="SORTIE",
        help="Le fichier à écrire : .pdf, .docx, .odt, .xlsx, .csv, .geojson ou .json (la recette).",
    ),
]
Communes = Annotated[
    list[str] | None, typer.Option("--communes", metavar="CODES", help="Codes INSEE, séparés par des virgules.")
]
Epci = Annotated[list[str] | None, typer.Option("--epci", metavar="SIREN", help="SIREN d'intercommunalités.")]
Centre = Annotated[str, typer.Option("--centre", metavar="CODE", help="La commune du centre d'un rayon.")]
Radius = Annotated[str, typer.Option("--rayon-km", metavar="KM", help="Le rayon autour du centre.")]
Minutes = Annotated[str, typer.Option("--minutes", metavar="MINUTES", help="La durée de trajet autour du centre.")]
Contour = Annotated[
    str, typer.Option("--contour", metavar="CONTOUR", help="Un contour : lon,lat;lon,lat;lon,lat (degrés, WGS84).")
]
Structure = Annotated[
    str, typer.Option("--structure", metavar="STRUCTURE", help="Ses avertissements : esp, msp, cds, ess ou cpts.")
]
Name = Annotated[str, typer.Option("--nom", metavar="NOM", help="Le nom du territoire.")]
Day = Annotated[str, typer.Option("--date", metavar="AAAA-MM-JJ", help="Le jour des règles ; aujourd'hui par défaut.")]


def add(territoire: FrenchTyper) -> None:
    """Give the command its verb on diagnoses."""
    territoire.command()(diagnostic)


def diagnostic(
    sortie: Output,
    recette: RecipeFile = None,
    communes: Communes = None,
    epci: Epci = None,
    centre: Centre = "",
    rayon_km: Radius = "",
    minutes: Minutes = "",
    contour: Contour = "",
    structure: Structure = "",
    nom: Name = "",
    date: Day = "",
) -> None:
    """Faire le diagnostic d'un territoire : un rapport à imprimer, à modifier, ou ses données."""
    check_output(sortie)
    kind = _kind(sortie)
    one = {"centre": centre, "rayon_km": rayon_km, "minutes": minutes, "contour": contour, "structure": structure}
    one["nom"] = nom
    query = {"communes": communes or [], "epci": epci or [], **{name: [value] for name, value in one.items() if value}}
    with database(), bad_input_told():
        check_tables()
        require_communes()
        found, day = _from_recipe(recette, query) if recette else _from_choice(query, date)
        _write(sortie, kind, found, day)


def _kind(path: Path) -> str:
    """The format of a file, by its extension. Exits with code 2 on another one."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in EXTENSIONS:
        fail([f"{path.name} : extension inconnue. Attendu : l'une de .{', .'.join(EXTENSIONS)}."])
    return kind


def _from_recipe(path: Path, query: Mapping[str, list[str]]) -> "tuple[Diagnosis, datetime.date]":
    """The diagnosis of a recipe, on its day; what is no longer as it says goes to the standard error."""
    from maillage.apps.diagnostics.queries import from_recipe
    from maillage.core.kernel.json_input import parse_json

    if any(query.values()):
        fail([BOTH])
    recipe: Any = parse_json(read_bytes(path))
    found, differences = from_recipe(recipe if isinstance(recipe, Mapping) else {})
    for difference in differences:
        typer.echo(f"Attention : {difference}", err=True)
    return found, found.day


def _from_choice(query: Mapping[str, list[str]], date: str) -> "tuple[Diagnosis, datetime.date]":
    from django.utils import timezone

    from maillage.apps.diagnostics.queries import diagnose
    from maillage.apps.diagnostics.selection import selection_of_query
    from maillage.core.kernel.problems import BadInput, Problem

    try:
        today = datetime.date.fromisoformat(date) if date else timezone.localdate()
    except ValueError:
        raise BadInput([Problem("--date", date, "une date de la forme AAAA-MM-JJ")]) from None
    return diagnose(selection_of_query(query), today=today), today


def _write(path: Path, kind: str, found: "Diagnosis", day: datetime.date) -> None:
    """Write the whole file beside, then put it in place: a reader never sees half of it."""
    from maillage.apps.diagnostics.documents import document

    content = document(found.as_dict(), kind, today=day)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with explained(path):
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    count = len(found.communes)
    typer.echo(f"{path} : {found.title}, {count} {'commune' if count < 2 else 'communes'}.", err=True)
    for warning in found.warnings:
        if warning.state == "alerte":
            typer.echo(f"Alerte : {warning.title}. {warning.text}", err=True)
