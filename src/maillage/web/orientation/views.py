"""The wizard « Trouver ma structure », its answer, and the PDF of the answer."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from maillage.apps.orientation.queries import orient
from maillage.apps.territories.queries import commune_by_code, search_communes, successor_of
from maillage.core.documents.orientation_declared import declared
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.dates import FIRST_DAY, last_day
from maillage.core.rules.orientation.situation import SituationOrientation, question_of
from maillage.web.appels.presenter import of_region
from maillage.web.communes import CODE, chosen_code, named, written
from maillage.web.orientation import answers, presenter, refusals, steps
from maillage.web.orientation.territory import with_territory

# The most communes of a postal code, or of one name.
MOST_COMMUNES = 60


def wizard(request: HttpRequest) -> HttpResponse:
    """One page of questions; what was answered on the others goes along in the address."""
    step = _step(request.GET.get("etape", ""))
    if "commune" in request.GET and (found := _commune(request, step)):
        return found
    if not request.GET.get("commune") and step.number > 1:
        return redirect("web:orientation")
    return _page(request, step, {})


def result(request: HttpRequest) -> HttpResponse:
    """The answer for the situation in the address; a wrong answer leads back to its question, kept as typed."""
    if not CODE.fullmatch(typed := request.GET.get("commune", "").strip()):
        return _choose(request, typed)
    today = timezone.localdate()
    situation = _situation(request, today)
    try:
        answer = orient(situation, today=today)
    except BadInput as refused:
        problems = refusals.by_form_field(refused, situation)
        return _page(request, refusals.step_to_mend(problems), problems, status=422)
    context = {
        "reponse": answer,
        "cartes": presenter.cards(answer),
        "conclusion": presenter.conclusion(answer),
        "equipe": presenter.team_sentence(situation),
        "contacts": presenter.contacts(answer),
        "appels": of_region(answer["commune"]["region"], datetime.date.fromisoformat(answer["date"])),
        "question": _next_question(answer, request.GET),
        "commune": _named(request.GET),
        "retour": _query(answers.kept(request.GET)),
        "adresse_regles": presenter.rules_query(answer, asked_day=request.GET.get("date", "").strip()),
        "etapes": steps.STEPS,
        "reponses": answers.kept(request.GET),
        "premier_jour": FIRST_DAY,
        "dernier_jour": last_day(today),
        "declare": declared(situation),
        "adresse": request.build_absolute_uri(),
        "simulateur_aci": presenter.aci_address(situation),
        "diagnostic": presenter.diagnosis_address(situation),
    }
    return render(request, "orientation/resultat.html", context)


def result_pdf(request: HttpRequest) -> HttpResponse:
    """The same answer, as an accessible PDF."""
    from maillage.core.documents.typst_pdf import orientation_pdf  # Typst is loaded by those who print only

    today = timezone.localdate()
    situation = _situation(request, today)
    try:
        answer = orient(situation, today=today)
    except BadInput:
        return result(request)
    address = request.build_absolute_uri(f"{reverse('web:orientation_resultat')}?{_query(answers.kept(request.GET))}")
    content = orientation_pdf(answer, situation=situation, today=today, address=address)
    name = f"orientation-{answer['commune']['code']}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _situation(request: HttpRequest, today: datetime.date) -> dict[str, Any]:
    situation = answers.situation_of(request.GET, today)
    return with_territory(situation, request.GET.get("territoire", ""))


def _step(number: str) -> steps.Step:
    return next((step for step in steps.STEPS if str(step.number) == number), steps.STEPS[0])


def _commune(request: HttpRequest, step: steps.Step) -> HttpResponse | None:
    """Settle which commune was typed; ``None`` when the page asked can be shown.

    A code that comes with a number of question was settled before; alone, it may be a postal code.
    """
    typed = request.GET.get("commune", "").strip()
    return None if "etape" in request.GET and _named(request.GET) else _choose(request, typed)


def _choose(request: HttpRequest, typed: str) -> HttpResponse:
    """The commune that the words name, or the list to choose from."""
    words = chosen_code(typed) or typed
    found = search_communes(words, limit=MOST_COMMUNES) if words else []
    if place := named(typed, found):
        return _go(request, place.code)
    if found:
        return _page(request, steps.STEPS[0], {}, communes=found)
    return _page(request, steps.STEPS[0], {"commune": _nothing_found(typed)}, status=422)


def _nothing_found(typed: str) -> Problem:
    """What is expected instead of words that name no commune; a code that is nearly right has its own answer."""
    if typed[:1].isdigit():
        try:
            commune_by_code(typed)
        except BadInput as refused:
            return refused.problems[0]
    return Problem("commune", typed, "le nom, le code postal ou le code INSEE d'une commune")


def _go(request: HttpRequest, code: str) -> HttpResponse:
    """On with this commune: to the answer when it was asked, else to the next question."""
    answered = [*answers.kept(request.GET, "commune"), ("commune", code)]
    if request.path == reverse("web:orientation_resultat"):
        return redirect(f"{request.path}?{_query(answered)}")
    return redirect(f"{reverse('web:orientation')}?{_query([*answered, ('etape', '2')])}")


def _page(
    request: HttpRequest, step: steps.Step, problems: refusals.Problems, status: int = 200, communes: Any = ()
) -> HttpResponse:
    query, named = request.GET, _named(request.GET)
    usual, others = steps.team_rows(query, problems)
    asked = [field["name"] for field in steps.fields_of(step, query, problems)]
    asked += ["territoire"] if "communes" in asked else []
    leave = [*asked, "etape", *refusals.unasked(problems)]
    leave += ["exercice", "equipe"] if "professionnels" in step.fields else []
    context = {
        "etape": step,
        "etapes": steps.STEPS,
        "champs": steps.fields_of(step, query, problems),
        "metiers": usual,
        "autres_metiers": others,
        "autres_ouverts": any(row["value"] for row in others),
        "exercice": query.get("exercice", ""),
        "exercices": steps.EXERCISES,
        "personne": query.get("equipe") == answers.NOBODY,
        "erreurs": refusals.refusals(problems),
        "communes": communes,
        "actuelle": _current(request) if "commune" in problems else None,
        "commune": named,
        "saisie": written(named) if named else query.get("commune", ""),
        "territoire": query.get("territoire", ""),
        "gardees": [pair for pair in answers.kept(query, *leave) if not _asked_here(pair[0], step)],
        "toutes": _query(answers.kept(query, *refusals.unasked(problems))),
        "autres_reponses": _query(answers.kept(query, "commune")),
        "suivante": step.number + 1,
        "precedente": step.number - 1,
    }
    return render(request, "orientation/question.html", context, status=status)


def _current(request: HttpRequest) -> dict[str, str] | None:
    """The commune that took over the one asked, with the address of the same page for it; ``None`` without one."""
    code = successor_of(request.GET.get("commune", "").strip())
    if code is None:
        return None
    address = f"{request.path}?{_query([*answers.kept(request.GET, 'commune'), ('commune', code)])}"
    return {"code": code, "nom": commune_by_code(code).nom, "href": address}


def _asked_here(name: str, step: steps.Step) -> bool:
    return name.startswith(answers.TEAM_PREFIX) and "professionnels" in step.fields


def _named(query: QueryDict) -> Any:
    code = query.get("commune", "").strip()
    try:
        return commune_by_code(code) if CODE.fullmatch(code) else None
    except BadInput:
        return None


def _next_question(answer: dict[str, Any], query: QueryDict) -> dict[str, Any] | None:
    """The question that would decide most, with its form field and the page that asks it."""
    asked = answer["prochaine_question"]
    if asked is None or asked["champ"] not in SituationOrientation.model_fields:
        return None
    step = steps.step_of(asked["champ"])
    fields = [field for field in steps.fields_of(step, query, {}) if field["name"] == asked["champ"]]
    return {**asked, "texte": question_of(asked["champ"]), "etape": step.number, "champs": fields}


def _query(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs)
