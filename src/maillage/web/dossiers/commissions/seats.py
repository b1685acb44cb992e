"""A commission: its seats, its rules, who sits."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.fields import read_day
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.dossiers.commissions import seats as services
from maillage.apps.dossiers.commissions.holding import people_of
from maillage.apps.dossiers.commissions.inputs import RuleFields, SeatFields
from maillage.apps.dossiers.commissions.rights import runs, visible_sessions
from maillage.apps.dossiers.models import Commission, Seat
from maillage.core.dossiers import commissions as known
from maillage.core.dossiers.calendar import day_in
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.dossiers.commissions.access import for_runners, of_commission, say
from maillage.web.dossiers.commissions.listing import line
from maillage.web.projets.access import person
from maillage.web.screening import mask_asked, received

YES_NO = (("", "À confirmer"), ("oui", "Oui"), ("non", "Non"))


@require_safe
@of_commission
def page(request: HttpRequest, commission: Commission) -> HttpResponse:
    """A commission: who sits, by college; its rules; its sessions; who sat before."""
    today = day_in(commission.organisation.region, timezone.now())
    rows = list(commission.seats.select_related("titulaire", "suppleant"))
    sessions = visible_sessions(person(request)).filter(commission=commission)
    context = {
        "commission": commission,
        "sieges": [_row(each) for each in rows if each.until is None or each.until >= today],
        "anciens": [_row(each) for each in rows if each.until is not None and each.until < today],
        "texte": known.commission(commission.code, commission.organisation.region),
        "seances": [line(each) for each in sessions],
        "conduit": runs(person(request), commission),
    }
    return render(request, "dossiers/commissions/commission.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_runners
def rules(request: HttpRequest, commission: Commission) -> HttpResponse:
    """Say the name and the rules, with the text that they come from."""
    fields = _rule_fields()
    if request.method != "POST":
        return _form(request, commission, "regles.html", filled(fields, _rules_of(commission)))
    typed = typed_in(received(request, ("nom", "rules_source")), fields)
    if mask_asked(request):
        return _form(request, commission, "regles.html", filled(fields, typed))
    by, at = person(request), timezone.now()
    try:
        services.set_rules(commission, read(RuleFields, typed), by=by, at=at)
    except BadInput as wrong:
        refused = refusal(wrong, fields, typed)
        return _form(request, commission, "regles.html", filled(fields, typed, refused), refused)
    messages.success(request, "Les règles sont enregistrées.")
    return redirect("web:commission", commission.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_runners
def new_seat(request: HttpRequest, commission: Commission) -> HttpResponse:
    """Add a seat; « comme » takes the college and the body of another one."""
    like = next((each for each in commission.seats.all() if str(each.pk) == request.GET.get("comme", "")), None)
    today = day_in(commission.organisation.region, timezone.now())
    typed = {"since": today, "votes": "oui"} | (
        {"college": like.college, "represents": like.represents} if like else {}
    )
    by, at = person(request), timezone.now()
    return _seat_form(request, commission, None, typed, lambda f: services.add_seat(commission, f, by=by, at=at))


@require_http_methods(["GET", "HEAD", "POST"])
@for_runners
def seat(request: HttpRequest, commission: Commission, siege: uuid.UUID) -> HttpResponse:
    """Correct a seat."""
    row, by, at = _found(commission, siege), person(request), timezone.now()
    typed = {name: getattr(row, name) for name in services.WRITTEN} | {"votes": "oui" if row.votes else ""}
    return _seat_form(request, commission, row, typed, lambda f: services.change_seat(row, f, by=by, at=at))


@require_POST
@for_runners
def act(request: HttpRequest, commission: Commission, siege: uuid.UUID, acte: str) -> HttpResponse:
    """End a mandate, give an account to a person of the seat."""
    row, by, at = _found(commission, siege), person(request), timezone.now()
    try:
        if acte == "terminer":
            _end(request, row)
        elif acte in ("inviter-titulaire", "inviter-suppleant"):
            made = services.invite(row, acte.removeprefix("inviter-"), link=_link_of(request), by=by, at=at)
            words = "L'invitation est partie." if made is not None else "Cette personne a déjà un compte : elle siège."
            messages.success(request, words)
        else:
            raise Http404
    except (BadInput, TooMuchMail) as wrong:
        say(request, wrong)
    return redirect("web:commission", commission.pk)


@require_POST
@for_runners
def close(request: HttpRequest, commission: Commission) -> HttpResponse:
    """Close a commission."""
    try:
        services.close(commission, by=person(request), at=timezone.now())
    except BadInput as wrong:
        say(request, wrong)
    else:
        messages.success(request, "La commission est fermée : ses séances restent lisibles.")
    return redirect("web:commission", commission.pk)


def _end(request: HttpRequest, row: Seat) -> None:
    try:
        day = read_day(request.POST.get("until", ""))
    except ValueError:
        day = None
    if day is None:
        messages.error(request, "Dites le dernier jour du mandat, par exemple 31/12/2026.")
        return
    services.end_seat(row, day, by=person(request), at=timezone.now())
    messages.success(request, "Le mandat a une fin. Ajoutez un siège pour la personne qui suit.")


def _link_of(request: HttpRequest) -> Callable[[str], str]:
    return lambda secret: request.build_absolute_uri(reverse("web:invitation", args=[secret]))


def _found(commission: Commission, identifier: uuid.UUID) -> Seat:
    row = commission.seats.filter(pk=identifier).first()
    if row is None:
        raise Http404
    return row


def _row(seat: Seat) -> dict[str, Any]:
    return {"siege": seat, "personnes": list(people_of(seat))}


def _rules_of(commission: Commission) -> dict[str, Any]:
    share = commission.quorum_share
    leaves = {True: "oui", False: "non", None: ""}[commission.conflicts_leave_quorum]
    return {
        "nom": commission.nom,
        "quorum_share": "" if share is None else french.number(share * 100, 1),
        "conflicts_leave_quorum": leaves,
        "quorum_once": "oui" if commission.quorum_once else "",
        "votes": "oui" if commission.votes else "",
        "notice_days": commission.notice_days,
        "rules_source": commission.rules_source,
    }


def _rule_fields() -> list[Field]:
    return [
        Field("nom", "Nom", required=True),
        Field("rules_source", "Texte qui fixe ces règles", help="Règlement intérieur, arrêté… avec sa date. "
              "Obligatoire dès qu’une règle est fixée."),
        Field("quorum_share", "Quorum, en part des sièges", help="« 50 » ou « 2/3 ». Laissez vide si aucun texte ne le "
              "fixe.", unit="%"),
        Field("conflicts_leave_quorum", "Un siège en conflit d’intérêts sort-il du compte du quorum ?", "select",
              choices=YES_NO),
        Field("quorum_once", "Faute de quorum, la nouvelle séance n’en demande plus", "yes"),
        Field("votes", "La commission vote ses avis", "yes", "Sinon, son avis est écrit sans compter de voix."),
        Field("notice_days", "Délai de convocation", help="Laissez vide s’il n’est pas fixé.", unit="jours"),
    ]  # fmt: skip


def _seat_fields() -> list[Field]:
    return [
        Field("college", "Collège", required=True),
        Field("represents", "Organisme représenté", required=True),
        Field("titulaire_nom", "Titulaire"),
        Field("titulaire_email", "Adresse électronique du titulaire"),
        Field("suppleant_nom", "Suppléant"),
        Field("suppleant_email", "Adresse électronique du suppléant"),
        Field("since", "Début du mandat", "day", required=True),
        Field("until", "Fin du mandat", "day", "Laissez vide si elle n’est pas fixée."),
        Field("votes", "Ce siège a voix délibérative", "yes"),
    ]


def _seat_form(
    request: HttpRequest, commission: Commission, row: Seat | None, values: Mapping[str, Any],
    save: Callable[[SeatFields], Seat],
) -> HttpResponse:  # fmt: skip
    fields = _seat_fields()
    if request.method != "POST":
        return _form(request, commission, "siege.html", filled(fields, values), siege=row)
    typed = typed_in(received(request, services.WRITTEN[:6]), fields)
    if mask_asked(request):
        return _form(request, commission, "siege.html", filled(fields, typed), siege=row)
    try:
        save(read(SeatFields, typed))
    except BadInput as wrong:
        refused = refusal(wrong, fields, typed)
        return _form(request, commission, "siege.html", filled(fields, typed, refused), refused, siege=row)
    messages.success(request, "Le siège est enregistré.")
    return redirect("web:commission", commission.pk)


def _form(
    request: HttpRequest,
    commission: Commission,
    name: str,
    fields: list[Field],
    refused: Refused = NOTHING,
    **more: Any,
) -> HttpResponse:
    context = {"commission": commission, "champs": fields, "refus": refused, **more}
    status = 200 if refused is NOTHING else 422
    return render(request, f"dossiers/commissions/{name}", context, status=status)
