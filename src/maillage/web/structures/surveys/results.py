"""One survey: its questions while it is a draft, then its address, its results, the texts to read, its poster."""

import io
import uuid
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.writing import NotNow
from maillage.apps.quality.models import Survey
from maillage.apps.quality.services import surveys as services
from maillage.apps.quality.services.answering import answer
from maillage.apps.quality.survey_queries import Results, results_of, state_of, survey_of, text_of
from maillage.apps.structures.models import Structure
from maillage.core.documents.followed_charts import counted_bars
from maillage.core.kernel.problems import BadInput
from maillage.core.quality.surveys import FEWEST
from maillage.web.activite.common import exported, found, now
from maillage.web.activite.form import NOTHING, Refused, filled
from maillage.web.enquetes.questions import asked, given_in, refused_of, texts_of
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.surveys.building import STATES, address_of, question_fields

HEADER = ("Question", "Réponse", "Nombre")
VERDICTS = {"montrer": True, "ecarter": False}


@require_safe
@for_team
def one(request: HttpRequest, structure: Structure, enquete: uuid.UUID) -> HttpResponse:
    """A survey; ``format`` exports its counts when there are enough answers."""
    survey = found(survey_of(structure, enquete))
    if kind := request.GET.get("format"):
        return _exported(survey, exported(kind))
    state, writes = state_of(survey, timezone.localdate()), may_write(person(request), structure)
    context: dict[str, Any] = {
        "structure": structure,
        "enquete": survey,
        "etat": STATES[state],
        "brouillon": state == "brouillon",
        "ouverte": state == "ouverte",
        "peut_ecrire": writes,
        "fewest": FEWEST,
        "fewest_open": 2 * FEWEST,
    }
    if state == "brouillon":
        context |= {
            "questions": asked(survey, {}),
            "champs": filled(question_fields(), {"kind": "note"}) if writes else (),
            "retire": request.session.pop("question_retiree", None),
        }
        return render(request, "structures/enquetes/brouillon.html", context)
    found_results = results_of(survey, timezone.localdate())
    context |= {"resultats": found_results, "lignes": _lines(found_results), "adresse": _public(request, survey)}
    return render(request, "structures/enquetes/une.html", context)


@require_safe
@for_team
def poster(request: HttpRequest, structure: Structure, enquete: uuid.UUID) -> HttpResponse:
    """The poster to print, with its code to scan, then the questions on paper."""
    survey = found(survey_of(structure, enquete))
    if survey.opened_on is None:
        raise Http404
    address = _public(request, survey)
    context = {
        "structure": structure,
        "enquete": survey,
        "adresse": address,
        "code": code_of(address),
        "questions": asked(survey, {}),
    }
    return render(request, "structures/enquetes/affiche.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def paper(request: HttpRequest, structure: Structure, enquete: uuid.UUID) -> HttpResponse:
    """Type an answer that was given on paper."""
    survey = found(survey_of(structure, enquete))
    if request.method != "POST":
        return _paper_form(request, survey, {})
    given = given_in(received(request, texts_of(survey)), survey)
    if mask_asked(request):
        return _paper_form(request, survey, given)
    try:
        answer(survey, given, at=now(), on_paper_by=person(request))
    except NotNow as refused:
        return _paper_form(request, survey, given, Refused(notice=str(refused)))
    except BadInput as wrong:
        return _paper_form(request, survey, given, refused_of(wrong, survey, given))
    messages.success(request, "La réponse est gardée. Vous pouvez saisir la suivante.")
    return redirect("web:structure_qualite_enquetes_saisir", structure.pk, survey.pk)


@require_POST
@for_team_writers
def read_text(
    request: HttpRequest, structure: Structure, enquete: uuid.UUID, texte: uuid.UUID, acte: str
) -> HttpResponse:
    """Say that a free text was read: shown to the team, or set aside."""
    if acte not in VERDICTS:
        raise Http404
    survey = found(survey_of(structure, enquete))
    row = found(text_of(survey, texte))
    services.read_text(row, shown=VERDICTS[acte], by=person(request), at=now())
    return redirect(f"{address_of(survey)}#textes")


def code_of(address: str) -> SafeString:
    """The QR code of an address, as an SVG drawing in the page."""
    drawing = io.BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff", border=3,
        title="Code à scanner pour répondre à l'enquête", svgclass="qr", lineclass=None,
    )  # fmt: skip
    # Drawn by the library from an address that this site made.
    return mark_safe(drawing.getvalue().decode())  # noqa: S308


def _public(request: HttpRequest, survey: Survey) -> str:
    return request.build_absolute_uri(reverse("web:enquete", args=[survey.secret]))


def _lines(results: Results) -> list[dict[str, Any]]:
    if results.is_hidden:
        return []
    return [{"resultat": each, "image": counted_bars(each.question.title, each.rows)} for each in results.rows]


def _exported(survey: Survey, kind: str) -> HttpResponse:
    results = results_of(survey, timezone.localdate())
    if results.is_hidden:
        raise Http404
    rows = [[each.question.title, name, count] for each in results.rows for name, count in each.rows]
    rows += [[question.title, text.text, 1] for question, texts in results.texts for text in texts]
    return export(kind, "enquete", HEADER, rows)


def _paper_form(
    request: HttpRequest, survey: Survey, given: dict[str, list[str]], refused: Refused = NOTHING
) -> HttpResponse:
    context = {
        "structure": survey.structure,
        "enquete": survey,
        "questions": asked(survey, given, refused),
        "refus": refused,
        "ouverte": state_of(survey, timezone.localdate()) == "ouverte",
    }
    return render(request, "structures/enquetes/saisir.html", context, status=422 if refused != NOTHING else 200)
