"""The minutes of a session: made of what was written, edited, proposed, approved and sealed."""

import datetime
import io
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.files.services import deposit
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.commissions.base import State, check_runs, held, tell
from maillage.apps.dossiers.commissions.content import content_of
from maillage.apps.dossiers.commissions.holding import day_of_session
from maillage.apps.dossiers.commissions.recorded import day_there
from maillage.apps.dossiers.commissions.rights import is_away, runs, sits
from maillage.apps.dossiers.models import AgendaItem, Remark, SealedMinutes, Session
from maillage.apps.dossiers.refusals import refused
from maillage.core.documents.commission_files import minutes_pdf


@transaction.atomic
def write_minutes(
    session: Session, text: str, debates: Mapping[uuid.UUID, str], *, by: User, at: datetime.datetime
) -> Session:
    """Edit the minutes of a session that was held: the text of the whole, and that of each item (those from which one
    is kept away are left as they are)."""
    row = held(session.pk, State.TENUE)
    check_runs(by, row.commission, "rédiger un procès-verbal")
    rows = {item.pk: item for item in _items(row) if not is_away(by, item.dossier)}
    texts = {"minutes": _text(text)} | {f"point-{key}": _text(words) for key, words in debates.items() if key in rows}
    screened(texts)
    row.minutes = texts["minutes"]
    row.save(update_fields=["minutes"])
    for key, item in rows.items():
        if key in debates and item.debate != texts[f"point-{key}"]:
            item.debate = texts[f"point-{key}"]
            item.save(update_fields=["debate"])
    tell(row.commission, "rédiger le procès-verbal", row, by=by, at=at, after={"points": len(rows)})
    return row


@transaction.atomic
def propose(session: Session, *, by: User, at: datetime.datetime) -> Session:
    """Show the minutes to the members, for their remarks."""
    row = held(session.pk, State.TENUE)
    check_runs(by, row.commission, "proposer un procès-verbal")
    row.proposed_at = at
    row.save(update_fields=["proposed_at"])
    tell(row.commission, "proposer le procès-verbal", row, by=by, at=at, after={"seance": str(day_of_session(row))})
    return row


@transaction.atomic
def remark(session: Session, item: uuid.UUID | None, text: str, *, by: User, at: datetime.datetime) -> Remark:
    """Say something of the minutes proposed; it is read by its author and by who runs the commission."""
    row = held(session.pk, State.TENUE)
    if not sits(by, row) and not runs(by, row.commission):
        raise NotAllowed("faire une remarque")
    if row.proposed_at is None:
        raise refused("text", "Le procès-verbal n'est pas encore proposé.")
    about = None if item is None else _items(row).get(pk=item)
    if about is not None and is_away(by, about.dossier):
        raise AgendaItem.DoesNotExist
    words = _text(text)
    if not words:
        raise refused("text", "Écrivez votre remarque.")
    screened({"text": words})
    made = Remark.objects.create(session=row, item=about, author=by, text=words, at=at)
    tell(row.commission, "faire une remarque", row, by=by, at=at, after={"point": about.position if about else None})
    return made


@transaction.atomic
def approve(session: Session, *, by: User, at: datetime.datetime) -> Session:
    """Approve the minutes: their PDF is made and kept with its fingerprint, nothing of the session changes then."""
    row = held(session.pk, State.TENUE)
    check_runs(by, row.commission, "approuver un procès-verbal")
    if row.proposed_at is None:
        raise refused("", "Proposez d'abord le procès-verbal aux membres.")
    former = row.sealed.first()
    row.approved_at, row.approved_by = at, by
    number = former.number + 1 if former else 1
    content = content_of(row, number=number, reason=former.reopened_reason if former else "")
    name = f"proces-verbal-{day_of_session(row).isoformat()}-{number}.pdf"
    row.minutes_file = deposit(
        by=by, at=at, name=name, content=io.BytesIO(minutes_pdf(content, today=day_there(row, at))),
        scope=str(row.commission.organisation_id), kinds=("pdf",), declared_harmless=True,
    )  # fmt: skip
    row.state = State.APPROUVEE
    row.save()
    SealedMinutes.objects.create(session=row, number=number, file=row.minutes_file, at=at, by=by)
    told = {"etat": row.state, "numero": number, "empreinte": row.minutes_file.sha256}
    tell(row.commission, "approuver le procès-verbal", row, by=by, at=at, after=told)
    return row


@transaction.atomic
def reopen(session: Session, reason: str, *, by: User, at: datetime.datetime) -> Session:
    """Open approved minutes again, with the reason: the sealed PDF stays, the next one says why it was made."""
    row = held(session.pk, State.APPROUVEE)
    check_runs(by, row.commission, "rouvrir un procès-verbal")
    reason = " ".join(reason.replace("\0", "").split())[:300]
    if not reason:
        raise refused("reason", "Dites pourquoi le procès-verbal est rouvert.")
    screened({"reason": reason})
    row.sealed.filter(reopened_at=None).update(reopened_at=at, reopened_by=by, reopened_reason=reason)
    row.state, row.minutes_file, row.approved_at, row.approved_by = State.TENUE, None, None, None
    row.save()
    tell(row.commission, "rouvrir le procès-verbal", row, by=by, at=at, after={"raison": reason})
    return row


def _items(session: Session) -> QuerySet[AgendaItem]:
    return session.items.select_related("dossier__structure__organisation", "dossier__filer")


def _text(words: str) -> str:
    return words.replace("\0", "").replace("\r\n", "\n").strip()
