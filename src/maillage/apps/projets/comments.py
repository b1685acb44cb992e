"""Comments on a section: a remark, an answer, a suggestion of other words; closing, accepting, taking back."""

import datetime
import re
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.projets import sections
from maillage.apps.projets.models import Comment, Projet, Section
from maillage.apps.projets.permissions import may_comment, may_write
from maillage.apps.projets.queries import visible
from maillage.apps.structures.models import Member
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.text import read
from maillage.core.text.replacing import replaced

MENTION = re.compile(r"@\[[^\]]*\]\(membre:([0-9a-f-]{36})\)")
"""How a text names a member; the same words as in a rich text."""
TYPED = re.compile(r"(?<![\w@])@(?P<name>\w[\w'’-]*(?:[ \u00a0]+\w[\w'’-]*){0,5})")
"""What may be a name typed after « @ »: up to six words; the longest that names a member is kept."""
WORD = re.compile(r"\w[\w'’-]*[ \u00a0]*")
LONGEST = 4000


@dataclass(frozen=True)
class Written:
    """A comment, and the members it names who can read it: they are to be told by mail."""

    comment: Comment
    named: tuple[Member, ...]


@transaction.atomic
def comment(
    section: Section,
    *,
    text: str,
    by: User,
    at: datetime.datetime,
    quote: str = "",
    replacement: str | None = None,
    parent: Comment | None = None,
) -> Written:
    """Write a remark, an answer (``parent``) or a suggestion (``replacement`` in the place of ``quote``).

    Raises :class:`NotAllowed`, :class:`BadInput` (:class:`PatientData` among them); nothing is written then.
    """
    if not may_comment(by, section.projet):
        raise NotAllowed("commenter ce projet")
    kind = Comment.Kind.REMARQUE if replacement is None else Comment.Kind.SUGGESTION
    words = {"commentaire": text.strip(), "passage": quote.strip(), "texte proposé": (replacement or "").strip()}
    _check(words, kind, section, parent)
    made = Comment.objects.create(
        section=section,
        parent=parent.parent or parent if parent else None,
        kind=kind,
        quote=words["passage"],
        text=words["commentaire"],
        replacement=words["texte proposé"],
        author=by,
        at=at,
    )
    _log(made, "commenter", by, at)
    return Written(made, named_in(section.projet, text, but=by))


def _check(words: dict[str, str], kind: Comment.Kind, section: Section, parent: Comment | None) -> None:
    for label, text in words.items():
        if len(text) > LONGEST:
            raise BadInput([Problem(label, f"{len(text)} caractères", f"{LONGEST} caractères au plus")])
    if kind == Comment.Kind.SUGGESTION and not words["passage"]:
        raise BadInput([Problem("passage", None, "le passage à remplacer, copié du texte")])
    if kind == Comment.Kind.SUGGESTION and replaced(read(section.body), words["passage"], "") is None:
        raise BadInput([Problem("passage", words["passage"], "un passage du texte, mot pour mot, dans un paragraphe")])
    if kind == Comment.Kind.REMARQUE and not words["commentaire"]:
        raise BadInput([Problem("commentaire", None, "quelques mots")])
    if parent and parent.section_id != section.pk:
        raise BadInput([Problem("réponse", str(parent.pk), "un commentaire de cette rubrique")])
    screened(words)


@transaction.atomic
def accept(suggestion: Comment, *, by: User, at: datetime.datetime) -> Comment:
    """Put the suggested words in the text, and close the suggestion.

    Raises :class:`NotAllowed` for who may not write, :class:`BadInput` when the passage is no longer in the text or
    when it is no open suggestion.
    """
    row = _open(suggestion)
    if not may_write(by, row.section.projet):
        raise NotAllowed("modifier le texte de ce projet")
    if row.kind != Comment.Kind.SUGGESTION:
        raise BadInput([Problem("suggestion", str(row.pk), "une suggestion")])
    section = row.section
    body = replaced(read(section.body), row.quote, row.replacement)
    if body is None:
        raise BadInput([Problem("passage", row.quote, "un passage encore dans le texte : il a changé depuis")])
    sections.save(section, body=read(body.as_dict()), base=section.revision, by=by, at=at)
    return _end(row, Comment.State.ACCEPTEE, "accepter une suggestion", by, at)


@transaction.atomic
def close(remark: Comment, *, by: User, at: datetime.datetime) -> Comment:
    """Close a comment that was dealt with: its author, or who writes. Raises :class:`NotAllowed`, :class:`BadInput`."""
    row = _open(remark)
    own = row.author_id == by.pk and may_comment(by, row.section.projet)
    if not own and not may_write(by, row.section.projet):
        raise NotAllowed("clore ce commentaire")
    return _end(row, Comment.State.CLOSE, "clore un commentaire", by, at)


@transaction.atomic
def reopen(remark: Comment, *, by: User, at: datetime.datetime) -> Comment:
    """Open again a comment that was closed. Raises :class:`NotAllowed`, :class:`BadInput`."""
    row = _locked(remark)
    if not may_comment(by, row.section.projet):
        raise NotAllowed("rouvrir ce commentaire")
    if row.state != Comment.State.CLOSE:
        raise BadInput([Problem("commentaire", row.get_state_display(), "un commentaire clos")])
    row.state, row.closed_at, row.closed_by = Comment.State.OUVERTE, None, None
    row.save()
    _log(row, "rouvrir un commentaire", by, at)
    return row


@transaction.atomic
def take_back(remark: Comment, *, by: User, at: datetime.datetime) -> None:
    """Remove one's own comment while nobody answered. Raises :class:`NotAllowed`, :class:`BadInput`."""
    row = _locked(remark)
    if row.author_id != by.pk or not may_comment(by, row.section.projet):
        raise NotAllowed("retirer le commentaire de quelqu'un d'autre")
    if row.answers.exists():
        raise BadInput([Problem("commentaire", None, "un commentaire sans réponse ; vous pouvez le clore")])
    _log(row, "retirer un commentaire", by, at)
    row.delete()


def threads_of(section: Section) -> QuerySet[Comment]:
    """The comments of a section with their answers: the open ones first, then the last closed."""
    answers = Prefetch("answers", Comment.objects.select_related("author"))
    rows = section.comments.filter(parent=None).select_related("author", "closed_by").prefetch_related(answers)
    return rows.order_by("closed_at", "at")


def comment_of(projet: Projet, identifier: uuid.UUID) -> Comment | None:
    """A comment of a project by its identifier."""
    return (
        Comment.objects.select_related("section__projet__structure")
        .filter(section__projet=projet, pk=identifier)
        .first()
    )


def named_in(projet: Projet, text: str, *, but: User) -> tuple[Member, ...]:
    """The members that a text names, who have an account and may see the project; never who wrote it."""
    asked = [uuid.UUID(found) for found in MENTION.findall(text) if _is_uuid(found)]
    members = Member.objects.filter(structure=projet.structure, pk__in=asked, left_on=None).select_related("user")
    return tuple(
        each for each in members if each.user and each.user != but and visible(each.user).filter(pk=projet.pk).exists()
    )


def with_mentions(projet: Projet, text: str) -> str:
    """The text with each « @Prénom Nom » of a present member written as a mention, whatever its case and accents."""
    names = {fold(str(each)): each for each in Member.objects.filter(structure=projet.structure, left_on=None)}

    def mention(found: re.Match[str]) -> str:
        words = WORD.findall(found["name"])
        for count in range(len(words), 0, -1):
            member = names.get(fold("".join(words[:count])))
            if member is not None:
                rest = "".join(words[:count]).rstrip()
                return f"@[{member}](membre:{member.pk}){found['name'][len(rest) :]}"
        return found[0]

    return TYPED.sub(mention, text)


def without_account(projet: Projet, text: str) -> tuple[Member, ...]:
    """The members that a text names and whom no mail can tell: they have no account."""
    asked = [uuid.UUID(found) for found in MENTION.findall(text) if _is_uuid(found)]
    return tuple(Member.objects.filter(structure=projet.structure, pk__in=asked, left_on=None, user=None))


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _locked(remark: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("section__projet__structure__organisation")
    return rows.get(pk=remark.pk)


def _open(remark: Comment) -> Comment:
    row = _locked(remark)
    if row.state != Comment.State.OUVERTE:
        raise BadInput([Problem("commentaire", row.get_state_display(), "un commentaire encore ouvert")])
    return row


def _end(row: Comment, state: Comment.State, verb: str, by: User, at: datetime.datetime) -> Comment:
    row.state, row.closed_at, row.closed_by = state, at, by
    row.save()
    _log(row, verb, by, at)
    return row


def _log(row: Comment, verb: str, by: User, at: datetime.datetime) -> None:
    told = {"rubrique": row.section.code, "nature": row.kind, "etat": row.state}
    record(by=by, at=at, verb=verb, subject=row, after=told, scope=str(row.section.projet.structure.organisation_id))
