"""What who reviews does with a dossier: hold it, declare it complete, ask for pieces, propose it, classify it."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.asking import FREE, AskedPiece, ask_pieces
from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.labels import put_label
from maillage.apps.dossiers.models import Dossier, Message
from maillage.apps.dossiers.moving import allowed, locked, move, write_event
from maillage.apps.dossiers.permissions import REVIEWERS, delegations, may_review
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.telling import tell

OVER = (Dossier.Phase.BROUILLON, Dossier.Phase.CLOS)

__all__ = [
    "FREE",
    "AskedPiece",
    "ask_pieces",
    "assign",
    "classify",
    "declare_complete",
    "propose",
    "put_label",
    "reviewers_of",
    "send_back",
]


def reviewers_of(dossier: Dossier) -> QuerySet[User]:
    """Who may hold a dossier: the instructeurs of the authority and of its délégation, those of the structure out."""
    bodies = [dossier.authority_id, *delegations(dossier)]
    held = Role.objects.filter(
        name__in=REVIEWERS, until=None, organisation__in=bodies, organisation__closed_at=None
    ).values("user")
    own = Role.objects.filter(name__in=STRUCTURE_ROLES, until=None).filter(
        Q(organisation=dossier.structure.organisation_id) | Q(organisation=dossier.filer_id)
    )
    rows = User.objects.filter(pk__in=held, is_active=True).exclude(pk__in=own.values("user"))
    return rows.order_by("nom", "prenom", "pk")


@transaction.atomic
def assign(dossier: Dossier, holder: User | None, *, seen: uuid.UUID | None, by: User, at: datetime.datetime) -> bool:
    """Give a dossier to someone who reviews, or to nobody; whether that changes anything.

    ``seen`` is who held it when the page was read: someone else took it since then, who asks is told. Raises
    :class:`BadInput`, :class:`NotAllowed`.
    """
    dossier = locked(dossier.pk)
    if not may_review(by, dossier):
        raise NotAllowed("confier ce dossier")
    if dossier.phase in OVER:
        raise refused("responsable", "Ce dossier n'est plus en cours : il ne s'attribue plus.")
    before = dossier.holder
    if holder == before:
        return False
    if dossier.holder_id != seen:
        raise refused("responsable", _taken(before))
    if holder is not None and not reviewers_of(dossier).filter(pk=holder.pk).exists():
        raise refused("responsable", f"{holder.full_name} n'instruit pas les dossiers de cette autorité.")
    dossier.holder = holder
    dossier.save(update_fields=["holder"])
    write_event(
        dossier, "attribuer", by=by, at=at, internal=True,
        before={"responsable": _key(before)}, after={"responsable": _key(holder)},
    )  # fmt: skip
    people = [each for each in (before, holder) if each is not None and each != by]
    if people:
        tell(dossier, "attribution", by=by, at=at, people=people, title=_told_of_the_holder(holder))
    return True


@transaction.atomic
def declare_complete(dossier: Dossier, *, by: User, at: datetime.datetime) -> Dossier:
    """Say that nothing is missing; a delay that counts from the complete file starts on this day of the territory.

    Declared again after missing pieces, it keeps its first day: the suspensions already put its end later.
    """
    dossier = locked(dossier.pk)
    allowed(dossier, "declarer_complet", by=by)
    today = day_of(dossier, at)
    dossier.completed_on = dossier.completed_on or today
    set_clock(dossier, today=today)
    move(dossier, "declarer_complet", by=by, at=at, told={"complet le": dossier.completed_on})
    tell(dossier, "message", by=by, at=at, to="deposant", title="Votre dossier est complet", address=_page(dossier))
    return dossier


@transaction.atomic
def propose(dossier: Dossier, *, note: str = "", by: User, at: datetime.datetime) -> Dossier:
    """Hand the dossier to who decides, with a note that only the authority reads."""
    dossier = locked(dossier.pk)
    allowed(dossier, "proposer", by=by)
    screened({"note": note})
    if note.strip():
        Message.objects.create(dossier=dossier, at=at, author=by, text=note.strip(), is_internal=True)
    set_clock(dossier, today=day_of(dossier, at))
    move(dossier, "proposer", by=by, at=at)
    tell(dossier, "a_decider", by=by, at=at)
    return dossier


@transaction.atomic
def send_back(dossier: Dossier, *, reason: str, by: User, at: datetime.datetime) -> Dossier:
    """Take a dossier proposed to who decides back to its review; only the authority reads why. The clock goes on."""
    dossier = locked(dossier.pk)
    allowed(dossier, "renvoyer", by=by)
    reason = reason.strip()
    if not reason:
        raise refused("motif", "Écrivez pourquoi : qui instruit le lira.")
    screened({"motif": reason})
    set_clock(dossier, today=day_of(dossier, at))
    move(dossier, "renvoyer", by=by, at=at)
    Message.objects.create(
        dossier=dossier, at=at, author=by, text=f"Dossier renvoyé à l'instruction. {reason}", is_internal=True
    )
    words = "Un dossier est renvoyé à l’instruction"
    tell(dossier, "note", by=by, at=at, title=words, address=f"{_page(dossier)}echanges/")
    return dossier


@transaction.atomic
def classify(dossier: Dossier, *, reason: str, by: User, at: datetime.datetime) -> Dossier:
    """Close a dossier without a decision; who files reads why in the exchanges."""
    dossier = locked(dossier.pk)
    allowed(dossier, "classer", by=by)
    reason = reason.strip()
    if not reason:
        raise refused("motif", "Écrivez pourquoi : qui a déposé le dossier le lira.")
    screened({"motif": reason})
    Message.objects.create(dossier=dossier, at=at, author=by, text=f"Dossier classé sans suite. {reason}")
    dossier.due_on = dossier.suspended_since = None
    move(dossier, "classer", by=by, at=at, told={"motif": reason})
    words = "Votre dossier est classé sans suite"
    tell(dossier, "decision", by=by, at=at, to="deposant", title=words, address=f"{_page(dossier)}echanges/")
    return dossier


def _taken(holder: User | None) -> str:
    if holder is None:
        return "Quelqu'un vient de rendre ce dossier : relisez la page, puis recommencez."
    return f"{holder.full_name} vient de prendre ce dossier : relisez la page, puis recommencez si besoin."


def _told_of_the_holder(holder: User | None) -> str:
    return "Ce dossier n'est plus attribué" if holder is None else f"{holder.full_name} instruit ce dossier"


def _page(dossier: Dossier) -> str:
    return f"/dossiers/{dossier.pk}/"


def _key(user: User | None) -> str | None:
    return None if user is None else user.event_actor
