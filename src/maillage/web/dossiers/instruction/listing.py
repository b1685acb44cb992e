"""« À traiter » and « Dossiers »: what awaits who reviews, and every dossier that a person may see."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.dossiers import inbox
from maillage.apps.dossiers.exchanging import unread
from maillage.apps.dossiers.labels import authorities_of
from maillage.apps.dossiers.models import Dossier, Label
from maillage.apps.dossiers.permissions import INSIDERS, REVIEWERS, without_holder
from maillage.apps.dossiers.queries import definition_of, to_review, visible
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.instruction.filters import ORDERS, FilterForm
from maillage.web.exports import export
from maillage.web.projets.access import person

BY_PAGE = 50
MOST_EXPORTED = 20_000
EXPORTS = ("csv", "xlsx")
COLUMNS = (
    ("numero", "Dossier"), ("structure", "Structure"), ("", "État"), ("depot", "Déposé le"), ("echeance", "Échéance"),
)  # fmt: skip
HELD = (("responsable", "Responsable"),)
HEADER = (
    "Numéro", "Démarche", "Structure", "Nature de la structure", "Département", "État", "Étape", "Déposé le",
    "Complet le", "Échéance légale", "Délai suspendu depuis le",
)  # fmt: skip
INSIDE = ("Responsable", "Étiquettes", "À traiter")


@dataclass(frozen=True)
class Row:
    """A dossier in a list: what it waits for, its messages unread; both are empty for who files."""

    dossier: Dossier
    title: str
    labels: tuple[str, ...]
    reasons: tuple[inbox.Reason, ...]
    unread: int
    is_late: bool
    holder: str | None
    """Who holds it; ``None`` when this person does not review it, and does not know."""


@dataclass(frozen=True)
class Listing:
    """A list: who reads it, its page, the dossiers before the filters."""

    name: str
    title: str
    person: User
    today: datetime.date
    inside: bool
    rows: QuerySet[Dossier]


@require_safe
@login_required
def to_handle(request: HttpRequest) -> HttpResponse:
    """What awaits this person, or nobody yet. Who does not review gets « introuvable »."""
    who, today = person(request), timezone.localdate()
    if not reviews(who):
        raise Http404
    rows = inbox.waiting(who, today)
    return _answer(request, Listing("dossiers_a_traiter", "À traiter", who, today, inside=True, rows=rows))


@require_safe
@login_required
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every dossier that this person may see: those that they review, those of their structures."""
    who, today = person(request), timezone.localdate()
    inside = reviews(who)
    rows = visible(who)
    if inside:
        rows = inbox.annotated(rows, who, today)
    return _answer(request, Listing("dossiers", "Dossiers", who, today, inside=inside, rows=rows))


def reviews(who: User) -> bool:
    """Whether a person serves an authority that reviews dossiers."""
    kinds = (
        Organisation.Kind.ARS,
        Organisation.Kind.DELEGATION,
        Organisation.Kind.CPAM,
        Organisation.Kind.COLLECTIVITE,
    )
    rows = Role.objects.filter(user=who, until=None, name__in=INSIDERS, organisation__closed_at=None)
    return rows.filter(organisation__kind__in=kinds).exists()


def _answer(request: HttpRequest, listing: Listing) -> HttpResponse:
    form = FilterForm(request.GET, listing.rows, listing.person, inside=listing.inside)
    is_valid = form.is_valid()
    found = form.kept(listing.rows, listing.today)
    counted = inbox.counts(found) if listing.name == "dossiers_a_traiter" else {}
    if motive := form.cleaned_data.get("motif"):
        found = found.filter(**{f"motif_{motive}": True})
    found = _ordered(found, request.GET)
    if is_valid and (kind := request.GET.get("format", "")) in EXPORTS:
        return exported(kind, listing.name, list(rows_of(listing, found[:MOST_EXPORTED])), inside=listing.inside)
    page = Paginator(found, BY_PAGE).get_page(request.GET.get("page"))
    told = {
        "liste": listing,
        "formulaire": form,
        "refus": {name: errors[0] for name, errors in form.errors.items()},
        "lignes": list(rows_of(listing, page.object_list)),
        "page": page,
        "groupes": list(_groups(request.GET, counted)),
        "sans_motif": _query(request.GET, motif="").strip("?&"),
        "total": listing.rows.count(),
        "filtre": any(request.GET.get(name) for name in form.fields),
        "retour": _query(request.GET),
        "entetes": list(_headers(request.GET, listing)),
        **_bulk(listing),
    }
    return render(request, "dossiers/instruction/liste.html", told, status=200 if is_valid else 422)


def _bulk(listing: Listing) -> dict[str, Any]:
    """What the bar of a list does to the dossiers ticked, for who reviews."""
    if not listing.inside:
        return {"etiquettes": [], "responsables": [], "peut_agir": False}
    bodies = authorities_of(listing.person)
    roles = Role.objects.filter(name__in=REVIEWERS, until=None, organisation__closed_at=None)
    served = roles.filter(organisation__in=bodies) | roles.filter(organisation__parent__in=bodies)
    people = User.objects.filter(is_active=True, roles__in=served).distinct().order_by("nom", "prenom", "pk")
    return {
        "etiquettes": Label.objects.filter(organisation__in=bodies).select_related("organisation"),
        "responsables": people,
        "peut_agir": Role.objects.filter(user=listing.person, until=None, name__in=REVIEWERS).exists(),
    }


def rows_of(listing: Listing, dossiers: Any) -> Iterator[Row]:
    """The lines of a page of dossiers; what is internal, of those alone that this person reviews."""
    read = list(dossiers)
    keys = [each.pk for each in read]
    mine = set(to_review(listing.person).filter(pk__in=keys).values_list("pk", flat=True)) if listing.inside else set()
    free = set(Dossier.objects.filter(without_holder(), pk__in=mine).values_list("pk", flat=True))
    waiting = unread(listing.person, mine)
    labels: dict[Any, list[str]] = {}
    for key, name in Dossier.objects.filter(pk__in=mine).order_by("labels__name").values_list("pk", "labels__name"):
        labels.setdefault(key, []).extend([name] if name else [])
    for each in read:
        yield Row(
            each,
            _title(each),
            tuple(labels.get(each.pk, ())),
            inbox.reasons_of(each) if each.pk in mine and each.phase in inbox.RUNNING else (),
            waiting.get(each.pk, 0),
            each.due_on is not None and each.due_on < listing.today,
            _holder(each, is_free=each.pk in free) if each.pk in mine else None,
        )


def _holder(dossier: Dossier, *, is_free: bool) -> str:
    """Who holds a dossier, in a list: a name; that nobody does, and who did."""
    if dossier.holder is None:
        return "personne"
    return f"à attribuer ({dossier.holder.full_name} n’instruit plus)" if is_free else dossier.holder.full_name


def exported(kind: str, name: str, rows: list[Row], *, inside: bool) -> HttpResponse:
    """These lines as a file."""
    told = f"{name.replace('_', '-')}-{timezone.localdate():%Y-%m-%d}"
    return export(kind, told, (*HEADER, *(INSIDE if inside else ())), [_cells(row, inside=inside) for row in rows])


def _cells(row: Row, *, inside: bool) -> tuple[str, ...]:
    dossier = row.dossier
    filed = timezone.localtime(dossier.submitted_at).date() if dossier.submitted_at else None
    days = (filed, dossier.completed_on, dossier.due_on, dossier.suspended_since)
    shared = (
        dossier.number, row.title, dossier.structure.nom, str(dossier.structure.get_kind_display()),
        dossier.departement, definition_of(dossier).state(dossier.state).titre, str(dossier.get_phase_display()),
        *(each.isoformat() if each else "" for each in days),
    )  # fmt: skip
    if not inside:
        return shared
    return (
        *shared,
        row.holder if row.holder and dossier.holder else "",
        ", ".join(row.labels),
        ", ".join(each.title for each in row.reasons),
    )


def _title(dossier: Dossier) -> str:
    try:
        return definition_of(dossier).titre
    except BadInput:  # a kind of another version of this site
        return dossier.kind


def _groups(query: QueryDict, counted: dict[str, int]) -> Iterator[dict[str, Any]]:
    chosen = query.get("motif", "")
    for each in inbox.REASONS:
        if counted.get(each.code) or each.code == chosen:
            address = _query(query, motif=each.code)
            yield {
                "titre": each.title,
                "nombre": counted.get(each.code, 0),
                "adresse": address,
                "ici": each.code == chosen,
            }


def _ordered(rows: QuerySet[Dossier], query: QueryDict) -> QuerySet[Dossier]:
    columns = ORDERS.get(query.get("tri", ""), ORDERS["echeance"])
    first = F(columns[0])
    turned = first.desc(nulls_last=True) if query.get("sens") == "desc" else first.asc(nulls_last=True)
    return rows.order_by(turned, *columns[1:])


def _headers(query: QueryDict, listing: Listing) -> Iterator[dict[str, str]]:
    current = query.get("tri") if query.get("tri") in ORDERS else "echeance"
    down = query.get("sens") == "desc"
    for name, title in (*COLUMNS, *(HELD if listing.inside else ())):
        is_current = name == current
        turned = "" if not is_current or down else "desc"
        yield {
            "titre": title,
            "ordre": ("descending" if down else "ascending") if is_current else "",
            "adresse": _query(query, tri=name, sens=turned) if name else "",
        }


def _query(query: QueryDict, **changes: str) -> str:
    """The address with its filters and these changes, without its page nor its format, ready for one more."""
    kept = {name: value for name, value in query.items() if name not in ("page", "format", "tout")} | changes
    told = urlencode({name: value for name, value in kept.items() if value})
    return f"?{told}&" if told else "?"
