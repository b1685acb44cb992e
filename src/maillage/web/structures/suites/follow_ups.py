"""« Suites à donner »: the decisions and tasks that meetings left, who has them in charge, before when."""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.activity.between_meetings import follow_ups_of
from maillage.apps.activity.models import FollowUp
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.poll_inputs import FollowUpFields
from maillage.apps.activity.services import follow_ups as services
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.structures.models import Structure
from maillage.core.dossiers.calendar import day_in
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import asked, done, exported, found, now, query
from maillage.web.activite.form import NOTHING, Field, Refused, Typed, filled, refusal, seen, typed_in
from maillage.web.exports import export
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.suites.back import back_to, meeting_asked

NAMES = ("etat", "nature", "membre", "q")
LATE, OPEN, ALL = "retard", "", "toutes"
STATES = {OPEN: "À suivre", LATE: "En retard", **dict(FollowUp.State.choices[1:]), ALL: "Toutes"}
HEADER = ("quoi", "nature", "responsable", "pour le", "état", "réunion", "finie le")
MARKS = {
    "a_suivre": ("todo", "a_venir"),
    "faite": ("ok", "faite"),
    "actee": ("ok", "faite"),
    "abandonnee": ("no", "impossible"),
}
ACTS = {
    "faire": "C’est noté : c’est fait.",
    "abandonner": "La suite est abandonnée.",
    "rouvrir": "La suite est rouverte.",
}
BY_PAGE = 50


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered as its address asks; ``format`` exports what is shown."""
    who, today = person(request), day_in(structure.region, timezone.now())
    told, every = asked(request, NAMES), list(follow_ups_of(structure))
    rows = [each for each in every if _answers(each, told, today)]
    if kind := request.GET.get("format"):
        return export(exported(kind), "suites", HEADER, [_exported(each) for each in rows])
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "structure": structure,
        "page": page,
        "lignes": lines(structure, page, who, today),
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "pages": _pages(page, told),
        "etats": STATES.items(),
        "natures": [("", "Toutes"), *FollowUp.Kind.choices],
        "membres": [("", "Tous"), *_owners(every)],
        "peut_ecrire": may_write(who, structure),
        "champs": filled(fields(structure), {"kind": "tache"}),
    }
    return render(request, "structures/suites/liste.html", context)


@require_POST
@for_team_writers
def note(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Note a decision or a task, of the meeting that the form comes from."""
    meeting, by = meeting_asked(request, structure), person(request)
    typed = typed_in(received(request, ["what"]), fields(structure))
    if mask_asked(request):
        return _form(request, structure, None, typed)
    try:
        services.note(structure, read(FollowUpFields, typed), meeting=meeting, by=by, at=now())
    except BadInput as wrong:
        return _form(request, structure, None, typed, refusal(wrong, fields(structure), typed), status=422)
    messages.success(request, "C’est noté : tous les ordres du jour suivants le rappellent.")
    return redirect(back_to(request, structure, "structure_reunions_suites"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def one(request: HttpRequest, structure: Structure, suite: uuid.UUID) -> HttpResponse:
    """A decision or a task; who writes may change it."""
    row = found(follow_ups_of(structure).filter(pk=suite).first())
    shown = fields(structure, row)
    if request.method != "POST":
        return _form(request, structure, row, values_of(row))
    if not may_write(person(request), structure):
        raise PermissionDenied
    typed = typed_in(received(request, ["what"]), shown)
    if mask_asked(request):
        return _form(request, structure, row, typed, Refused(seen=seen(request)))
    try:
        services.change(row, read(FollowUpFields, typed), seen=seen(request), by=person(request), at=now())
    except (BadInput, Changed, NotNow) as wrong:
        return _form(request, structure, row, typed, refusal(wrong, shown, typed), status=422)
    messages.success(request, "La suite est enregistrée.")
    return redirect("web:structure_reunions_suites", structure.pk)


@require_POST
@for_team
def act(request: HttpRequest, structure: Structure, suite: uuid.UUID, acte: str) -> HttpResponse:
    """Say that it is done or given up, or open it again."""
    row = found(follow_ups_of(structure).filter(pk=suite).first())
    if acte not in ACTS:
        raise Http404
    today, by = day_in(structure.region, timezone.now()), person(request)
    done(request, lambda: services.turn(row, acte, day=today, by=by, at=now()), ACTS[acte])
    return redirect(back_to(request, structure, "structure_reunions_suites"))


def lines(structure: Structure, rows: Iterable[FollowUp], who: User, today: datetime.date) -> list[dict[str, Any]]:
    """What a list shows of each; whether who reads may say that it is done."""
    may_turn = services.who_turns(who, structure)
    return [
        {
            "suite": row,
            "marque": MARKS[row.state],
            "en_retard": is_late(row, today),
            "peut_finir": row.state == FollowUp.State.A_SUIVRE and may_turn(row),
            "peut_rouvrir": row.ended_on is not None and may_turn(row),
        }
        for row in rows
    ]


def is_late(row: FollowUp, today: datetime.date) -> bool:
    """Whether its day is past and it is not done."""
    return row.state == FollowUp.State.A_SUIVRE and row.due_on is not None and row.due_on < today


def fields(structure: Structure, row: FollowUp | None = None) -> Sequence[Field]:
    """The form; its owners are the team of today, and who has it in charge already."""
    team = [(str(each.pk), str(each)) for each in structure.members.filter(left_on=None)]
    if row is not None and row.owner is not None and str(row.owner_id) not in dict(team):
        team.append((str(row.owner_id), f"{row.owner} (sorti de l’équipe)"))
    return (
        Field("kind", "Nature", "select", choices=FollowUp.Kind.choices),
        Field("what", "Quoi", required=True),
        Field("owner", "Responsable", "select", choices=[("", "Personne pour l’instant"), *team]),
        Field("due_on", "Pour le", "day"),
    )


def values_of(row: FollowUp) -> dict[str, Any]:
    """A decision or a task as the form shows it."""
    return {"kind": row.kind, "what": row.what, "owner": str(row.owner_id or ""), "due_on": row.due_on}


def _form(
    request: HttpRequest,
    structure: Structure,
    row: FollowUp | None,
    typed: Typed,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    who, today = person(request), day_in(structure.region, timezone.now())
    context = {
        "structure": structure,
        "suite": row,
        "ligne": lines(structure, [row], who, today)[0] if row else None,
        "champs": filled(fields(structure, row), typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(row) if row else ""),
        "reunion_demandee": request.POST.get("reunion", ""),
        "peut_ecrire": may_write(who, structure),
    }
    return render(request, "structures/suites/une.html", context, status=status)


def _answers(row: FollowUp, told: Mapping[str, str], today: datetime.date) -> bool:
    words = fold(f"{row.what} {row.owner or ''} {row.meeting or ''}")
    return (
        _of_state(row, told["etat"], today)
        and told["nature"] in ("", row.kind)
        and told["membre"] in ("", str(row.owner_id))
        and all(word in words for word in fold(told["q"]).split())
    )


def _of_state(row: FollowUp, state: str, today: datetime.date) -> bool:
    if state == LATE:
        return is_late(row, today)
    return state == ALL or row.state == (state or FollowUp.State.A_SUIVRE)


def _owners(rows: Sequence[FollowUp]) -> list[tuple[str, str]]:
    found_ = {str(row.owner_id): str(row.owner) for row in rows if row.owner is not None}
    return sorted(found_.items(), key=lambda each: fold(each[1]))


def _pages(page: Any, told: Mapping[str, str]) -> dict[str, str]:
    numbers = {"avant": page.previous_page_number() if page.has_previous() else 0}
    numbers["apres"] = page.next_page_number() if page.has_next() else 0
    return {name: query({**told, "page": str(number)}) for name, number in numbers.items() if number}


def _exported(row: FollowUp) -> list[str]:
    return [
        row.what,
        row.get_kind_display(),
        str(row.owner or ""),
        row.due_on.isoformat() if row.due_on else "",
        row.get_state_display(),
        str(row.meeting or ""),
        row.ended_on.isoformat() if row.ended_on else "",
    ]
