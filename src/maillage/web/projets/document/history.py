"""The history of a section: who saved what and when, two revisions compared, one brought back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.projets import drafts, sections
from maillage.apps.projets.models import Section
from maillage.apps.projets.permissions import may_write
from maillage.core.kernel.problems import BadInput
from maillage.core.text import diff
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.document import words
from maillage.web.projets.document.found import of_section
from maillage.web.projets.document.rendering import OfProject

AROUND = 1
"""Blocks shown around a change."""


@require_safe
@of_projet
@of_section
def page(request: HttpRequest, section: Section) -> HttpResponse:
    """The list of what was saved."""
    context = {"projet": section.projet, "rubrique": section, "seances": drafts.history(section)}
    return render(request, "projets/document/historique.html", context)


@require_safe
@of_projet
@of_section
def revision(request: HttpRequest, section: Section, number: int) -> HttpResponse:
    """What a revision changed since another (``depuis``, the one before by default)."""
    found = drafts.revision_of(section, number)
    if found is None:
        raise Http404("Cette révision n’existe pas.")
    since = request.GET.get("depuis", "")
    before = min(int(since), number - 1) if since.isdecimal() and len(since) < 10 else number - 1
    try:
        difference = diff(sections.body_of(section, before), sections.body_of(section, number))
    except BadInput:
        raise Http404("Cette révision n’existe pas.") from None
    context = {
        "projet": section.projet,
        "rubrique": section,
        "revision": found,
        "avant": before,
        "difference": difference,
        "texte": difference.as_html(OfProject(section.projet), around=AROUND),
        "est_le_texte": found.number == section.revision,
        "peut_ecrire": may_write(person(request), section.projet),
    }
    return render(request, "projets/document/revision.html", context)


@require_POST
@for_writers
@of_section
def restore(request: HttpRequest, section: Section, number: int) -> HttpResponse:
    """Bring back the text of a revision, as a new one."""
    try:
        row = sections.restore(section, number=number, by=person(request), at=timezone.now())
        messages.success(request, f"Le texte de la révision {number} est revenu : c’est la révision {row.revision}.")
    except BadInput as wrong:
        messages.error(request, words.refused(wrong))
    return redirect("web:projet_document_historique", projet=section.projet_id, code=section.code)
