"""The page of a simulator: the form and, as soon as it can be, the answer line by line; its PDF, its calendar."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.core.documents.answer_comparison import compare_answers
from maillage.core.documents.comparison import Told
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulation.results import Answer
from maillage.core.rules.simulation.situation import SimulatorSpec, Situation
from maillage.core.rules.simulators import SIMULATORS
from maillage.web.agenda import agenda
from maillage.web.simulateurs import answers, form, presenter
from maillage.web.simuler.views import is_fragment


class Outcome(NamedTuple):
    """The answer and the situation read, or what is wrong by field."""

    answer: Answer | None
    situation: Situation | None
    problems: Mapping[str, Problem]

    @property
    def told(self) -> Told | None:
        """The answer and what it answers, as JSON values."""
        if self.answer is None or self.situation is None:
            return None
        return Told(self.answer.as_dict(), self.situation.model_dump(mode="json"))


NOTHING_ASKED = Outcome(None, None, {})


def page(request: HttpRequest, code: str) -> HttpResponse:
    """A simulator. The answer alone is sent to htmx as one types."""
    simulator, query = _simulator(code), request.GET
    started, asked = any(answers.given(simulator, query)), _asked(simulator, query)
    found = _outcome(simulator, asked) if started else NOTHING_ASKED
    fragment = is_fragment(request)
    wrong = form.to_tell(query, found.problems, as_one_types=fragment)
    waiting = form.waiting(simulator, asked)
    context = {
        "simulateur": simulator,
        "titre_page": simulator.title,
        "ici": reverse("web:simulateur", args=[code]),
        "resultat": "simulateurs/_resultat.html",
        "groupes": form.groups(simulator, asked, wrong, started=started),
        "erreurs": form.told(simulator, query, wrong),
        "attendues": waiting,
        "exemple": answers.typed_of(simulator, simulator.example),
        "source": presenter.example_told(simulator),
        "adresse": answers.query_of(simulator, asked),
        "reference": query.get(answers.REFERENCE, ""),
        "fragment": fragment,
        "titre": presenter.headline(simulator, found.answer.as_dict() if found.answer else None, wrong, waiting),
        "reponse": presenter.shown(simulator, found.answer, dict(answers.given(simulator, asked)))
        if found.answer
        else None,
        "comparaison": _comparison(simulator, query, found),
        "version": _version(found),
    }
    template = "simuler/_fragment.html" if fragment else "simulateurs/page.html"
    return render(request, template, context, status=422 if wrong and not fragment else 200)


def _version(found: Outcome) -> str:
    """The day and the region of the rules that answered, as the links to their pages carry them."""
    if found.answer is None or found.situation is None:
        return ""
    asked = {"date": found.answer.day.isoformat(), "region": found.situation.pack}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def deadlines(request: HttpRequest, code: str) -> HttpResponse:
    """The deadlines of a situation as an iCalendar feed."""
    simulator = _simulator(code)
    answer, _, problems = _outcome(simulator, _asked(simulator, request.GET))
    if answer is None:
        message = " ".join(problem.message for problem in problems.values())
        return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
    return agenda(simulator.title, code, answer.deadlines, _address(request, simulator))


def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The answer as an accessible PDF, beside the scenario kept aside when there is one."""
    from maillage.core.documents.typst_pdf import answer_pdf  # Typst is loaded by those who print only

    simulator, query = _simulator(code), request.GET
    found = _outcome(simulator, _asked(simulator, query)) if any(answers.given(simulator, query)) else NOTHING_ASKED
    if found.told is None:
        response = page(request, code)
        response.status_code = 422
        return response
    content = answer_pdf(
        simulator,
        found.told,
        today=timezone.localdate(),
        address=_address(request, simulator),
        reference=_kept(simulator, query).told,
    )
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{code}.pdf"'}
    )


def _simulator(code: str) -> SimulatorSpec:
    if code not in SIMULATORS:
        raise Http404
    return SIMULATORS[code]


def _address(request: HttpRequest, simulator: SimulatorSpec) -> str:
    here = reverse("web:simulateur", args=[simulator.code])
    return request.build_absolute_uri(f"{here}?{answers.whole_query_of(simulator, _asked(simulator, request.GET))}")


def _asked(simulator: SimulatorSpec, query: QueryDict) -> QueryDict:
    """The fields given; the day is today when it is not said."""
    asked = query.copy()
    if "date" in simulator.model.model_fields and not asked.get("date", "").strip():
        asked["date"] = timezone.localdate().isoformat()
    return asked


def _outcome(simulator: SimulatorSpec, query: QueryDict) -> Outcome:
    try:
        situation: Any = read(simulator.model, answers.situation_of(simulator, query))
    except BadInput as refused:
        return Outcome(None, None, {problem.field: problem for problem in refused.problems})
    return Outcome(simulate(simulator, situation), situation, {})


def _kept(simulator: SimulatorSpec, query: QueryDict) -> Outcome:
    """What the scenario kept aside gives."""
    kept = answers.reference_of(query)
    return _outcome(simulator, kept) if kept is not None else NOTHING_ASKED


def _comparison(simulator: SimulatorSpec, query: QueryDict, found: Outcome) -> dict[str, Any] | None:
    before, after = _kept(simulator, query).told, found.told
    return compare_answers(simulator, before, after) if before and after else None
