"""Signing a version: by one's account and second factor, or by depositing a signed PDF; withdrawing."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.projets import deposits, signatures
from maillage.apps.projets.models import Projet, Signature, Version
from maillage.apps.projets.permissions import may_freeze, signing_member
from maillage.apps.projets.versions import has_changed_since, last_version
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput
from maillage.web.projets import second_factor
from maillage.web.projets.access import of_projet, person
from maillage.web.projets.versions import FOLDER, found


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def sign(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """Read what one signs, then sign; the second factor is asked on the way."""
    version, who = found(projet, numero), person(request)
    member = signing_member(who, projet)
    if member is None:
        raise Http404
    fresh, problem = second_factor.confirmed_just_now(request), ""
    if request.method == "POST":
        if not fresh:
            return second_factor.ask(request)
        try:
            signatures.sign(version, by=who, at=timezone.now(), second_factor=fresh)
        except BadInput as wrong:
            problem = str(wrong)
        else:
            messages.success(request, f"Vous avez signé la version {version.number}.")
            return redirect("web:projet_versions_une", projet.pk, numero)
    context = {"projet": projet, "version": version, "membre": member, "confirme": fresh, "erreur": problem}
    context |= {"second_facteur": second_factor.has_one(request), **_state_of(version, member)}
    return render(request, f"{FOLDER}/signer.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def deposit(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """Deposit the PDF that a member signed: who runs the structure for everyone, a member for themself."""
    version = found(projet, numero)
    members = _waiting(request, projet)
    asked, problem, unnamed = request.POST.get("membre", request.GET.get("membre", "")), "", False
    if request.method == "POST":
        try:
            _deposit(request, version, next((each for each in members if str(each.pk) == asked), None))
        except deposits.NotNamed as wrong:
            problem, unnamed = str(wrong), True
        except BadInput as wrong:
            problem = str(wrong)
        else:
            messages.success(request, "Le PDF signé est déposé.")
            return redirect("web:projet_versions_une", projet.pk, numero)
    context = {"projet": projet, "version": version, "membres": members, "choisi": asked, "erreur": problem}
    context["a_confirmer"] = unnamed
    return render(request, f"{FOLDER}/deposer.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def withdraw(request: HttpRequest, projet: Projet, signature: int) -> HttpResponse:
    """Withdraw a signature, saying why."""
    rows = Signature.objects.filter(version__projet=projet, withdrawn_at=None).select_related("version", "member")
    given, who = rows.filter(pk=signature).first(), person(request)
    if given is None or not signatures.may_withdraw(given, by=who):
        raise Http404
    reason, problem = request.POST.get("motif", ""), ""
    if request.method == "POST":
        try:
            signatures.withdraw(given, by=who, at=timezone.now(), reason=reason)
        except BadInput as wrong:
            problem = str(wrong)
        else:
            messages.success(request, "La signature est retirée.")
            return redirect("web:projet_versions", projet.pk)
    context = {"projet": projet, "signature": given, "motif": reason, "erreur": problem}
    return render(request, f"{FOLDER}/retirer.html", context, status=422 if problem else 200)


def _state_of(version: Version, member: Member) -> dict[str, Any]:
    """What a signatory should know before they sign: signed already, superseded, or the project changed since."""
    last = last_version(version.projet)
    return {
        "deja_signee": version.signatures.filter(member=member, withdrawn_at=None).first(),
        "remplacee_par": last if last and last.number != version.number else None,
        "demandee": version.asks_signatures_at is not None,
        "a_change": has_changed_since(version),
    }


def _waiting(request: HttpRequest, projet: Projet) -> list[Member]:
    """For whom this person may deposit a signed PDF."""
    who = person(request)
    waiting = [line.member for line in signatures.signatures_of(projet).lines if line.signature is None]
    members = Member.objects.filter(structure=projet.structure, pk__in=waiting)
    if not may_freeze(who, projet):
        own = signing_member(who, projet)
        if own is None:
            raise Http404
        members = members.filter(pk=own.pk)
    return list(members)


def _deposit(request: HttpRequest, version: Version, member: Member | None) -> None:
    given = request.FILES.get("fichier")
    deposits.deposit(
        version,
        member,
        name=(given.name or "") if given else "",
        content=cast("BinaryIO", given.file) if given else None,
        is_confirmed=request.POST.get("confirme") == "oui",
        by=person(request),
        at=timezone.now(),
    )
