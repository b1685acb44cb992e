"""« Étiquettes »: the words that an authority puts on its dossiers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.dossiers import labels
from maillage.apps.dossiers.models import Label
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.access import person


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The labels of the authorities that a person serves; POST makes, renames or removes one."""
    who = person(request)
    managed = [each for each in labels.authorities_of(who) if labels.may_manage_labels(who, each)]
    if not managed:
        raise Http404
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        try:
            messages.success(request, _written(request, who, managed))
        except BadInput as refused:
            wrong = {"refus": refused.problems[0].expected, "ecrit": request.POST}
        else:
            return redirect("web:dossiers_etiquettes")
    told = {"autorites": [(each, labels.labels_of(each)) for each in managed], **wrong}
    return render(request, "dossiers/instruction/etiquettes.html", told, status=422 if wrong else 200)


def _written(request: HttpRequest, who: User, managed: list[Organisation]) -> str:
    at, name = timezone.now(), request.POST.get("nom", "")
    if request.POST.get("acte") == "creer":
        body = next((each for each in managed if str(each.pk) == request.POST.get("organisation")), managed[0])
        return f"L’étiquette « {labels.make_label(body, name, by=who, at=at)} » existe."
    given = request.POST.get("etiquette", "")
    row = get_object_or_404(
        Label.objects.filter(organisation__in=managed),
        pk=int(given) if given.isdecimal() and len(given) < 10 else 0,
    )
    if request.POST.get("acte") == "supprimer":
        labels.remove_label(row, by=who, at=at)
        return f"L’étiquette « {row.name} » est supprimée, et ôtée des dossiers."
    return f"L’étiquette s’appelle « {labels.rename_label(row, name, by=who, at=at)} »."
