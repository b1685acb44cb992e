"""To close places for some days, undo it, and say when the school holidays are."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.opening import services
from maillage.apps.opening.inputs import ClosureFields
from maillage.apps.opening.models import Closure
from maillage.apps.opening.queries import closures_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, read
from maillage.core.opening.closures import Period
from maillage.core.opening.typed import Named, read_periods, written
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.places.school import MOST_BYTES, lines_of_file

PAGE = "web:structure_horaires"


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def close(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Close some places for some days: all of them unless said otherwise."""
    fields = closing_fields(structure)
    if request.method != "POST":
        return _form(request, structure, fields, {"sites": [code for code, _name in fields[0].choices]})
    typed = typed_in(received(request, ["note"]), fields)
    if mask_asked(request):
        return _form(request, structure, fields, typed)
    try:
        rows = services.close_places(structure, read(ClosureFields, typed), by=person(request), at=now())
    except BadInput as wrong:
        return _form(request, structure, fields, typed, refusal(wrong, fields, typed))
    places = f"{number(len(rows))} {plural(len(rows), 'lieu', 'lieux')}"
    messages.success(request, f"La fermeture est notée pour {places}.")
    return redirect(f"{redirect(PAGE, structure.pk).url}?annee={rows[0].since.year}#fermetures")


def closing_fields(structure: Structure) -> list[Field]:
    """What is asked of a closure."""
    sites = [(str(each.pk), each.nom) for each in structure.sites.all()]
    return [
        Field("sites", "Lieux fermés", "checks", choices=sites),
        Field("since", "Premier jour", "day", required=True),
        Field("until", "Dernier jour", "day", "Rien pour un seul jour."),
        Field("kind", "Raison", "select", choices=Closure.Kind.choices),
        Field("note", "À savoir", help="Par exemple : les urgences sont vues au cabinet de la gare. Lu par tous."),
    ]


def _form(
    request: HttpRequest, structure: Structure, fields: list[Field], typed: dict[str, Any], refused: Refused = NOTHING
) -> HttpResponse:
    context = {"structure": structure, "champs": filled(fields, typed, refused), "refus": refused}
    return render(request, "structures/lieux/fermer.html", context, status=422 if refused != NOTHING else 200)


@require_POST
@for_writers
def reopen(request: HttpRequest, structure: Structure, fermeture: int) -> HttpResponse:
    """Remove a closure."""
    row = found(closures_of(structure).filter(pk=fermeture).first())
    key = services.reopen(row, by=person(request), at=now())
    request.session["fermeture_retiree"] = {"cle": key, "titre": f"Fermeture de {row.site} : {row}"}
    return redirect(f"{redirect(PAGE, structure.pk).url}?annee={row.since.year}")


@require_POST
@for_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a closure."""
    key, by = request.POST.get("cle", ""), person(request)
    done(request, lambda: services.close_again(structure, key, by=by, at=now()), "La fermeture est rétablie.")
    return redirect(PAGE, structure.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def school(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The school holidays, typed or pasted, line by line; a calendar file is turned into lines to read again."""
    if request.method != "POST":
        rows = structure.school_holidays.all()
        return _school(request, structure, written(Named(each.name, Period(each.since, each.until)) for each in rows))
    text = request.POST.get("periodes", "")
    if files := request.FILES.getlist("fichier"):
        lines, refused = lines_of_file(files[0].read(MOST_BYTES + 1))
        return _school(request, structure, "\n".join(filter(None, (text.strip(), lines))), refused=refused)
    periods, wrong = read_periods(text)
    if wrong:
        return _school(request, structure, text, wrong=wrong)
    try:
        services.write_school_holidays(structure, periods, by=person(request), at=now())
    except BadInput as stopped:
        return _school(request, structure, text, refused=" ".join(each.expected for each in stopped.problems))
    count = len(periods)
    messages.success(request, f"{number(count)} {plural(count, 'période')} de vacances scolaires : c’est enregistré.")
    return redirect(PAGE, structure.pk)


def _school(request: HttpRequest, structure: Structure, text: str, **why: Any) -> HttpResponse:
    context = {"structure": structure, "periodes": text, "annee": timezone.localdate().year, **why}
    return render(request, "structures/lieux/vacances.html", context, status=422 if any(why.values()) else 200)
