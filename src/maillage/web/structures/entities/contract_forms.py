"""The forms of a contract: record one, change what it is, add an amendment."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import stamp
from maillage.apps.contracts.fields import AmendmentFields, ContractFields, TermsFields
from maillage.apps.contracts.models import Contract, ContractVersion
from maillage.apps.contracts.queries import contract_of, read_contract
from maillage.apps.contracts.services import contracts as services
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import found, now
from maillage.web.activite.form import Field, seen
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.entities.common import at, dossier_choices, entity_choices, only_entity, today
from maillage.web.structures.entities.contracts import ONE, trail
from maillage.web.structures.forms import FormPage, Typed, Upload, given_file, shown, submitted

USUAL = {"msp": "aci_msp", "cpts": "aci_cpts", "cds": "accord_national"}
"""The contract that each kind of structure signs first."""
BLANK_ROWS = 3
ENVELOPES = Field("envelopes", "Montants convenus, année par année")
ROW = "enveloppe-{}-{}"
PARTS = ("annee", "objet", "montant")
IS = ("kind", "title", "entity", "reference", "parties", "dossier")
TERMS = ("effective_on", "signed_on", "ends_on", "renewal", "renewal_months", "notice_months", "changes")
RENEWALS = [("", "À confirmer"), *ContractVersion.Renewal.choices]
NATURES = [each for each in ContractVersion.Nature.choices if each[0] != ContractVersion.Nature.INITIAL]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Record a contract with the terms first agreed."""
    by = person(request)
    page = _creation(request, structure)

    def save(typed: Typed) -> HttpResponse:
        fields, terms = _read(request, typed)
        _check_dossier(by, structure, typed)
        contract = services.create_contract(structure, fields, terms, file=given_file(request), by=by, at=now())
        messages.success(request, f"Le contrat « {contract.title} » est enregistré.")
        return redirect(f"web:{ONE}", structure.pk, contract.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    return shown(request, page, {"kind": USUAL.get(structure.kind, ""), "entity": only_entity(structure)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, contrat: uuid.UUID) -> HttpResponse:
    """Change what a contract is; its terms change by an amendment."""
    by = person(request)
    contract = found(contract_of(by, structure, contrat))
    page = FormPage(
        structure,
        title="Modifier",
        of=contract.title,
        trail=[*trail(structure), (at(structure, ONE, contract.pk), contract.title)],
        back=at(structure, ONE, contract.pk),
        fields=[*_first(structure), *_rest(by, structure, contract)],
        stamp=stamp(contract),
        context={"chapeau": "Les dates et les montants se changent par un avenant : l’histoire reste entière."},
    )

    def save(typed: Typed) -> HttpResponse:
        _check_dossier(by, structure, typed, contract)
        fields = read(ContractFields, {name: typed[name] for name in IS})
        services.write_contract(contract, fields, seen=seen(request), by=by, at=now())
        messages.success(request, "Le contrat est enregistré.")
        return redirect(f"web:{ONE}", structure.pk, contract.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    told = {name: getattr(contract, name) for name in ("kind", "title", "reference", "parties")}
    links = {"entity": str(contract.entity_id or ""), "dossier": str(contract.dossier or "")}
    return shown(request, page, {**told, **links})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def amend(request: HttpRequest, structure: Structure, contrat: uuid.UUID) -> HttpResponse:
    """Add an amendment: the terms from a day on; the versions before stay as they were."""
    by = person(request)
    contract = found(contract_of(by, structure, contrat))
    current = read_contract(contract, today()).current
    page = _amendment(request, structure, contract, current)

    def save(typed: Typed) -> HttpResponse:
        given = {name: typed[name] for name in (*TERMS, "nature")}
        fields = read(AmendmentFields, {**given, "envelopes": rows_of(request.POST)})
        version = services.amend(contract, fields, file=given_file(request), by=by, at=now())
        messages.success(request, f"Version {version.number} enregistrée. Les précédentes restent dans l'histoire.")
        return redirect(f"web:{ONE}", structure.pk, contract.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    kept = ("ends_on", "renewal", "renewal_months", "notice_months")
    told = {name: getattr(current, name) for name in kept} if current else {}
    return shown(request, page, {**told, "nature": "avenant"})


def rows_of(data: QueryDict) -> list[dict[str, str]]:
    """The envelopes that were typed, those left blank too."""
    ranks = range(sum(name.startswith("enveloppe-") and name.endswith("-annee") for name in data))
    return [{part: data.get(ROW.format(rank, part), "") for part in PARTS} for rank in ranks]


def _envelopes(request: HttpRequest, kept: Iterable[Mapping[str, Any]] = ()) -> list[list[dict[str, Any]]]:
    """The rows as the form shows them, some blank at the end."""
    typed = rows_of(request.POST) if request.method == "POST" else [dict(each) for each in kept]
    rows = [each for each in typed if any(each.values())] + [dict.fromkeys(PARTS, "")] * BLANK_ROWS
    return [
        [{"nom": ROW.format(rank, part), "valeur": _shown(row.get(part)), "part": part} for part in PARTS]
        for rank, row in enumerate(rows)
    ]


def _shown(value: Any) -> str:
    return "" if value is None else str(value).replace(".", ",")


def _creation(request: HttpRequest, structure: Structure) -> FormPage:
    by = person(request)
    days = [
        Field("signed_on", "Signé le", "day"),
        Field("effective_on", "Prend effet le", "day"),
        Field("ends_on", "Se termine le", "day", "Rien s'il n'a pas de fin connue."),
    ]
    first = [each for each in _first(structure) if each.name != "title"]
    title = Field("title", "Intitulé", help="Rien : la nature du contrat en tient lieu.")
    return FormPage(
        structure,
        title="Nouveau contrat",
        trail=trail(structure),
        back=trail(structure)[-1][0],
        fields=[*first, *days],
        more=[title, *_rest(by, structure), *_renewals(), _words("Ce qu'il faut en retenir")],
        aside=[ENVELOPES],
        upload=Upload("Le contrat signé (facultatif)"),
        context={"enveloppes": _envelopes(request)},
    )


def _amendment(
    request: HttpRequest, structure: Structure, contract: Contract, current: ContractVersion | None
) -> FormPage:
    days = [
        Field("nature", "Nature", "select", choices=NATURES),
        Field("effective_on", "S’applique à partir du", "day", required=True),
        Field("signed_on", "Signé le", "day"),
        Field("ends_on", "Le contrat se termine désormais le", "day"),
        _words("Ce qui change"),
    ]
    return FormPage(
        structure,
        title="Nouvelle version",
        of=contract.title,
        trail=[*trail(structure), (at(structure, ONE, contract.pk), contract.title)],
        back=at(structure, ONE, contract.pk),
        fields=days,
        more=_renewals(),
        more_title="Renouvellement, préavis, enveloppes par année",
        aside=[ENVELOPES],
        upload=Upload("L’avenant signé (facultatif)"),
        context={
            "enveloppes": _envelopes(request, current.envelopes if current else ()),
            "chapeau": "La version précédente n’est pas remplacée : elle reste dans l’histoire du contrat.",
        },
    )


def _first(structure: Structure) -> list[Field]:
    return [
        Field("kind", "Nature", "select", choices=Contract.Kind.choices),
        Field("entity", "Signé par", "select", choices=entity_choices(structure)),
        Field("title", "Intitulé", required=True),
    ]


def _rest(by: User, structure: Structure, contract: Contract | None = None) -> list[Field]:
    dossiers = dossier_choices(by, structure, contract.dossier if contract else None)
    return [
        Field("reference", "Référence"),
        Field("dossier", "Dossier d’origine", "select", choices=dossiers),
        Field("parties", "Autres parties", "words", "Caisse, ARS, collectivité… Une par ligne.", rows=3),
    ]


def _renewals() -> list[Field]:
    unknown = "Rien si le texte ne le dit pas, ou si vous ne l'avez pas encore lu."
    return [
        Field("renewal", "Renouvellement", "select", choices=RENEWALS),
        Field("renewal_months", "Durée d’un renouvellement", help=unknown, unit="mois"),
        Field("notice_months", "Préavis pour en sortir", help=unknown, unit="mois"),
    ]


def _words(label: str) -> Field:
    return Field("changes", label, "words", rows=3)


def _read(request: HttpRequest, typed: Typed) -> tuple[ContractFields, TermsFields]:
    """What was typed, with every problem of both parts."""
    title = typed["title"] or dict(Contract.Kind.choices).get(typed["kind"], "")
    problems: list[Problem] = []
    fields, terms = None, None
    try:
        fields = read(ContractFields, {**{name: typed[name] for name in IS}, "title": title[:1].upper() + title[1:]})
    except BadInput as wrong:
        problems += wrong.problems
    try:
        given = {name: typed[name] for name in TERMS}
        terms = read(TermsFields, {**given, "envelopes": rows_of(request.POST)})
    except BadInput as wrong:
        problems += wrong.problems
    if fields is None or terms is None:
        raise BadInput(problems)
    return fields, terms


def _check_dossier(by: User, structure: Structure, typed: Typed, contract: Contract | None = None) -> None:
    kept = contract.dossier if contract else None
    if typed["dossier"] and typed["dossier"] not in dict(dossier_choices(by, structure, kept)):
        raise BadInput([Problem("dossier", None, "un dossier de la structure")])
