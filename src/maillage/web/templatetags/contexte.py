"""For whom a person acts: the switch of the bar, and the side menu of what is not a project."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.template.context import Context as TemplateContext
from django.urls import reverse

from maillage.apps.dossiers.commissions.rights import visible_commissions
from maillage.apps.dossiers.queries import avis_asked_of
from maillage.apps.projets.models import Projet
from maillage.apps.projets.queries import visible
from maillage.web.contexte.choice import contexts, current
from maillage.web.dossiers.instruction.listing import reviews

register = template.Library()


@register.inclusion_tag("contexte/_choix.html", takes_context=True)
def choix_du_contexte(context: TemplateContext) -> dict[str, Any]:
    """« Vous agissez pour … », with the others to choose from."""
    request = context["request"]
    chosen = current(request)
    others = [each for each in contexts(request) if each != chosen]
    return {"contexte": chosen, "autres": others, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("contexte/_menu.html", takes_context=True)
def menu_du_contexte(context: TemplateContext) -> dict[str, Any]:
    """The side menu of the organisation that a person acts for."""
    request = context["request"]
    entries = [(title, address, address == request.path) for title, address in _entries(request)]
    return {"entrees": entries}


def _entries(request: Any) -> Iterator[tuple[str, str]]:
    chosen = current(request)
    is_reviewer = chosen is not None and chosen.follows_a_territory
    yield ("À traiter" if is_reviewer else "À faire"), reverse("web:tableau_de_bord")
    yield ("Projets partagés" if is_reviewer else "Mes projets"), reverse("web:projets")
    if reviews(request.user):
        yield "Dossiers à traiter", reverse("web:dossiers_a_traiter")
    if chosen is not None and chosen.is_structure:
        yield "Mes dossiers", reverse("web:dossiers")
    if visible_commissions(request.user).exists():
        yield "Commissions", reverse("web:commissions")
    if avis_asked_of(request.user).exists():
        yield "Avis à rendre", reverse("web:avis_a_rendre")
    if chosen is not None and chosen.is_structure:
        rows = visible(request.user).filter(structure__organisation=chosen.organisation)
        for projet in rows.exclude(state=Projet.State.ARCHIVE):
            yield projet.title, reverse("web:projet", kwargs={"projet": projet.pk})
    yield "Échéances", reverse("web:dossiers_calendrier")
    if chosen is not None:
        yield "Personnes et rôles", reverse("web:organisation", args=[chosen.organisation.pk])
    yield "Mes organisations", reverse("web:organisations")
