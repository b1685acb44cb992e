"""The page of a diagnosis that its address asks, with its map and its charts."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.diagnostics.queries import diagnose
from maillage.apps.diagnostics.selection import Selection, query_of, selection_of_query
from maillage.core.kernel.problems import BadInput
from maillage.web.territoires import asked as asked_of
from maillage.web.territoires import charts, downloads, maps, shown
from maillage.web.territoires.views import form_page


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The diagnosis of the territory in the address; what is wrong leads back to the form, as it was typed."""
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
    return render(request, "territoires/diagnostic.html", _context(request, found.as_dict(), selection))


@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same diagnosis as a file; what is wrong in the address leads to the form, as the page does."""
    downloads.checked(kind)
    asked, today = asked_of.asked(request.GET), timezone.localdate()
    try:
        selection = selection_of_query(dict(request.GET.lists()))
        found = diagnose(selection, today=today)
    except BadInput as wrong:
        return form_page(request, asked.refuse_input(wrong))
    page = f"{reverse('web:diagnostic')}?{urlencode(query_of(selection), safe=',;')}"
    return downloads.answer(found.as_dict(), kind, today=today, address=request.build_absolute_uri(page))


@require_safe
def drawing(request: HttpRequest) -> HttpResponse:
    """The map of the territory in the address, as an image."""
    return maps.answer(_told(request), request.GET.get(maps.ASKED, ""))


@require_safe
def section_charts(request: HttpRequest, code: str) -> HttpResponse:
    """The charts of a section of the diagnosis in the address."""
    return charts.fragment(request, _told(request), code)


def _context(request: HttpRequest, told: Mapping[str, Any], selection: Selection) -> dict[str, Any]:
    pairs = query_of(selection)
    query = urlencode(pairs, safe=",;")
    parts = shown.Parts(
        pairs,
        f"{reverse('web:diagnostic_carte')}?{query}",
        lambda code: f"{reverse('web:diagnostic_graphiques', args=[code])}?{query}",
    )
    return {
        **shown.context(request, told, parts),
        "exports": downloads.links(reverse("web:diagnostic"), query),
        "conserver": reverse("web:diagnostic_conserver"),
        "modifier": f"{reverse('web:territoires')}?{query}",
        "selection": pairs,
    }


def _told(request: HttpRequest) -> Mapping[str, Any]:
    """The diagnosis of a part of the page, as JSON values; a wrong address is not found."""
    try:
        selection = selection_of_query(dict(request.GET.lists()))
        return diagnose(selection, today=timezone.localdate()).as_dict()
    except BadInput as wrong:
        raise Http404(wrong.problems[0].message) from None
