"""The page of a diagnosis: asked by its address, kept with its date, made again."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.diagnostics.selection import Selection, query_of, selection_of_query
from maillage.core.kernel.problems import BadInput
from maillage.web.territoires import asked as asked_of
from maillage.web.territoires import communes, presenter
from maillage.web.territoires.views import form_page


@require_safe
def diagnosis(request: HttpRequest) -> HttpResponse:
    """The diagnosis of the territory in the address; what is wrong leads back to the form, as it was typed."""
    from maillage.apps.diagnostics.queries import diagnose  # The rules cost a second to import.

    asked = asked_of.asked(request.GET)
    if not asked.is_asked and not asked.is_form:
        return redirect("web:territoires")
    if asked.refused:
        return form_page(request, asked)
    try:
        selection = asked.selection if asked.is_form else selection_of_query(dict(request.GET.lists()))
        if asked.is_form:
            return redirect(f"{request.path}?{asked.query}")
        found = diagnose(selection, today=timezone.localdate())
    except BadInput as wrong:
        return form_page(request, asked.refuse_input(wrong))
    return render(request, "territoires/diagnostic.html", shown(request, found.as_dict(), selection))


def shown(request: HttpRequest, told: Mapping[str, Any], selection: Selection) -> dict[str, Any]:
    """The context of the page of a diagnosis that was just made."""
    pairs = query_of(selection)
    query = urlencode(pairs, safe=",;")
    return {
        **presenter.page(told),
        "table": communes.table(told, request.GET, pairs),
        "conserver": reverse("web:diagnostic_conserver"),
        "modifier": f"{reverse('web:territoires')}?{query}",
        "selection": pairs,
        "adresse": request.build_absolute_uri(),
    }
