"""« Sujets à traiter »: what the team wants to talk about, until a meeting has it on its agenda."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.between_meetings import pending_topics, topics_of
from maillage.apps.activity.models import Meeting, Topic
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.poll_inputs import TopicFields
from maillage.apps.activity.queries import meetings_of
from maillage.apps.activity.services import topics as services
from maillage.apps.structures.models import Structure
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, Typed, filled, refusal, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.suites.back import back_to, meeting_asked

FIELDS = (
    Field("title", "Sujet", required=True),
    Field("words", "Précisions", "words", "Aucune donnée de patient.", rows=2),
)
ACTS = {
    "traiter": "Le sujet est noté comme traité.",
    "reporter": "Le sujet attend une autre réunion.",
    "abandonner": "Le sujet est retiré de la liste.",
    "reprendre": "Le sujet attend de nouveau une réunion.",
}
MOST_OVER = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What waits, what is on an agenda, what was dealt with last; anyone of the team adds a subject."""
    if request.method != "POST":
        return _page(request, structure, {})
    typed = typed_in(received(request, [each.name for each in FIELDS]), FIELDS)
    if mask_asked(request):
        return _page(request, structure, typed)
    try:
        services.propose(structure, read(TopicFields, typed), by=person(request), at=now())
    except BadInput as wrong:
        return _page(request, structure, typed, refusal(wrong, FIELDS, typed), status=422)
    messages.success(request, "Le sujet attend la prochaine réunion.")
    return redirect("web:structure_reunions_sujets", structure.pk)


@require_POST
@for_team_writers
def put_on_agenda(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Put the subjects that are ticked on the agenda of a meeting."""
    meeting, by = meeting_asked(request, structure), person(request)
    keys = {key for each in request.POST.getlist("sujet") if (key := _key(each)) is not None}
    if meeting is None or not keys:
        messages.error(request, "Choisissez une réunion à venir, et cochez au moins un sujet.")
    else:
        count = len(keys)
        words = f"{number(count)} {plural(count, 'sujet inscrit', 'sujets inscrits')} à l’ordre du jour."
        done(request, lambda: services.put_on_agenda(meeting, keys, by=by, at=now()), words)
    if "depuis-liste" in request.POST:
        return redirect("web:structure_reunions_sujets", structure.pk)
    return redirect(back_to(request, structure, "structure_reunions_sujets"))


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, sujet: uuid.UUID, acte: str) -> HttpResponse:
    """Say what became of a subject."""
    topic = found(topics_of(structure).filter(pk=sujet).first())
    if acte not in ACTS:
        raise Http404
    done(request, lambda: services.turn(topic, acte, by=person(request), at=now()), ACTS[acte])
    return redirect(back_to(request, structure, "structure_reunions_sujets"))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest, structure: Structure, typed: Typed, refused: Refused = NOTHING, *, status: int = 200
) -> HttpResponse:
    who = person(request)
    pending = list(pending_topics(structure))
    waiting = {each.pk for each in pending}
    rows = topics_of(structure)
    planned = rows.filter(state=Topic.State.INSCRIT).exclude(pk__in=waiting)
    over = rows.filter(state__in=[Topic.State.TRAITE, Topic.State.ABANDONNE]).order_by("-proposed_at", "pk")
    coming = meetings_of(who, structure).filter(state=Meeting.State.PREVUE, starts_at__gte=timezone.now())
    context = {
        "structure": structure,
        "champs": filled(FIELDS, typed, refused),
        "refus": refused,
        "en_attente": pending,
        "inscrits": planned,
        "finis": over[:MOST_OVER],
        "reunions": coming.order_by("starts_at")[:10],
        "peut_ecrire": may_write(who, structure),
        "peut_proposer": structure.organisation.closed_at is None,
    }
    return render(request, "structures/suites/sujets.html", context, status=status)
