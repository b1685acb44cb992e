"""The surveys of a structure: their list, a new one, its words and its questions while it is a draft."""

import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import stamp
from maillage.apps.quality.models import Survey, SurveyQuestion
from maillage.apps.quality.services import surveys as services
from maillage.apps.quality.survey_inputs import QuestionFields, SurveyFields
from maillage.apps.quality.survey_queries import question_of, state_of, survey_of, surveys_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french
from maillage.core.kernel.problems import read
from maillage.core.quality.surveys import FEWEST, told_count
from maillage.core.quality.templates import SurveyTemplate, survey_template, survey_templates
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import Field, seen
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.forms import FormPage, shown, submitted
from maillage.web.structures.paging import paged

STATES = {
    "brouillon": ("todo", "a_venir", "brouillon"),
    "ouverte": ("warn", "en_cours", "ouverte"),
    "close": ("ok", "faite", "close"),
}
"""Colour, icon and word of each state."""
ACTS: Mapping[str, tuple[Callable[..., Any], str]] = {
    "ouvrir": (services.open_survey, "L'enquête est ouverte : donnez son adresse, ou imprimez son affiche."),
    "clore": (services.close_survey, "L'enquête est close : elle ne reçoit plus de réponse."),
}
STEPS: Mapping[str, int] = {"monter": -1, "descendre": 1}


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The surveys, the last first."""
    today = timezone.localdate()
    paging = paged(request, surveys_of(structure))
    context = {
        "structure": structure,
        "lignes": [_line(each, today) for each in paging["page"]],
        **paging,
        "modeles": survey_templates(),
        "peut_ecrire": may_write(person(request), structure),
        "retire": request.session.pop("enquete_retiree", None),
    }
    return render(request, "structures/enquetes/liste.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """A new draft, empty or begun from a template (``modele``)."""
    template = survey_template(request.GET.get("modele", ""))
    page = _page(structure, None, template)
    if request.method != "POST":
        return shown(request, page, {"title": template.title, "intro": template.intro} if template else {})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        questions = [_of_template(each) for each in template.questions] if template else []
        fields = read(SurveyFields, typed)
        survey = services.create_survey(structure, fields, questions=questions, by=by, at=now())
        messages.success(request, "Le brouillon est enregistré : relisez ses questions, puis ouvrez l'enquête.")
        return redirect("web:structure_qualite_enquetes_une", structure.pk, survey.pk)

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, enquete: uuid.UUID) -> HttpResponse:
    """Change the title, the words, the last day."""
    survey = found(survey_of(structure, enquete))
    page = _page(structure, survey, None)
    if request.method != "POST":
        return shown(request, page, {name: getattr(survey, name) for name in ("title", "intro", "closes_on")})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        services.write_survey(survey, read(SurveyFields, typed), seen=seen(request), by=by, at=now())
        messages.success(request, "L'enquête est enregistrée.")
        return redirect("web:structure_qualite_enquetes_une", structure.pk, survey.pk)

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def add_question(request: HttpRequest, structure: Structure, enquete: uuid.UUID) -> HttpResponse:
    """Add a question to a draft."""
    survey = found(survey_of(structure, enquete))
    trail = [*_trail(structure), (address_of(survey), survey.title)]
    page = FormPage(structure, "Ajouter une question", trail, address_of(survey), question_fields())
    if request.method != "POST":
        return shown(request, page, {"kind": "note"})
    by = person(request)

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        services.add_question(survey, read(QuestionFields, typed), by=by, at=now())
        return redirect(f"{address_of(survey)}#questions")

    return submitted(request, page, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def change_question(
    request: HttpRequest, structure: Structure, enquete: uuid.UUID, question: uuid.UUID
) -> HttpResponse:
    """Change a question of a draft."""
    survey = found(survey_of(structure, enquete))
    row, by = found(question_of(survey, question)), person(request)
    trail = [*_trail(structure), (address_of(survey), survey.title)]
    page = FormPage(structure, "Modifier une question", trail, address_of(survey), question_fields())
    if request.method != "POST":
        held = {"title": row.title, "kind": row.kind, "choices": "\n".join(row.choices)}
        return shown(request, page, held | {"is_required": "oui" if row.is_required else ""})

    def save(typed: Mapping[str, Any]) -> HttpResponse:
        services.write_question(row, read(QuestionFields, typed), by=by, at=now())
        return redirect(f"{address_of(survey)}#questions")

    return submitted(request, page, save)


@require_POST
@for_team_writers
def act_on_question(
    request: HttpRequest, structure: Structure, enquete: uuid.UUID, question: uuid.UUID, acte: str
) -> HttpResponse:
    """Move a question of a draft, or remove it."""
    survey = found(survey_of(structure, enquete))
    row, by = found(question_of(survey, question)), person(request)
    if acte in STEPS:
        done(request, lambda: services.move_question(row, STEPS[acte], by=by, at=now()), "")
    elif acte == "retirer":
        removed = {"cle": str(row.pk), "titre": row.title}
        if done(request, lambda: services.remove_question(row, by=by, at=now()), ""):
            request.session["question_retiree"] = removed
    else:
        raise Http404
    return redirect(f"{address_of(survey)}#questions")


@require_POST
@for_team_writers
def put_question_back(request: HttpRequest, structure: Structure, enquete: uuid.UUID) -> HttpResponse:
    """Undo the removal of a question."""
    survey, by = found(survey_of(structure, enquete)), person(request)
    key = request.POST.get("cle", "")
    done(request, lambda: services.put_question_back(survey, key, by=by, at=now()), "La question est rétablie.")
    return redirect(f"{address_of(survey)}#questions")


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, enquete: uuid.UUID, acte: str) -> HttpResponse:
    """Open, close, or remove a draft."""
    survey, by = found(survey_of(structure, enquete)), person(request)
    if acte in ACTS:
        verb, words = ACTS[acte]
        done(request, lambda: verb(survey, by=by, at=now()), words)
        return redirect(address_of(survey))
    if acte == "supprimer":
        return _removed(request, structure, survey, by)
    raise Http404


@require_POST
@for_team_writers
def put_back(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Undo the removal of a draft."""
    key, by = request.POST.get("cle", ""), person(request)
    done(request, lambda: services.put_survey_back(structure, key, by=by, at=now()), "L'enquête est rétablie.")
    return redirect("web:structure_qualite_enquetes", structure.pk)


def address_of(survey: Survey) -> str:
    """The page of a survey."""
    return reverse("web:structure_qualite_enquetes_une", args=[survey.structure_id, survey.pk])


def count_of(survey: Survey, today: datetime.date) -> str:
    """How many answered a survey of ``surveys_of``; « 5 au moins » while it is open."""
    answers, is_open = getattr(survey, "answered", 0), state_of(survey, today) == "ouverte"
    told = told_count(answers, is_open=is_open)
    if not is_open:
        return french.number(told)
    return f"{french.number(told)} au moins" if told else f"moins de {FEWEST}"


def _line(survey: Survey, today: datetime.date) -> dict[str, Any]:
    return {"enquete": survey, "etat": STATES[state_of(survey, today)], "reponses": count_of(survey, today)}


def question_fields() -> list[Field]:
    """The form of a question."""
    return [
        Field("title", "Question", required=True, help="Une seule idée par question. Rien sur la santé des personnes."),
        Field("kind", "Réponse", "select", choices=SurveyQuestion.Kind.choices),
        Field("choices", "Réponses proposées", "words", "Une par ligne. Seulement pour un choix.", rows=4),
        Field("is_required", "Réponse obligatoire", "yes"),
    ]


def _removed(request: HttpRequest, structure: Structure, survey: Survey, by: User) -> HttpResponse:
    removed = {"cle": str(survey.pk), "titre": survey.title}
    if not done(request, lambda: services.remove_survey(survey, by=by, at=now()), ""):
        return redirect(address_of(survey))
    request.session["enquete_retiree"] = removed
    return redirect("web:structure_qualite_enquetes", structure.pk)


def _trail(structure: Structure) -> list[tuple[str, str]]:
    quality = (reverse("web:structure_qualite", args=[structure.pk]), "Qualité et usagers")
    return [quality, (reverse("web:structure_qualite_enquetes", args=[structure.pk]), "Enquêtes")]


def _page(structure: Structure, survey: Survey | None, template: SurveyTemplate | None) -> FormPage:
    back = address_of(survey) if survey else reverse("web:structure_qualite_enquetes", args=[structure.pk])
    help_ = f"Le modèle apporte {len(template.questions)} questions, à changer ensuite." if template else ""
    fields = [
        Field("title", "Titre", required=True, help=help_),
        Field("closes_on", "Dernier jour pour répondre", "day", required=True),
        Field("intro", "Présentation", "words", "Ce que les personnes lisent avant de répondre.", rows=4),
    ]
    title = "Modifier l'enquête" if survey else "Nouvelle enquête"
    return FormPage(structure, title, _trail(structure), back, fields, stamp=stamp(survey) if survey else "")


def _of_template(question: Any) -> QuestionFields:
    return QuestionFields(kind=question.kind, title=question.title, choices=question.choices)
