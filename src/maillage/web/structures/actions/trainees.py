"""The trainees of a structure: the list of a year and what it counts, one traineeship, its certificate."""

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

from maillage.apps.activity.models import Traineeship
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.plan_inputs import TraineeshipFields
from maillage.apps.activity.plan_queries import in_year, traineeship_of, traineeships_of, training_of
from maillage.apps.activity.services import trainees as services
from maillage.apps.activity.writing import stamp
from maillage.apps.structures.metiers import metiers, name_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import read
from maillage.core.projet.elaboration import structure_code
from maillage.web.activite.common import done, exported, found, now, pilots
from maillage.web.activite.form import Field, seen
from maillage.web.exports import export
from maillage.web.files import served
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.actions.missions import year_of
from maillage.web.structures.forms import FormPage, Upload, given_file, shown, submitted

HEADER = ("Nom", "Prénom", "Nature", "Métier préparé", "École", "Maître de stage", "Début", "Fin", "Attestation")
NAMES = ("nom", "prenom", "kind", "metier", "school", "supervisor", "starts_on", "ends_on")


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The trainees of a year, and what that year counts for the agreement; ``format`` exports them."""
    year, every = year_of(request), list(traineeships_of(structure))
    rows = in_year(every, year)
    if kind := request.GET.get("format"):
        return export(exported(kind), f"stagiaires-{year}", HEADER, [_row(each) for each in rows])
    context = {
        "structure": structure,
        "dedans": True,
        "annee": year,
        "annees": _years(every),
        "lignes": [{"stage": each, "metier": name_of(each.metier)} for each in rows],
        "aucun": not every,
        "compte": training_of(every, year) if structure_code(structure.kind) == "MSP" else None,
        "peut_ecrire": may_write(person(request), structure),
        "retire": request.session.pop("stage_retire", None),
    }
    return render(request, "structures/actions/stagiaires.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new trainee, with their certificate when it is there already."""
    page = _page(structure, None)
    if request.method != "POST":
        return shown(request, page, {"kind": "stage"})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        fields, at = read(TraineeshipFields, typed), now()
        services.welcome(structure, fields, file=_file(request), by=by, at=at)
        messages.success(request, "Le stagiaire est noté.")
        return redirect(f"{_list(structure)}?annee={fields.ends_on.year}")

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, stage: uuid.UUID) -> HttpResponse:
    """Change a traineeship, or add its certificate."""
    row = found(traineeship_of(structure, stage))
    page = _page(structure, row)
    if request.method != "POST":
        return shown(
            request, page, {name: getattr(row, name) for name in NAMES} | {"supervisor": row.supervisor_id or ""}
        )
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        fields = read(TraineeshipFields, typed)
        services.write_traineeship(row, fields, file=_file(request), seen=seen(request), by=by, at=now())
        messages.success(request, "Le stage est enregistré.")
        return redirect(f"{_list(structure)}?annee={fields.ends_on.year}")

    return submitted(request, page, save)


@require_safe
@for_team
def certificate(request: HttpRequest, structure: Structure, stage: uuid.UUID) -> HttpResponseBase:
    """The certificate of a traineeship."""
    row = found(traineeship_of(structure, stage))
    if row.certificate is None:
        raise Http404
    return served(row.certificate)


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, stage: uuid.UUID) -> HttpResponse:
    """Remove a traineeship."""
    row = found(traineeship_of(structure, stage))
    key = services.remove_traineeship(row, by=person(request), at=now())
    request.session["stage_retire"] = {"cle": key, "titre": str(row)}
    return redirect(f"{_list(structure)}?annee={row.ends_on.year}")


@require_POST
@for_team_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a traineeship."""
    key, by = request.POST.get("cle", ""), person(request)
    done(
        request,
        lambda: services.put_traineeship_back(structure, key, by=by, at=now()),
        "Le stage est rétabli.",
    )
    return redirect(_list(structure))


def _file(request: HttpRequest) -> services.Certificate | None:
    given = given_file(request)
    return services.Certificate(given.name, given.content, given.declared_harmless) if given else None


def _list(structure: Structure) -> str:
    return reverse("web:structure_actions_stagiaires", args=[structure.pk])


def _page(structure: Structure, row: Traineeship | None) -> FormPage:
    actions = reverse("web:structure_actions", args=[structure.pk])
    trail = [(actions, "Missions et actions"), (_list(structure), "Stagiaires")]
    kept = f" Celle qui est gardée : {row.certificate.name}." if row and row.certificate else ""
    upload = Upload("Attestation ou convention de stage", f"PDF ou photo.{kept} Vous pouvez l'ajouter plus tard.")
    return FormPage(
        structure,
        str(row) if row else "Noter un stagiaire",
        trail,
        _list(structure),
        _fields(structure, row),
        upload=upload,
        stamp=stamp(row) if row else "",
    )


def _fields(structure: Structure, row: Traineeship | None) -> list[Field]:
    learned = [("", "Choisissez"), *((slug, names[0]) for slug, names in metiers().items())]
    return [
        Field("prenom", "Prénom", required=True),
        Field("nom", "Nom", required=True),
        Field("metier", "Métier préparé", "select", choices=learned),
        Field("school", "École ou université"),
        Field("supervisor", "Maître de stage", "select", choices=pilots(structure, row.supervisor if row else None)),
        Field("starts_on", "Premier jour", "day", required=True),
        Field("ends_on", "Dernier jour", "day", required=True),
        Field("kind", "Nature", "select", choices=Traineeship.Kind.choices),
    ]


def _years(rows: list[Traineeship]) -> list[int]:
    today = timezone.localdate().year
    days = [day.year for each in rows for day in (each.starts_on, each.ends_on)]
    return sorted({today, today + 1, *days}, reverse=True)


def _row(each: Traineeship) -> list[Any]:
    return [
        each.nom,
        each.prenom,
        each.get_kind_display(),
        name_of(each.metier),
        each.school,
        str(each.supervisor or ""),
        each.starts_on.isoformat(),
        each.ends_on.isoformat(),
        "oui" if each.certificate_id else "non",
    ]
