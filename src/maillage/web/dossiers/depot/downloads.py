"""What is given back of a dossier: a document, its preview, a receipt, the whole in a ZIP."""

from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import User
from maillage.apps.common.files import storage
from maillage.apps.common.files.examining import INLINE, examined
from maillage.apps.common.files.reading import words
from maillage.apps.common.models import StoredFile
from maillage.apps.dossiers.bundles import bundle
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.frozen import piece_for
from maillage.apps.dossiers.models import Deposit, Dossier, Piece
from maillage.apps.dossiers.permissions import is_of_the_filer
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import of_dossier, person
from maillage.web.files import HEADERS, served
from maillage.web.projets.exports import download

LONGEST_PREVIEW = 60_000
"""Letters of a document shown in a page."""


@require_safe
@of_dossier
def piece(request: HttpRequest, dossier: Dossier, piece: UUID) -> FileResponse:
    """A document, under a neutral type."""
    return served(readable(person(request), dossier, piece).file)


@require_safe
@of_dossier
def preview(request: HttpRequest, dossier: Dossier, piece: UUID) -> HttpResponse:
    """The words of a document, or the image itself, in a page."""
    found = readable(person(request), dossier, piece)
    context = {
        "dossier": dossier,
        "piece": found,
        "image": found.file.content_type in INLINE,
        "texte": "" if found.file.content_type in INLINE else _text(found.file),
    }
    return render(request, "dossiers/depot/apercu.html", context)


@require_safe
@of_dossier
def version_pdf(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The PDF of the version chosen, for the side that files: a collectivité has no part in the project."""
    if dossier.version is None or not is_of_the_filer(person(request), dossier):
        raise Http404
    return download(dossier.version.projet, "pdf", dossier.version)


@require_safe
@of_dossier
def receipt(_request: HttpRequest, dossier: Dossier, numero: int) -> FileResponse:
    """The receipt of a deposit."""
    found = dossier.deposits.select_related("receipt").filter(number=numero).first()
    if found is None or found.receipt is None:
        raise Http404
    return served(found.receipt)


@require_safe
@of_dossier
def whole(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The dossier in a ZIP: a deposit (« depot »), else what the team has now, or what was filed last."""
    own = is_of_the_filer(person(request), dossier)
    asked = request.GET.get("depot", "")
    rows = dossier.deposits.select_related("receipt")
    found: Deposit | None = None
    if asked:
        found = (
            rows.filter(number=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
        )
        if found is None:
            raise Http404
    elif not own:
        found = rows.first()
        if found is None:
            raise Http404
    name = f"dossier-{dossier.number or 'en-preparation'}{f'-depot-{found.number}' if found else ''}.zip"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        bundle(dossier, found, today=day_of(dossier, timezone.now())), content_type="application/zip", headers=headers
    )


def readable(who: User, dossier: Dossier, identifier: UUID) -> Piece:
    """A document that this person may open. Raises ``Http404``."""
    found = piece_for(dossier, identifier, own=is_of_the_filer(who, dossier))
    if found is None:
        raise Http404
    return found


def _text(file: StoredFile) -> str:
    try:
        with storage.opened(file.path) as opened:
            found: Any = examined(opened.read(), PurePosixPath(file.name).name)
    except FileNotFoundError as gone:
        raise Http404("Ce fichier n'est plus sur le disque de cette installation.") from gone
    except BadInput:
        return ""
    return words(found)[:LONGEST_PREVIEW]
