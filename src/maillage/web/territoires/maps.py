"""The maps of a diagnosis and of « Et si… »: which figure they colour, in which classes, and their image."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from maillage.apps.territories import shapes
from maillage.core.maps.classes import Scale, changes, quantiles
from maillage.web.carte.fragment import Fragment
from maillage.web.territoires.changes import Change

Told = Mapping[str, Any]
ASKED = "carte"
"""The word of the address that says which figure the map colours."""
PREFERRED = ("apl.medecin_generaliste.65_ans", "apl.medecin_generaliste", "population.65_plus.part")
NO_DRAWING = "Sans JavaScript, la carte ne se dessine pas : choisissez plutôt des communes ou une intercommunalité."
MOST = 6_000
"""Communes that a page carries; above, the map would weigh more than the page."""


@dataclass(frozen=True)
class Coloured:
    """The figure that the map colours: by commune, in classes that hold about as many communes each."""

    figure: Told
    values: Mapping[str, float | None]
    scale: Scale


def figures_by_commune(told: Told) -> list[Told]:
    """The figures that two communes at least have: those that a map or a column may show."""
    counts: dict[str, int] = {}
    for commune in told["communes"]:
        for code, value in commune["valeurs"].items():
            counts[code] = counts.get(code, 0) + (value is not None)
    return [each for section in told["sections"] for each in section["chiffres"] if counts.get(each["code"], 0) > 1]


def coloured(told: Told, asked: str) -> Coloured | None:
    """The figure asked, else the first of those that say most; ``None`` when no figure is known by commune."""
    known = {each["code"]: each for each in figures_by_commune(told)}
    code = next((code for code in (asked, *PREFERRED, *told["chiffres_cles"], *known) if code in known), "")
    if not code:
        return None
    figure = known[code]
    values = {commune["code"]: commune["valeurs"].get(code) for commune in told["communes"]}
    scale = quantiles(list(values.values()), decimals=figure["decimales"], unit=figure["unite"])
    return Coloured(figure, values, scale)


def of_diagnosis(told: Told, asked: str, image: str, kept: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The context of the map and of the choice of its figure; ``image`` is the address of the drawing."""
    codes = [commune["code"] for commune in told["communes"]]
    shown = coloured(told, asked)
    choice = {"choix": figures_by_commune(told), "choisi": shown.figure["code"] if shown else "", "gardees": kept}
    if shown is None:
        box = shapes.bounds(codes)
        return {"carte": Fragment(told["titre"], bounds=box, highlighted=codes).context(), "carte_choix": choice}
    figure = shown.figure
    carte = Fragment(
        figure["libelle"],
        values=shown.values,
        scale=shown.scale,
        unit=figure["unite"],
        vintage=figure["millesime"],
        source=figure["producteur"],
        bounds=shapes.bounds(codes),
        highlighted=codes,
        image=f"{image}{'&' if '?' in image else '?'}{urlencode({ASKED: figure['code']})}",
    ).context()
    return {"carte": carte, "carte_choix": choice}


def drawing(told: Told, asked: str) -> str:
    """The map as an SVG with its legend; empty when there is nothing to draw."""
    from maillage.core.documents.territory_map import Area, map_svg  # Vega takes a while to start.

    shown = coloured(told, asked)
    codes = [commune["code"] for commune in told["communes"]]
    known = shapes.shapes_of(codes)
    values: Mapping[str, float | None] = shown.values if shown else {}
    areas = [
        Area(each["code"], each["nom"], known.get(each["code"]), values.get(each["code"])) for each in told["communes"]
    ]
    title = f"{shown.figure['libelle']} : {told['titre']}" if shown else told["titre"]
    return map_svg(areas, shown.scale if shown else Scale((), ()), title=title, outline=shapes.outline(codes))


def answer(told: Told, asked: str) -> HttpResponse:
    """The drawing; 404 when nothing can be drawn."""
    image = drawing(told, asked)
    if not image:
        raise Http404("Les contours de ces communes ne sont pas connus.")
    return HttpResponse(image, content_type="image/svg+xml; charset=utf-8")


def of_changes(rows: Sequence[Change], unit: str) -> dict[str, Any] | None:
    """The map of what « Et si… » changes; ``None`` when so many communes change that only the table tells them."""
    if not rows or len(rows) > MOST:
        return None
    values: dict[str, float | None] = {row.code: row.difference for row in rows}
    scale = changes([row.difference for row in rows], rows[0].decimals + 1, unit)
    return Fragment(
        "Ce qui change",
        values=values,
        scale=scale,
        unit=unit,
        bounds=shapes.bounds(list(values)),
        source="modèle de Maillage",
    ).context()


def to_draw() -> dict[str, Any]:
    """The map on which a contour is drawn: it fills the field of the form."""
    return Fragment("Votre territoire", bounds=(-5.3, 41.2, 9.8, 51.2), draws="contour", no_image=NO_DRAWING).context()
