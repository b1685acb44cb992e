"""« Mon compte »: name, roles, everything that is kept of a person, and the end of the account."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.accounts import services
from maillage.apps.accounts.forgetting import forget, obstacles
from maillage.apps.accounts.my_data import everything
from maillage.apps.accounts.queries import only_managed_by, roles_of
from maillage.apps.common.mail import Mail, deliver
from maillage.core.kernel.problems import BadInput
from maillage.web.mon_compte.files import json_file, zip_file
from maillage.web.organisations.access import person
from maillage.web.refused_fields import tell

Page = Callable[[HttpRequest], HttpResponse]
asks_password_again: Callable[[Page], Page] = reauthentication_required(allow_get=True)
"""Ask who sends the form for their password, unless they gave it a few minutes ago."""
FAREWELL = Mail(
    "",
    "Votre compte Maillage est fermé",
    "Bonjour,\n\nVotre compte Maillage est fermé, comme vous l'avez demandé. Nous ne gardons plus votre adresse.\n\n"
    "Si ce n'était pas vous, écrivez à qui administre le site.\n",
)


class NameForm(forms.Form):
    """How the others read this person's name."""

    prenom = forms.CharField(label="Prénom", max_length=120, required=False)
    nom = forms.CharField(label="Nom", max_length=120, error_messages={"required": "Écrivez votre nom."})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The name, and what this person is, and was, in which organisation."""
    user = person(request)
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"nom": user.nom, "prenom": user.prenom}
    )
    if form.is_valid():
        try:
            services.change_name(**form.cleaned_data, by=user, at=timezone.now())
        except BadInput as refused:
            tell(form, refused)
        else:
            messages.success(request, "Votre nom est enregistré.")
            return redirect("web:mon_compte")
    rows = list(roles_of(user))
    context = {
        "form": form,
        "en_cours": [role for role in rows if role.until is None],
        "finis": [role for role in rows if role.until is not None],
        "seul": {each.pk for each in only_managed_by(user)},
    }
    return render(request, "mon_compte/compte.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is kept of this person, by table, and how to take it away."""
    return render(request, "mon_compte/donnees.html", {"tout": everything(person(request))})


@never_cache
@login_required
@require_safe
def data_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file: JSON, or a ZIP of one CSV per table with the JSON."""
    makers = {"json": (json_file, "application/json"), "zip": (zip_file, "application/zip")}
    if kind not in makers:
        raise Http404
    make, content_type = makers[kind]
    headers = {"Content-Disposition": f'attachment; filename="mes-donnees.{kind}"'}
    return HttpResponse(make(everything(person(request))), content_type=content_type, headers=headers)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@asks_password_again
def close(request: HttpRequest) -> HttpResponse:
    """What closing the account removes, what stays and why; then the act, once the password was asked again."""
    user = person(request)
    if request.method == "POST" and request.POST.get("compris") == "oui":
        address = user.email
        try:
            forget(by=user, at=timezone.now())
        except BadInput as refused:
            return _close_page(request, refused, status=422)
        logout(request)
        deliver([Mail(address, FAREWELL.subject, FAREWELL.text)])
        messages.success(request, "Votre compte est fermé. Merci d'avoir contribué.")
        return redirect("web:accueil")
    found = obstacles(user)
    missed = request.method == "POST"
    return _close_page(request, BadInput(found), missed=missed, status=422 if missed else 200)


def _close_page(request: HttpRequest, refused: BadInput, *, status: int, missed: bool = False) -> HttpResponse:
    context = {
        "obstacles": [problem.expected for problem in refused.problems],
        "seul": only_managed_by(person(request)),
        "case_oubliee": missed,
    }
    return render(request, "mon_compte/fermer.html", context, status=status)
