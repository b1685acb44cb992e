"""« Passation »: the page for a new coordinator, the notes that who leaves writes in it, the same as a PDF."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.calendar.handover import Heading, handover_of, notes_of, write_note, written
from maillage.apps.structures.models import Structure
from maillage.core.documents.handover_file import handover_pdf
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.common import now
from maillage.web.activite.form import NOTHING, Field, Refused, refusal
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, person

SEEN = "avant"
"""Name of the hidden field that holds the text that was shown."""


@never_cache
@require_safe
@for_team
def page(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Everything on one page, to read or to print."""
    context = {
        "structure": structure,
        "parties": handover_of(person(request), structure, at=timezone.now()),
        "notes": notes_of(structure),
        "peut_ecrire": may_write(person(request), structure),
    }
    return render(request, "structures/passation/page.html", context)


@never_cache
@require_safe
@for_team
def pdf(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The same as a document."""
    who, at = person(request), timezone.now()
    tables = [(each.title, each.header, each.rows, each.empty) for each in handover_of(who, structure, at=at)]
    notes = written(notes_of(structure))
    content = handover_pdf(structure.nom, notes, tables, today=timezone.localdate(at), by=who.full_name)
    disposition = {"Content-Disposition": 'attachment; filename="passation.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def note(request: HttpRequest, structure: Structure, rubrique: str) -> HttpResponse:
    """Write under a heading."""
    if rubrique not in Heading.values:
        raise Http404
    heading = Heading(rubrique)
    held = dict(notes_of(structure))[heading]
    kept = held.text if held else ""
    if request.method != "POST":
        return _form(request, structure, heading, kept, kept)
    text = _clean(received(request, [heading.value]).get(heading.value, ""))
    before = _clean(request.POST.get(SEEN, ""))
    if mask_asked(request):
        return _form(request, structure, heading, text, before)
    try:
        write_note(structure, heading, text, seen=before, by=person(request), at=now())
    except BadInput as wrong:
        fields = [Field(heading.value, str(heading.label))]
        refused = refusal(wrong, fields, {heading.value: text})
        return _form(request, structure, heading, text, before, refused, status=422)
    messages.success(request, "La note est enregistrée.")
    return redirect("web:structure_passation", structure.pk)


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def _form(
    request: HttpRequest,
    structure: Structure,
    heading: Heading,
    text: str,
    before: str,
    refused: Refused = NOTHING,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "structure": structure,
        "rubrique": heading,
        "texte": text,
        "avant": before,
        "refus": refused,
        "erreur": refused.errors.get(heading.value, ""),
    }
    return render(request, "structures/passation/note.html", context, status=status)
