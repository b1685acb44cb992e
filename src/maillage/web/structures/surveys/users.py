"""What a structure does with its users, year by year: the list, one line, its proof; the facts for the agreement."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import stamp
from maillage.apps.quality.models import UserInvolvement
from maillage.apps.quality.services import involvement as services
from maillage.apps.quality.survey_inputs import InvolvementFields
from maillage.apps.quality.survey_queries import facts_of, involvement_of, involvements_of, open_in, surveys_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import read
from maillage.core.projet.elaboration import structure_code
from maillage.core.quality.involvement import SECOND
from maillage.web.activite.common import done, exported, found, now
from maillage.web.activite.form import Field, seen
from maillage.web.exports import export
from maillage.web.files import served
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.actions.missions import year_of
from maillage.web.structures.forms import FormPage, Upload, given_file, shown, submitted
from maillage.web.structures.surveys.building import count_of

HEADER = ("Jour", "Nature", "Niveau", "Intitulé", "Avec qui", "Usagers", "Ce qui en est sorti", "Preuve")
NAMES = ("day", "kind", "title", "partners", "people", "outcome")


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What a year did with users, and what the agreement looks at; ``format`` exports it."""
    year, every, surveys = year_of(request), list(involvements_of(structure)), list(surveys_of(structure))
    rows = [each for each in every if each.day.year == year]
    if kind := request.GET.get("format"):
        return export(exported(kind), f"usagers-{year}", HEADER, [_row(each) for each in rows])
    today = timezone.localdate().year
    context = {
        "structure": structure,
        "annee": year,
        "annees": sorted({today, *(each.day.year for each in every)}, reverse=True),
        "lignes": [{"ligne": each, "niveau": level_of(each)} for each in rows],
        "enquetes": [(each, count_of(each, timezone.localdate())) for each in open_in(surveys, year)],
        "aucun": not every,
        "faits": facts_of(every, surveys, year) if structure_code(structure.kind) == "MSP" else None,
        "peut_ecrire": may_write(person(request), structure),
        "retire": request.session.pop("usagers_retire", None),
    }
    return render(request, "structures/enquetes/usagers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Note something done with users."""
    page = _page(structure, None)
    if request.method != "POST":
        return shown(request, page, {"day": timezone.localdate()})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        fields = read(InvolvementFields, typed)
        services.note_involvement(structure, fields, file=_file(request), by=by, at=now())
        messages.success(request, "C'est noté.")
        return redirect(f"{_list(structure)}?annee={fields.day.year}")

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, participation: uuid.UUID) -> HttpResponse:
    """Change it, or add its proof."""
    row = found(involvement_of(structure, participation))
    page = _page(structure, row)
    if request.method != "POST":
        return shown(request, page, {name: getattr(row, name) for name in NAMES})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        fields = read(InvolvementFields, typed)
        services.write_involvement(row, fields, file=_file(request), seen=seen(request), by=by, at=now())
        messages.success(request, "C'est enregistré.")
        return redirect(f"{_list(structure)}?annee={fields.day.year}")

    return submitted(request, page, save)


@require_safe
@for_team
def proof(request: HttpRequest, structure: Structure, participation: uuid.UUID) -> HttpResponseBase:
    """Its proof."""
    row = found(involvement_of(structure, participation))
    if row.proof is None:
        raise Http404
    return served(row.proof)


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, participation: uuid.UUID) -> HttpResponse:
    """Remove it."""
    row = found(involvement_of(structure, participation))
    key = services.remove_involvement(row, by=person(request), at=now())
    request.session["usagers_retire"] = {"cle": key, "titre": row.title}
    return redirect(f"{_list(structure)}?annee={row.day.year}")


@require_POST
@for_team_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo its removal."""
    key, by = request.POST.get("cle", ""), person(request)
    done(request, lambda: services.put_involvement_back(structure, key, by=by, at=now()), "La ligne est rétablie.")
    return redirect(_list(structure))


def level_of(row: UserInvolvement) -> int:
    """Its level for the agreement."""
    return 2 if row.kind in SECOND else 1


def _list(structure: Structure) -> str:
    return reverse("web:structure_qualite_usagers", args=[structure.pk])


def _file(request: HttpRequest) -> services.Proof | None:
    given = given_file(request)
    return services.Proof(given.name, given.content, given.declared_harmless) if given else None


def _page(structure: Structure, row: UserInvolvement | None) -> FormPage:
    kept = f" Celle qui est gardée : {row.proof.name}." if row and row.proof else ""
    upload = Upload("Preuve", f"Compte rendu, affiche, photo du document : tout document.{kept}")
    title = row.title if row else "Noter une participation des usagers"
    quality = (reverse("web:structure_qualite", args=[structure.pk]), "Qualité et usagers")
    trail = [quality, (_list(structure), "Participation des usagers")]
    return FormPage(
        structure, title, trail, _list(structure), _fields(), upload=upload, stamp=stamp(row) if row else ""
    )


def _fields() -> list[Field]:
    first = [(code, f"{words} (niveau 1)") for code, words in UserInvolvement.Kind.choices if code not in SECOND]
    second = [(code, f"{words} (niveau 2)") for code, words in UserInvolvement.Kind.choices if code in SECOND]
    return [
        Field("title", "Ce qui a été fait", required=True),
        Field("kind", "Nature", "select", choices=[*first, *second]),
        Field("day", "Jour", "day", required=True),
        Field("people", "Usagers présents ou consultés", help="Un nombre. Laissez vide s'il n'est pas connu."),
        Field("partners", "Avec qui", help="Association d'usagers, mairie… Jamais le nom d'un patient."),
        Field("outcome", "Ce qui en est sorti", "words"),
    ]


def _row(each: UserInvolvement) -> list[Any]:
    return [
        each.day.isoformat(),
        each.get_kind_display(),
        level_of(each),
        each.title,
        each.partners,
        "à confirmer" if each.people is None else each.people,
        each.outcome,
        "oui" if each.proof_id else "non",
    ]
