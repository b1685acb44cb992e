"""Giving a deposited file back. The view has checked the right; here, the browser is told to run nothing of it."""

from django.http import FileResponse, Http404

from maillage.apps.common.files import storage
from maillage.apps.common.files.examining import INLINE
from maillage.apps.common.models import StoredFile

NEUTRAL = "application/octet-stream"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def served(file: StoredFile) -> FileResponse:
    """The file: shown when it is an image that we drew, downloaded under a neutral type otherwise."""
    shown = file.content_type in INLINE
    try:
        content = storage.opened(file.path)
    except FileNotFoundError as error:
        raise Http404("Ce fichier n'est plus sur le disque de cette installation.") from error
    return FileResponse(
        content,
        as_attachment=not shown,
        filename=file.name,
        content_type=file.content_type if shown else NEUTRAL,
        headers=HEADERS,
    )
