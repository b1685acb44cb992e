"""What the map fetches: tiles, the progress of their preparation, values of an indicator, points."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from maillage.apps.territories.cartes import points as points_of
from maillage.apps.territories.contours import folders, store
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.maps.zooms import ZOOMS
from maillage.web.carte.asked import Asked, read_box
from maillage.web.carte.presenter import legend

MVT = "application/vnd.mapbox-vector-tile"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


@require_safe
def tile(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """One tile, as it was prepared; 204 where nothing is drawn, 404 while tiles are not ready.

    An address that names the preparation in force (``?v=``) never changes and is kept for ever.
    """
    home = folders.folder()
    if home is None or zoom not in store.zooms_ready(home):
        return HttpResponse("Le fond de carte n’est pas prêt.", status=404, content_type="text/plain; charset=utf-8")
    content = store.tile(home, zoom, x, y)
    cached = FOREVER if request.GET.get("v") == home.name else ASK_AGAIN
    headers = {"Cache-Control": cached, "ETag": f'"{home.name}-{zoom}-{x}-{y}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    if content is None:
        return HttpResponse(status=204, headers=headers)
    return HttpResponse(content, content_type=MVT, headers={**headers, "Content-Encoding": "gzip"})


@require_safe
def preparation(request: HttpRequest) -> JsonResponse:
    """How far the tiles are; their making starts with the first question."""
    home = folders.folder()
    if home is None:
        return JsonResponse({"contours": False, "fait": 0, "total": len(ZOOMS), "version": ""})
    folders.start_tiles(home)
    done, total = folders.tiles_ready(home)
    answer = JsonResponse({"contours": True, "fait": done, "total": total, "version": home.name})
    answer["Cache-Control"] = "no-store"
    return answer


@gzip_page
@require_safe
def values(request: HttpRequest) -> HttpResponse:
    """The value of every place of the country, compact: two lists in the same order, and the classes of the map.

    ``null`` is a figure that is not published: it is neither 0 nor a class.
    """
    try:
        shown = Asked.read(request.GET).coloured()
    except BadInput as refused:
        return _refused(refused)
    subject = shown.subject
    codes = sorted(shown.values)
    answer = JsonResponse(
        {
            "indicateur": subject.code,
            "libelle": subject.label,
            "unite": subject.unit,
            "decimales": subject.decimals,
            "producteur": subject.producer,
            "source": shown.source,
            "millesime": shown.vintage,
            "methode": subject.method,
            "secret_statistique": subject.secrecy,
            "niveau": shown.level,
            "bornes": list(shown.scale.bounds),
            "classes": legend(shown.scale, list(shown.values.values())),
            "codes": codes,
            "valeurs": [_short(shown.values[code], subject.decimals) for code in codes],
        },
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
    )
    return _told_apart(request, answer)


@gzip_page
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Establishments of a category (``categorie``), priority neighbourhoods (``qpv=oui``) and territories of the known
    CPTS (``cpts=oui``) in a box, as GeoJSON.
    """
    try:
        box = read_box(request.GET.get("bbox", ""))
    except BadInput as refused:
        return _refused(refused)
    category = request.GET.get("categorie", "")
    found, more = points_of.establishments(box, category) if category else ([], False)
    areas = points_of.neighbourhoods(box) if request.GET.get("qpv") == "oui" else []
    outlines = points_of.cpts(box) if request.GET.get("cpts") == "oui" else []
    return JsonResponse(
        {
            "etablissements": _collection(found),
            "qpv": _collection(areas),
            "cpts": _collection(outlines),
            "incomplet": more,
        }
    )


def _collection(features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _short(value: float | None, decimals: int) -> float | int | None:
    """A value with one more decimal than is shown, so that it stays in its class; whole numbers without a point."""
    if value is None:
        return None
    rounded = round(value, decimals + 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _told_apart(request: HttpRequest, answer: JsonResponse) -> HttpResponse:
    """The answer, or 304 when the browser holds the same."""
    tag = f'W/"{hashlib.sha256(answer.content).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": ASK_AGAIN}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    for name, value in headers.items():
        answer[name] = value
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _refused(refused: BadInput) -> JsonResponse:
    return JsonResponse({"erreurs": [_problem(each) for each in refused.problems]}, status=422)


def _problem(problem: Problem) -> dict[str, Any]:
    return {"champ": problem.field, "valeur": problem.value, "attendu": problem.expected, "message": problem.message}
