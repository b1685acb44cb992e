"""The gestures of a review: who holds the dossier, complete, proposed, classified."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from maillage.apps.accounts.models import User
from maillage.apps.dossiers import labels, reviewing
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.refusals import refused
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_insiders, for_reviewers, person
from maillage.web.dossiers.instruction.bulk import uuid_of


@require_POST
@for_reviewers
def act(request: HttpRequest, dossier: Dossier, geste: str) -> HttpResponse:
    """One gesture, then back to the dossier with what was done, or why it was not."""
    found = GESTURES.get(geste)
    if found is None:
        raise Http404
    try:
        messages.success(request, found(request, dossier))
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("web:dossier", dossier.pk)


@require_POST
@for_insiders
def send_back(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Back to the review: who decides may do it too."""
    try:
        reviewing.send_back(dossier, reason=request.POST.get("motif", ""), by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, "Le dossier est renvoyé à l’instruction : qui instruit en est prévenu.")
    return redirect("web:dossier", dossier.pk)


def _assign(request: HttpRequest, dossier: Dossier) -> str:
    who, given = person(request), request.POST.get("responsable", "")
    holder = who if given == "moi" else _holder(dossier, given)
    seen = uuid_of(request.POST.get("tenu", ""))
    reviewing.assign(dossier, holder, seen=seen, by=who, at=timezone.now())
    return f"Ce dossier est confié à {holder.full_name}." if holder else "Ce dossier n’est plus attribué."


def _holder(dossier: Dossier, given: str) -> User | None:
    if given == "personne":
        return None
    found = next((each for each in reviewing.reviewers_of(dossier) if str(each.pk) == given), None)
    if found is None:
        raise refused("responsable", "Choisissez à qui confier ce dossier.")
    return found


def _label(request: HttpRequest, dossier: Dossier) -> str:
    who, at = person(request), timezone.now()
    if request.POST.get("acte") == "retirer":
        row = dossier.labels.filter(name=request.POST.get("etiquette", "")).first()
        if row is None:
            raise refused("etiquette", "Cette étiquette n’est plus sur le dossier.")
        labels.take_label_off(dossier, row, by=who, at=at)
        return f"Étiquette « {row.name} » retirée."
    if dossier.authority is None:
        raise Http404
    row = labels.make_label(dossier.authority, request.POST.get("etiquette", ""), by=who, at=at)
    labels.put_label(dossier, row, by=who, at=at)
    return f"Étiquette « {row.name} » posée."


def _complete(request: HttpRequest, dossier: Dossier) -> str:
    reviewing.declare_complete(dossier, by=person(request), at=timezone.now())
    return "Le dossier est déclaré complet : qui l’a déposé en est prévenu."


def _propose(request: HttpRequest, dossier: Dossier) -> str:
    reviewing.propose(dossier, note=request.POST.get("note", ""), by=person(request), at=timezone.now())
    return "Le dossier attend la décision : qui décide en est prévenu."


def _classify(request: HttpRequest, dossier: Dossier) -> str:
    reviewing.classify(dossier, reason=request.POST.get("motif", ""), by=person(request), at=timezone.now())
    return "Le dossier est classé sans suite : qui l’a déposé en est prévenu."


GESTURES: dict[str, Callable[[HttpRequest, Dossier], str]] = {
    "attribuer": _assign,
    "etiquettes": _label,
    "complet": _complete,
    "proposer": _propose,
    "classer": _classify,
}
