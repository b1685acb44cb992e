"""The contracts of a structure: the list, one of them with its history, what can be done from there."""

import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.contracts.fields import EndFields
from maillage.apps.contracts.models import Contract
from maillage.apps.contracts.names import called
from maillage.apps.contracts.queries import (
    ReadContract,
    contract_of,
    contracts_of,
    funds_of,
    left_in,
    read_contract,
)
from maillage.apps.contracts.services import contracts as services
from maillage.apps.dossiers.queries import visible_dossier
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.kernel import french
from maillage.core.kernel.problems import read
from maillage.web.activite.common import asked, done, exported, found, now, query
from maillage.web.activite.form import Field
from maillage.web.exports import export
from maillage.web.files import served
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.entities.common import RUNNING, STATES, at, entity_choices, mark, months, tabs, today
from maillage.web.structures.forms import FormPage, Typed, shown, submitted
from maillage.web.structures.paging import paged

PAGE = "structure_entites_contrats"
ONE = "structure_entites_contrats_un"
NAMES = ("etat", "nature", "entite", "q", "tri")
SHOWN = {"": "En cours et à venir", "tous": "Tous", **{code: words[0].capitalize() for code, words in STATES.items()}}
SORTS = {"": "Fin la plus proche", "titre": "Intitulé", "debut": "Début"}
HEADER = ("Intitulé", "Nature", "Signataire", "Référence", "État", "Signé le", "Début", "Fin", "Préavis avant le")
FAR = datetime.date.max
Acts = dict[str, tuple[Callable[..., Any], str]]
ACTS: Acts = {
    "retirer": (services.remove_contract, "Le contrat est retiré des listes. Rien n'en est effacé."),
    "retablir": (services.put_contract_back, "Le contrat est rétabli."),
    "reprendre": (services.resume_contract, "Le contrat reprend."),
}


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered and sorted as its address asks; ``format`` exports what is shown."""
    told, by = asked(request, NAMES), person(request)
    every = [read_contract(each, today()) for each in contracts_of(by, structure)]
    rows = sorted((each for each in every if _answers(each, told)), key=_order(told["tri"]))
    if kind := request.GET.get("format"):
        return export(exported(kind), "contrats", HEADER, [exported_row(each) for each in rows])
    pages = paged(request, rows, query(told))
    context = {
        **pages,
        "structure": structure,
        "onglets": tabs(structure, PAGE),
        "contrats": [
            {
                "contrat": each.contract,
                "lu": each,
                "marque": mark(each.standing),
                "partie": called(each.contract.entity),
            }
            for each in pages["page"]
        ],
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": SHOWN.items(),
        "natures": [("", "Toutes"), *Contract.Kind.choices],
        "entites": entity_choices(structure, "Toutes"),
        "tris": SORTS.items(),
        "peut_ecrire": may_edit(by, structure),
    }
    return render(request, "structures/entites/contrats.html", context)


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, contrat: uuid.UUID) -> HttpResponse:
    """A contract: where it stands, its terms, its versions, the money that comes from it."""
    by = person(request)
    contract = found(contract_of(by, structure, contrat))
    known = read_contract(contract, today())
    context = {
        "structure": structure,
        "contrat": contract,
        "lu": known,
        "marque": mark(known.standing),
        "partie": called(contract.entity),
        "duree": _duration(known),
        "renouvellement": _renewal(known),
        "preavis": months(known.current.notice_months if known.current else None),
        "versions": list(contract.versions.all()),
        "fonds": [(each, left_in(each)) for each in funds_of(by, structure).filter(contract=contract)],
        "dossier": visible_dossier(by, contract.dossier) if contract.dossier else None,
        "peut_ecrire": may_edit(by, structure),
    }
    return render(request, "structures/entites/contrat.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def end(request: HttpRequest, structure: Structure, contrat: uuid.UUID) -> HttpResponse:
    """Say that a contract stops before its term."""
    by = person(request)
    contract = found(contract_of(by, structure, contrat))
    page = FormPage(
        structure,
        title="Arrêter",
        of=contract.title,
        trail=[*trail(structure), (at(structure, ONE, contract.pk), contract.title)],
        back=at(structure, ONE, contract.pk),
        fields=[Field("day", "Dernier jour", "day", required=True), Field("reason", "Raison", required=True)],
        button="Arrêter le contrat",
    )

    def save(typed: Typed) -> HttpResponse:
        services.end_contract(contract, read(EndFields, dict(typed)), by=by, at=now())
        messages.success(request, "Le contrat est arrêté. Vous pouvez dire qu'il reprend.")
        return redirect(f"web:{ONE}", structure.pk, contract.pk)

    return submitted(request, page, save) if request.method == "POST" else shown(request, page, {})


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, contrat: uuid.UUID, acte: str) -> HttpResponse:
    """Take a contract out, put it back, say that it goes on."""
    if acte not in ACTS:
        raise Http404
    by = person(request)
    contract = found(contract_of(by, structure, contrat))
    service, words = ACTS[acte]
    done(request, lambda: service(contract, by=by, at=now()), words)
    return redirect(f"web:{ONE}", structure.pk, contract.pk)


@require_safe
@for_team
def file(request: HttpRequest, structure: Structure, contrat: uuid.UUID, numero: int) -> HttpResponseBase:
    """The file of a version."""
    contract = found(contract_of(person(request), structure, contrat))
    version = found(contract.versions.filter(number=numero).exclude(file=None).select_related("file").first())
    return served(found(version.file))


def trail(structure: Structure) -> list[tuple[str, str]]:
    """The breadcrumb above a contract."""
    return [(at(structure, "structure_entites"), "Entités et contrats"), (at(structure, PAGE), "Contrats")]


def exported_row(known: ReadContract) -> list[Any]:
    """A contract as a line of a spreadsheet."""
    contract, standing = known.contract, known.standing
    signed = standing.terms.signed_on if standing.terms else None
    return [
        contract.title,
        contract.get_kind_display(),
        called(contract.entity),
        contract.reference,
        STATES[standing.state][0],
        *(_iso(day) for day in (signed, standing.starts_on, standing.ends_on, standing.leave_by)),
    ]


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _answers(known: ReadContract, told: Mapping[str, str]) -> bool:
    contract, state = known.contract, known.standing.state
    words = french.fold(f"{contract.title} {contract.reference} {contract.parties}")
    in_state = state in RUNNING if not told["etat"] else told["etat"] in ("tous", state)
    return (
        in_state
        and told["nature"] in ("", contract.kind)
        and told["entite"] in ("", str(contract.entity_id or ""))
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _order(name: str) -> Callable[[ReadContract], Any]:
    keys: dict[str, Callable[[ReadContract], Any]] = {
        "titre": lambda each: french.fold(each.contract.title),
        "debut": lambda each: (each.standing.starts_on or FAR, french.fold(each.contract.title)),
    }
    return keys.get(name, lambda each: (each.standing.ends_on or FAR, french.fold(each.contract.title)))


def _duration(known: ReadContract) -> str:
    """How long it lasts, when both its days are known."""
    starts, ends = known.standing.starts_on, known.standing.ends_on
    if starts is None or ends is None:
        return french.UNKNOWN
    after = ends + datetime.timedelta(days=1)
    count = (after.year - starts.year) * 12 + after.month - starts.month
    return months(count) if after.day == starts.day and count else f"{(after - starts).days} jours"


def _renewal(known: ReadContract) -> str:
    current = known.current
    if current is None or not current.renewal:
        return french.UNKNOWN
    words = str(current.get_renewal_display())
    return f"{words}, {months(current.renewal_months)}" if current.renewal == "tacite" else words
