"""The library: the templates of Maillage and what the teams of this installation share, to copy and adapt."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.activity.models import ProtocolVersion
from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.services import protocol_sharing as services
from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.models import Structure
from maillage.core.activity.protocol_templates import LICENCE, template_of, templates
from maillage.core.activity.themes import Theme, code_of, themes
from maillage.web.activite.common import asked, found, now, query
from maillage.web.structures.access import for_team, for_team_writers, person

PER_PAGE = 50


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """What may be copied, by theme."""
    told = asked(request, ("theme", "q"))
    page = Paginator(services.shared(theme=told["theme"], words=told["q"]).defer("pdf"), PER_PAGE)
    context = {
        "structure": structure,
        "modeles": [
            each for each in templates() if not told["theme"] or code_of("protocole", each.theme) == told["theme"]
        ],
        "licence": LICENCE,
        "page": page.get_page(request.GET.get("page")),
        "demande": told,
        "suite": query(told).removeprefix("?"),
        "themes": [("", "Tous"), *((each.code, each.title) for each in _themes())],
        "peut_ecrire": may_write(person(request), structure),
    }
    return render(request, "structures/protocoles/bibliotheque.html", context)


@require_POST
@for_team_writers
def copy(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Copy a template or a shared protocol: the copy is a draft that keeps its origin."""
    by, at = person(request), now()
    template = template_of(request.POST.get("modele", ""))
    try:
        if template is not None:
            protocol = services.copy_template(structure, template, by=by, at=at)
        else:
            protocol = services.copy_shared(structure, _version(request.POST.get("version", "")), by=by, at=at)
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect("web:structure_protocoles_bibliotheque", structure.pk)
    messages.success(request, "La copie est faite : adaptez-la à votre équipe.")
    return redirect("web:structure_protocoles_modifier", structure.pk, protocol.pk)


def _version(key: str) -> ProtocolVersion:
    try:
        identifier = uuid.UUID(key)
    except ValueError:
        raise Http404 from None
    return found(services.shared().filter(pk=identifier).first())


def _themes() -> tuple[Theme, ...]:
    """The themes of the agreement of the MSP: the only one that names some for protocols."""
    return themes("MSP", "protocole", timezone.localdate())
