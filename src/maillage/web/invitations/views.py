"""The page of an invitation, and its two answers.

Who opens the link reads the mail of the address it was sent to: an account opened right after, with this address,
needs no second e-mail to verify it. The answer itself asks for an account that has this address.
"""

import uuid

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts import invitations
from maillage.apps.accounts.models import Invitation, User
from maillage.apps.accounts.queries import invitation_by_secret, received_invitations
from maillage.core.kernel.problems import BadInput
from maillage.web.contexte.choice import choose
from maillage.web.organisations.access import person

OPENED = "invitation_ouverte"
"""What the session keeps of the link that was opened: the identifier of the invitation."""


@never_cache
@require_safe
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What is offered, by whom, and how to answer; a link that no longer opens says why."""
    found = invitation_by_secret(secret)
    if found is None:
        raise Http404("Ce lien d'invitation n'existe plus : un lien plus récent a peut-être été envoyé. Cherchez-le.")
    closed = invitations.why_closed(found, timezone.now())
    user = request.user if isinstance(request.user, User) else None
    if not closed:
        request.session[OPENED] = str(found.pk)
        if user is None:
            get_adapter(request).stash_verified_email(request, found.email)
    context = {
        "invitation": found,
        "commission": invitations.seat_of(found),
        "ferme": closed,
        "pour_moi": user is not None and invitations.is_for(user, found),
        "adresse": masked(found.email),
        "retour": request.path,
    }
    return render(request, "invitations/invitation.html", context, status=410 if closed else 200)


def masked(email: str) -> str:
    """An address that its owner recognises and that others do not learn.

    >>> masked("claire.morel@exemple.fr")
    'c…l@exemple.fr'
    """
    name, _, domain = email.partition("@")
    return f"{name[0]}…{name[-1] if len(name) > 2 else ''}@{domain}"


@require_POST
@login_required
def accept(request: HttpRequest, invitation: uuid.UUID) -> HttpResponse:
    """Take the role, then act for this organisation."""
    found = _answered(request, invitation)
    try:
        invitations.accept(invitation=found, by=person(request), at=timezone.now())
    except BadInput:
        return redirect("web:tableau_de_bord")
    choose(request, found.organisation_id)
    commission = invitations.seat_of(found)
    words = f"Vous siégez à « {commission} »." if commission else f"Vous êtes de « {found.organisation.nom} »."
    messages.success(request, words)
    return redirect("web:tableau_de_bord")


@require_POST
@login_required
def refuse(request: HttpRequest, invitation: uuid.UUID) -> HttpResponse:
    """Say no."""
    found = _answered(request, invitation)
    try:
        invitations.refuse(invitation=found, by=person(request), at=timezone.now())
    except BadInput:
        return redirect("web:tableau_de_bord")
    messages.success(request, "L'invitation est refusée.")
    return redirect("web:tableau_de_bord")


def _answered(request: HttpRequest, identifier: uuid.UUID) -> Invitation:
    """The invitation whose link this person opened, or that was sent to an address they verified."""
    user = person(request)
    if request.session.get(OPENED) == str(identifier):
        found = Invitation.objects.select_related("organisation").filter(pk=identifier).first()
    else:
        found = received_invitations(user, timezone.now()).filter(pk=identifier).first()
    if found is None:
        raise Http404
    if not invitations.is_for(user, found):
        raise PermissionDenied("Cette invitation a été envoyée à une autre adresse que celle de votre compte.")
    return found
