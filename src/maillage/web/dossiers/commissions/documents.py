"""The documents of a session: given to the members, taken back, opened."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.dossiers.commissions import documents as services
from maillage.apps.dossiers.models import Session
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.commissions.access import for_secretaries, of_session, say
from maillage.web.files import served
from maillage.web.projets.access import person


@require_POST
@for_secretaries
def add(request: HttpRequest, seance: Session) -> HttpResponse:
    """Give a document to the members: of the session, or of one item."""
    given = request.FILES.get("fichier")
    if given is None or given.file is None:
        messages.error(request, "Choisissez un fichier.")
        return redirect("web:commission_seance", seance.pk)
    try:
        item = uuid.UUID(request.POST["point"]) if request.POST.get("point") else None
    except ValueError:
        raise Http404 from None
    try:
        services.add(
            seance, item, name=given.name or "", content=given.file, by=person(request), at=timezone.now(),
            declared_harmless="sans_patient" in request.POST,
        )  # fmt: skip
    except BadInput as wrong:
        say(request, wrong)
    else:
        messages.success(request, "Le document est déposé : les membres convoqués le lisent.")
    return redirect("web:commission_seance", seance.pk)


@require_POST
@for_secretaries
def remove(request: HttpRequest, seance: Session, document: int) -> HttpResponse:
    """Take a document back."""
    try:
        services.remove(seance, document, by=person(request), at=timezone.now())
    except BadInput as wrong:
        say(request, wrong)
    else:
        messages.success(request, "Le document est retiré.")
    return redirect("web:commission_seance", seance.pk)


@require_safe
@of_session
def show(request: HttpRequest, seance: Session, document: int) -> HttpResponseBase:
    """A document; « introuvable » for who is kept away from its item."""
    found = services.document_of(person(request), seance, document)
    if found is None:
        raise Http404
    return served(found.file)
