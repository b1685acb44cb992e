"""Ring-fenced money: the funds, what came in, what it was used for, what is left."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.writing import stamp
from maillage.apps.contracts.fields import FundFields, MovementFields
from maillage.apps.contracts.models import Fund, FundMovement
from maillage.apps.contracts.names import called
from maillage.apps.contracts.queries import contracts_of, fund_of, funds_of, left_in
from maillage.apps.contracts.services import funds as services
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.kernel.problems import read
from maillage.web.activite.common import done, exported, found, now, query
from maillage.web.activite.form import Field, seen
from maillage.web.exports import export
from maillage.web.files import served
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.entities.common import at, entity_choices, only_entity, tabs, today
from maillage.web.structures.forms import FormPage, Typed, Upload, given_file, shown, submitted
from maillage.web.structures.paging import paged

PAGE = "structure_entites_fonds"
ONE = "structure_entites_fonds_un"
HEADER = ("Fonds", "Personne morale", "Contrat", "À utiliser avant le", "Reçu", "Employé", "Rendu", "Reste")
MOVES = ("Le", "Nature", "Objet", "Montant", "Reste après", "Annulé")


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The funds and what is left in each; ``format`` exports the list."""
    by = person(request)
    rows = list(funds_of(by, structure))
    if kind := request.GET.get("format"):
        return export(exported(kind), "fonds-dedies", HEADER, [_exported(each) for each in rows])
    pages = paged(request, rows)
    context = {
        **pages,
        "structure": structure,
        "onglets": tabs(structure, PAGE),
        "fonds": [{"fonds": each, "reste": left_in(each), "entite": called(each.entity)} for each in pages["page"]],
        "exports": {kind: query({"format": kind}) for kind in ("csv", "xlsx")},
        "peut_ecrire": may_edit(by, structure),
        "sans_entite": not structure.legal_entities.exists(),
    }
    return render(request, "structures/entites/fonds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Open a fund."""
    page = _page(request, structure, None)

    def save(typed: Typed) -> HttpResponse:
        fund = services.create_fund(structure, read(FundFields, dict(typed)), by=person(request), at=now())
        messages.success(request, f"Le fonds « {fund.title} » est ouvert. Écrivez ce qui a été reçu.")
        return redirect(f"web:{ONE}", structure.pk, fund.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    return shown(request, page, {"entity": only_entity(structure), "contract": request.GET.get("contrat", "")})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, fonds: uuid.UUID) -> HttpResponse:
    """Change what a fund is for."""
    by = person(request)
    fund = found(fund_of(by, structure, fonds))
    page = _page(request, structure, fund)

    def save(typed: Typed) -> HttpResponse:
        services.write_fund(fund, read(FundFields, dict(typed)), seen=seen(request), by=by, at=now())
        messages.success(request, "Le fonds est enregistré.")
        return redirect(f"web:{ONE}", structure.pk, fund.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    told = {name: getattr(fund, name) for name in ("title", "purpose", "use_before")}
    return shown(request, page, {**told, "entity": str(fund.entity_id), "contract": str(fund.contract_id or "")})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def one(request: HttpRequest, structure: Structure, fonds: uuid.UUID) -> HttpResponseBase:
    """A fund, its movements, and the form of the next one."""
    by = person(request)
    fund = found(fund_of(by, structure, fonds))
    if kind := request.GET.get("format"):
        return export(exported(kind), "mouvements", MOVES, [_moved(*each) for each in _lines(fund)])
    if request.method == "POST":
        return _move(request, structure=structure.pk, fonds=fonds)
    return shown(request, _movements(request, structure, fund), {"kind": "recu", "day": today()})


@for_team_writers
def _move(request: HttpRequest, structure: Structure, fonds: uuid.UUID) -> HttpResponse:
    """Write money that enters or leaves."""
    fund = found(fund_of(person(request), structure, fonds))

    def save(typed: Typed) -> HttpResponse:
        fields = read(MovementFields, dict(typed))
        services.move_money(fund, fields, file=given_file(request), by=person(request), at=now())
        messages.success(request, "Le mouvement est enregistré.")
        return redirect(f"web:{ONE}", structure.pk, fund.pk)

    return submitted(request, _movements(request, structure, fund), save)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, fonds: uuid.UUID, acte: str) -> HttpResponse:
    """Close a fund, or open it again."""
    if acte not in ("fermer", "rouvrir"):
        raise Http404
    by = person(request)
    fund = found(fund_of(by, structure, fonds))
    words = "Le fonds est fermé." if acte == "fermer" else "Le fonds est rouvert."
    done(request, lambda: services.close_fund(fund, reopen=acte == "rouvrir", by=by, at=now()), words)
    return redirect(f"web:{ONE}", structure.pk, fund.pk)


@require_POST
@for_team_writers
def correct(request: HttpRequest, structure: Structure, fonds: uuid.UUID, mouvement: int, acte: str) -> HttpResponse:
    """Cancel a movement typed by mistake, or count it again."""
    if acte not in ("annuler", "retablir"):
        raise Http404
    by, back = person(request), acte == "retablir"
    fund = found(fund_of(by, structure, fonds))
    movement = found(
        FundMovement.objects.select_related("fund__entity__structure").filter(fund=fund, pk=mouvement).first()
    )
    words = "Le mouvement compte de nouveau." if back else "Le mouvement est annulé. Vous pouvez le rétablir."
    done(request, lambda: services.cancel_movement(movement, back=back, by=by, at=now()), words)
    return redirect(f"web:{ONE}", structure.pk, fund.pk)


@require_safe
@for_team
def file(request: HttpRequest, structure: Structure, fonds: uuid.UUID, mouvement: int) -> HttpResponseBase:
    """The document of a movement."""
    fund = found(fund_of(person(request), structure, fonds))
    row = found(fund.movements.filter(pk=mouvement).exclude(file=None).select_related("file").first())
    return served(found(row.file))


def _lines(fund: Fund) -> Iterator[tuple[FundMovement, Decimal | None]]:
    """The movements by day, each with what is left after it; ``None`` for those that no longer count."""
    total = Decimal(0)
    rows = sorted(fund.movements.all(), key=lambda each: (each.day, each.kind != FundMovement.Kind.RECU, each.pk))
    for each in rows:
        if each.cancelled_at is not None:
            yield each, None
            continue
        total += each.amount if each.kind == FundMovement.Kind.RECU else -each.amount
        yield each, total


def _movements(request: HttpRequest, structure: Structure, fund: Fund) -> FormPage:
    trail = [*_trail(structure)]
    entity = called(fund.entity)
    payers = [("", f"{entity} (elle tient ce fonds)"), *((key, name) for key, name in entity_choices(structure) if key)]
    return FormPage(
        structure,
        title=fund.title,
        trail=trail,
        back=at(structure, ONE, fund.pk),
        fields=[
            Field("kind", "Nature", "select", choices=FundMovement.Kind.choices),
            Field("day", "Le", "day", required=True),
            Field("amount", "Montant", "amount", unit="€", required=True),
            Field("label", "Objet", help="À quoi il sert, sans désigner un patient.", required=True),
            Field("paid_by", "Payé par", "select", choices=payers),
        ],
        upload=Upload("Facture ou justificatif (facultatif)"),
        template="structures/entites/un_fonds.html",
        context={
            "fonds": fund,
            "entite": entity,
            "reste": left_in(fund),
            "lignes": list(_lines(fund)),
            "peut_ecrire": may_edit(person(request), structure),
            "exports": {kind: query({"format": kind}) for kind in ("csv", "xlsx")},
            "aujourdhui": today(),
        },
    )


def _page(request: HttpRequest, structure: Structure, fund: Fund | None) -> FormPage:
    contracts = [(str(each.pk), each.title) for each in contracts_of(person(request), structure)]
    trail = [*_trail(structure), *([(at(structure, ONE, fund.pk), fund.title)] if fund else [])]
    return FormPage(
        structure,
        title="Modifier" if fund else "Nouveau fonds dédié",
        of=fund.title if fund else "",
        trail=trail,
        back=trail[-1][0],
        fields=[
            Field("title", "Intitulé", help="Par exemple : FIR, équipement en télésanté.", required=True),
            Field("entity", "Reçu par", "select", choices=entity_choices(structure, "Choisir")),
            Field("contract", "Vient du contrat", "select", choices=[("", "Aucun, ou à confirmer"), *contracts]),
            Field("use_before", "À utiliser avant le", "day", "Rien si le contrat ne le dit pas."),
            Field("purpose", "Ce que cet argent doit servir à faire", "words"),
        ],
        stamp=stamp(fund) if fund else "",
    )


def _trail(structure: Structure) -> list[tuple[str, str]]:
    return [(at(structure, "structure_entites"), "Entités et contrats"), (at(structure, PAGE), "Fonds dédiés")]


def _exported(fund: Fund) -> list[Any]:
    totals = dict.fromkeys(FundMovement.Kind.values, Decimal(0))
    for each in fund.movements.all():
        if each.cancelled_at is None:
            totals[each.kind] += each.amount
    until = fund.use_before.isoformat() if fund.use_before else ""
    contract = fund.contract.title if fund.contract else ""
    return [fund.title, called(fund.entity), contract, until, *totals.values(), left_in(fund)]


def _moved(row: FundMovement, after: Decimal | None) -> list[Any]:
    cancelled = "oui" if row.cancelled_at else ""
    signed = row.amount if row.kind == FundMovement.Kind.RECU else -row.amount
    return [row.day.isoformat(), row.get_kind_display(), row.label, signed, "" if after is None else after, cancelled]
