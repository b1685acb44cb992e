"""The places of a structure and their opening hours, day by day."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.structures import sites
from maillage.apps.structures.hours import WEEKDAYS, WORKED, Span, read_day, write_day
from maillage.apps.structures.models import Site, Structure
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.projets.communes_field import one
from maillage.web.projets.refusals import Refused, by_field
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.equipe.member_form import commune_words

DAY = "jour-{}"


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def add(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Add a place."""
    return _edit(request, structure, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def change(request: HttpRequest, structure: Structure, site: int) -> HttpResponse:
    """Change a place and its hours."""
    return _edit(request, structure, place_of(structure, site))


@require_POST
@for_writers
def remove(request: HttpRequest, structure: Structure, site: int) -> HttpResponse:
    """Remove a place; its members stay."""
    row = place_of(structure, site)
    sites.remove_site(row, by=person(request), at=timezone.now())
    messages.success(request, f"Le site « {row} » est retiré. Ses membres restent dans l’équipe.")
    return redirect("web:structure_horaires", structure.pk)


def _edit(request: HttpRequest, structure: Structure, site: Site | None) -> HttpResponse:
    if request.method != "POST":
        return _form(request, structure, _held(site), {}, site)
    typed = _typed(request.POST)
    if "copier" in request.POST:
        return _form(request, structure, _copied(typed, request.POST["copier"]), {}, site)
    code, refusal = one(typed["commune"], required=True)
    refused, week = _week(typed)
    if refusal:
        refused["commune"] = refusal
    try:
        fields = _fields(typed, code)
    except BadInput as wrong:
        refused = {**by_field(wrong), **refused}
    if refused:
        return _form(request, structure, typed, refused, site)
    act: dict[str, Any] = {"week": week, "by": person(request), "at": timezone.now()}
    saved = sites.change_site(site, fields, **act) if site else sites.add_site(structure, fields, **act)
    messages.success(request, f"Le site « {saved} » est enregistré.")
    return redirect("web:structure_horaires", structure.pk)


def _fields(typed: dict[str, str], code: str) -> sites.SiteFields:
    """What the form says, its hours left out. Raises :class:`BadInput`; the commune is told by its own field."""
    try:
        return read(sites.SiteFields, {"nom": typed["nom"], "adresse": typed["adresse"], "commune": code})
    except BadInput as wrong:
        problems: list[Problem] = [each for each in wrong.problems if code or each.field != "commune"]
        if problems:
            raise BadInput(problems) from None
        return sites.SiteFields.model_construct(nom=typed["nom"], adresse=typed["adresse"], commune="")


def _typed(data: QueryDict) -> dict[str, str]:
    return {name: data.get(name, "").strip() for name in ("nom", "adresse", "commune", *map(DAY.format, range(7)))}


def _held(site: Site | None) -> dict[str, str]:
    """A place as the form shows it."""
    if site is None:
        return {}
    week = sites.week_of(site)
    days = {DAY.format(day): write_day(week.get(day, ())) for day in range(7)}
    return {"nom": site.nom, "adresse": site.adresse, "commune": commune_words(site.commune), **days}


def _copied(typed: dict[str, str], day: str) -> dict[str, str]:
    """The same form, the hours of a day given to every day from Monday to Friday."""
    hours = typed.get(DAY.format(day), "")
    return {**typed, **{DAY.format(each): hours for each in WORKED}}


def _week(typed: dict[str, str]) -> tuple[Refused, dict[int, tuple[Span, ...]]]:
    """What is wrong in the hours, and the spans of each day."""
    refused: Refused = {}
    week: dict[int, tuple[Span, ...]] = {}
    for day in range(7):
        name = DAY.format(day)
        try:
            week[day] = read_day(typed[name])
        except ValueError as expected:
            refused[name] = f"« {typed[name][:60]} » n’est pas accepté. Attendu : {expected}."
    return refused, week


def _form(
    request: HttpRequest, structure: Structure, typed: dict[str, str], refused: Refused, site: Site | None
) -> HttpResponse:
    days = [
        {"nom": DAY.format(day), "titre": word, "valeur": typed.get(DAY.format(day), ""), "rang": day}
        | {"refus": refused.get(DAY.format(day), "")}
        for day, word in enumerate(WEEKDAYS)
    ]
    context = {"structure": structure, "site": site, "saisi": typed, "refus": refused, "jours": days}
    return render(request, "structures/lieux/site.html", context, status=422 if refused else 200)


def place_of(structure: Structure, site: int) -> Site:
    """A place of the structure, or « introuvable »."""
    row = Site.objects.filter(structure=structure, pk=site).select_related("structure__organisation").first()
    if row is None:
        raise Http404
    return row
