"""The budget of a project: year by year, its lines, the money that the rules suggest."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.projets import budget as services
from maillage.apps.projets.models import BudgetLine, Projet
from maillage.apps.projets.money import Suggestion, suggestions
from maillage.apps.projets.permissions import may_write
from maillage.core.documents.wording import interval
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, exported, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.exports import export
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.screening import mask_asked, received

HEADER = ("Année", "Nature", "Libellé", "Enveloppe ou financeur", "Montant (€)", "Acquis", "Note")
STATES = {
    "certain": ("ok", "remplie", "certain"),
    "possible": ("warn", "en_cours", "possible"),
    "a_confirmer": ("todo", "inconnue", "à confirmer"),
    "exclu": ("no", "impossible", "pas aujourd'hui"),
}
"""Colour, icon and word of the state of what is suggested."""
SIMULATORS = {"msp": "web:aci_msp", "cpts": "aci-cpts", "cds": "cds", "ess": "ess", "esp": "esp"}
"""The simulator of each kind of structure: the name of its address, or its code."""


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def index(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The budget; ``format`` exports it; POST adds a line."""
    lines = list(projet.budget_lines.all())
    if kind := request.GET.get("format"):
        return export(exported(kind), "budget", HEADER, [exported_row(each) for each in lines])
    if request.method == "POST":
        by = person(request)
        if not may_write(by, projet):
            raise PermissionDenied
        return _saved(request, projet, None, lambda fields: services.add_line(projet, fields, by=by, at=now()))
    return _page(request, projet, {"year": str(timezone.localdate().year + 1), "kind": "depense"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def line(request: HttpRequest, projet: Projet, ligne: int) -> HttpResponse:
    """Change a line."""
    row, by = found(services.line_of(projet, ligne)), person(request)
    if request.method == "POST":
        at = now()
        return _saved(
            request, projet, row, lambda fields: services.write_line(row, fields, seen=seen(request), by=by, at=at)
        )
    return _line_page(request, projet, row, _values(row))


@require_POST
@for_writers
def act(request: HttpRequest, projet: Projet, ligne: int, acte: str) -> HttpResponse:
    """Remove a line."""
    row = found(services.line_of(projet, ligne))
    if acte != "supprimer":
        raise Http404
    title = row.label
    request.session["ligne_retiree"] = {"cle": services.remove_line(row, by=person(request), at=now()), "titre": title}
    return redirect("web:projet_budget", projet.pk)


@require_POST
@for_writers
def put_back(request: HttpRequest, projet: Projet) -> HttpResponse:
    """Undo the removal of a line."""
    key, by = request.POST.get("cle", ""), person(request)
    done(request, lambda: services.put_line_back(projet, key, by=by, at=now()), "La ligne est rétablie.")
    return redirect("web:projet_budget", projet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def suggested(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The money that the rules compute for the structure; POST puts what is ticked in the budget of a year."""
    rows, why = suggestions(projet, today=timezone.localdate())
    year = request.POST.get("year", str(timezone.localdate().year + 1)).strip()
    error = ""
    if request.method == "POST":
        chosen = [each for each in rows if each.key in request.POST.getlist("aide")]
        try:
            lines = [_as_line(each, year) for each in chosen]
        except BadInput:
            error = "Attendu : une année de 2000 à 2100."
        else:
            return _inserted(request, projet, lines)
    held = set(projet.budget_lines.values_list("label", flat=True))
    context = {
        "projet": projet,
        "aides": [{**_told(each), "deja": each.label in held} for each in rows],
        "pourquoi": why,
        "annee": year,
        "erreur": error,
        "simulateur": SIMULATORS[projet.structure.kind],
    }
    return render(request, "activite/budget_aides.html", context, status=422 if error else 200)


def exported_row(row: BudgetLine) -> list[Any]:
    """A line of a spreadsheet."""
    return [
        row.year,
        row.get_kind_display(),
        row.label,
        row.envelope,
        french.UNKNOWN if row.amount is None else float(row.amount),
        "oui" if row.is_secured else "non",
        row.note,
    ]


def _as_line(suggestion: Suggestion, year: str) -> services.BudgetLineFields:
    told = suggestion.as_line(2000).model_dump() | {"year": year}
    return read(services.BudgetLineFields, told | {"amount": "" if told["amount"] is None else str(told["amount"])})


def _inserted(request: HttpRequest, projet: Projet, lines: Sequence[services.BudgetLineFields]) -> HttpResponse:
    services.add_lines(projet, lines, by=person(request), at=now())
    count = len(lines)
    if count:
        words = f"{count} {french.plural(count, 'ressource ajoutée', 'ressources ajoutées')} au budget, à confirmer."
        messages.success(request, words)
    else:
        messages.error(request, "Rien n'est coché : aucune ligne n'est ajoutée.")
    return redirect("web:projet_budget", projet.pk)


def _told(each: Suggestion) -> dict[str, Any]:
    colour, icon, word = STATES[each.state]
    return {
        "cle": each.key,
        "libelle": each.label,
        "payeur": each.payer,
        "marque": (colour, icon),
        "mot": word,
        "montant": interval(each.low, each.high) if each.low or each.high else "",
        "unite": each.told["unite"],
        "lecture": each.told["lecture"],
        "explication": each.told["explication"],
        "texte": each.told["texte"],
        "motif": each.told["motif"],
        "lien": each.told["lien"],
    }


def _saved(
    request: HttpRequest,
    projet: Projet,
    row: BudgetLine | None,
    save: Callable[[services.BudgetLineFields], BudgetLine],
) -> HttpResponse:
    fields = _fields()
    typed = typed_in(received(request, services.SCREENED), fields)
    page = _page if row is None else _line_page_of(row)
    if mask_asked(request):
        return page(request, projet, typed, Refused(seen=seen(request)))
    try:
        save(read(services.BudgetLineFields, {**typed, "is_secured": bool(typed["is_secured"])}))
    except (BadInput, Changed, NotNow) as wrong:
        return page(request, projet, typed, refusal(wrong, fields, typed), status=422)
    messages.success(request, "La ligne est enregistrée.")
    return redirect("web:projet_budget", projet.pk)


def _page(
    request: HttpRequest, projet: Projet, typed: Mapping[str, Any], refused: Refused = NOTHING, *, status: int = 200
) -> HttpResponse:
    context = {
        "projet": projet,
        "annees": services.years(projet.budget_lines.all()),
        "champs": filled(_fields(), typed, refused),
        "refus": refused,
        "peut_ecrire": may_write(person(request), projet),
        "retire": request.session.pop("ligne_retiree", None),
    }
    return render(request, "activite/budget.html", context, status=status)


def _line_page_of(row: BudgetLine) -> Callable[..., HttpResponse]:
    def page(
        request: HttpRequest, projet: Projet, typed: Mapping[str, Any], refused: Refused = NOTHING, *, status: int = 200
    ) -> HttpResponse:
        return _line_page(request, projet, row, typed, refused, status=status)

    return page


def _line_page(
    request: HttpRequest,
    projet: Projet,
    row: BudgetLine,
    typed: Mapping[str, Any],
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "projet": projet,
        "ligne": row,
        "champs": filled(_fields(), typed, refused),
        "refus": refused,
        "vu": refused.seen or stamp(row),
    }
    return render(request, "activite/budget_ligne.html", context, status=status)


def _values(row: BudgetLine) -> dict[str, Any]:
    names = ("kind", "label", "envelope", "amount", "note")
    told = {name: getattr(row, name) for name in names}
    return {**told, "year": str(row.year), "is_secured": "oui" if row.is_secured else ""}


def _fields() -> list[Field]:
    return [
        Field("kind", "Nature", "select", choices=BudgetLine.Kind.choices),
        Field("year", "Année", required=True),
        Field("label", "Libellé", required=True),
        Field("amount", "Montant", "amount", "Comme « 12 500,50 » ; vide s'il est à confirmer.", unit="€"),
        Field("envelope", "Enveloppe ou financeur"),
        Field("is_secured", "Acquis : un accord écrit existe", "yes"),
        Field("note", "Note"),
    ]
