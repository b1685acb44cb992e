"""The page where a section is written, with the editor or with a plain field, and what saves it."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.projets import drafts, locks, sections
from maillage.apps.projets.models import Section
from maillage.apps.projets.patients import Passage, PatientDataFound, masked
from maillage.apps.projets.permissions import may_read_discussion, may_write
from maillage.core.kernel.problems import BadInput
from maillage.core.text import Doc, from_markdown, read, to_markdown
from maillage.web.projets.access import for_writers, of_projet, person
from maillage.web.projets.document import inserting, words
from maillage.web.projets.document.expected import expected_of
from maillage.web.projets.document.found import of_section
from maillage.web.projets.document.rendering import ANY_FILE, OfProject, deposit_address, file_address

Context = dict[str, Any]


@require_safe
@of_projet
@of_section
def page(request: HttpRequest, section: Section) -> HttpResponse:
    """A section: to write in for who may and whom nobody precedes, else to read.

    Opening it takes it; a browser that only looks ahead takes nothing, and gets the section to read with a button.
    """
    now, user = timezone.now(), person(request)
    writes = may_write(user, section.projet)
    opens = writes and not looks_ahead(request)
    hold = locks.take(section, by=user, at=now) if opens else locks.hold_of(section, now)
    context = frame(request, section, OfProject(section.projet))
    if not writes or not hold.is_of(user):
        told = {"tenue": words.held(hold, now), "peut_ecrire": writes}
        return render(request, "projets/document/lecture.html", {**context, **told})
    return render(request, "projets/document/ecrire.html", {**context, **draft(request, section, read(section.body))})


def looks_ahead(request: HttpRequest) -> bool:
    """Whether nobody is behind this request yet: the headers alone, or a page that a browser fetches in advance."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method == "HEAD" or any("prefetch" in purpose.lower() for purpose in purposes)


def frame(request: HttpRequest, section: Section, shown: OfProject) -> Context:
    """What stands around a section, written or read."""
    rows = drafts.outline(section.projet, timezone.now())
    place = next(rank for rank, row in enumerate(rows) if row.section.pk == section.pk)
    return {
        "projet": section.projet,
        "rubrique": section,
        "lignes": rows,
        "avant": rows[place - 1].section if place else None,
        "apres": rows[place + 1].section if place + 1 < len(rows) else None,
        "attendu": expected_of(section.projet, section.code),
        "texte_html": shown.html(read(section.body)),
        "peut_discuter": may_read_discussion(person(request), section.projet),
        "attente": drafts.waiting(section.projet, person(request)).filter(section=section),
        **inserting.groups(shown.content, request.GET.get("q", "")),
        "references": json.dumps(shown.references(), ensure_ascii=False),
    }


def draft(
    request: HttpRequest, section: Section, body: Doc, base: int | None = None, typed: str | None = None
) -> Context:
    """What the editor and the plain field start from."""
    return {
        "corps": json.dumps(body.as_dict(), ensure_ascii=False),
        "markdown": to_markdown(body) if typed is None else typed,
        "revision": section.revision if base is None else base,
        "cle": f"{person(request).pk}:{section.pk}",
        "battement": int(locks.BEAT.total_seconds() * 1000),
        "fichiers": file_address(section.projet, ANY_FILE) or "",
        "depot": deposit_address(section.projet),
        "enregistree": words.saved(section),
    }


@require_POST
@for_writers
@of_section
def save(request: HttpRequest, section: Section) -> HttpResponse:
    """Save a section: from the editor (JSON), or from the plain field (a form in Markdown)."""
    return _by_script(request, section) if request.content_type == "application/json" else _by_form(request, section)


def _by_script(request: HttpRequest, section: Section) -> HttpResponse:
    try:
        sent = _sent(request)
        saved = sections.save(
            section, body=read(sent.get("corps")), base=_number(sent), by=person(request), at=timezone.now()
        )
    except PatientDataFound as found:
        return words.answer(422, {"etat": "bloque", "message": words.BLOCKED, "trouves": _told(found.passages)})
    except BadInput as wrong:
        return words.answer(422, {"etat": "refuse", "message": words.refused(wrong)})
    return words.answer(*words.told(saved))


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request. Raises :class:`BadInput`."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise BadInput([words.NOT_JSON])
    return sent


def _number(sent: dict[str, Any]) -> int:
    """The revision that a text stands on; one that never was is refused when it is read."""
    given = sent.get("revision")
    return given if isinstance(given, int) and 0 <= given < 2**31 else -1


def _by_form(request: HttpRequest, section: Section) -> HttpResponse:
    typed, base = request.POST.get("texte", ""), _base(request)
    try:
        body = from_markdown(typed.replace("\r\n", "\n"))
        if request.POST.get("masquer"):
            body = masked(body)
        saved = sections.save(section, body=body, base=base, by=person(request), at=timezone.now())
    except PatientDataFound as found:
        return _again(request, section, typed, base, {"trouves": found.passages})
    except BadInput as wrong:
        return _again(request, section, typed, base, {"refus": words.refused(wrong)})
    if saved.conflict:
        return redirect(words.conflict_address(saved.conflict))
    messages.success(request, words.told(saved)[1]["message"])
    return redirect("web:projet_document_rubrique", projet=section.projet_id, code=section.code)


def _base(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def _again(request: HttpRequest, section: Section, typed: str, base: int, why: Context) -> HttpResponse:
    """The page again, with what was typed: nothing was saved."""
    context = {
        **frame(request, section, OfProject(section.projet)),
        **draft(request, section, read(section.body), max(base, 0), typed),
        **why,
        "sans_editeur": True,
    }
    return render(request, "projets/document/ecrire.html", context, status=422)


def _told(passages: tuple[Passage, ...]) -> list[dict[str, Any]]:
    return [{"rang": each.rank, "extrait": each.excerpt, "pourquoi": each.why} for each in passages]


@require_POST
@for_writers
@of_section
def mask(request: HttpRequest, section: Section) -> HttpResponse:
    """The text that the editor sent, with a passage masked (all without ``rangs``). Nothing is saved."""
    try:
        sent = _sent(request)
        body = read(sent.get("corps"))
    except BadInput as wrong:
        return words.answer(422, {"etat": "refuse", "message": words.refused(wrong)})
    ranks = sent.get("rangs")
    return words.answer(200, {"corps": masked(body, ranks if isinstance(ranks, list) else None).as_dict()})


@require_POST
@for_writers
@of_section
def qualify(request: HttpRequest, section: Section) -> HttpResponse:
    """Say how far a section is."""
    try:
        row = sections.set_state(section, state=request.POST.get("etat", ""), by=person(request), at=timezone.now())
        messages.success(request, f"Cette rubrique est notée « {row.get_state_display()} ».")
    except BadInput as wrong:
        messages.error(request, words.refused(wrong))
    return redirect("web:projet_document_rubrique", projet=section.projet_id, code=section.code)


@require_safe
@of_projet
@of_section
def state(request: HttpRequest, section: Section) -> HttpResponse:
    """What an open page asks: a new token, whether its person may write, and the text as it is saved now."""
    told = {
        "jeton": get_token(request),
        "ecrit": may_write(person(request), section.projet),
        "revision": section.revision,
        "corps": read(section.body).as_dict(),
    }
    return words.answer(200, told)


@require_POST
@for_writers
@of_section
def take(request: HttpRequest, section: Section) -> HttpResponse:
    """Take the section, or say again that one writes in it."""
    now, user = timezone.now(), person(request)
    hold = locks.take(section, by=user, at=now)
    if words.wants_page(request):
        return redirect("web:projet_document_rubrique", projet=section.projet_id, code=section.code)
    if hold.is_of(user):
        return words.answer(200, {"etat": "tenue", "revision": section.revision})
    return words.answer(409, {"etat": "occupee", "message": words.taken_over(hold, now)})


@require_POST
@for_writers
@of_section
def release(request: HttpRequest, section: Section) -> HttpResponse:
    """Leave the section to others."""
    locks.release(section, by=person(request), at=timezone.now())
    return redirect(reverse("web:projet_document", kwargs={"projet": section.projet_id}))
