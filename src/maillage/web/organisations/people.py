"""The people of an organisation: invite, send again, take back; change, add and end roles."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.accounts import invitations, services
from maillage.apps.accounts.models import Invitation, Organisation, Role
from maillage.apps.accounts.queries import invitation_in, role_in, visible_organisation
from maillage.apps.common.mail_quota import TooMuchMail
from maillage.core.kernel.problems import BadInput
from maillage.web.organisations.access import for_managers, person
from maillage.web.organisations.forms import InvitationForm, RoleForm
from maillage.web.refused_fields import tell

form_page = require_http_methods(["GET", "HEAD", "POST"])
NOT_SENT = (
    "L'invitation est enregistrée, mais son e-mail n'est pas parti : le serveur de messagerie ne répond pas. "
    "Renvoyez-la dans quelques minutes."
)


def link_of(request: HttpRequest) -> invitations.Link:
    """From the secret of an invitation to the whole address of its page."""
    return lambda secret: request.build_absolute_uri(reverse("web:invitation", args=[secret]))


def tell_sending(request: HttpRequest, invitation: Invitation) -> None:
    """Say whether the e-mail left."""
    if invitation.sent_at is None:
        messages.error(request, NOT_SENT)
    else:
        messages.success(request, f"L'invitation est envoyée à {invitation.email}.")


@form_page
@for_managers
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Offer a role by e-mail."""
    form = InvitationForm(organisation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = invitations.invite(
                organisation=organisation,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["role"],
                writes=form.writes,
                link=link_of(request),
                by=person(request),
                at=timezone.now(),
            )
        except BadInput as refused:
            tell(form, refused)
        else:
            tell_sending(request, made)
            return redirect("web:organisation", organisation.pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/inviter.html", context, status=422 if form.errors else 200)


@require_POST
@for_managers
def resend(request: HttpRequest, organisation: Organisation, invitation: uuid.UUID) -> HttpResponse:
    """Send an invitation again, with another link."""
    found = _invitation(request, organisation, invitation)
    try:
        sent = invitations.resend(invitation=found, link=link_of(request), by=person(request), at=timezone.now())
    except TooMuchMail as refused:
        messages.error(request, str(refused))
    except BadInput:
        messages.error(request, "Cette invitation a déjà reçu une réponse.")
    else:
        tell_sending(request, sent)
    return redirect("web:organisation", organisation.pk)


@require_POST
@for_managers
def revoke(request: HttpRequest, organisation: Organisation, invitation: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    found = _invitation(request, organisation, invitation)
    try:
        invitations.revoke(invitation=found, by=person(request), at=timezone.now())
    except BadInput:
        messages.error(request, "Cette invitation a déjà reçu une réponse.")
    else:
        messages.success(request, "L'invitation est retirée : son lien ne s'ouvre plus.")
    return redirect("web:organisation", organisation.pk)


@form_page
@for_managers
def role(request: HttpRequest, organisation: Organisation, role: int) -> HttpResponse:
    """Change a role for another one."""
    held = _role(request, organisation, role)
    given = request.POST if request.method == "POST" else None
    form = RoleForm(organisation, given, initial={"role": held.name, "ecriture": held.writes})
    if form.is_valid():
        try:
            name = form.cleaned_data["role"]
            services.change_role(role=held, name=name, writes=form.writes, by=person(request), at=timezone.now())
        except BadInput as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Le rôle de {held.user.full_name} est changé.")
            return redirect("web:organisation", organisation.pk)
    return _role_page(request, organisation, held, form, RoleForm(organisation, prefix="autre"))


@require_POST
@for_managers
def add_role(request: HttpRequest, organisation: Organisation, role: int) -> HttpResponse:
    """Give the same person another role beside this one."""
    held = _role(request, organisation, role)
    form = RoleForm(organisation, request.POST, prefix="autre")
    if form.is_valid():
        try:
            services.give_role(
                user=held.user,
                organisation=organisation,
                name=form.cleaned_data["role"],
                writes=form.writes,
                by=person(request),
                at=timezone.now(),
            )
        except BadInput as refused:
            tell(form, refused)
        else:
            messages.success(request, f"{held.user.full_name} a un rôle de plus.")
            return redirect("web:organisation", organisation.pk)
    initial = {"role": held.name, "ecriture": held.writes}
    return _role_page(request, organisation, held, RoleForm(organisation, initial=initial), form)


@require_POST
@for_managers
def end_role(request: HttpRequest, organisation: Organisation, role: int) -> HttpResponse:
    """End a role, unless nobody would run the organisation any more."""
    held = _role(request, organisation, role)
    try:
        services.end_role(role=held, by=person(request), at=timezone.now())
    except BadInput as refused:
        messages.error(request, f"Ce rôle ne peut pas être retiré. Il faut {refused.problems[0].expected}.")
        return redirect("web:organisation_role", organisation.pk, held.pk)
    messages.success(request, f"Le rôle de {held.user.full_name} est retiré.")
    if visible_organisation(person(request), organisation.pk) is None:
        return redirect("web:organisations")
    return redirect("web:organisation", organisation.pk)


def _role_page(
    request: HttpRequest, organisation: Organisation, held: Role, form: RoleForm, other: RoleForm
) -> HttpResponse:
    context = {"organisation": organisation, "role": held, "form": form, "autre": other}
    return render(request, "organisations/role.html", context, status=422 if form.errors or other.errors else 200)


def _role(request: HttpRequest, organisation: Organisation, identifier: int) -> Role:
    found = role_in(person(request), organisation, identifier)
    if found is None:
        raise Http404("Ce rôle n'est plus en cours.")
    return found


def _invitation(request: HttpRequest, organisation: Organisation, identifier: uuid.UUID) -> Invitation:
    found = invitation_in(person(request), organisation, identifier)
    if found is None:
        raise Http404("Cette invitation n'attend plus de réponse.")
    return found
