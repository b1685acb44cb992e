"""Comments and suggestions on a section, as a page and as the rail of the editor."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from maillage.apps.common import mail_quota
from maillage.apps.common.mail import Mail, deliver
from maillage.apps.projets import comments
from maillage.apps.projets.models import Comment, Projet, Section
from maillage.apps.projets.permissions import may_comment, may_write
from maillage.core.kernel.problems import BadInput
from maillage.web.projets.access import of_discussion, person
from maillage.web.screening import ScreenedForm, mask_asked, received

ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "accepter": (comments.accept, "La suggestion est dans le texte."),
    "clore": (comments.close, "Le commentaire est clos."),
    "rouvrir": (comments.reopen, "Le commentaire est rouvert."),
    "retirer": (comments.take_back, "Le commentaire est retiré."),
}
"""What can be done with a comment: the service, and what is said once done."""
TEXT_CHANGED = "rubrique-modifiee"
"""The event by which the editor beside the comments learns that the text it shows is no longer the last."""
MENTIONED = """Bonjour,

Vous êtes mentionné dans un commentaire sur le projet de santé de votre équipe.

Lire et répondre : {address}
"""


class CommentForm(ScreenedForm):
    """A remark, or other words for a passage."""

    texte = forms.CharField(
        label="Votre commentaire", required=False, max_length=comments.LONGEST, widget=forms.Textarea({"rows": 3})
    )
    passage = forms.CharField(
        label="Passage à remplacer", required=False, max_length=comments.LONGEST, widget=forms.Textarea({"rows": 2})
    )
    proposition = forms.CharField(
        label="Texte proposé", required=False, max_length=comments.LONGEST, widget=forms.Textarea({"rows": 2})
    )
    nature = forms.ChoiceField(choices=Comment.Kind.choices, required=False)
    parent = forms.UUIDField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@of_discussion
def section_comments(request: HttpRequest, projet: Projet, code: str) -> HttpResponse:
    """The comments of a section; POST adds one."""
    section = _section(projet, code)
    form = CommentForm()
    if request.method == "POST":
        form = CommentForm(received(request, CommentForm.texts()))
        if form.is_valid() and not mask_asked(request) and _write(request, section, form):
            if not request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
                return redirect("web:projet_document_commentaires", projet.pk, code)
            form = CommentForm()
    status = 422 if form.is_bound and form.errors else 200
    page = "_fil.html" if request.htmx else "page.html"  # type: ignore[attr-defined]
    return render(request, f"projets/discussion/{page}", context_of(request, section, form), status=status)


def context_of(request: HttpRequest, section: Section, form: CommentForm | None = None) -> dict[str, Any]:
    """What the rail of comments needs, for the page of a section that includes it."""
    who, projet = person(request), section.projet
    return {
        "projet": projet,
        "section": section,
        "commentaires": comments.threads_of(section),
        "formulaire": form or CommentForm(),
        "peut_commenter": may_comment(who, projet),
        "peut_ecrire": may_write(who, projet),
        "a_mentionner": projet.structure.members.filter(left_on=None, user__isnull=False).exclude(user=who),
    }


@require_POST
@of_discussion
def act(request: HttpRequest, projet: Projet, commentaire: uuid.UUID, acte: str) -> HttpResponse:
    """Accept, close, open again or take back a comment."""
    row = comments.comment_of(projet, commentaire)
    if row is None or acte not in ACTS:
        raise Http404
    service, said = ACTS[acte]
    is_in_text = False
    try:
        service(row, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, said)
        is_in_text = acte == "accepter"
    answer = _after(request, row.section)
    return trigger_client_event(answer, TEXT_CHANGED) if is_in_text else answer


def _after(request: HttpRequest, section: Section) -> HttpResponse:
    """Back to the comments, or to the rail with what was said."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        return redirect("web:projet_document_commentaires", section.projet_id, section.code)
    return render(request, "projets/discussion/_fil.html", context_of(request, section))


def _section(projet: Projet, code: str) -> Section:
    section = projet.sections.filter(code=code).first()
    if section is None:
        raise Http404
    section.projet = projet
    return section


def _write(request: HttpRequest, section: Section, form: CommentForm) -> bool:
    """Write the comment and tell who it names; a refusal goes beside the form."""
    asked = form.cleaned_data
    parent = comments.comment_of(section.projet, asked["parent"]) if asked["parent"] else None
    is_suggestion = asked["nature"] == Comment.Kind.SUGGESTION
    try:
        written = comments.comment(
            section,
            text=_with_mentions(request, section, asked["texte"]),
            quote=asked["passage"] if is_suggestion else "",
            replacement=asked["proposition"] if is_suggestion else None,
            parent=parent,
            by=person(request),
            at=timezone.now(),
        )
    except BadInput as wrong:
        form.add_error(None, str(wrong))
        return False
    _tell(request, section, written)
    return True


def _with_mentions(request: HttpRequest, section: Section, text: str) -> str:
    """The text with its names as mentions and, after it, the members that were ticked to be told."""
    ticked = set(request.POST.getlist("mention"))
    members = [each for each in section.projet.structure.members.filter(left_on=None) if str(each.pk) in ticked]
    text = comments.with_mentions(section.projet, text)
    return " ".join([text, *(f"@[{each}](membre:{each.pk})" for each in members)]).strip()


def _tell(request: HttpRequest, section: Section, written: comments.Written) -> None:
    path = reverse("web:projet_document_commentaires", args=[section.projet_id, section.code])
    text = MENTIONED.format(address=request.build_absolute_uri(path))
    subject = "Vous êtes mentionné dans un projet de santé"
    mails = [Mail(each.user.email, subject, text) for each in written.named if each.user]
    for each in comments.without_account(section.projet, written.comment.text):
        messages.warning(request, f"{each} n’a pas de compte : prévenez cette personne autrement.")
    try:
        scope = str(section.projet.structure.organisation_id)
        mail_quota.reserve(len(mails), by=str(person(request).pk), scope=scope, at=timezone.now())
    except mail_quota.TooMuchMail as refused:
        messages.warning(request, f"Le commentaire est écrit. {refused}")
        return
    lost = deliver(mails)
    if lost:
        messages.warning(request, f"Le commentaire est écrit, mais {len(lost)} courriel n’a pas pu partir.")
    elif mails:
        messages.success(request, f"Commentaire écrit ; {len(mails)} personne prévenue par courriel.")
