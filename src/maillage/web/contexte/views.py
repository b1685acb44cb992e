"""The choice of a context, and the first page once signed in: what awaits this person, for whom they act."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts.invitations import seat_of
from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import may_manage_people
from maillage.apps.accounts.queries import Context, received_invitations
from maillage.apps.dossiers import inbox
from maillage.apps.dossiers.commissions.queries import upcoming
from maillage.apps.dossiers.queries import avis_asked_of
from maillage.apps.projets.models import Projet
from maillage.apps.projets.queries import OVERSEERS, overseen, visible
from maillage.apps.projets.signatures import signatures_of
from maillage.web.contexte.choice import choose, current
from maillage.web.dossiers.instruction.listing import reviews
from maillage.web.organisations.access import person
from maillage.web.projets.dashboard import ToDo, to_do

MOST_ACTS = 6
"""How much of what awaits is shown for each project; the page of the project has the rest."""


@dataclass(frozen=True)
class Awaiting:
    """A project and what awaits this person in it."""

    projet: Projet
    acts: list[ToDo]


@require_POST
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another organisation; one of which the role ended is told."""
    try:
        chosen = uuid.UUID(request.POST.get("organisation", ""))
    except ValueError:
        chosen = uuid.UUID(int=0)
    if not choose(request, chosen):
        messages.error(request, "Vous n'avez plus de rôle dans cette organisation.")
    return redirect("web:tableau_de_bord")


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What awaits this person, for the organisation that they act for."""
    user, context = person(request), current(request)
    told = {
        "recues": [(each, seat_of(each)) for each in received_invitations(user, timezone.now())],
        "contexte": context,
        "en_cours": _awaiting(user, context) if context and context.is_structure else [],
        "partages": _shared(user, context) if context and context.follows_a_territory else [],
        "a_traiter": _to_review(user),
        "avis_a_rendre": _avis_awaited(user),
        "seances": upcoming(user),
        "gere": context is not None and may_manage_people(user, context.organisation),
        "lit_les_projets": context is not None and any(role.name in OVERSEERS for role in context.roles),
        "siege": context is not None and {role.name for role in context.roles} == {Role.Name.COMMISSION},
        "role_a_completer": _administers(context),
    }
    return render(request, "contexte/tableau_de_bord.html", told)


def _to_review(user: User) -> list[tuple[str, str, int]]:
    """How many dossiers wait for this person for each reason, with the address of their list."""
    if not reviews(user):
        return []
    counted = inbox.counts(inbox.waiting(user, timezone.localdate()))
    address = reverse("web:dossiers_a_traiter")
    return [(each.title, f"{address}?motif={each.code}", counted[each.code]) for each in inbox.REASONS]


def _avis_awaited(user: User) -> int:
    """How many avis are asked of this person and not given yet."""
    return avis_asked_of(user).filter(given_at=None, consultation__closed_at=None).count()


def _administers(context: Context | None) -> Role | None:
    """The role by which this person administers, to which that of an instructeur can be added."""
    roles = context.roles if context else ()
    return next((role for role in roles if role.name == Role.Name.ADMINISTRATEUR), None)


def _awaiting(user: User, context: Context) -> list[Awaiting]:
    """The projects of the structure that are not archived, the newest first."""
    rows = visible(user).filter(structure__organisation=context.organisation).exclude(state=Projet.State.ARCHIVE)
    return [Awaiting(each, list(to_do(user, each, signatures_of(each)))[:MOST_ACTS]) for each in rows]


def _shared(user: User, context: Context) -> list[Projet]:
    """The projects shared with this authority."""
    return list(overseen(user, context.organisation))
