"""Visits and meetings about a dossier: planned, sent to agendas, reported."""

import uuid
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.dossiers import visiting
from maillage.apps.dossiers.exchanging import may_note
from maillage.apps.dossiers.models import Dossier, Visit
from maillage.apps.dossiers.visiting import Planned
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import Page, of_dossier, person
from maillage.web.dossiers.instruction.exchanges import of_the_exchange
from maillage.web.dossiers.instruction.forms import ReportForm, VisitForm, guests_among, put
from maillage.web.screening import mask_asked, received


def for_planners(page: Page) -> Page:
    """Give a page its dossier, for who plans visits: who reviews or decides; the others get « introuvable »."""

    @of_dossier
    def view(request: HttpRequest, dossier: Dossier, **kwargs: Any) -> Any:
        if not may_note(person(request), dossier):
            raise Http404
        return page(request, dossier, **kwargs)

    return view


@require_http_methods(["GET", "HEAD", "POST"])
@for_planners
def new(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Plan a visit or a meeting, and invite."""
    return _edit(request, dossier, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_planners
def change(request: HttpRequest, dossier: Dossier, rencontre: uuid.UUID) -> HttpResponse:
    """Change it, and send the new invitation."""
    return _edit(request, dossier, _of(request, dossier, rencontre))


@require_POST
@for_planners
def cancel(request: HttpRequest, dossier: Dossier, rencontre: uuid.UUID) -> HttpResponse:
    """Cancel it, and take it out of the agendas."""
    row = _of(request, dossier, rencontre)
    try:
        row = visiting.cancel(row, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, "La rencontre est annulée.")
        _invite(request, row)
    return redirect("web:dossier_echanges", dossier.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_planners
def report(request: HttpRequest, dossier: Dossier, rencontre: uuid.UUID) -> HttpResponse:
    """Write what was said and seen."""
    row = _of(request, dossier, rencontre)
    form = ReportForm(initial={"compte_rendu": row.report, "lu": row.report})
    if request.method == "POST":
        form = ReportForm(received(request, ["compte_rendu"]))
        if form.is_valid() and not mask_asked(request) and _report(request, row, form):
            return redirect("web:dossier_echanges", dossier.pk)
    status = 422 if form.is_bound and form.errors else 200
    told = {"dossier": dossier, "rencontre": row, "formulaire": form}
    return render(request, "dossiers/instruction/compte_rendu.html", told, status=status)


@require_safe
@of_the_exchange
def agenda(request: HttpRequest, dossier: Dossier, rencontre: uuid.UUID) -> HttpResponse:
    """The visit for one's own agenda."""
    content = visiting.agenda(_of(request, dossier, rencontre), address=_address(request, dossier), at=timezone.now())
    disposition = {"Content-Disposition": 'attachment; filename="rencontre.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


def _edit(request: HttpRequest, dossier: Dossier, row: Visit | None) -> HttpResponse:
    people = list(visiting.may_be_invited(dossier))
    form = VisitForm(initial=_initial(dossier, row))
    ticked = {str(each.pk) for each in row.guests.all()} if row else set()
    if request.method == "POST":
        form = VisitForm(received(request, VisitForm.texts()))
        ticked = set(request.POST.getlist("invite"))
        guests = guests_among(people, list(ticked))
        if form.is_valid() and not mask_asked(request) and _save(request, dossier, row, form, guests):
            return redirect("web:dossier_echanges", dossier.pk)
    told = {
        "dossier": dossier,
        "rencontre": row,
        "formulaire": form,
        "personnes": [(each, str(each.pk) in ticked) for each in people],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dossiers/instruction/rencontre.html", told, status=status)


def _save(request: HttpRequest, dossier: Dossier, row: Visit | None, form: VisitForm, guests: Any) -> bool:
    given, who, at = form.cleaned_data, person(request), timezone.now()
    wanted = Planned(
        given["nature"], form.moment(dossier), given["duree"], given["lieu"], given["avec"], guests, given["interne"]
    )
    try:
        if row is None:
            row = visiting.plan(dossier, wanted, by=who, at=at)
        else:
            row = visiting.change(row, wanted, by=who, at=at)
    except BadInput as wrong:
        put(form, wrong)
        return False
    messages.success(request, "La rencontre est prévue.")
    _invite(request, row)
    return True


def _report(request: HttpRequest, row: Visit, form: ReportForm) -> bool:
    given = form.cleaned_data
    try:
        visiting.report(row, given["compte_rendu"], seen=given["lu"], by=person(request), at=timezone.now())
    except BadInput as wrong:
        put(form, wrong)
        return False
    messages.success(request, "Le compte rendu est enregistré.")
    return True


def _invite(request: HttpRequest, row: Visit) -> None:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    address = _address(request, row.dossier)
    try:
        lost = visiting.invite(row, address=address, sender=sender, by=person(request), at=timezone.now())
    except TooMuchMail as wrong:
        messages.warning(request, str(wrong))
        return
    for each in lost:
        messages.warning(request, f"Le courriel à {each.full_name} n’est pas parti : prévenez cette personne.")


def _address(request: HttpRequest, dossier: Dossier) -> str:
    return request.build_absolute_uri(reverse("web:dossier_echanges", args=[dossier.pk]))


def _of(request: HttpRequest, dossier: Dossier, identifier: uuid.UUID) -> Visit:
    found = visiting.visits_of(person(request), dossier).filter(pk=identifier).first()
    if found is None:
        raise Http404
    found.dossier = dossier
    return found


def _initial(dossier: Dossier, row: Visit | None) -> dict[str, Any]:
    if row is None:
        return {}
    start = row.at.astimezone(zone_of(dossier.region))
    return {
        "nature": row.kind,
        "jour": start.date(),
        "heure": start.time(),
        "duree": row.minutes_long,
        "lieu": row.place,
        "avec": row.people,
        "interne": row.is_internal,
    }
