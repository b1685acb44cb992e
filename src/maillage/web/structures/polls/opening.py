"""Opening a poll of dates: a subject, a few dates, who is asked; then the links leave."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.apps.activity.models import DatePoll, Meeting
from maillage.apps.activity.poll_inputs import MOST_DATES, PollFields
from maillage.apps.activity.services import polls as services
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Structure
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.meetings.planning import zone

SCREENED = ("title", "place", "words", "guests")
FIRST_ROWS, MORE_ROWS = 4, 4
MORE = "plus"
"""Name of the button that gives more rows for dates."""
DEFAULTS = {"kind": "groupe", "minutes": "1 h 30"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Open a poll, and write to who is asked."""
    if request.method != "POST":
        return _page(request, structure, DEFAULTS, FIRST_ROWS)
    data = received(request, SCREENED)
    rows = min(_rows(data) + (MORE_ROWS if MORE in data else 0), MOST_DATES)
    fields = _fields(structure, rows)
    typed = typed_in(data, fields)
    if mask_asked(request) or MORE in data:
        return _page(request, structure, typed, rows)
    try:
        poll = _opened(request, structure, typed, rows)
    except BadInput as wrong:
        beside = _beside(wrong, _kept_rows(typed, rows))
        return _page(request, structure, typed, rows, refusal(beside, fields, typed), status=422)
    told(request, poll)
    return redirect("web:structure_reunions_sondages_un", structure.pk, poll.pk)


def told(request: HttpRequest, poll: DatePoll) -> None:
    """Send the links, and say what left."""
    try:
        sent, left = services.send_links(poll, by=person(request), at=now())
    except TooMuchMail as refused:
        messages.error(request, str(refused))
        return
    if sent:
        messages.success(request, f"Lien envoyé à {number(len(sent))} {plural(len(sent), 'personne')}.")
    if left:
        names = ", ".join(str(voter) for voter in left)
        messages.error(request, f"Pas de message pour : {names}. Répondez pour eux, plus bas, quand vous le savez.")


def _opened(request: HttpRequest, structure: Structure, typed: Mapping[str, Any], rows: int) -> DatePoll:
    dates = [{"day": typed[f"day-{row}"], "hour": typed[f"hour-{row}"]} for row in _kept_rows(typed, rows)]
    given = {name: typed[name] for name in ("title", "kind", "minutes", "place", "words", "answer_by", "guests")}
    given |= {"members": typed["members"], "dates": dates}
    return services.open_poll(structure, read(PollFields, given), zone=zone(), by=person(request), at=now())


def _kept_rows(typed: Mapping[str, Any], rows: int) -> list[int]:
    """The rows where a day was typed: the others do not count."""
    return [row for row in range(rows) if typed[f"day-{row}"].strip()]


def _beside(wrong: BadInput, kept: Sequence[int]) -> BadInput:
    """The problems of a date stand beside its row, those of all the dates beside the first one."""
    return wrong if isinstance(wrong, PatientData) else BadInput(_moved(each, kept) for each in wrong.problems)


def _moved(problem: Problem, kept: Sequence[int]) -> Problem:
    parts = problem.field.split(".")
    if parts[0] != "dates":
        return problem
    name = f"{parts[2]}-{kept[int(parts[1])]}" if len(parts) == 3 else "day-0"
    return Problem(name, problem.value, problem.expected)


def _rows(data: QueryDict) -> int:
    return max(FIRST_ROWS, sum(name.startswith("day-") for name in data))


def _page(
    request: HttpRequest,
    structure: Structure,
    typed: Mapping[str, Any],
    rows: int,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    fields = {each.name: each for each in filled(_fields(structure, rows), typed, refused)}
    context = {
        "structure": structure,
        "champs": [fields[name] for name in ("title", "minutes", "kind", "place")],
        "dates": [(fields[f"day-{row}"], fields[f"hour-{row}"]) for row in range(rows)],
        "suite": [fields[name] for name in ("answer_by", "words")],
        "personnes": [fields[name] for name in ("members", "guests")],
        "peut_ajouter": rows < MOST_DATES,
        "refus": refused,
    }
    return render(request, "structures/sondages/ecrire.html", context, status=status)


def _fields(structure: Structure, rows: int) -> Sequence[Field]:
    team = structure.members.filter(left_on=None)
    dates = [
        each
        for row in range(rows)
        for each in (Field(f"day-{row}", f"Date {row + 1}", "day"), Field(f"hour-{row}", f"Heure {row + 1}", "hour"))
    ]
    return [
        Field("title", "Sujet", required=True),
        Field("minutes", "Durée", "duration", "Comme « 90 » ou « 1 h 30 ».", required=True),
        Field("kind", "Nature", "select", choices=Meeting.Kind.choices),
        Field("place", "Lieu"),
        *dates,
        Field("answer_by", "Réponse attendue le", "day"),
        Field("words", "Mot d’accompagnement", "words", "Il part avec le lien. Aucune donnée de patient.", rows=2),
        Field(
            "members",
            "Membres",
            "checks",
            "Sans choix, toute l’équipe est sondée.",
            choices=[(str(each.pk), str(each)) for each in team],
        ),
        Field(
            "guests",
            "Autres personnes",
            "words",
            "Une par ligne : nom, adresse. Elles répondent sans compte. Exemple : Jeanne Martin, jeanne@exemple.fr",
            rows=2,
        ),
    ]
