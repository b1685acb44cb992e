"""The data of a diagnosis as files: workbook (XLSX), table (CSV), map (GeoJSON), recipe (JSON).

Every function takes ``Diagnosis.as_dict()``.
"""

import datetime
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.core.documents.tables import csv_bytes, harmless

Told = Mapping[str, Any]
Row = Sequence[Any]
CSV_HEADER = (
    "niveau", "code", "lieu", "indicateur", "libelle", "valeur", "unite", "millesime", "producteur", "couverture",
    "pourquoi",
)  # fmt: skip
FIGURES = (
    "Section", "Code", "Chiffre", "Valeur", "Unité", "Département", "Région", "France", "Millésime", "Producteur",
    "Méthode", "Secret statistique", "Communes dont la valeur est connue", "Remarque",
)  # fmt: skip
LEVELS = ("departement", "region", "france")
FRANCE = "France"
WIDEST, NARROWEST = 60, 9
"""Widths of columns, in characters."""
SHEET_NAME = 31
"""Letters of the name of a sheet, at most."""
STATES = {"alerte": "alerte", "a_verifier": "à vérifier", "respecte": "respecté", "information": "information"}
"""The words of the states of a rule."""
LITTLE = ("de", "du", "des", "d'", "la", "le", "les", "et", "à", "qu'il", "selon", "leur", "par", "-")
"""Words at which no name ends."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def diagnosis_csv(told: Told) -> bytes:
    """One line per figure and place: the territory, the places it is compared with, each commune."""
    return csv_bytes(CSV_HEADER, _lines(told))


def diagnosis_xlsx(told: Told) -> bytes:
    """A workbook: figures, trends, communes, lists, warnings, gaps, sources and the recipe."""
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.active)
    moment = datetime.datetime.fromisoformat(told["jour"])
    book.properties.title, book.properties.creator = f"Diagnostic territorial : {told['titre']}", "Maillage"
    book.properties.created = book.properties.modified = moment
    for each in _sheets(told):
        if not each.rows:
            continue
        sheet = book.create_sheet(short_name(each.name, book.sheetnames))
        sheet.append(list(each.header))
        for row in each.rows:
            sheet.append([harmless(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
        for rank, width in enumerate(_widths(each), start=1):
            sheet.column_dimensions[get_column_letter(rank)].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def short_name(name: str, taken: Collection[str] = ()) -> str:
    """The name of a sheet: at most 31 letters, whole words, and no name twice.

    >>> short_name("Les bassins de vie et les territoires de vie-santé")
    'Les bassins de vie'
    """
    words = name.split()
    while len(" ".join(words)) > SHEET_NAME or (len(words) > 1 and words[-1].lower() in LITTLE):
        words = words[:-1]
    found = " ".join(words) or name[:SHEET_NAME]
    rank = 2
    while found in taken:
        end = f" {rank}"
        found, rank = f"{' '.join(words)[: SHEET_NAME - len(end)]}{end}", rank + 1
    return found


def diagnosis_geojson(told: Told, shapes: Mapping[str, Any]) -> bytes:
    """The communes with their figures; ``shapes`` maps a code to its polygon (GeoJSON, WGS84), else its mairie stands.

    A commune that has neither has no geometry.
    """
    figures = _figures(told)
    content = {
        "type": "FeatureCollection",
        "titre": told["titre"],
        "jour": told["jour"],
        "indicateurs": {
            code: {name: figure[name] for name in ("libelle", "unite", "millesime", "producteur", "secret")}
            for code, figure in figures.items()
        },
        "sources": list(told["sources"]),
        "features": [_feature(commune, shapes.get(commune["code"])) for commune in told["communes"]],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def diagnosis_recipe(told: Told) -> bytes:
    """The recipe: what makes the same diagnosis again."""
    return json.dumps(told["recette"], ensure_ascii=False, indent=2).encode() + b"\n"


def _lines(told: Told) -> Iterator[Row]:
    figures = _figures(told)
    for figure in figures.values():
        yield _line("territoire", "", told["titre"], figure, figure["valeur"])
        for each in figure["comparaisons"]:
            dated = {**figure, "millesime": each.get("millesime") or figure["millesime"]}
            yield _line(each["niveau"], each["code"], each["nom"], dated, each["valeur"])
    for commune in told["communes"]:
        for code, figure in figures.items():
            value = commune["valeurs"].get(code)
            yield _line("commune", commune["code"], commune["nom"], figure, value)


def _line(level: str, code: str, name: str, figure: Told, value: float | None) -> Row:
    about = (figure["unite"], figure["millesime"], figure["producteur"])
    limits = (figure["couverture"], figure["pourquoi"]) if level == "territoire" else ("", "")
    return (level, code, name, figure["code"], figure["libelle"], _decimal(value), *about, *limits)


def _decimal(value: float | None) -> str:
    """A number as French spreadsheets read it, empty when it is not known."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _sheets(told: Told) -> Iterator[Sheet]:
    yield Sheet("Chiffres", FIGURES, tuple(_figure_row(section, each) for section, each in _each(told)))
    trends = tuple(
        (figure["code"], figure["libelle"], point["millesime"], point["valeur"], figure["unite"])
        for _, figure in _each(told)
        for point in figure["evolution"]
    )
    yield Sheet("Évolutions", ("Code", "Chiffre", "Millésime", "Valeur", "Unité"), trends)
    yield _communes(told)
    for section in told["sections"]:
        for table in section["tableaux"]:
            header = tuple(column["titre"] for column in table["colonnes"])
            rows = tuple(tuple(line["valeurs"]) for line in table["lignes"])
            yield Sheet(table["titre"].replace("/", "-"), header, rows)
    yield from _about(told)


def _figure_row(section: Told, figure: Told) -> Row:
    elsewhere = {each["niveau"]: each["valeur"] for each in figure["comparaisons"]}
    value = figure["valeur"] if figure["valeur"] is not None else figure["texte"]
    remark = " ".join([*_columns_said(figure), figure["pourquoi"]]).strip()
    return (
        section["titre"], figure["code"], figure["libelle"], value, figure["unite"],
        *(elsewhere.get(level) for level in LEVELS), figure["millesime"], figure["producteur"], figure["methode"],
        figure["secret"], figure["couverture"] or "toutes", remark,
    )  # fmt: skip


def _columns_said(figure: Told) -> Iterator[str]:
    """What the columns of the places compared with cannot say: mainland France alone, another vintage."""
    for each in figure["comparaisons"]:
        if each["niveau"] == "france" and each["nom"] != FRANCE:
            yield f"Colonne France : {each['nom']}."
        if each.get("millesime"):
            yield f"{each['nom']} : millésime {each['millesime']}."


def _communes(told: Told) -> Sheet:
    figures = _figures(told)
    header = (
        "Code",
        "Commune",
        "Département",
        "EPCI",
        *(f"{each['libelle']} ({each['unite']})" for each in figures.values()),
    )
    rows = tuple(
        (each["code"], each["nom"], each["departement"], each["epci"], *(each["valeurs"].get(code) for code in figures))
        for each in told["communes"]
    )
    return Sheet("Communes", header, rows)


def _about(told: Told) -> Iterator[Sheet]:
    warnings = tuple(
        (
            each["structure"],
            STATES.get(each["etat"], each["etat"]),
            each["titre"],
            each["texte"],
            " ; ".join(text["titre"] for text in each["textes"]),
        )
        for each in told["avertissements"]
    )
    yield Sheet("Règles", ("Structure", "État", "Règle", "Explication", "Textes"), warnings)
    aids = tuple(
        (zone["metier"], zone["zone"], zone["communes"], aid["libelle"], aid["montant"])
        for section in told["sections"]
        for zone in section["aides"]
        for aid in zone["aides"]
    )
    yield Sheet("Aides du zonage", ("Profession", "Zone", "Communes", "Aide", "Montant"), aids)
    gaps = tuple(
        (each["objet"], each["pourquoi"], each["comment"], each.get("commande", "")) for each in told["manques"]
    )
    yield Sheet("Ce qui manque", ("Donnée", "Pourquoi", "Comment l'avoir", "Commande d'installation"), gaps)
    sources = tuple(tuple(each.values()) for each in told["sources"])
    header = ("Clé", "Contenu", "Producteur", "Millésime", "Licence", "Adresse", "Chargée le")
    yield Sheet("Sources", header, sources)
    recipe = tuple((name, json.dumps(value, ensure_ascii=False)) for name, value in told["recette"].items())
    yield Sheet("Recette", ("Champ", "Valeur"), recipe)


def _feature(commune: Told, shape: Any) -> dict[str, Any]:
    known = commune["latitude"] is not None and commune["longitude"] is not None
    point = {"type": "Point", "coordinates": [commune["longitude"], commune["latitude"]]} if known else None
    return {
        "type": "Feature",
        "id": commune["code"],
        "geometry": shape or point,
        "properties": {
            **{name: commune[name] for name in ("code", "nom", "departement", "epci")},
            **commune["valeurs"],
            **{f"zonage.{profession}": zone for profession, zone in commune["zonages"].items()},
        },
    }


def _widths(sheet: Sheet) -> list[int]:
    """A width a column: that of its first texts, between two bounds."""
    shown = [sheet.header, *sheet.rows[:50]]
    return [
        max(NARROWEST, min(WIDEST, max(len(str(row[rank] if row[rank] is not None else "")) for row in shown) + 2))
        for rank in range(len(sheet.header))
    ]


def _each(told: Told) -> Iterable[tuple[Told, Told]]:
    return ((section, figure) for section in told["sections"] for figure in section["chiffres"])


def _figures(told: Told) -> dict[str, Told]:
    return {figure["code"]: figure for _, figure in _each(told)}
