"""Pages of the aids: the list, with its filters and its export, and one page per aid."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.core.rules.aids.aid import WHO, named
from maillage.core.rules.aids.catalogue import aid_named
from maillage.core.rules.aids.search import facets
from maillage.web.aides import asked as asked_of
from maillage.web.aides import presenter
from maillage.web.exports import export


def index(request: HttpRequest) -> HttpResponse:
    """Every aid, filtered; applied to the case of an orientation when the address carries one."""
    asked = asked_of.asked(request.GET, today=timezone.localdate())
    found = presenter.rows(asked)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx") and not asked.refused:
        return export(kind, "aides-maillage", presenter.EXPORT_HEADER, presenter.export_rows(found))
    context = {
        "demande": asked,
        "cas": asked.case,
        "facettes": facets(asked.wanted),
        "groupes": presenter.groups(found, asked),
        "nombre": len(found),
    }
    return render(request, "aides/index.html", context, status=asked.status)


def aid(request: HttpRequest, name: str) -> HttpResponse:
    """One aid: who, how much, on which conditions, by which texts; its conditions applied to the case, if any."""
    found = aid_named(name)
    if found is None:
        raise Http404(f"L'aide « {name} » n'existe pas.")
    asked = asked_of.asked(request.GET, today=timezone.localdate())
    context = {
        "demande": asked,
        "cas": asked.case,
        "ligne": presenter.row(found, asked.wanted.date, asked.case),
        "aide": found,
        "simulateur": presenter.simulator(found, asked.case),
        "pour": named(found.who, WHO),
        "rivales": presenter.rivals(found),
        "ailleurs": presenter.same_elsewhere(found, asked.wanted),
    }
    return render(request, "aides/aide.html", context, status=422 if "date" in asked.refused else 200)
