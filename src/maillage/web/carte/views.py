"""The page of the map: a form, the map, its legend, its table, which works without JavaScript; and its exports."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.apps.territories import shapes
from maillage.apps.territories.cartes import points
from maillage.apps.territories.cartes.subjects import COMMUNE, DEPARTEMENT, LEVELS, subject_of, subjects, theme_of
from maillage.apps.territories.cartes.values import Coloured
from maillage.apps.territories.models import Commune, Departement, Epci, Region
from maillage.core.kernel.problems import BadInput
from maillage.web.carte.asked import Asked
from maillage.web.carte.fragment import Fragment
from maillage.web.carte.presenter import Listed, Row, legend, listed, text_of
from maillage.web.exports import export

SHOWN = 100
"""Places listed at once; the exports hold all of them."""
FRANCE = (-5.3, 41.2, 9.8, 51.2)
OVERSEAS = (
    ("France métropolitaine", "-5.3,41.2,9.8,51.2"),
    ("Guadeloupe", "-61.9,15.8,-60.9,16.6"),
    ("Martinique", "-61.3,14.3,-60.7,15"),
    ("Guyane", "-54.7,2,-51.5,6"),
    ("La Réunion", "55.1,-21.5,55.9,-20.8"),
    ("Mayotte", "44.9,-13.1,45.4,-12.5"),
)
HEADER = ("code", "nom", "valeur", "classe", "indicateur", "unité", "millésime", "producteur")
LAST_OVERSEAS = 6
"""Overseas regions have the codes 01 to 06."""
PLACES: dict[str, Any] = {"epci": Epci, "departement": Departement, "region": Region}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The map of an indicator; ``format`` asks for its table as a file."""
    if not subjects():
        return render(request, "carte/page.html", {"vide": True})
    try:
        asked = Asked.read(request.GET.dict(), adapts=True)
        shown = asked.coloured()
    except BadInput as refused:
        return _refused(request, refused)
    kind = request.GET.get("format")
    is_file = kind in ("csv", "xlsx", "geojson")
    most = None if is_file or "toutes" in request.GET else SHOWN
    found = listed(shown, asked.departement, asked.order, asked.descending, most)
    if kind and is_file:
        return _export(kind, shown, found.rows)
    return render(request, "carte/page.html", _context(asked, shown, found))


@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """What is said of the place under the finger: its name, its value, where to read more."""
    try:
        shown = Asked.read({key: str(value) for key, value in request.GET.items() if key != "departement"}).coloured()
    except BadInput:
        shown = None
    level = request.GET.get("niveau", COMMUNE)
    row = PLACES.get(level, Commune).objects.filter(pk=request.GET.get("code", "")).first()
    if row is None:
        raise Http404("Ce lieu n’est pas connu.")
    value = shown.values.get(row.pk) if shown else None
    context = {"lieu": row, "niveau": level, "carte": shown, "valeur": text_of(value, shown) if shown else ""}
    return render(request, "carte/_lieu.html", context)


@require_safe
def image(request: HttpRequest) -> HttpResponse:
    """The same map as an image, for who has no JavaScript and for documents: départements, or one département."""
    from maillage.core.documents.territory_map import Area, map_svg

    try:
        asked = Asked.read(request.GET.dict())
        shown = asked.coloured()
    except BadInput as refused:
        raise Http404(refused.problems[0].message) from None
    if not asked.departement and asked.level != DEPARTEMENT and asked.level != "region":
        raise Http404("Choisissez un département pour l’image de ses communes ou de ses intercommunalités.")
    whole = listed(shown, asked.departement, "nom", descending=False).rows
    found = [row for row in whole if _near(row, asked)]
    known = shapes.shapes_of([row.code for row in found], asked.level)
    areas = [Area(row.code, row.name, known.get(row.code), row.value) for row in found]
    svg = map_svg(areas, shown.scale, title=shown.subject.label, noun=LEVELS[asked.level].split(" (")[0])
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")


def _near(row: Row, asked: Asked) -> bool:
    """Whether a place is drawn on the image: overseas would make the rest of the country tiny."""
    if asked.level == "region":
        return int(row.code) > LAST_OVERSEAS
    return bool(asked.departement) or not row.code.startswith("97")


def _context(asked: Asked, shown: Coloured, found: Listed) -> dict[str, Any]:
    codes = found.codes if asked.departement else []
    return {
        "demande": asked,
        "themes": _themes(),
        "niveaux": [(level, LEVELS[level]) for level in asked.subject.levels],
        "departements": Departement.objects.order_by("code"),
        "categories": points.categories(),
        "montre": shown,
        "legende": legend(shown.scale, list(shown.values.values())),
        "lignes": found.rows,
        "trouvees": len(found.codes),
        "adresses": {
            "toutes": f"?{asked.query(toutes=1)}#table" if len(found.codes) > len(found.rows) else "",
            "nom": _sort(asked, "nom"),
            "valeur": _sort(asked, "valeur"),
            **{kind: f"?{asked.query(format=kind)}" for kind in ("csv", "xlsx", "geojson")},
        },
        "carte": _map(asked, codes),
        "cpts": points.has_cpts(),
        "vide": False,
    }


def _map(asked: Asked, codes: list[str]) -> dict[str, Any]:
    box = shapes.bounds(codes, asked.level) if codes else None
    drawable = asked.departement or asked.level in (DEPARTEMENT, "region")
    of_values = asked.query(tri="", sens="", departement="", categorie="", qpv="")
    of_image = asked.query(tri="", sens="", categorie="", qpv="")
    return Fragment(
        asked.subject.label,
        level=asked.level,
        values_url=f"{reverse('web:carte_valeurs')}?{of_values}",
        bounds=box or FRANCE,
        cpts=points.has_cpts(),
        elsewhere=() if box else OVERSEAS,
        image=f"{reverse('web:carte_image')}?{of_image}" if drawable else "",
        no_image="" if drawable else "Sans JavaScript, choisissez un département : sa carte s’affiche ici.",
    ).context()


def _themes() -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for subject in subjects():
        found.setdefault(theme_of(subject), []).append(subject)
    return list(found.items())


def _sort(asked: Asked, order: str) -> str:
    """The address that sorts by this column, or turns its order round."""
    turn = not asked.descending if asked.order == order else order == "valeur"
    return f"?{asked.query(tri=order, sens='desc' if turn else 'asc')}#table"


def _export(kind: str, shown: Coloured, found: list[Row]) -> HttpResponse:
    name = f"carte-{shown.subject.code.replace('.', '-')}-{shown.level}"
    if kind == "geojson":
        return _geojson(name, shown, found)
    lines = [
        (row.code, row.name, row.value, row.label, shown.subject.label, shown.subject.unit, shown.vintage, shown.source)
        for row in found
    ]
    return export(kind, name, HEADER, lines)


def _geojson(name: str, shown: Coloured, found: list[Row]) -> HttpResponse:
    """The places listed, with their outline when it is known (``null`` otherwise)."""
    known = shapes.shapes_of([row.code for row in found], shown.level)
    features = [
        {
            "type": "Feature",
            "geometry": known[row.code].__geo_interface__ if row.code in known else None,
            "properties": {"code": row.code, "nom": row.name, "valeur": row.value, "classe": row.label,
                           "indicateur": shown.subject.code, "unite": shown.subject.unit,
                           "millesime": shown.vintage, "source": shown.source},
        }
        for row in found
    ]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    headers = {"Content-Disposition": f'attachment; filename="{name}.geojson"'}
    return HttpResponse(content, content_type="application/geo+json", headers=headers)


def _refused(request: HttpRequest, refused: BadInput) -> HttpResponse:
    """The page with its form and what is wrong; the preferred indicator stays in the form."""
    subject = subject_of("")
    context = {
        "vide": False,
        "erreurs": [problem.message for problem in refused.problems],
        "demande": Asked(subject, subject.levels[0]),
        "themes": _themes(),
        "niveaux": [(level, LEVELS[level]) for level in LEVELS],
        "departements": Departement.objects.order_by("code"),
        "categories": points.categories(),
    }
    return render(request, "carte/page.html", context, status=422)
