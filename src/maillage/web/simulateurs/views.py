"""The page of a simulator: the form and, as soon as it can be, the answer line by line; its deadlines as a calendar."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.core.documents.calendars import Event, calendar
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulation.results import Answer
from maillage.core.rules.simulation.situation import SimulatorSpec
from maillage.core.rules.simulators import SIMULATORS
from maillage.web.simulateurs import answers, form, presenter


def page(request: HttpRequest, code: str) -> HttpResponse:
    """A simulator. The answer alone is sent to htmx as one types."""
    simulator, query = _simulator(code), request.GET
    started = any(answers.given(simulator, query))
    asked = _asked(simulator, query)
    answer, problems = _outcome(simulator, asked) if started else (None, {})
    fragment = request.headers.get("HX-Request") == "true" and not request.headers.get("HX-History-Restore-Request")
    wrong = {name: problem for name, problem in problems.items() if not fragment or query.get(name, "").strip()}
    context = {
        "simulateur": simulator,
        "groupes": form.groups(simulator, asked, wrong, timezone.localdate()),
        "erreurs": form.told(simulator, query, wrong),
        "exemple": answers.typed_of(simulator, simulator.example),
        "adresse": answers.query_of(simulator, asked),
        "incomplet": bool(problems) and not wrong,
        "reponse": presenter.shown(answer) if answer else None,
        "fragment": fragment,
    }
    template = "simulateurs/_resultat.html" if fragment else "simulateurs/page.html"
    return render(request, template, context, status=422 if wrong and not fragment else 200)


def deadlines(request: HttpRequest, code: str) -> HttpResponse:
    """The deadlines of a situation as an iCalendar feed."""
    simulator = _simulator(code)
    answer, problems = _outcome(simulator, _asked(simulator, request.GET))
    if answer is None:
        message = " ".join(problem.message for problem in problems.values())
        return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
    here = reverse("web:simulateur", args=[code])
    address = request.build_absolute_uri(f"{here}?{answers.query_of(simulator, request.GET)}")
    events = [Event(line.id, line.label, line.explanation, line.day, address) for line in answer.deadlines if line.day]
    content = calendar(f"Maillage : {simulator.title}", events)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="echeances-{code}.ics"'},
    )


def _simulator(code: str) -> SimulatorSpec:
    if code not in SIMULATORS:
        raise Http404
    return SIMULATORS[code]


def _asked(simulator: SimulatorSpec, query: QueryDict) -> QueryDict:
    """The fields given; the day is today when it is not said."""
    asked = query.copy()
    if "date" in simulator.model.model_fields and not asked.get("date", "").strip():
        asked["date"] = timezone.localdate().isoformat()
    return asked


def _outcome(simulator: SimulatorSpec, query: QueryDict) -> tuple[Answer | None, dict[str, Problem]]:
    try:
        situation: Any = read(simulator.model, answers.situation_of(simulator, query))
    except BadInput as refused:
        return None, {problem.field: problem for problem in refused.problems}
    return simulate(simulator, situation), {}
