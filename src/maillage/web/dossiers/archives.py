"""The ZIP of the dossiers that a person sees, with their files."""

import tempfile
import uuid
from typing import IO, cast

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from maillage.apps.dossiers.archive import write_archive
from maillage.apps.dossiers.queries import visible
from maillage.web.dossiers.access import person
from maillage.web.files import HEADERS

IN_MEMORY = 10_000_000
"""Bytes beyond which the ZIP is written on the disk."""
MOST = 2_000


@require_safe
@login_required
def every_dossier(request: HttpRequest) -> HttpResponseBase:
    """All of them, or those chosen (``?choix=<id>``, repeated)."""
    rows = visible(person(request))
    if chosen := [each for each in map(_identifier, request.GET.getlist("choix")[:MOST]) if each]:
        rows = rows.filter(pk__in=chosen)
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - closed by the answer
    write_archive(person(request), rows, file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename="dossiers.zip", content_type="application/zip", headers=HEADERS
    )


def _identifier(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


urlpatterns: list[URLPattern] = [path("dossiers/export.zip", every_dossier, name="dossiers_export")]
