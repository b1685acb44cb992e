"""The simulators: their list, the ACI of a maison de santé, its chart and its PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.web.simuler import answers, presenter
from maillage.web.simuler.example import EXAMPLE


def index(request: HttpRequest) -> HttpResponse:
    """The simulators that exist."""
    return render(request, "simuler/index.html")


def aci_msp(request: HttpRequest) -> HttpResponse:
    """The simulator: the form and, as soon as year, patientèle and associates are given, every euro explained.

    The fragment alone is sent to htmx as one types.
    """
    query, year = request.GET, timezone.localdate().year
    asked = query.copy()
    asked.setdefault("annee", str(year))
    simulation, situation, problems = presenter.outcome(asked)
    fragment = _is_fragment(request)
    wrong = presenter.to_tell(query, problems, as_one_types=fragment)
    context = {
        "groupes": presenter.groups(query, wrong, year),
        "erreurs": presenter.told(query, wrong),
        "exemple": answers.typed_of(EXAMPLE),
        "adresse": answers.query_of(asked),
        "reference": query.get(answers.REFERENCE, ""),
        "fragment": fragment,
        "simulation": simulation,
        "situation": situation,
        **(_details(simulation, situation, query) if simulation and situation else {}),
    }
    template = "simuler/_resultat.html" if fragment else "simuler/aci_msp.html"
    return render(request, template, context, status=422 if wrong and not fragment else 200)


def aci_msp_chart(request: HttpRequest) -> HttpResponse:
    """The chart of the amount by patientèle, as an image (the page's policy forbids inline styles)."""
    _, situation, problems = presenter.outcome(request.GET)
    if situation is None:
        message = " ".join(problem.message for problem in problems.values())
        return HttpResponse(message, status=422, content_type="text/plain; charset=utf-8")
    image = presenter.chart(situation, _reference(request)[1])
    status = 200 if image else 404
    return HttpResponse(image, status=status, content_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


def aci_msp_pdf(request: HttpRequest) -> HttpResponse:
    """The simulation as an accessible PDF."""
    from maillage.core.documents.typst_pdf import simulation_pdf  # Typst is loaded by those who print only

    simulation, situation, _ = presenter.outcome(request.GET)
    if simulation is None or situation is None:
        response = aci_msp(request)
        response.status_code = 422
        return response
    address = request.build_absolute_uri(f"{reverse('web:aci_msp')}?{answers.query_of(request.GET)}")
    content = simulation_pdf(
        simulation,
        inputs=situation.model_dump(mode="json"),
        today=timezone.localdate(),
        address=address,
        chart=presenter.chart(situation, None),
    )
    name = f"aci-msp-{situation.annee}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _details(simulation: dict[str, Any], situation: SituationAciMsp, query: Any) -> dict[str, Any]:
    other, other_situation = _reference_of(query)
    return {
        "axes": presenter.axes(simulation),
        "gains": presenter.gains(simulation),
        "manquants": presenter.missing(simulation),
        "comparaison": presenter.comparison(simulation, other) if other else None,
        "annee_a": other_situation.annee if other_situation else None,
        "courbe": presenter.curve(situation, presenter.chart_top(situation, other_situation)),
    }


def _reference_of(query: Any) -> tuple[dict[str, Any] | None, SituationAciMsp | None]:
    kept = answers.reference_of(query)
    if kept is None:
        return None, None
    simulation, situation, _ = presenter.outcome(kept)
    return simulation, situation


def _reference(request: HttpRequest) -> tuple[dict[str, Any] | None, SituationAciMsp | None]:
    return _reference_of(request.GET)


def _is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for the result alone; to go back in the history it asks for the whole page."""
    whole = ("HX-Boosted", "HX-History-Restore-Request")
    return request.headers.get("HX-Request") == "true" and not any(request.headers.get(name) for name in whole)
