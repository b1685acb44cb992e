"""PDF documents that screen readers can follow (PDF/UA-1), laid out by Typst.

A template reads its data as JSON: no value is ever pasted into markup, so a « # » or a « $ » in a name stays a « # »
or a « $ ». Typst costs 0.05 s to import and a document about 0.1 s; nothing is fetched.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from maillage.core.documents import fonts
from maillage.core.documents.answer_content import answer_content
from maillage.core.documents.comparison import Told
from maillage.core.documents.diagnosis_content import diagnosis_content
from maillage.core.documents.orientation_content import orientation_content
from maillage.core.documents.simulation_content import simulation_content
from maillage.core.documents.typography import typeset_all
from maillage.core.rules.simulation.situation import SimulatorSpec

TEMPLATES = Path(__file__).parent / "templates"


def simulation_pdf(
    simulation: Mapping[str, Any],
    *,
    inputs: Mapping[str, Any],
    today: datetime.date,
    title: str = "",
    address: str = "",
    chart: str = "",
    reference: Told | None = None,
) -> bytes:
    """The PDF of a simulation of the ACI of an MSP.

    ``simulation`` is ``Simulation.as_dict()``, ``inputs`` the situation as read from JSON, ``title`` what replaces the
    usual title, ``address`` where to find the page again, ``chart`` an SVG of :mod:`maillage.core.documents.charts`,
    ``reference`` the scenario A to which it is compared.
    """
    content = simulation_content(
        simulation, inputs=inputs, today=today, title=title, address=address, chart=chart, reference=reference
    )
    return render("simulation.typ", content, today)


def answer_pdf(
    simulator: SimulatorSpec, told: Told, *, today: datetime.date, address: str = "", reference: Told | None = None
) -> bytes:
    """The PDF of an answer of a simulator of the kit.

    ``told`` is the answer (``Answer.as_dict()``) and the situation as JSON values, ``reference`` the scenario A to
    which it is compared, ``address`` where to find the page again.
    """
    content = answer_content(simulator, told, today=today, address=address, reference=reference)
    return render("answer.typ", content, today)


def diagnosis_pdf(
    told: Mapping[str, Any], *, today: datetime.date, address: str = "", maps: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The PDF of a diagnosis: ``told`` is ``Diagnosis.as_dict()``, ``maps`` (SVG, caption), ``address`` its page."""
    return render("diagnostic.typ", diagnosis_content(told, today=today, address=address, maps=maps), today)


def orientation_pdf(
    orientation: Mapping[str, Any],
    *,
    today: datetime.date,
    address: str = "",
    situation: Mapping[str, Any] | None = None,
) -> bytes:
    """The PDF of an orientation.

    ``orientation`` is ``Orientation.as_dict()``, ``situation`` the situation as read from JSON (for the team, which
    the answer does not repeat), ``address`` where to find the page again.
    """
    content = orientation_content(orientation, situation=situation or {}, today=today, address=address)
    return render("orientation.typ", content, today)


def render(template: str, data: Mapping[str, Any], today: datetime.date) -> bytes:
    """The PDF/UA-1 of ``template`` (a file of ``templates``) filled with ``data`` (JSON values), dated ``today``.

    The same arguments give the same bytes. Raises ``typst.TypstError`` when the template and the data do not fit.
    """
    import typst

    midnight = datetime.datetime(today.year, today.month, today.day, tzinfo=datetime.UTC)
    content = {**typeset_all(data), "polices": list(fonts.families())}
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=fonts.collection(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=midnight,
    )
