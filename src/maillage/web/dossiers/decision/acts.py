"""What is done to a decision that is taken: signed, notified, withdrawn, followed."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.dossiers import following
from maillage.apps.dossiers.deciding import withdraw_decision
from maillage.apps.dossiers.models import Condition, Decision, Dossier
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.notifying import Notice, SignedFile, Signing, may_notify, notify_decision, sign
from maillage.apps.dossiers.permissions import may_decide
from maillage.core.kernel.problems import BadInput, read
from maillage.web.dossiers.access import for_insiders, of_dossier, person
from maillage.web.dossiers.decision import forms as typed
from maillage.web.dossiers.decision.page import FOLDER, recognition_of
from maillage.web.screening import ScreenedForm, mask_asked, received

Act = Callable[[dict[str, Any]], None]


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def signing(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Record the signature of the letter."""
    decision = in_force(request, dossier)
    initial = {
        "signee_le": timezone.localdate(), "recours": decision.appeal, "signataire": decision.signatory,
        "qualite": decision.signatory_quality,
    }  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        wanted = {
            "signatory": given["signataire"], "quality": given["qualite"], "signed_on": given["signee_le"],
            "appeal": given["recours"],
        }  # fmt: skip
        file = given["fichier"]
        kept = SignedFile(file.name, cast("BinaryIO", file), declared_harmless=given["sans_patient"])
        sign(decision, read(Signing, wanted), kept, by=person(request), at=timezone.now())

    told = {"titre": "Enregistrer la signature", "bouton": "Enregistrer la signature", "decision": decision}
    done = "La signature est enregistrée. Il reste à notifier la décision."
    return form_page(request, dossier, typed.SigningForm, act, told, initial=initial, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def notifying(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Notify the decision."""
    decision = in_force(request, dossier)

    def act(given: dict[str, Any]) -> None:
        wanted = read(Notice, {"how": given["moyen"], "on": given["jour"]})
        notify_decision(decision, wanted, by=person(request), at=timezone.now())

    told = {"titre": "Notifier la décision", "bouton": "Notifier", "decision": decision}
    done = "La décision est notifiée : qui a déposé le dossier est prévenu et lit la lettre."
    initial = {"jour": timezone.localdate()}
    return form_page(request, dossier, typed.NoticeForm, act, told, initial=initial, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def withdrawing(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Withdraw the decision in force."""
    decision = in_force(request, dossier)
    if not may_decide(person(request), dossier):
        raise Http404

    def act(given: dict[str, Any]) -> None:
        withdraw_decision(decision, reason=given["motif"], by=person(request), at=timezone.now())

    told = {"titre": "Retirer la décision", "bouton": "Retirer la décision", "decision": decision}
    return form_page(request, dossier, typed.ReasonForm, act, told, done=f"La décision {decision.number} est retirée.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def condition(request: HttpRequest, dossier: Dossier, condition: int) -> HttpResponse:
    """Follow a condition."""
    rows = Condition.objects.filter(decision__dossier=dossier, decision__withdrawn_at=None)
    row = get_object_or_404(rows.select_related("decision"), pk=condition)
    _check_acts(request, dossier)

    def act(given: dict[str, Any]) -> None:
        wanted = read(following.Followed, {"met_on": given["remplie_le"], "note": given["note"]})
        following.follow_condition(row, wanted, by=person(request), at=timezone.now())

    told = {"titre": "Suivre une condition", "bouton": "Enregistrer", "condition": row}
    initial = {"remplie_le": row.met_on, "note": row.note}
    return form_page(request, dossier, typed.ConditionForm, act, told, initial=initial, done="La condition est à jour.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def finess(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Write the FINESS numbers of the recognised structure."""
    recognition = recognition_of(dossier)
    _check_acts(request, dossier)
    if recognition is None or recognition.until is not None:
        raise Http404

    def act(given: dict[str, Any]) -> None:
        wanted = read(following.Finess, {"ej": given["ej"], "et": given["et"]})
        following.record_finess(recognition, wanted, by=person(request), at=timezone.now())

    told = {"titre": "Numéros FINESS", "bouton": "Enregistrer", "reconnaissance": recognition}
    initial = {"ej": recognition.finess_ej, "et": recognition.finess_et}
    return form_page(
        request, dossier, typed.FinessForm, act, told, initial=initial, done="Les numéros sont enregistrés."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def closing(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """End the recognition."""
    recognition = recognition_of(dossier)
    if not may_decide(person(request), dossier) or recognition is None or recognition.until is not None:
        raise Http404

    def act(given: dict[str, Any]) -> None:
        wanted = read(following.Closure, {"on": given["jour"], "reason": given["motif"]})
        following.close_recognition(recognition, wanted, by=person(request), at=timezone.now())

    told = {"titre": "Mettre fin à la reconnaissance", "bouton": "Mettre fin", "reconnaissance": recognition}
    initial = {"jour": timezone.localdate()}
    done = "La reconnaissance a pris fin ; le registre en garde l’histoire."
    return form_page(request, dossier, typed.ClosureForm, act, told, initial=initial, done=done)


@require_POST
@of_dossier
def step(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Write that what was granted began, was done, or ended."""
    asked, possible = request.POST.get("geste"), {each.verb for each in moves_of(person(request), dossier)}
    verb = next((each for each in following.STEPS if each == asked and each in possible), None)
    if verb is None:
        raise Http404
    try:
        following.record_step(dossier, verb, note=request.POST.get("note", ""), by=person(request), at=timezone.now())
        messages.success(request, "Le suivi est enregistré.")
    except BadInput as wrong:
        messages.error(request, str(wrong))
    return redirect("web:dossier_decision", dossier.pk)


def form_page(
    request: HttpRequest, dossier: Dossier, made: type[forms.Form], act: Act, told: dict[str, Any], *, done: str,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one form: shown, refused beside its fields, or done."""
    form, status = made(initial=initial), 200
    if request.method == "POST":
        names = made.texts() if issubclass(made, ScreenedForm) else []
        form = made(received(request, names), request.FILES)
        if form.is_valid() and not mask_asked(request) and _acted(form, act):
            messages.success(request, done)
            return redirect("web:dossier_decision", dossier.pk)
        status = 200 if mask_asked(request) else 422
    told |= {"dossier": dossier, "form": form, "donnees_patient": getattr(form, "donnees_patient", ())}
    return render(request, f"{FOLDER}/geste.html", told, status=status)


def _acted(form: forms.Form, act: Act) -> bool:
    try:
        act(form.cleaned_data)
    except BadInput as wrong:
        typed.put(form, wrong)
        return False
    return True


def in_force(request: HttpRequest, dossier: Dossier) -> Decision:
    """The decision in force, for who may act on it; else 404."""
    _check_acts(request, dossier)
    return get_object_or_404(Decision, dossier=dossier, withdrawn_at=None)


def _check_acts(request: HttpRequest, dossier: Dossier) -> None:
    if not may_notify(person(request), dossier):
        raise Http404
