"""The fees of a legal person for a year: who is up to date, paid in one tap, several at once, reminded, exported."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.structures import dues
from maillage.apps.structures.belonging_fields import DuesFields, PaymentFields
from maillage.apps.structures.dues_accounts import Line, lines_of
from maillage.apps.structures.models import Belonging, DuesPayment, DuesYear, LegalEntity, Structure
from maillage.core.kernel import french
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.membership.dues import LATE, WORDS, outstanding
from maillage.web.activite.form import Field
from maillage.web.exports import export
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.equipe.common import chosen, entities, frame, trail, year_asked
from maillage.web.structures.forms import FormPage, Typed, shown, submitted

BY_PAGE = 50
FIRST = ("association_1901",)
MARKS = {"a_jour": ("ok", "possible"), "dispense": ("ok", "possible"), "a_fixer": ("todo", "inconnue")}
OWES = ("no", "manquante")
STATES = {"": "Tous", "du": "À payer", "a_jour": "À jour"}
HEADER = ("Nom", "Qualité", "Montant dû", "Payé", "Reste", "État", "Dernier paiement", "Dernier rappel")
ACTS = {"annuler": dues.undo, "retablir": dues.redo}


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The board of a year; its buttons note what is paid."""
    found = entities(structure)
    entity, year = chosen(request, found, FIRST), year_asked(request)
    if entity is None:
        return render(request, "structures/equipe/cotisations.html", {**frame(request, structure, "cotisations")})
    if request.method == "POST":
        _act(request, entity, year)
        return redirect(_back(request, entity, year))
    every, asked = lines_of(entity, year), {name: request.GET.get(name, "").strip() for name in ("q", "etat")}
    lines = sorted((line for line in every if _is_asked(line, asked)), key=lambda line: not line.account.rest)
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return export(kind, f"cotisations-{year}", HEADER, [_row(line) for line in lines])
    context = {
        **frame(request, structure, "cotisations"),
        **_counts(every),
        **_paged(request, lines, address(entity, year, **asked)),
        "entites": found,
        "entite": entity,
        "annee": year,
        "fixe": dues.entity_dues(entity, year),
        "demande": asked,
        "etats": STATES.items(),
        "moyens": DuesPayment.Means.choices,
        "annules": _undone(entity, year),
        "a_rappeler": len(dues.to_remind(every)),
        "exports": [(each.upper(), f"{address(entity, year, **asked)}&export={each}") for each in ("csv", "xlsx")],
    }
    return render(request, "structures/equipe/cotisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def amounts(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What each quality owes for a year."""
    entity, year = chosen(request, entities(structure), FIRST), year_asked(request)
    if entity is None:
        raise Http404
    back = address(entity, year)
    page = FormPage(
        structure=structure,
        title=f"Cotisations {year} : {entity}",
        trail=trail(structure, (back, "Cotisations")),
        back=back,
        fields=_amount_fields(),
        context={
            "chapeau": "Une qualité sans montant ne cotise pas. Ces montants sont ceux que votre structure a votés."
        },
    )
    if request.method != "POST":
        return shown(request, page, _said(entity, year))

    def save(typed: Typed) -> HttpResponse:
        dues.set_amounts(entity, year, _amounts(typed), by=person(request), at=timezone.now())
        messages.success(request, f"Les cotisations {year} sont fixées.")
        return redirect(back)

    return submitted(request, page, save)


@require_POST
@for_team_writers
def undo(request: HttpRequest, structure: Structure, paiement: uuid.UUID, acte: str) -> HttpResponse:
    """Undo a payment, or put it back."""
    rows = DuesPayment.objects.filter(dues__entity__structure=structure, pk=paiement)
    row = rows.select_related("dues__entity__structure__organisation").first()
    if row is None or acte not in ACTS:
        raise Http404
    try:
        ACTS[acte](row, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))
    else:
        messages.success(request, "Le paiement est annulé." if acte == "annuler" else "Le paiement est rétabli.")
    return redirect(_back(request, row.dues.entity, row.dues.year))


def address(entity: LegalEntity, year: int, **more: str) -> str:
    """The board of a legal person for a year."""
    where = reverse("web:structure_equipe_cotisations", args=[entity.structure_id])
    kept = {"entite": str(entity.pk), "annee": str(year), **{name: value for name, value in more.items() if value}}
    return f"{where}?{urlencode(kept)}"


def _back(request: HttpRequest, entity: LegalEntity, year: int) -> str:
    """The board as it was read: who taps « Payé » goes on from the same place."""
    return address(entity, year, **{name: request.GET.get(name, "").strip() for name in ("q", "etat", "page")})


def _act(request: HttpRequest, entity: LegalEntity, year: int) -> None:
    """What a button of the board asks: « payer », « dispenser », « rappeler », for one, for those ticked, for all."""
    verb, _colon, one = request.POST.get("geste", "").partition(":")
    who, fees = [one] if one else request.POST.getlist("qui"), dues.entity_dues(entity, year)
    try:
        if fees is None:
            raise BadInput([Problem("annee", year, "une année dont les montants sont fixés")])
        VERBS.get(verb, _pay)(request, fees, who)
    except BadInput as wrong:
        messages.error(request, " ".join(by_field(wrong).values()))


def _pay(request: HttpRequest, fees: DuesYear, who: Sequence[str]) -> None:
    of_one = ":" in request.POST.get("geste", "")  # its button says what remains: the amount is for those ticked
    names = ("day", "means") if of_one else ("amount", "day", "means")
    said = read(PaymentFields, {name: request.POST.get(name, "") for name in names})
    made = dues.pay(fees, who, said, by=person(request), at=timezone.now())
    total = french.euros(sum(each.amount for each in made))
    words = french.plural(len(made), "paiement noté", "paiements notés")
    messages.success(request, f"{len(made)} {words} : {total}." if made else "Rien ne restait à payer.")


def _let_off(request: HttpRequest, fees: DuesYear, who: Sequence[str]) -> None:
    for each in who:
        dues.let_off(fees, each, by=person(request), at=timezone.now())
    messages.success(request, "C’est noté : dispensé pour cette année.")


def _remind(request: HttpRequest, fees: DuesYear, who: Sequence[str]) -> None:
    sent = dues.remind(fees, who, by=person(request), at=timezone.now())
    if sent.told or sent.failed or sent.without:
        messages.success(request, f"{sent.told} {french.plural(sent.told, 'rappel envoyé', 'rappels envoyés')}.")
    else:
        messages.success(request, "Aucun message n’est parti : rien n’est dû, ou un rappel vient de partir.")
    if sent.failed:
        messages.error(request, f"{sent.failed} message n’est pas parti : réessayez plus tard.")
    if sent.without:
        messages.error(request, f"Sans adresse électronique : {', '.join(sent.without)}.")


def _remind_all(request: HttpRequest, fees: DuesYear, _who: Sequence[str]) -> None:
    late = dues.to_remind(lines_of(fees.entity, fees.year))
    if not late:
        raise BadInput([Problem("qui", None, "une personne au moins qui doit et dont l'adresse est connue")])
    _remind(request, fees, late)


VERBS = {"payer": _pay, "dispenser": _let_off, "rappeler": _remind, "rappeler_tous": _remind_all}


def _paged(request: HttpRequest, lines: Sequence[Line], where: str) -> dict[str, Any]:
    page = Paginator(lines, BY_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "lignes": [_line(line) for line in page.object_list], "suite": where.partition("?")[2]}


def _is_asked(line: Line, asked: Mapping[str, str]) -> bool:
    state = line.account.state
    wanted = {"du": state in LATE, "a_jour": state in ("a_jour", "dispense")}.get(asked["etat"], True)
    return wanted and fold(asked["q"]) in fold(str(line.belonging.holder))


def _line(line: Line) -> dict[str, Any]:
    state = line.account.state
    colour, icon = MARKS.get(state, OWES)
    return {
        "cle": str(line.belonging.pk),
        "qui": str(line.belonging.holder),
        "qualite": line.belonging.get_quality_display(),
        "compte": line.account,
        "mot": WORDS[state],
        "couleur": colour,
        "icone": icon,
        "paiements": line.payments,
        "rappel": timezone.localtime(line.reminded_at).date() if line.reminded_at else None,
        "doit": bool(line.account.rest),
    }


def _counts(lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "total": len(lines),
        "a_jour": sum(line.account.state in ("a_jour", "dispense") for line in lines),
        "en_retard": sum(line.account.state in LATE for line in lines),
        "encaisse": sum(line.account.paid for line in lines),
        "reste": outstanding(line.account for line in lines),
    }


def _undone(entity: LegalEntity, year: int) -> list[DuesPayment]:
    rows = DuesPayment.objects.filter(dues__entity=entity, dues__year=year).exclude(undone_at=None)
    return list(rows.select_related("belonging__member", "belonging__partner").order_by("-undone_at")[:10])


def _row(line: Line) -> list[Any]:
    account, last = line.account, line.payments[-1].day.isoformat() if line.payments else ""
    return [
        str(line.belonging.holder),
        line.belonging.get_quality_display(),
        french.UNKNOWN if account.owed is None else _plain(account.owed),
        _plain(account.paid),
        _plain(account.rest),
        WORDS[account.state],
        last,
        timezone.localtime(line.reminded_at).date().isoformat() if line.reminded_at else "",
    ]


def _plain(amount: Any) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _amount_fields() -> list[Field]:
    asked = [Field(f"montant_{each.value}", each.label.capitalize(), "amount", unit="€") for each in Belonging.Quality]
    return [*asked, Field("due_on", "À payer avant le", "day", help="Facultatif : sert au rappel et au calendrier.")]


def _said(entity: LegalEntity, year: int) -> dict[str, Any]:
    """The amounts of the year, else those of the year before: they often stay."""
    now = dues.entity_dues(entity, year)
    kept = now or dues.entity_dues(entity, year - 1)
    if kept is None:
        return {}
    said = {f"montant_{each.quality}": each.amount for each in kept.amounts.all()}
    return {**said, "due_on": now.due_on if now else None}


def _amounts(typed: Typed) -> DuesFields:
    said = {each.value: typed[f"montant_{each.value}"] for each in Belonging.Quality}
    try:
        return read(DuesFields, {"due_on": typed["due_on"], "amounts": said})
    except BadInput as wrong:
        raise BadInput(
            Problem(each.field.replace("amounts.", "montant_"), each.value, each.expected) for each in wrong.problems
        ) from None
