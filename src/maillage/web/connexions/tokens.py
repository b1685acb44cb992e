"""The tokens of an organisation: their list, a new one, the end of one."""

import uuid
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.accounts.models import Organisation
from maillage.apps.connections import tokens
from maillage.apps.connections.models import ApiToken
from maillage.core.kernel.problems import BadInput
from maillage.web.connexions.forms import TokenForm
from maillage.web.organisations.access import Page, for_managers, person
from maillage.web.refused_fields import tell

form_page = require_http_methods(["GET", "HEAD", "POST"])
asks_password_again: Callable[[Page], Page] = reauthentication_required(allow_get=True)
"""To make a key, who signed in long ago proves again who they are: an open screen is not enough."""


@require_safe
@for_managers
def list_tokens(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Each token: what it may, until when, when it was last used, why it no longer works."""
    now = timezone.now()
    rows = [_row(each, tokens.why_stopped(each, now)) for each in tokens.tokens_of(person(request), organisation)]
    rows.sort(key=lambda row: bool(row["arret"]))
    return render(request, "connexions/jetons.html", {"organisation": organisation, "lignes": rows})


def _row(token: ApiToken, why: str) -> dict[str, Any]:
    """``arret`` is one word, ``motif`` what explains it when the other columns do not."""
    word, _colon, reason = why.partition(" : ")
    return {
        "jeton": token,
        "portees": [tokens.SCOPES[code].title for code in token.scopes if code in tokens.SCOPES],
        "arret": word.split(" ")[0],
        "motif": reason,
        "perdues": tokens.lost_scopes(token),
    }


@form_page
@for_managers
@asks_password_again
def new_token(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The form; then the secret, shown once, on a page that no browser keeps."""
    by = person(request)
    form = TokenForm(by, organisation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made, secret = tokens.create(
                organisation, name=given["nom"], scopes=given["portees"], until=given["fin"], by=by, at=timezone.now()
            )
        except BadInput as refused:
            tell(form, refused)
        else:
            told = {"organisation": organisation, "jeton": made, "secret": secret}
            return not_kept(render(request, "connexions/jeton_cree.html", told))
    context = {"organisation": organisation, "form": form}
    return render(request, "connexions/jeton_nouveau.html", context, status=422 if form.errors else 200)


@form_page
@for_managers
def revoke_token(request: HttpRequest, organisation: Organisation, jeton: uuid.UUID) -> HttpResponse:
    """What revoking does, then the act."""
    found = ApiToken.objects.filter(organisation=organisation, pk=jeton).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "connexions/jeton_revoquer.html", {"organisation": organisation, "jeton": found})
    tokens.revoke(found, by=person(request), at=timezone.now())
    messages.success(request, f"Le jeton « {found.name} » est révoqué : il n'ouvre plus rien.")
    return redirect("web:jetons", organisation.pk)


def not_kept(response: HttpResponse) -> HttpResponse:
    """A page that holds a secret: neither the browser nor a relay keeps it."""
    response["Cache-Control"] = "no-store, private"
    return response
