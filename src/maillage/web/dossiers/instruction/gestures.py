"""The gestures of a review: who holds the dossier, complete, missing pieces, proposed, classified."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.accounts.models import User
from maillage.apps.dossiers import labels, reviewing
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.reviewing import FREE, AskedPiece
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_reviewers, person
from maillage.web.dossiers.instruction.bulk import uuid_of
from maillage.web.dossiers.instruction.forms import PiecesForm, in_days, put
from maillage.web.screening import mask_asked, received

FREE_ROWS = 3
"""Lines for pieces that the definition does not name."""
DAYS_TO_ANSWER = 30


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


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def pieces(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask for missing pieces: those of the definition, or others; each with what must be in it."""
    form = PiecesForm(initial={"reponse_avant": in_days(DAYS_TO_ANSWER)})
    if request.method == "POST":
        form = PiecesForm(received(request, ["texte"]))
        if form.is_valid() and not mask_asked(request) and _ask(request, dossier, form):
            messages.success(request, "Les pièces sont demandées : qui a déposé le dossier en est prévenu.")
            return redirect("web:dossier", dossier.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dossiers/instruction/pieces.html", _context(request, dossier, form), status=status)


def _ask(request: HttpRequest, dossier: Dossier, form: PiecesForm) -> bool:
    given = form.cleaned_data
    try:
        reviewing.ask_pieces(
            dossier, _asked(request, dossier), text=given["texte"], answer_by=given["reponse_avant"],
            by=person(request), at=timezone.now(),
        )  # fmt: skip
    except BadInput as wrong:
        put(form, wrong)
        return False
    return True


def _asked(request: HttpRequest, dossier: Dossier) -> list[AskedPiece]:
    ticked = set(request.POST.getlist("piece"))
    named = [
        AskedPiece(each.code, each.libelle, request.POST.get(f"precision_{each.code}", ""))
        for each in definition_of(dossier).pieces
        if each.code in ticked
    ]
    typed = [
        AskedPiece(FREE, request.POST.get(f"autre_{rank}", ""), request.POST.get(f"precision_autre_{rank}", ""))
        for rank in range(1, FREE_ROWS + 1)
    ]
    return [*named, *(each for each in typed if each.libelle.strip() or each.precision.strip())]


def _context(request: HttpRequest, dossier: Dossier, form: PiecesForm) -> dict[str, Any]:
    definition = definition_of(dossier)
    held = set(dossier.pieces.filter(withdrawn_at=None).values_list("code", flat=True))
    wanted = definition.documents(dossier.answers)
    typed = request.POST
    return {
        "dossier": dossier,
        "formulaire": form,
        "pieces": [
            {
                "piece": each,
                "jointe": each.code in held,
                "cochee": each.code in typed.getlist("piece"),
                "precision": typed.get(f"precision_{each.code}", ""),
            }
            for each in wanted
        ],
        "autres": [
            {"rang": rank, "nom": typed.get(f"autre_{rank}", ""), "precision": typed.get(f"precision_autre_{rank}", "")}
            for rank in range(1, FREE_ROWS + 1)
        ],
        "autres_ecrites": any(typed.get(f"autre_{rank}") for rank in range(1, FREE_ROWS + 1)),
        "possible": any(each.verb == "demander_pieces" for each in moves_of(person(request), dossier)),
        "ouverte": dossier.piece_requests.filter(answered_at=None).first(),
        "suspend": bool(definition.delai and definition.delai.incomplet_suspend),
        "horloge": clock_of(dossier, today=timezone.localdate()),
    }
