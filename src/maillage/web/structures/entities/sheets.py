"""The legal persons of a structure: who they are, what each holds, which contracts and funds are in its name."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.writing import NotNow, stamp
from maillage.apps.contracts.fields import SheetFields
from maillage.apps.contracts.models import EntitySheet
from maillage.apps.contracts.names import called
from maillage.apps.contracts.queries import (
    ReadContract,
    contracts_of,
    documents_of,
    entities_of,
    funds_of,
    left_in,
    read_contract,
    read_document,
)
from maillage.apps.contracts.services.entities import create_entity, put_back, take_out, write_entity
from maillage.apps.projets.queries import visible
from maillage.apps.structures.legal_entities import FORMS, LegalEntityFields
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import Field, seen
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.entities.common import RUNNING, at, commune_names, holds, mark, tabs, today
from maillage.web.structures.forms import FormPage, Typed, shown, submitted

PAGE = "structure_entites"
IDENTITY = ("form", "nom", "state", "siren", "rna", "constituted_on")


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The legal persons, the contracts that run, what is left in the funds."""
    by = person(request)
    rows = [(each, read_contract(each, today())) for each in contracts_of(by, structure)]
    running = [
        {"contrat": each, "lu": known, "marque": mark(known.standing), "partie": called(each.entity)}
        for each, known in rows
        if known.standing.state in RUNNING
    ]
    context = {
        "structure": structure,
        "onglets": tabs(structure, PAGE),
        "entites": [holds(each) for each in entities_of(by, structure)],
        "contrats": running,
        "fonds": [(each, left_in(each)) for each in funds_of(by, structure) if each.closed_at is None],
        "alertes": _alerts(request, structure),
        "projet": visible(by).filter(structure=structure).first(),
        "peut_ecrire": may_edit(by, structure),
        "retire": request.session.pop("entite_retiree", None),
    }
    return render(request, "structures/entites/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new legal person."""
    page = _page(structure, None)
    if request.method == "POST":
        return submitted(request, page, lambda typed: _saved(request, structure, None, typed))
    return shown(request, page, {"state": LegalEntity.State.CONSTITUEE})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, entite: int) -> HttpResponse:
    """Change a legal person."""
    entity = found(entities_of(person(request), structure).filter(pk=entite).first())
    page = _page(structure, entity)
    if request.method == "POST":
        return submitted(request, page, lambda typed: _saved(request, structure, entity, typed))
    return shown(request, page, _typed(entity))


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, entite: int) -> HttpResponse:
    """A legal person and what is in its name."""
    by = person(request)
    entity = found(entities_of(by, structure).filter(pk=entite).first())
    contracts = [read_contract(each, today()) for each in contracts_of(by, structure).filter(entity=entity)]
    documents = [read_document(each, today()) for each in documents_of(by, structure).filter(entity=entity)]
    codes = [each.code for each in entity.communes.all()]
    context = {
        "structure": structure,
        "tenue": holds(entity),
        "forme": FORMS.get(entity.form, entity.form),
        "communes": sorted(commune_names(codes).values()),
        "contrats": [{"contrat": each.contract, "lu": each, "marque": mark(each.standing)} for each in contracts],
        "fonds": [(each, left_in(each)) for each in funds_of(by, structure).filter(entity=entity)],
        "documents": documents,
        "peut_ecrire": may_edit(by, structure),
    }
    return render(request, "structures/entites/une.html", context)


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, entite: int) -> HttpResponse:
    """Take a legal person out."""
    by = person(request)
    entity = found(entities_of(by, structure).filter(pk=entite).first())
    name = called(entity)
    try:
        key = take_out(entity, by=by, at=now())
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect("web:structure_entites_une", structure.pk, entite)
    request.session["entite_retiree"] = {"cle": key, "titre": name}
    return redirect("web:structure_entites", structure.pk)


@require_POST
@for_team_writers
def restore(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a legal person."""
    key, by = request.POST.get("cle", ""), person(request)
    done(request, lambda: put_back(structure, key, by=by, at=now()), "La personne morale est rétablie.")
    return redirect("web:structure_entites", structure.pk)


def _alerts(request: HttpRequest, structure: Structure) -> list[dict[str, Any]]:
    """What ends or expires soon, with where to go."""
    by = person(request)
    found_: list[dict[str, Any]] = []
    for known in (read_contract(each, today()) for each in contracts_of(by, structure)):
        address = at(structure, "structure_entites_contrats_un", known.contract.pk)
        found_ += [{**each, "adresse": address} for each in _days_of(known)]
    for row in (read_document(each, today()) for each in documents_of(by, structure)):
        if row.alert and row.last is not None:
            late = row.alert == "expire"
            words = f"{row.document.title} : {'expiré' if late else 'expire'} le"
            address = at(structure, "structure_documents_un", row.document.pk)
            found_.append({"jour": row.last.expires_on, "mots": words, "adresse": address, "retard": late})
    return sorted(found_, key=lambda each: each["jour"])


def _days_of(known: ReadContract) -> Iterator[dict[str, Any]]:
    """The end of a contract, and the last day to leave it, when they are near."""
    standing, title = known.standing, known.contract.title
    if standing.state not in ("bientot", "termine") or standing.ends_on is None:
        return
    late = standing.state == "termine"
    verb = "terminé" if late else "se renouvelle après" if standing.renews_itself else "se termine"
    yield {"jour": standing.ends_on, "mots": f"{title} : {verb} le", "retard": late}
    if not late and standing.leave_by and standing.leave_by >= today():
        words = f"{title} : dernier jour pour annoncer un départ, le"
        yield {"jour": standing.leave_by, "mots": words, "retard": False}


def _saved(request: HttpRequest, structure: Structure, entity: LegalEntity | None, typed: Typed) -> HttpResponse:
    identity, sheet = _read(typed)
    if entity is None:
        written = create_entity(structure, identity, sheet, by=person(request), at=now())
    else:
        written = write_entity(entity, identity, sheet, seen=seen(request), by=person(request), at=now())
    messages.success(request, f"« {called(written)} » est enregistrée.")
    return redirect("web:structure_entites_une", structure.pk, written.pk)


def _read(typed: Typed) -> tuple[LegalEntityFields, SheetFields]:
    """What was typed, with every problem of both parts."""
    problems: list[Problem] = []
    identity, sheet = None, None
    try:
        identity = read(LegalEntityFields, {name: typed[name] for name in IDENTITY})
    except BadInput as wrong:
        problems += wrong.problems
    try:
        sheet = read(SheetFields, _sheet(typed))
    except BadInput as wrong:
        problems += wrong.problems
    if identity is None or sheet is None:
        raise BadInput(problems)
    return identity, sheet


def _sheet(typed: Typed) -> dict[str, Any]:
    return {
        "is_manager": bool(typed["is_manager"]),
        "purpose": typed["purpose"],
        "address": typed["address"],
        "sites": tuple(typed.get("sites", ())),
        "communes": tuple(typed.get("communes", ())),
    }


def _typed(entity: LegalEntity) -> Mapping[str, Any]:
    sheet = getattr(entity, "sheet", None) or EntitySheet(entity=entity)
    return {
        **{name: getattr(entity, name) for name in IDENTITY},
        "is_manager": "oui" if sheet.is_manager else "",
        "purpose": sheet.purpose,
        "address": sheet.address,
        "sites": [each.site_id for each in entity.held_sites.all()],
        "communes": [each.code for each in entity.communes.all()],
    }


def _page(structure: Structure, entity: LegalEntity | None) -> FormPage:
    sites = [(str(each.pk), each.nom) for each in structure.sites.all()]
    codes = list(structure.communes.values_list("code", flat=True))
    communes = list(commune_names(codes).items())
    held = [
        *([Field("sites", "Sites tenus", "checks", choices=sites)] if sites else []),
        *([Field("communes", "Communes où elle agit", "checks", choices=communes)] if communes else []),
    ]
    trail = [(at(structure, PAGE), "Entités et contrats")]
    if entity is not None:
        trail.append((at(structure, "structure_entites_une", entity.pk), called(entity)))
    return FormPage(
        structure,
        title="Modifier" if entity else "Nouvelle personne morale",
        of=called(entity) if entity else "",
        trail=trail,
        back=trail[-1][0],
        fields=_fields(),
        more=held,
        more_title="Ce qu’elle tient : sites et communes",
        stamp=stamp(entity) if entity else "",
    )


def _fields() -> list[Field]:
    forms = [(code, name[:1].upper() + name[1:]) for code, name in FORMS.items()]
    return [
        Field("form", "Forme juridique", "select", choices=forms),
        Field("nom", "Dénomination", help="Telle qu'elle est dans ses statuts."),
        Field("state", "État", "select", choices=LegalEntity.State.choices),
        Field("constituted_on", "Constituée le", "day"),
        Field("siren", "SIREN", help="Neuf chiffres."),
        Field("rna", "Numéro RNA", help="Pour une association : W et neuf chiffres."),
        Field("address", "Siège"),
        Field("is_manager", "Elle gère la structure (gestionnaire) et emploie ses salariés", "yes"),
        Field("purpose", "Son rôle", "words", "Ce qu'elle reçoit, ce qu'elle paie, qui en est membre."),
    ]
