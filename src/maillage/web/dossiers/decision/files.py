"""The letters of a dossier as files."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.dossiers.letters import MIME, draft_letter, letter_file, name_of
from maillage.apps.dossiers.models import Dossier, Proposal
from maillage.apps.dossiers.permissions import may_read_inside
from maillage.core.documents.letters import LETTER_FILES
from maillage.web.dossiers.access import for_insiders, of_dossier, person
from maillage.web.dossiers.decision.page import decisions_of
from maillage.web.files import served


@require_safe
@for_insiders
def draft(request: HttpRequest, dossier: Dossier, kind: str) -> HttpResponse:
    """The letter of the proposal, before any decision."""
    proposal = get_object_or_404(Proposal, dossier=dossier)
    if kind not in MIME:
        raise Http404
    content = LETTER_FILES[kind](draft_letter(dossier, proposal, today=timezone.localdate()))
    return _download(content, kind, f"projet-de-lettre-{dossier.number}.{kind}")


@require_safe
@of_dossier
def letter(request: HttpRequest, dossier: Dossier, decision: uuid.UUID, kind: str) -> HttpResponse:
    """The letter of a decision; who filed reads the PDF of one that is notified, the formats to edit stay inside."""
    who = person(request)
    row = next((each for each in decisions_of(who, dossier) if each.pk == decision), None)
    if row is None or kind not in MIME or (kind != "pdf" and not may_read_inside(who, dossier)):
        raise Http404
    if kind == "pdf" and row.letter is not None:
        return served(row.letter)  # type: ignore[return-value]  # a stream is an answer too
    return _download(letter_file(row, kind), kind, name_of(row, kind))


@require_safe
@of_dossier
def signed(request: HttpRequest, dossier: Dossier, decision: uuid.UUID) -> FileResponse:
    """The letter as it was signed."""
    row = next((each for each in decisions_of(person(request), dossier) if each.pk == decision), None)
    if row is None or row.signed is None:
        raise Http404
    return served(row.signed)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=MIME[kind], headers=headers)
