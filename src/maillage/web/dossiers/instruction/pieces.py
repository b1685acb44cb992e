"""Missing pieces: asking for them; correcting, lengthening or withdrawing the request while it is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.dossiers import asking
from maillage.apps.dossiers.asking import FREE, MOST_ITEMS, AskedPiece
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.frozen import answers_for, pieces_for
from maillage.apps.dossiers.models import Dossier, PieceRequest
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.queries import definition_of
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_reviewers, person
from maillage.web.dossiers.instruction.forms import PiecesForm, WithdrawForm, in_days, put
from maillage.web.screening import mask_asked, received

FREE_ROWS = 3
"""Lines for pieces that the definition does not name."""
DAYS_TO_ANSWER = 30


@dataclass(frozen=True)
class Typed:
    """What is ticked and written beside the pieces: what was sent, or what an open request says."""

    codes: frozenset[str] = frozenset()
    details: Mapping[str, str] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def pieces(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask for missing pieces: those of the definition, or others; each with what must be in it. While a request is
    open, the same page corrects it."""
    opened = _opened(dossier)
    form = PiecesForm(initial=_first(opened))
    if request.method == "POST":
        form = PiecesForm(received(request, ["texte"]))
        if form.is_valid() and not mask_asked(request) and _kept(request, dossier, form):
            return redirect("web:dossier", dossier.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dossiers/instruction/pieces.html", _context(request, dossier, form), status=status)


@require_POST
@for_reviewers
def withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take back the open request, saying why."""
    form = WithdrawForm(received(request, ["motif"]))
    if form.is_valid() and not mask_asked(request):
        try:
            asking.withdraw_request(dossier, reason=form.cleaned_data["motif"], by=person(request), at=timezone.now())
        except BadInput as wrong:
            put(form, wrong)
        else:
            messages.success(request, "La demande de pièces est retirée : qui a déposé le dossier en est prévenu.")
            return redirect("web:dossier", dossier.pk)
    told = _context(request, dossier, PiecesForm(initial=_first(_opened(dossier))), withdrawing=form)
    return render(request, "dossiers/instruction/pieces.html", told, status=422 if form.errors else 200)


def _opened(dossier: Dossier) -> PieceRequest | None:
    return dossier.piece_requests.filter(answered_at=None).first()


def _first(opened: PieceRequest | None) -> dict[str, Any]:
    if opened is None:
        return {"reponse_avant": in_days(DAYS_TO_ANSWER)}
    return {"texte": opened.text, "reponse_avant": opened.answer_by}


def _kept(request: HttpRequest, dossier: Dossier, form: PiecesForm) -> bool:
    """Whether it was written: a request that the page was opened on is corrected, never asked a second time."""
    given, corrects = form.cleaned_data, request.POST.get("acte") == "corriger"
    write = asking.correct_request if corrects else asking.ask_pieces
    try:
        write(
            dossier, _asked(request, dossier), text=given["texte"], answer_by=given["reponse_avant"],
            by=person(request), at=timezone.now(),
        )  # fmt: skip
    except BadInput as wrong:
        put(form, wrong)
        return False
    done = "La demande de pièces est corrigée" if corrects else "Les pièces sont demandées"
    messages.success(request, f"{done} : qui a déposé le dossier en est prévenu.")
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
        for rank in range(1, MOST_ITEMS + 1)
    ]
    return [*named, *(each for each in typed if each.libelle.strip() or each.precision.strip())]


def _typed(request: HttpRequest, opened: PieceRequest | None, known: frozenset[str]) -> Typed:
    if "reponse_avant" in request.POST:
        ticked = frozenset(request.POST.getlist("piece"))
        ranks = [n for n in range(1, MOST_ITEMS + 1) if n <= FREE_ROWS or f"autre_{n}" in request.POST]
        rows = [(request.POST.get(f"autre_{n}", ""), request.POST.get(f"precision_autre_{n}", "")) for n in ranks]
        return Typed(ticked, {code: request.POST.get(f"precision_{code}", "") for code in known}, tuple(rows))
    items = opened.items if opened else []
    details = {each["code"]: each["precision"] for each in items}
    others = tuple((each["libelle"], each["precision"]) for each in items if each["code"] not in known)
    return Typed(frozenset(details) & known, details, others)


def _context(
    request: HttpRequest, dossier: Dossier, form: PiecesForm, withdrawing: WithdrawForm | None = None
) -> dict[str, Any]:
    definition, opened = definition_of(dossier), _opened(dossier)
    held = {each.code for each in pieces_for(dossier, own=False)}
    wanted = definition.documents(answers_for(dossier, own=False))
    typed = _typed(request, opened, frozenset(each.code for each in wanted))
    others = [*typed.others, *[("", "")] * max(FREE_ROWS - len(typed.others), 0)]
    return {
        "dossier": dossier,
        "formulaire": form,
        "retrait": withdrawing or WithdrawForm(),
        "pieces": [
            {
                "piece": each,
                "jointe": each.code in held,
                "cochee": each.code in typed.codes,
                "precision": typed.details.get(each.code, ""),
            }
            for each in wanted
        ],
        "autres": [{"rang": rank, "nom": name, "precision": more} for rank, (name, more) in enumerate(others, 1)],
        "autres_ecrites": any(name for name, _more in typed.others),
        "possible": any(each.verb == "demander_pieces" for each in moves_of(person(request), dossier)),
        "ouverte": opened,
        "suspend": bool(definition.delai and definition.delai.incomplet_suspend),
        "horloge": clock_of(dossier, today=day_of(dossier, timezone.now())),
    }
