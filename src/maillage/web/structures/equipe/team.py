"""A member of a structure: added, changed, gone, back."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.structures import team
from maillage.apps.structures.fields import day_of
from maillage.apps.structures.likeness import AlreadyInTeam
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.permissions import still_comes_in
from maillage.core.kernel.problems import BadInput, Problem
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.equipe import member_form


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def add(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Add a member; what the directory found comes already filled."""
    if request.method != "POST":
        return _form(request, structure, _first(request.GET), None)
    typed = member_form.typed_of(request.POST)
    if request.POST.get("geste") == "remplir":
        return _form(request, structure, {**typed, "is_signatory": "oui"}, None)
    try:
        fields = member_form.fields_of(typed)
        is_other = request.POST.get("autre") == "oui"
        member = team.add_member(structure, fields, by=person(request), at=timezone.now(), is_other=is_other)
    except AlreadyInTeam as known:
        return _form(request, structure, typed, known, like=known.member)
    except BadInput as wrong:
        return _form(request, structure, typed, wrong)
    messages.success(request, f"{member} est dans l’équipe.")
    return redirect("web:structure_equipe", structure.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def change(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """Change what is said of a member."""
    member = found(structure, membre)
    if request.method != "POST":
        return _form(request, structure, member_form.shown(member), None, member)
    typed = member_form.typed_of(request.POST)
    try:
        team.change_member(member, member_form.fields_of(typed), by=person(request), at=timezone.now())
    except BadInput as wrong:
        member.refresh_from_db()
        return _form(request, structure, typed, wrong, member)
    messages.success(request, f"{member} : c’est enregistré.")
    return redirect("web:structure_equipe", structure.pk)


@require_POST
@for_writers
def leave(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """Say that a member left, today or on a day that is past; the page offers to undo it."""
    member = found(structure, membre)
    try:
        team.leave(member, on=_last_day(request, member), by=person(request), at=timezone.now())
    except BadInput as wrong:
        return _form(request, structure, member_form.shown(member), wrong, member)
    messages.success(request, f"{member} : sortie notée. Pour annuler : « Faire revenir », parmi les sortis.")
    if still_comes_in(member):
        messages.warning(request, f"{member} ouvre encore les pages de la structure : retirez son accès sur sa page.")
    return redirect("web:structure_equipe", structure.pk)


def _last_day(request: HttpRequest, member: Member) -> datetime.date:
    """The day that was typed, today without one. Raises :class:`BadInput` for a day to come."""
    latest, typed = max(timezone.localdate(), member.joined_on), request.POST.get("left_on", "")
    try:
        day = day_of(typed) or latest
    except ValueError as expected:
        raise BadInput([Problem("left_on", typed, str(expected))]) from None
    if day > latest:
        raise BadInput([Problem("left_on", typed, "un jour passé ou aujourd'hui")])
    return day


@require_POST
@for_writers
def come_back(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """Put a member who left back in the team."""
    member = found(structure, membre)
    try:
        team.come_back(member, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
    else:
        messages.success(request, f"{member} est de nouveau dans l’équipe.")
    return redirect("web:structure_equipe", structure.pk)


def found(structure: Structure, membre: uuid.UUID) -> Member:
    """A member of the structure of this project. Raises :class:`Http404` for any other."""
    row = Member.objects.filter(structure=structure, pk=membre).select_related("structure__organisation").first()
    if row is None:
        raise Http404
    return row


def _form(
    request: HttpRequest,
    structure: Structure,
    typed: dict[str, str],
    wrong: BadInput | None,
    member: Member | None = None,
    *,
    like: Member | None = None,
) -> HttpResponse:
    """The form; ``like`` is the member whom the person to add seems to be."""
    refused = by_field(wrong) if wrong and like is None else {}
    form = member_form.context(structure, typed, refused)
    context = {**form, "structure": structure, "membre": member, "ressemble": like}
    return render(request, "structures/equipe/membre.html", context, status=422 if wrong else 200)


def _first(query: QueryDict) -> dict[str, str]:
    """An empty form, or the métier that a link says; nothing of a person is ever in an address."""
    return {"metier": query.get("metier", ""), "is_signatory": "oui"}
