"""What the page of a diagnosis needs, whether it was just made or kept: figures, map, charts, table, files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from maillage.web.territoires import charts, communes, maps, presenter

Told = Mapping[str, Any]
CHARTS = "graphiques"
"""The word of the address that asks for the charts within the page, for who has no JavaScript."""


@dataclass(frozen=True)
class Parts:
    """Where the parts of a page are: ``pairs`` say in an address which diagnosis it is, beyond its path."""

    pairs: Sequence[tuple[str, str]]
    image: str
    charts: Callable[[str], str]


def context(request: HttpRequest, told: Told, parts: Parts) -> dict[str, Any]:
    """The context of ``territoires/diagnostic.html``."""
    page = presenter.page(told)
    inside = request.GET.get(CHARTS) == "oui"
    sections = [
        {
            **section,
            "images": charts.drawn(told, section) if inside else None,
            "adresse_graphiques": parts.charts(section["code"]),
        }
        for section in page["sections"]
    ]
    return {
        **page,
        **maps.of_diagnosis(told, request.GET.get(maps.ASKED, ""), parts.image, parts.pairs),
        "sections": sections,
        "table": communes.table(told, request.GET, parts.pairs),
        "avec_graphiques": f"?{urlencode([*parts.pairs, (CHARTS, 'oui')], safe=',;')}",
        "adresse": request.build_absolute_uri(),
    }
