"""« Échanges »: messages between who files and who reviews, notes that stay inside, visits and meetings."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from maillage.apps.dossiers import exchanging, visiting
from maillage.apps.dossiers.models import Dossier, Message
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import Page, of_dossier, person
from maillage.web.dossiers.instruction.forms import MessageForm, put
from maillage.web.files import served
from maillage.web.screening import mask_asked, received


def of_the_exchange(page: Page) -> Page:
    """Give a page its dossier, for who files and for the authority; an expert, an associated body: « introuvable »."""

    @of_dossier
    def view(request: HttpRequest, dossier: Dossier, **kwargs: Any) -> Any:
        if not exchanging.may_read_exchanges(person(request), dossier):
            raise Http404
        return page(request, dossier, **kwargs)

    return view


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_exchange
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The messages, the oldest first; POST writes one. Opening the page marks them as read."""
    form = MessageForm()
    if request.method == "POST":
        form = MessageForm(received(request, ["texte"]), request.FILES)
        if form.is_valid() and not mask_asked(request) and _write(request, dossier, form):
            return redirect("web:dossier_echanges", dossier.pk)
    shown = _context(request, dossier, form)
    status = 422 if form.is_bound and form.errors else 200
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        exchanging.mark_seen(dossier, by=person(request), at=timezone.now())
    return render(request, "dossiers/instruction/echanges.html", shown, status=status)


@require_safe
@of_the_exchange
def file(request: HttpRequest, dossier: Dossier, message: uuid.UUID) -> FileResponse:
    """What was joined to a message that this person reads."""
    found = exchanging.messages_of(person(request), dossier).filter(pk=message).first()
    if found is None or found.file is None:
        raise Http404
    return served(found.file)


@require_safe
@of_the_exchange
def letter(request: HttpRequest, dossier: Dossier, demande: int) -> FileResponse:
    """The letter that asked for missing pieces, for the two sides."""
    found = dossier.piece_requests.filter(pk=demande).select_related("letter").first()
    if found is None or found.letter is None:
        raise Http404
    return served(found.letter)


def _context(request: HttpRequest, dossier: Dossier, form: MessageForm) -> dict[str, Any]:
    who, today = person(request), timezone.now()
    seen = dossier.seen.filter(user=who).first()
    read_until = seen.at if seen else None
    rows = list(exchanging.messages_of(who, dossier))
    return {
        "dossier": dossier,
        "formulaire": form,
        "fil": [(each, _is_new(each, who.pk, read_until)) for each in rows],
        "demandes": dossier.piece_requests.select_related("by", "letter"),
        "rencontres": visiting.visits_of(who, dossier),
        "maintenant": today,
        "peut_ecrire": exchanging.may_write_message(who, dossier) and dossier.phase != Dossier.Phase.BROUILLON,
        "peut_noter": exchanging.may_note(who, dossier),
    }


def _is_new(message: Message, reader: uuid.UUID, read_until: Any) -> bool:
    return message.author_id != reader and (read_until is None or message.at > read_until)


def _write(request: HttpRequest, dossier: Dossier, form: MessageForm) -> bool:
    internal = request.POST.get("destination") == "note"
    try:
        exchanging.write_message(
            dossier, form.cleaned_data["texte"], internal=internal, file=form.given_file(), by=person(request),
            at=timezone.now(),
        )  # fmt: skip
    except BadInput as wrong:
        put(form, wrong)
        return False
    messages.success(request, "La note est gardée pour l’instruction." if internal else "Le message est envoyé.")
    return True
