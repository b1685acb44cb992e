"""The documents of a structure: the list, one of them with its versions, what can be done from there."""

import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.writing import stamp
from maillage.apps.contracts.fields import DocumentFields, FileFields
from maillage.apps.contracts.models import Document
from maillage.apps.contracts.names import called
from maillage.apps.contracts.queries import ReadDocument, document_of, documents_of, read_document
from maillage.apps.contracts.services import documents as services
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import may_edit
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import asked, done, exported, found, now, pilots, query
from maillage.web.activite.form import Field, seen
from maillage.web.exports import export
from maillage.web.files import served
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.entities.common import at, entity_choices, only_entity, today
from maillage.web.structures.forms import FormPage, Typed, Upload, required_file, shown, submitted

PAGE = "structure_documents"
ONE = "structure_documents_un"
NAMES = ("categorie", "etat", "entite", "q", "tri")
STATES = {"": "Tous", "bientot": "À renouveler bientôt", "expire": "Expirés", "sans": "Sans date de fin"}
SORTS = {"": "Intitulé", "fin": "Fin la plus proche", "recent": "Déposé en dernier"}
MARKS = {"expire": ("no", "manquante", "expiré"), "bientot": ("warn", "en_cours", "à renouveler bientôt")}
HEADER = (
    "Intitulé",
    "Catégorie",
    "Personne morale",
    "Responsable",
    "Version",
    "Daté du",
    "Valable jusqu'au",
    "Fichier",
)
BY_PAGE = 50
IS = ("title", "category", "entity", "owner", "warn_days")
DAYS = ("dated_on", "expires_on", "note")
FAR = datetime.date.max


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered and sorted as its address asks; ``format`` exports what is shown."""
    told, by = asked(request, NAMES), person(request)
    every = [read_document(each, today()) for each in documents_of(by, structure)]
    rows = sorted((each for each in every if _answers(each, told)), key=_order(told["tri"]))
    if kind := request.GET.get("format"):
        return export(exported(kind), "documents", HEADER, [exported_row(each) for each in rows])
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "structure": structure,
        "page": page,
        "lignes": [{"lu": each, "marque": MARKS.get(each.alert), "entite": _entity(each.document)} for each in page],
        "total": len(every),
        "trouves": len(rows),
        "a_voir": sum(bool(each.alert) for each in every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "categories": [("", "Toutes"), *Document.Category.choices],
        "etats": STATES.items(),
        "entites": entity_choices(structure, "Toutes"),
        "tris": SORTS.items(),
        "peut_ecrire": may_edit(by, structure),
        "retire": request.session.pop("document_retire", None),
    }
    return render(request, "structures/documents/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """File a document."""
    page = FormPage(
        structure,
        title="Nouveau document",
        trail=_trail(structure),
        back=at(structure, PAGE),
        fields=[*_is(structure)[:2], *_days()],
        more=[*_is(structure)[2:], _note()],
        upload=Upload(),
        button="Déposer",
    )

    def save(typed: Typed) -> HttpResponse:
        file = required_file(request)
        name = typed["title"] or file.name.rpartition(".")[0].replace("_", " ")
        fields, days = _read({**typed, "title": name})
        document = services.file_document(structure, fields, days, file=file, by=person(request), at=now())
        messages.success(request, f"« {document.title} » est déposé.")
        return redirect(f"web:{ONE}", structure.pk, document.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    return shown(request, page, {"entity": only_entity(structure), "warn_days": 60, "category": "autre"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def one(request: HttpRequest, structure: Structure, document: uuid.UUID) -> HttpResponseBase:
    """A document, its versions, and the form of the next one."""
    row = found(document_of(person(request), structure, document))
    if request.method == "POST":
        return _added(request, structure=structure.pk, document=document)
    return shown(request, _page(request, structure, row), {})


@for_team_writers
def _added(request: HttpRequest, structure: Structure, document: uuid.UUID) -> HttpResponse:
    """Add a version to a document."""
    row = found(document_of(person(request), structure, document))

    def save(typed: Typed) -> HttpResponse:
        file = required_file(request)
        days = read(FileFields, {name: typed[name] for name in DAYS})
        version = services.add_version(row, days, file=file, by=person(request), at=now())
        messages.success(request, f"Version {version.number} déposée. Les précédentes restent.")
        return redirect(f"web:{ONE}", structure.pk, row.pk)

    return submitted(request, _page(request, structure, row), save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, document: uuid.UUID) -> HttpResponse:
    """Change what a document is, whatever its file."""
    by = person(request)
    row = found(document_of(by, structure, document))
    page = FormPage(
        structure,
        title="Modifier",
        of=row.title,
        trail=[*_trail(structure), (at(structure, ONE, row.pk), row.title)],
        back=at(structure, ONE, row.pk),
        fields=_is(structure, row),
        stamp=stamp(row),
    )

    def save(typed: Typed) -> HttpResponse:
        fields = read(DocumentFields, {name: typed[name] for name in IS})
        services.write_document(row, fields, seen=seen(request), by=by, at=now())
        messages.success(request, "Le document est enregistré.")
        return redirect(f"web:{ONE}", structure.pk, row.pk)

    if request.method == "POST":
        return submitted(request, page, save)
    told = {name: getattr(row, name) for name in ("title", "category", "warn_days")}
    links = {"entity": str(row.entity_id or ""), "owner": str(row.owner_id or "")}
    return shown(request, page, {**told, **links})


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, document: uuid.UUID, acte: str) -> HttpResponse:
    """Take a document out, or put it back."""
    if acte not in ("retirer", "retablir"):
        raise Http404
    by, back = person(request), acte == "retablir"
    row = found(document_of(by, structure, document))
    words = "Le document est rétabli." if back else "Le document est retiré de la liste. Ses fichiers sont gardés."
    done(request, lambda: services.remove_document(row, back=back, by=by, at=now()), words)
    return redirect(f"web:{ONE}", structure.pk, row.pk)


@require_safe
@for_team
def file(request: HttpRequest, structure: Structure, document: uuid.UUID, numero: int) -> HttpResponseBase:
    """The file of a version."""
    row = found(document_of(person(request), structure, document))
    return served(found(row.versions.filter(number=numero).select_related("file").first()).file)


def exported_row(known: ReadDocument) -> list[Any]:
    """A document as a line of a spreadsheet."""
    document, last = known.document, known.last
    first = [document.title, document.get_category_display(), _entity(document), str(document.owner or "")]
    if last is None:
        return [*first, *[""] * 4]
    days = [day.isoformat() if day else "" for day in (last.dated_on, last.expires_on)]
    return [*first, last.number, *days, last.file.name]


def _page(request: HttpRequest, structure: Structure, row: Document) -> FormPage:
    known = read_document(row, today())
    return FormPage(
        structure,
        title=row.title,
        trail=_trail(structure),
        back=at(structure, PAGE),
        fields=[*_days(), _note()],
        upload=Upload("Nouveau fichier"),
        template="structures/documents/un.html",
        context={
            "document": row,
            "lu": known,
            "marque": MARKS.get(known.alert),
            "entite": _entity(row),
            "versions": list(row.versions.all()),
            "peut_ecrire": may_edit(person(request), structure),
        },
    )


def _is(structure: Structure, row: Document | None = None) -> list[Field]:
    return [
        Field("title", "Intitulé", help="" if row else "Rien : le nom du fichier en tient lieu."),
        Field("category", "Catégorie", "select", choices=Document.Category.choices),
        Field("entity", "Personne morale", "select", choices=entity_choices(structure, "Toute la structure")),
        Field("owner", "Qui le tient à jour", "select", choices=pilots(structure, row.owner if row else None)),
        Field("warn_days", "Prévenir avant la fin", unit="jours", help="De 0 à 730 jours."),
    ]


def _days() -> list[Field]:
    return [
        Field("dated_on", "Daté du", "day"),
        Field("expires_on", "Valable jusqu’au", "day", "Rien s'il n'a pas de fin."),
    ]


def _note() -> Field:
    return Field("note", "Ce qui change")


def _read(typed: Mapping[str, Any]) -> tuple[DocumentFields, FileFields]:
    """What was typed, with every problem of both parts."""
    problems: list[Problem] = []
    fields, days = None, None
    try:
        fields = read(DocumentFields, {name: typed[name] for name in IS})
    except BadInput as wrong:
        problems += wrong.problems
    try:
        days = read(FileFields, {name: typed[name] for name in DAYS})
    except BadInput as wrong:
        problems += wrong.problems
    if fields is None or days is None:
        raise BadInput(problems)
    return fields, days


def _trail(structure: Structure) -> list[tuple[str, str]]:
    return [(at(structure, PAGE), "Documents")]


def _entity(document: Document) -> str:
    return called(document.entity) if document.entity else ""


def _answers(known: ReadDocument, told: Mapping[str, str]) -> bool:
    document = known.document
    no_end = known.last is None or known.last.expires_on is None
    words = french.fold(f"{document.title} {known.last.file.name if known.last else ''}")
    return (
        told["categorie"] in ("", document.category)
        and told["entite"] in ("", str(document.entity_id or ""))
        and (not told["etat"] or told["etat"] == (known.alert or ("sans" if no_end else "valable")))
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _order(name: str) -> Callable[[ReadDocument], Any]:
    keys: dict[str, Callable[[ReadDocument], Any]] = {
        "fin": lambda each: (each.last.expires_on or FAR if each.last else FAR, french.fold(each.document.title)),
        "recent": lambda each: -each.last.at.timestamp() if each.last else 0,
    }
    return keys.get(name, lambda each: french.fold(each.document.title))
