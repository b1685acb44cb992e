"""The outline of the document: each heading, how far it is, who writes in it; and the whole text, to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.projets import drafts
from maillage.apps.projets.models import Projet, Section
from maillage.apps.projets.permissions import may_write
from maillage.core.kernel import french
from maillage.web.projets.access import of_projet, person
from maillage.web.projets.document.rendering import OfProject


@require_safe
@of_projet
def page(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The outline."""
    rows = drafts.outline(projet, timezone.now())
    states = [row.section.state for row in rows]
    context = {
        "projet": projet,
        "lignes": rows,
        "avancement": _progress(states),
        "attente": drafts.waiting(projet, person(request)),
        "peut_ecrire": may_write(person(request), projet),
        "premiere_vide": next((row.section for row in rows if row.section.state == Section.State.VIDE), None),
    }
    return render(request, "projets/document/plan.html", context)


def _progress(states: list[str]) -> str:
    """« 4 rubriques prêtes sur 18, 3 encore vides. »"""
    ready, empty = states.count(Section.State.PRET), states.count(Section.State.VIDE)
    left = f", {empty} encore {french.plural(empty, 'vide')}" if empty else ""
    return f"{ready} {french.plural(ready, 'rubrique prête', 'rubriques prêtes')} sur {len(states)}{left}."


@require_safe
@of_projet
def whole(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The whole document, to read or to print."""
    shown = OfProject(projet)
    texts = [
        {"rubrique": section, "texte": shown.html(doc), "vide": doc.is_empty}
        for section, doc in drafts.texts_of(projet)
    ]
    return render(
        request, "projets/document/lire.html", {"projet": projet, "textes": texts, "jour": timezone.localdate()}
    )
