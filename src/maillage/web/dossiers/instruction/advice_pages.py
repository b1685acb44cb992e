"""« Avis »: what the authority asks of experts, and the page of an expert who gives theirs."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers import advice
from maillage.apps.dossiers.advice import Expert
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import AvisRequest, Consultation, Dossier
from maillage.apps.dossiers.permissions import may_give, may_read_inside, may_review
from maillage.apps.dossiers.queries import avis_asked_of, definition_of, visible_dossier
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_insiders, for_reviewers, person
from maillage.web.dossiers.instruction.forms import AvisForm, QuestionForm, in_days, put
from maillage.web.files import served
from maillage.web.screening import mask_asked, received

DAYS_TO_ANSWER = 30


@require_http_methods(["GET", "HEAD"])
@for_insiders
def tab(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The avis asked, given, late; independent ones are hidden from an expert of the authority itself."""
    who = person(request)
    told = {
        "dossier": dossier,
        "demandes": list(_consultations(who, dossier)),
        "peut_demander": may_review(who, dossier) and dossier.phase in advice.OPEN_PHASES,
        "peut_gerer": may_review(who, dossier),
    }
    return render(request, "dossiers/instruction/avis.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def ask(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask several experts at once."""
    possible = advice.experts_for(dossier)
    form = QuestionForm(initial={"reponse_avant": in_days(DAYS_TO_ANSWER)})
    if request.method == "POST":
        form = QuestionForm(received(request, ["question"]), request.FILES)
        if form.is_valid() and not mask_asked(request) and _ask(request, dossier, form, possible):
            messages.success(request, "Les avis sont demandés : chaque expert est prévenu.")
            return redirect("web:dossier_avis", dossier.pk)
    ticked = request.POST.getlist("expert")
    told = {
        "dossier": dossier,
        "formulaire": form,
        "experts": [(each, key_of(each), key_of(each) in ticked) for each in possible],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dossiers/instruction/avis_demander.html", told, status=status)


@require_POST
@for_reviewers
def close(request: HttpRequest, dossier: Dossier, demande: uuid.UUID) -> HttpResponse:
    """Close a request: what was given no longer changes."""
    row = get_object_or_404(Consultation, pk=demande, dossier=dossier)
    advice.close(row, by=person(request), at=timezone.now())
    messages.success(request, "La demande est close : les avis rendus ne changent plus.")
    return redirect("web:dossier_avis", dossier.pk)


@require_POST
@for_reviewers
def act(request: HttpRequest, dossier: Dossier, avis: uuid.UUID, acte: str) -> HttpResponse:
    """Remind an expert, or take back what was asked of them."""
    acts = {
        "relancer": (advice.remind, "La relance est partie."),
        "retirer": (advice.withdraw, "La demande est retirée."),
    }
    if acte not in acts:
        raise Http404
    row = get_object_or_404(AvisRequest, pk=avis, consultation__dossier=dossier)
    service, said = acts[acte]
    try:
        service(row, by=person(request), at=timezone.now())
        messages.success(request, said)
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("web:dossier_avis", dossier.pk)


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """« Avis à rendre »: what is asked of this person, or of an organisation for which they speak."""
    rows = [each for each in avis_asked_of(person(request)) if may_give(person(request), each)]
    lines = [_asked_line(each) for each in rows]
    told = {
        "a_rendre": [each for each in lines if each["ouverte"] and each["avis"].given_at is None],
        "rendus": [each for each in lines if each["avis"].given_at is not None],
    }
    return render(request, "dossiers/instruction/avis_a_rendre.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def one(request: HttpRequest, avis: uuid.UUID) -> HttpResponse:
    """The page of an expert: the question, their avis, and those of the others once they may be read."""
    who, row = person(request), _mine(request, avis)
    form = AvisForm(initial={"sens": row.sense, "texte": row.text})
    if request.method == "POST":
        form = AvisForm(received(request, ["texte"]), request.FILES)
        if form.is_valid() and not mask_asked(request) and _give(request, row, form):
            messages.success(
                request, "Votre avis est rendu. Vous pouvez le corriger tant que la demande n’est pas close."
            )
            return redirect("web:avis", row.pk)
    dossier = row.consultation.dossier
    told = {
        **_asked_line(row),
        "dossier": dossier,
        "definition": definition_of(dossier),
        "voit_le_dossier": visible_dossier(who, dossier.pk) is not None,
        "formulaire": form,
        "autres": advice.others_of(who, row),
    }
    return render(
        request, "dossiers/instruction/avis_un.html", told, status=422 if form.is_bound and form.errors else 200
    )


@require_safe
@login_required
def file(request: HttpRequest, avis: uuid.UUID, quoi: str) -> FileResponse:
    """The file of a question, or of an avis, for who may read it."""
    who = person(request)
    row = AvisRequest.objects.select_related("consultation__dossier", "organisation", "expert").filter(pk=avis).first()
    if row is None:
        raise Http404
    asked = quoi == "question"
    inside = may_read_inside(who, row.consultation.dossier)
    allowed = (inside or may_give(who, row)) if asked else advice.is_shown(who, row)
    kept = row.consultation.file if asked else row.file
    if not allowed or kept is None:
        raise Http404
    return served(kept)


def key_of(expert: Expert) -> str:
    """How the form names an expert."""
    return f"{expert.organisation.pk}:{expert.person.pk}" if expert.person else str(expert.organisation.pk)


def _consultations(who: User, dossier: Dossier) -> Iterator[dict[str, Any]]:
    today = day_of(dossier, timezone.now())
    for each in advice.requests_of(dossier):
        rows = list(each.requests.all())
        for row in rows:
            row.consultation = each
            each.dossier = dossier
        yield {
            "demande": each,
            "avis": [
                {"avis": row, "montre": advice.is_shown(who, row), "retard": advice.is_late(row, today)} for row in rows
            ],
            "rendus": sum(row.given_at is not None for row in rows),
            "attendus": sum(row.withdrawn_at is None for row in rows),
        }


def _asked_line(row: AvisRequest) -> dict[str, Any]:
    dossier = row.consultation.dossier
    is_open = row.consultation.closed_at is None and dossier.phase in advice.OPEN_PHASES
    late = advice.is_late(row, day_of(dossier, timezone.now()))
    return {"avis": row, "demande": row.consultation, "ouverte": is_open, "retard": late}


def _mine(request: HttpRequest, identifier: uuid.UUID) -> AvisRequest:
    rows = AvisRequest.objects.select_related(
        "consultation__dossier__structure__organisation", "consultation__dossier__filer", "consultation__file",
        "organisation", "expert", "file",
    )  # fmt: skip
    found = rows.filter(pk=identifier).first()
    if found is None or not may_give(person(request), found):
        raise Http404
    return found


def _ask(request: HttpRequest, dossier: Dossier, form: QuestionForm, possible: tuple[Expert, ...]) -> bool:
    given, ticked = form.cleaned_data, request.POST.getlist("expert")
    try:
        advice.ask(
            dossier,
            [each for each in possible if key_of(each) in ticked],
            question=given["question"],
            answer_by=given["reponse_avant"],
            file=form.given_file(),
            independent=given["independants"],
            by=person(request),
            at=timezone.now(),
        )
    except BadInput as wrong:
        put(form, wrong)
        return False
    return True


def _give(request: HttpRequest, row: AvisRequest, form: AvisForm) -> bool:
    given = form.cleaned_data
    try:
        advice.give(
            row, sense=given["sens"], text=given["texte"], file=form.given_file(), by=person(request), at=timezone.now()
        )
    except BadInput as wrong:
        put(form, wrong)
        return False
    return True
