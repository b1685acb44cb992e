"""Inviting a member of the team to an account: the role is chosen, the link leaves by e-mail."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts import invitations
from maillage.apps.accounts.models import Role
from maillage.apps.accounts.permissions import may_manage_people
from maillage.apps.structures.models import Member, Structure
from maillage.core.kernel.problems import BadInput
from maillage.web.organisations.people import link_of, tell_sending
from maillage.web.projets.refusals import by_field
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.equipe.team import found

OFFERED = {
    "membre": ("Membre : lit, commente, signe", Role.Name.MEMBRE, False),
    "redacteur": ("Membre qui écrit le projet avec vous", Role.Name.MEMBRE, True),
    "coordinateur": ("Coordinateur : écrit, invite, partage", Role.Name.COORDINATEUR, True),
    "tresorier": ("Trésorier : écrit le budget et le reste", Role.Name.TRESORIER, True),
}
"""What the form offers: its words, the role, whether it writes."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def invite(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """Offer a role to a member at their address; their line takes the account when they accept."""
    member, who = found(structure, membre), person(request)
    if not may_manage_people(who, structure.organisation):
        raise PermissionDenied
    chosen = request.POST.get("role", "membre")
    if request.method != "POST" or chosen not in OFFERED:
        return _page(request, structure, member)
    _words, name, writes = OFFERED[chosen]
    try:
        invitation = invitations.invite(
            organisation=structure.organisation,
            email=member.email,
            name=name,
            writes=writes,
            link=link_of(request),
            by=who,
            at=timezone.now(),
        )
    except BadInput as wrong:
        return _page(request, structure, member, " ".join(by_field(wrong).values()))
    tell_sending(request, invitation)
    return redirect("web:structure_equipe", structure.pk)


def _page(request: HttpRequest, structure: Structure, member: Member, refused: str = "") -> HttpResponse:
    context = {
        "structure": structure,
        "membre": member,
        "refus": refused,
        "roles": [(code, words) for code, (words, _name, _writes) in OFFERED.items()],
        "choisi": request.POST.get("role", "membre"),
    }
    return render(request, "structures/equipe/inviter.html", context, status=422 if refused else 200)
