"""« Avant de déposer »: what is missing, what is checked, who receives, what starts; then the button."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.common.mail import deliver
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.dossiers import depositing, drafting
from maillage.apps.dossiers.authorities import absence_of, name_of
from maillage.apps.dossiers.checking import checked, forbidding
from maillage.apps.dossiers.completeness import missing, receiver_of, unanswered_items
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.forecast import due_if_sent
from maillage.apps.dossiers.frozen import Content, content_of, last_deposit
from maillage.apps.dossiers.joining import code_asked, documents_of
from maillage.apps.dossiers.models import Deposit, Dossier
from maillage.apps.dossiers.opening import sending_verb
from maillage.apps.dossiers.permissions import may_file
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.core.documents.receipts import weight
from maillage.core.dossiers.definition import Verb
from maillage.core.dossiers.delay_words import sentences
from maillage.core.dossiers.differences import differences
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_drafters, person

PAGE = "dossiers/depot/deposer.html"
SEND: Mapping[Verb, Callable[..., Deposit]] = {
    "deposer": depositing.deposit,
    "amender": depositing.amend,
    "completer": depositing.complete,
}
TITLES: Mapping[Verb, tuple[str, str]] = {
    "deposer": ("Avant de déposer", "Déposer le dossier"),
    "amender": ("Avant d'envoyer la version corrigée", "Déposer la version corrigée"),
    "completer": ("Avant d'envoyer les compléments", "Envoyer les compléments"),
}
"""The heading of the page and the words of its button."""
WHY = "absente-"
"""Field of a document asked that is not there, before its code."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_drafters
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """What would be sent; POST sends it."""
    verb = sending_verb(dossier)
    if request.method == "POST" and not may_file(person(request), dossier):
        raise PermissionDenied
    if verb is None:
        messages.error(request, "Ce dossier ne s'envoie plus : il est à l'étude ou terminé.")
        return redirect("web:dossier", dossier.pk)
    if request.method != "POST":
        return render(request, PAGE, _context(request, dossier, verb))
    asked = request.POST.get("verbe", verb)
    if asked != verb:
        messages.error(request, "L'état du dossier vient de changer : relisez cette page, puis recommencez.")
        return redirect("web:dossier_deposer", dossier.pk)
    try:
        made = SEND[verb](dossier, **_said(request, verb), by=person(request), at=timezone.now())
    except BadInput as wrong:
        dossier.refresh_from_db()
        context = {**_context(request, dossier, verb, wrong), "refus": wrong.problems}
        return render(request, PAGE, context, status=422)
    return _sent(request, made)


def _said(request: HttpRequest, verb: Verb) -> dict[str, Any]:
    """What who files says as they send."""
    if verb == "completer":
        return {"without": _words(request)}
    if verb == "deposer":
        return {"confirmed": frozenset(request.POST.getlist("lu") if request.POST.get("confirme") == "oui" else ())}
    return {}


def _words(request: HttpRequest) -> dict[str, str]:
    """Why documents are not there, by code."""
    return {name.removeprefix(WHY): request.POST.get(name, "") for name in request.POST if name.startswith(WHY)}


@require_http_methods(["GET", "HEAD", "POST"])
@for_drafters
def withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Withdraw a filed dossier, saying why."""
    if not may_file(person(request), dossier):
        raise PermissionDenied
    reason, problem = request.POST.get("motif", ""), ""
    if request.method == "POST":
        try:
            depositing.withdraw(dossier, reason=reason, by=person(request), at=timezone.now())
        except PatientData as found:
            problem = " ".join(each.expected for each in found.problems)
        except BadInput as wrong:
            problem = str(wrong)
        else:
            messages.success(request, "Le dossier est retiré. L'administration en est prévenue.")
            return redirect("web:dossier", dossier.pk)
    context = {"dossier": dossier, "definition": definition_of(dossier), "motif": reason, "erreur": problem}
    return render(request, "dossiers/depot/retirer.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_drafters
def delete(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Erase a draft that was never filed, once confirmed."""
    if request.method == "POST":
        projet = dossier.projet_id
        try:
            drafting.delete(dossier, by=person(request), at=timezone.now())
        except BadInput as wrong:
            messages.error(request, str(wrong))
            return redirect("web:dossier", dossier.pk)
        messages.success(request, "Le brouillon et ses fichiers sont supprimés.")
        return redirect("web:projet_dossiers", projet) if projet else redirect("web:tableau_de_bord")
    pieces = dossier.pieces.filter(withdrawn_at=None).count()
    context = {"dossier": dossier, "definition": definition_of(dossier), "pieces": pieces}
    return render(request, "dossiers/depot/supprimer.html", context)


@require_POST
@for_drafters
def duplicate(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Begin again from a dossier that is over."""
    try:
        made = drafting.duplicate(dossier, by=person(request), at=timezone.now())
    except NotAllowed as forbidden:
        messages.error(request, str(forbidden))
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, "Un nouveau brouillon reprend les réponses et les pièces de ce dossier.")
        return redirect("web:dossier", made.pk)
    return redirect("web:dossier", dossier.pk)


@require_POST
@for_drafters
def entrust(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Say which collectivité files, or take the filing back."""
    asked = request.POST.get("collectivite", "")
    rows = drafting.collectivites(dossier)
    chosen = next((each for each in rows if str(each.pk) == asked), None)
    try:
        if asked and chosen is None:
            raise refused("collectivite", "Choisissez une collectivité de la liste.")
        drafting.entrust(dossier, chosen, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        told = f"{chosen.nom} voit maintenant ce brouillon et peut le déposer." if chosen else "Le dépôt vous revient."
        messages.success(request, told)
    return redirect("web:dossier_deposer", dossier.pk)


def _sent(request: HttpRequest, made: Deposit) -> HttpResponse:
    path = reverse("web:dossier_accuse", args=[made.dossier_id, made.number])
    failed = deliver([depositing.receipt_mail(made, address=request.build_absolute_uri(path))])
    mailed = "" if failed else " Un courriel vous le confirme."
    messages.success(request, f"C'est envoyé. Votre accusé de dépôt est prêt.{mailed}")
    return redirect("web:dossier", made.dossier_id)


def _context(request: HttpRequest, dossier: Dossier, verb: Verb, wrong: BadInput | None = None) -> dict[str, Any]:
    definition, today = definition_of(dossier), day_of(dossier, timezone.now())
    content, last = content_of(dossier), last_deposit(dossier)
    made = frozenset(each.code for each in documents_of(dossier) if each.origine == "projet")
    title, button = TITLES[verb]
    checks = checked(dossier, today=today) if verb == "deposer" else ()
    stops = forbidding(dossier, verb, today=today)
    left = missing(dossier)
    ready = all(each.excusable for each in left) and not stops
    ready = ready and (verb != "amender" or depositing.changed_since_deposit(dossier))
    files = may_file(person(request), dossier)
    known = depositing.to_confirm(dossier, verb, today=today)
    shown = known if ready and files else ()
    return {
        "dossier": dossier,
        "definition": definition,
        "verbe": verb,
        "titre": title,
        "bouton": button,
        "manques": left,
        "bloquants": stops,
        "autres": [each for each in checks if each not in (*stops, *shown) and each.state != "remplie"],
        "pret": ready,
        "a_confirmer": known,
        "peut_deposer": files,
        "destinataire": receiver_of(dossier),
        "autorite": name_of(definition),
        "absente": absence_of(definition),
        "reponses": len(content["reponses"]),
        "pieces": [
            {**each, "taille": weight(each["octets"])} for each in content["pieces"] if each["code"] not in made
        ],
        "version": dossier.version if made else None,
        "delai": sentences(definition, due_if_sent(dossier, verb, today=today)),
        "changements": differences(last.content, content, made=made) if last else None,
        "demandes": list(_requested(request, dossier, content, wrong)),
        "collectivites": list(drafting.collectivites(dossier)) if definition.depose_par == "collectivite" else [],
    }


def _requested(
    request: HttpRequest, dossier: Dossier, content: Content, wrong: BadInput | None
) -> Iterator[dict[str, Any]]:
    """Each thing asked for, with what was joined since, else why it is not there."""
    asked = dossier.piece_requests.filter(answered_at=None).first()
    if asked is None:
        return
    since = {str(each.pk) for each in dossier.pieces.filter(withdrawn_at=None, added_at__gte=asked.at)}
    absent, typed = dict(unanswered_items(dossier)), _words(request)
    told = {each.field: each.expected for each in wrong.problems} if wrong else {}
    made = {each.code for each in documents_of(dossier) if each.origine == "projet"}
    for item in asked.items:
        code = code_asked(asked, item)
        mine = [each for each in content["pieces"] if each["code"] == code]
        yield {
            "demande": item,
            "code": code,
            "absente": code in absent,
            "pourquoi": typed.get(code, ""),
            "erreur": told.get(code, ""),
            "nouvelles": [each["nom"] for each in mine if each["id"] in since],
            "anciennes": [each["nom"] for each in mine if each["id"] not in since],
            "version": dossier.version if code in made else None,
        }
