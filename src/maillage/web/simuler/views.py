"""The simulators: their list, the ACI of a maison de santé, its chart and its PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.core.documents.comparison import Told, compare
from maillage.core.rules.aci_msp.deadlines import deadlines
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.simulators import SIMULATORS
from maillage.web.agenda import agenda
from maillage.web.simuler import answers, form, presenter
from maillage.web.simuler.example import EXAMPLE


def index(request: HttpRequest) -> HttpResponse:
    """The simulators that exist."""
    return render(request, "simuler/index.html", {"simulateurs": SIMULATORS.values()})


def aci_msp(request: HttpRequest) -> HttpResponse:
    """The simulator: the form and, as soon as year, patientèle and associates are given, every euro explained.

    The fragment alone is sent to htmx as one types.
    """
    query, asked = request.GET, _asked(request.GET)
    simulation, situation, problems = presenter.outcome(asked)
    fragment = is_fragment(request)
    wrong = form.to_tell(query, problems, as_one_types=fragment)
    context = {
        "ici": reverse("web:aci_msp"),
        "resultat": "simuler/_resultat.html",
        "groupes": form.groups(asked, wrong),
        "erreurs": form.told(query, wrong),
        "annee": asked["annee"],
        "exemple": answers.typed_of(EXAMPLE),
        "adresse": answers.query_of(asked),
        "reference": query.get(answers.REFERENCE, ""),
        "fragment": fragment,
        "simulation": simulation,
        "situation": situation,
        "titre": presenter.headline(simulation, wrong, presenter.unsaid(simulation, situation)),
        **(_details(simulation, situation, query) if simulation and situation else {}),
    }
    template = "simuler/_fragment.html" if fragment else "simuler/aci_msp.html"
    return render(request, template, context, status=422 if wrong and not fragment else 200)


def aci_msp_chart(request: HttpRequest) -> HttpResponse:
    """The chart of the amount by patientèle, as an image (the page's policy forbids inline styles)."""
    _, situation, problems = presenter.outcome(request.GET)
    if situation is None:
        message = " ".join(problem.message for problem in problems.values())
        return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
    image = presenter.chart(situation, _reference_of(request.GET)[1])
    status = 200 if image else 404
    return HttpResponse(image, status=status, content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


def aci_msp_deadlines(request: HttpRequest) -> HttpResponse:
    """The dates to keep of the year, for an agenda."""
    _, situation, problems = presenter.outcome(_asked(request.GET))
    if situation is None:
        message = " ".join(problem.message for problem in problems.values())
        return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
    address = request.build_absolute_uri(f"{reverse('web:aci_msp')}?{answers.query_of(request.GET)}")
    return agenda(f"ACI {situation.annee}", "aci-msp", deadlines(situation), address)


def aci_msp_pdf(request: HttpRequest) -> HttpResponse:
    """The simulation as an accessible PDF, beside the scenario kept aside when there is one."""
    from maillage.core.documents.typst_pdf import simulation_pdf  # Typst is loaded by those who print only

    simulation, situation, _ = presenter.outcome(request.GET)
    if simulation is None or situation is None:
        response = aci_msp(request)
        response.status_code = 422
        return response
    kept, kept_situation = _reference_of(request.GET)
    content = simulation_pdf(
        simulation,
        inputs=situation.model_dump(mode="json"),
        today=timezone.localdate(),
        address=request.build_absolute_uri(f"{reverse('web:aci_msp')}?{answers.whole_query_of(request.GET)}"),
        chart=presenter.chart(situation, kept_situation),
        reference=_told(kept, kept_situation),
    )
    name = f"aci-msp-{situation.annee}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _asked(query: QueryDict) -> QueryDict:
    """The fields given; the year is the current one when it is not said."""
    asked = query.copy()
    asked.setdefault("annee", str(timezone.localdate().year))
    return asked


def _details(simulation: dict[str, Any], situation: SituationAciMsp, query: QueryDict) -> dict[str, Any]:
    kept, kept_situation = _reference_of(query)
    before, after = _told(kept, kept_situation), _told(simulation, situation)
    unsaid = presenter.unsaid(simulation, situation)
    return {
        "version": f"?date={situation.annee}-01-01",
        "axes": presenter.axes(simulation),
        "gains": presenter.gains(simulation),
        "manquants": presenter.lines_of(simulation, set(simulation["prerequis_manquants"]).difference(unsaid)),
        "a_preciser": presenter.lines_of(simulation, unsaid),
        "comparaison": compare(before, after) if before and after else None,
        "annee_a": kept_situation.annee if kept_situation else None,
        "echeances": deadlines(situation),
        "courbe": presenter.curve(situation, presenter.chart_top(situation, kept_situation)),
    }


def _told(simulation: dict[str, Any] | None, situation: SituationAciMsp | None) -> Told | None:
    return Told(simulation, situation.model_dump(mode="json")) if simulation and situation else None


def _reference_of(query: QueryDict) -> tuple[dict[str, Any] | None, SituationAciMsp | None]:
    """The simulation and the situation of the scenario kept aside; ``None`` twice when there is none to read."""
    kept = answers.reference_of(query)
    return presenter.outcome(kept)[:2] if kept is not None else (None, None)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for the result alone; to go back in the history it asks for the whole page."""
    whole = ("HX-Boosted", "HX-History-Restore-Request")
    return request.headers.get("HX-Request") == "true" and not any(request.headers.get(name) for name in whole)
