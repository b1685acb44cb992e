"""The charts of a section, drawn when one comes to them: Vega takes longer than the figures."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

Told = Mapping[str, Any]


def drawn(told: Told, section: Told) -> list[dict[str, str]]:
    """The charts of a section that have something to show: the SVG and its caption."""
    from maillage.core.documents.diagnosis_charts import caption, chart

    found = ((code, chart(told, code)) for code in section["graphiques"])
    return [{"svg": svg, "titre": caption(told, code)} for code, svg in found if svg]


def fragment(request: HttpRequest, told: Told, code: str) -> HttpResponse:
    """The charts of one section, as a part of the page."""
    section = next((each for each in told["sections"] if each["code"] == code), None)
    if section is None:
        raise Http404(f"Le diagnostic n’a pas de partie « {code} ».")
    return render(request, "territoires/_graphiques.html", {"images": drawn(told, section)})
