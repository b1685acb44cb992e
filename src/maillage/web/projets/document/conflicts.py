"""The merge screen: what a section was, what another wrote, what one wrote; block by block, choose or write again."""

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.projets import drafts, sections
from maillage.apps.projets.models import Section, SectionConflict
from maillage.apps.projets.patients import PatientDataFound
from maillage.core.kernel.problems import BadInput
from maillage.core.text import Conflict, Doc, Html, Merged, from_markdown, merge, read, to_markdown
from maillage.web.projets.access import for_writers, person
from maillage.web.projets.document import words
from maillage.web.projets.document.found import of_section
from maillage.web.projets.document.rendering import OfProject

CHOICES = ("mine", "theirs", "both", "autre")
"""Keep one's own, the other's, both, or write something else."""


@dataclass(frozen=True)
class Shown:
    """A block that both changed: what it was, what the other and the author made of it; what was chosen so far."""

    rank: int
    base: Html
    theirs: Html
    mine: Html
    both: str
    choice: str
    text: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
@of_section
def page(request: HttpRequest, section: Section, identifiant: uuid.UUID) -> HttpResponse:
    """Choose between two texts."""
    conflict = drafts.conflict_of(section, identifiant)
    if conflict is None:
        raise Http404("Ce texte n’existe pas.")
    if conflict.resolved_at is not None:
        messages.info(request, "Ces deux textes sont déjà réunis.")
        return redirect("web:projet_document_rubrique", projet=section.projet_id, code=section.code)
    return _resolve(request, conflict) if request.method == "POST" else _shown(request, conflict, {})


def _shown(request: HttpRequest, conflict: SectionConflict, why: dict[str, Any]) -> HttpResponse:
    section = conflict.section
    theirs = _theirs(request, section)
    merged = merged_of(conflict, theirs)
    shown = OfProject(section.projet)
    context = {
        "projet": section.projet,
        "rubrique": section,
        "conflit": conflict,
        "revision": theirs,
        "autre": section.revisions.select_related("author").filter(number=theirs).first(),
        "blocs": [_block(rank, each, shown, request.POST) for rank, each in enumerate(merged.conflicts, 1)],
        "suite": _around(merged, shown),
        **why,
    }
    return render(request, "projets/document/rapprocher.html", context, status=422 if why else 200)


def _theirs(request: HttpRequest, section: Section) -> int:
    """The revision that the author compares with: that of the form when there is one, else the last."""
    given = request.POST.get("revision", "")
    return min(int(given), section.revision) if given.isdecimal() and len(given) < 10 else section.revision


def merged_of(conflict: SectionConflict, theirs: int) -> Merged:
    """What the text of a conflict and a revision give together."""
    section = conflict.section
    return merge(sections.body_of(section, conflict.base), read(conflict.body), sections.body_of(section, theirs))


def _block(rank: int, found: Conflict, shown: OfProject, posted: QueryDict) -> Shown:
    base, mine, theirs = found.texts
    both = "\n\n".join(filter(None, (to_markdown(mine).strip(), to_markdown(theirs).strip())))
    return Shown(
        rank=rank,
        base=shown.html(base),
        mine=shown.html(mine),
        theirs=shown.html(theirs),
        both=both,
        choice=posted.get(f"choix-{rank}", ""),
        text=posted.get(f"texte-{rank}", both),
    )


def _around(merged: Merged, shown: OfProject) -> list[dict[str, Any]]:
    """The merged text cut where there is a choice to make: what stands before each, then what ends it."""
    places = [conflict.index for conflict in merged.conflicts]
    cuts = [0, *(place + 1 for place in places)]
    ends = [*places, len(merged.doc.content)]
    parts = [Doc(merged.doc.content[start:end]) for start, end in zip(cuts, ends, strict=True)]
    ranks = [*range(1, len(places) + 1), None]
    return [{"texte": shown.html(part), "rang": rank} for part, rank in zip(parts, ranks, strict=True)]


def _resolve(request: HttpRequest, conflict: SectionConflict) -> HttpResponse:
    section = conflict.section
    theirs = _theirs(request, section)
    merged = merged_of(conflict, theirs)
    missing = [rank for rank in range(1, len(merged.conflicts) + 1) if request.POST.get(f"choix-{rank}") not in CHOICES]
    if missing:
        return _shown(request, conflict, {"manquants": missing})
    try:
        body = chosen(merged, request.POST)
        saved = sections.resolve_conflict(conflict, body=body, base=theirs, by=person(request), at=timezone.now())
    except PatientDataFound as found:
        return _shown(request, conflict, {"trouves": found.passages})
    except BadInput as wrong:
        return _shown(request, conflict, {"refus": words.refused(wrong)})
    if saved.conflict:
        messages.warning(
            request, "Quelqu’un vient encore d’écrire ici. Votre choix est gardé : comparez-le au nouveau texte."
        )
        return redirect(words.conflict_address(saved.conflict))
    messages.success(request, "Vos deux textes sont réunis et enregistrés.")
    return redirect("web:projet_document_rubrique", projet=section.projet_id, code=section.code)


def chosen(merged: Merged, posted: QueryDict) -> Doc:
    """The merged text with what was chosen for each block. Raises :class:`BadInput` on a text too long."""
    content = list(merged.doc.content)
    for rank, conflict in reversed(list(enumerate(merged.conflicts, 1))):
        kept = _kept(conflict, posted.get(f"choix-{rank}", ""), posted.get(f"texte-{rank}", ""))
        content[conflict.index : conflict.index + 1] = kept.content
    return read(Doc(tuple(content)).as_dict())


def _kept(conflict: Conflict, choice: str, text: str) -> Doc:
    _, mine, theirs = conflict.texts
    if choice == "autre":
        return from_markdown(text.replace("\r\n", "\n"))
    kept = {"mine": [mine], "theirs": [theirs], "both": [mine, theirs]}[choice]
    return Doc(tuple(itertools.chain.from_iterable(doc.content for doc in kept)))
