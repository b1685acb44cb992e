"""The commissions of a person and their sessions; creating one."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.dossiers.commissions import seats
from maillage.apps.dossiers.commissions.content import head_of
from maillage.apps.dossiers.commissions.convening import appointment_of
from maillage.apps.dossiers.commissions.recorded import convoked_on
from maillage.apps.dossiers.commissions.rights import bodies_run, visible_commissions, visible_sessions
from maillage.apps.dossiers.models import Session
from maillage.core.documents.invitations import appointment
from maillage.core.dossiers import commissions as known
from maillage.core.dossiers.calendar import day_in
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.common import asked, exported, query
from maillage.web.dossiers.commissions.access import say
from maillage.web.exports import export
from maillage.web.projets.access import person

NAMES = ("commission", "etat", "tri")
HEADER = ("Séance", "Commission", "Jour", "Horaire", "Lieu", "Points", "État")
BY_PAGE = 25
MARKS = {
    "preparee": ("todo", "a_venir"), "convoquee": ("warn", "en_cours"), "ouverte": ("warn", "en_cours"),
    "tenue": ("warn", "en_cours"), "approuvee": ("ok", "faite"), "annulee": ("no", "impossible"),
}  # fmt: skip
SORTS = {"": "La plus récente d’abord", "ancienne": "La plus ancienne d’abord"}


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The commissions that a person runs or sits in, and their sessions, filtered as the address asks."""
    who, told = person(request), asked(request, NAMES)
    commissions = list(visible_commissions(who))
    every = visible_sessions(who)
    rows = list(_answering(every, told))
    if kind := request.GET.get("format"):
        return export(exported(kind), "seances", HEADER, [_exported(each) for each in rows])
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "commissions": commissions,
        "page": page,
        "lignes": [line(each) for each in page],
        "total": len(rows),
        "toutes": every.count(),
        "demande": told,
        "choix": [("", "Toutes"), *((str(each.pk), each.nom) for each in commissions)],
        "etats": [("", "Tous"), *Session.State.choices],
        "tris": SORTS.items(),
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "peut_creer": bool(_to_create(who)),
    }
    return render(request, "dossiers/commissions/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Create one of the commissions that the kinds of dossier of the region name."""
    who = person(request)
    if not bodies_run(who).exists():
        raise Http404
    offered = _to_create(who)
    if request.method == "POST":
        wanted = {each["cle"]: each for each in offered}.get(request.POST.get("commission", ""))
        if wanted is None:
            messages.error(request, "Choisissez une commission de la liste.")
            return redirect("web:commissions_nouvelle")
        body = wanted["organisation"]
        try:
            today = day_in(body.region, timezone.now())
            made = seats.create(body, wanted["code"], by=who, at=timezone.now(), day=today)
        except BadInput as wrong:
            say(request, wrong)
            return redirect("web:commissions_nouvelle")
        messages.success(request, "La commission est créée. Complétez ses sièges, puis ses règles.")
        return redirect("web:commission", made.pk)
    return render(request, "dossiers/commissions/nouvelle.html", {"offres": offered})


@require_safe
@login_required
def agenda(request: HttpRequest) -> HttpResponse:
    """The sessions of a person, for their own agenda: no dossier is named in it."""
    book = Calendar()
    book.add("prodid", "-//Maillage//FR")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Séances de commission")
    for session in visible_sessions(person(request)).exclude(state=Session.State.PREPAREE):
        made, cancelled = convoked_on(session) or timezone.now(), session.state == Session.State.ANNULEE
        one = Calendar.from_ical(appointment(appointment_of(session), at=made, cancelled=cancelled))
        for entry in one.walk("VEVENT"):
            book.add_component(entry)
    disposition = {"Content-Disposition": 'attachment; filename="seances.ics"'}
    return HttpResponse(bytes(book.to_ical()), content_type="text/calendar; charset=utf-8", headers=disposition)


def line(session: Session) -> dict[str, Any]:
    """A session as a line of a list."""
    return {
        "seance": session,
        **head_of(session),
        "points": session.items.count(),
        "marque": MARKS[session.state],
        "mot": session.get_state_display(),
    }


def _answering(rows: QuerySet[Session], told: dict[str, str]) -> Iterable[Session]:
    if told["etat"]:
        rows = rows.filter(state=told["etat"])
    if told["commission"]:
        try:
            rows = rows.filter(commission=uuid.UUID(told["commission"]))
        except ValueError:
            rows = rows.none()
    return rows.order_by("starts_at" if told["tri"] == "ancienne" else "-starts_at", "pk")


def _exported(session: Session) -> list[Any]:
    told = line(session)
    return [
        str(session.pk), told["commission"], told["jour"], told["horaire"], told["lieu"], told["points"], told["mot"],
    ]  # fmt: skip


def _to_create(who: User) -> list[dict[str, Any]]:
    """What a person may create: a commission that is named where they run some, and does not exist yet."""
    found = []
    for body in Organisation.objects.filter(roles__in=bodies_run(who)).distinct():
        taken = set(body.commissions.filter(closed_at=None).values_list("code", flat=True))
        for code, name in known.named(body.region, body.kind).items():
            if code not in taken:
                told = known.commission(code, body.region)
                found.append(
                    {"cle": f"{body.pk}:{code}", "code": code, "nom": name, "organisation": body, "texte": told}
                )
    return found
