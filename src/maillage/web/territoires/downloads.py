"""The files of a diagnosis: what each is for, where it is, and the answer that carries it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse

from maillage.apps.diagnostics.documents import KINDS, document, name_of

FORMATS: Mapping[str, tuple[str, str]] = {
    "pdf": ("PDF", "à lire, à imprimer"),
    "docx": ("DOCX", "à modifier avec Word"),
    "odt": ("ODT", "à modifier avec LibreOffice"),
    "xlsx": ("XLSX", "les chiffres, dans un tableur"),
    "csv": ("CSV", "les chiffres, pour un logiciel"),
    "geojson": ("GeoJSON", "les communes, pour une carte"),
    "json": ("Recette", "de quoi refaire le même diagnostic"),
}
"""By extension: the name, and what it serves."""


def links(page: str, query: str = "") -> list[dict[str, str]]:
    """The files of the diagnosis whose page is ``page`` (« /territoires/diagnostic/ »), for the same query."""
    asked = f"?{query}" if query else ""
    base = page.rstrip("/")
    return [
        {"titre": title, "usage": usage, "adresse": f"{base}.{kind}{asked}"} for kind, (title, usage) in FORMATS.items()
    ]


def answer(told: Mapping[str, Any], kind: str, *, today: datetime.date, address: str) -> HttpResponse:
    """The file of a diagnosis; a PDF opens in the browser, the others are kept."""
    content = document(told, checked(kind), today=today, address=address)
    how = "inline" if kind == "pdf" else "attachment"
    disposition = f'{how}; filename="{name_of(told)}.{kind}"'
    return HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": disposition})


def checked(kind: str) -> str:
    """The extension of a file that can be made; another is not found."""
    if kind not in FORMATS:
        raise Http404(f"Aucun document « {kind} ». Formats : {', '.join(FORMATS)}.")
    return kind
