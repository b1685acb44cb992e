"""The files of a diagnosis: to print, to edit, to compute with, to map, and to make it again."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from maillage.apps.diagnostics.shapes import outlines
from maillage.core.kernel import french

Told = Mapping[str, Any]
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
}
"""By extension, the type of the file. The JSON is the recipe."""
MAPPED = (
    "apl.medecin_generaliste.65_ans", "apl.medecin_generaliste", "offre.medecin_generaliste.densite",
    "population.65_plus.part", "population.totale",
)  # fmt: skip
"""The figures worth the map of a document: the first that enough communes have."""
CLASSES = 5
METRE = 5
"""Decimals of a degree, about one metre."""


def document(told: Told, kind: str, *, today: datetime.date, address: str = "") -> bytes:
    """A diagnosis (``Diagnosis.as_dict()``) as a file of ``kind``, one of ``KINDS``; ``address`` is its page.

    The same diagnosis on the same day gives the same content. Raises ``KeyError`` on an unknown kind.
    """
    makers = {"pdf": _pdf, "docx": _docx, "odt": _odt}
    if kind in makers:
        return makers[kind](told, today, address)
    return _data(told, kind)


def name_of(told: Told) -> str:
    """The name of the files of a diagnosis, without its extension."""
    return f"diagnostic-{french.fold(told['titre']).replace(' ', '-')[:60]}-{told['jour']}"


def maps(told: Told) -> list[tuple[str, str]]:
    """The map of the main figure by commune, as SVG with its caption; none while no outline is prepared."""
    communes = told["communes"]
    shapes = outlines([each["code"] for each in communes])
    figure = _mapped(told)
    if not shapes or figure is None or len(communes) < 2:
        return []
    import shapely

    from maillage.core.documents.territory_map import Area, map_svg
    from maillage.core.maps.classes import quantiles

    code = figure["code"]
    areas = [Area(each["code"], each["nom"], shapes.get(each["code"]), each["valeurs"].get(code)) for each in communes]
    scale = quantiles([area.value for area in areas], CLASSES, min(figure["decimales"], 1), figure["unite"])
    title = f"{figure['libelle']}, par commune ({figure['millesime']})"
    outline = shapely.union_all(list(shapes.values()))
    return [(map_svg(areas, scale, title=title, outline=outline), title)]


def _mapped(told: Told) -> Told | None:
    figures: dict[str, Told] = {
        figure["code"]: figure for section in told["sections"] for figure in section["chiffres"]
    }
    for code in MAPPED:
        known = sum(each["valeurs"].get(code) is not None for each in told["communes"])
        if code in figures and known * 2 > len(told["communes"]):
            return figures[code]
    return None


def _pdf(told: Told, today: datetime.date, address: str) -> bytes:
    from maillage.core.documents.typst_pdf import diagnosis_pdf

    return diagnosis_pdf(told, today=today, address=address, maps=maps(told))


def _docx(told: Told, today: datetime.date, address: str) -> bytes:
    from maillage.core.documents.diagnosis_blocks import blocks
    from maillage.core.documents.docx_file import docx_bytes

    content = _content(told, today, address)
    return docx_bytes(content["titre"], blocks(content), today)


def _odt(told: Told, today: datetime.date, address: str) -> bytes:
    from maillage.core.documents.diagnosis_blocks import blocks
    from maillage.core.documents.odt_file import odt_bytes

    content = _content(told, today, address)
    return odt_bytes(content["titre"], blocks(content), today)


def _content(told: Told, today: datetime.date, address: str) -> dict[str, Any]:
    from maillage.core.documents.diagnosis_content import diagnosis_content
    from maillage.core.documents.typography import typeset_all

    content: dict[str, Any] = typeset_all(diagnosis_content(told, today=today, address=address, maps=maps(told)))
    return content


def _data(told: Told, kind: str) -> bytes:
    from maillage.core.documents import diagnosis_files as files

    if kind == "geojson":
        return files.diagnosis_geojson(told, polygons([each["code"] for each in told["communes"]]))
    makers = {"xlsx": files.diagnosis_xlsx, "csv": files.diagnosis_csv, "json": files.diagnosis_recipe}
    return makers[kind](told)


def polygons(codes: Sequence[str]) -> dict[str, Any]:
    """The outlines of communes as GeoJSON, to the metre."""
    return {code: _rounded(shape.__geo_interface__) for code, shape in outlines(codes).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, METRE)
    if isinstance(value, Mapping):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, (list, tuple)) else value
