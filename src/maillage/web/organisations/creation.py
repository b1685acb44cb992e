"""A new organisation, and its first administrateur."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts import invitations, services
from maillage.apps.accounts.models import Role
from maillage.core.kernel.problems import BadInput
from maillage.web.organisations.access import person
from maillage.web.organisations.forms import OrganisationForm, kinds_for
from maillage.web.organisations.people import link_of, tell_sending
from maillage.web.refused_fields import tell


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, then the organisation."""
    user = person(request)
    if not kinds_for(user):
        raise PermissionDenied
    form = OrganisationForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _created(request, form)
        except BadInput as refused:
            tell(form, refused)
    return render(request, "organisations/nouvelle.html", {"form": form}, status=422 if form.errors else 200)


def _created(request: HttpRequest, form: OrganisationForm) -> HttpResponse:
    given, by, now = form.cleaned_data, person(request), timezone.now()
    invited = None
    with transaction.atomic():
        made = services.create_organisation(
            kind=given["nature"],
            nom=given["nom"],
            region=given.get("region", ""),
            departement=given.get("departement", ""),
            by=by,
            at=now,
        )
        if given.get("email"):
            invited = invitations.invite(
                organisation=made,
                email=given["email"],
                name=Role.Name.ADMINISTRATEUR,
                link=link_of(request),
                by=by,
                at=now,
            )
    messages.success(request, f"« {made.nom} » est créée.")
    if invited is not None:
        invited.refresh_from_db()
        tell_sending(request, invited)
    return redirect("web:organisation", made.pk)
