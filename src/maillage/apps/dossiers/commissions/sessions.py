"""The verbs on a session: plan, change, open, close, cancel, meet again when the quorum lacked."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.commissions.base import PLANNED, State, check_runs, held, tell
from maillage.apps.dossiers.commissions.holding import HELD, day_of_session, quorum_of
from maillage.apps.dossiers.commissions.inputs import SessionFields, moment
from maillage.apps.dossiers.commissions.recorded import CLOSED, CLOSED_WITHOUT_QUORUM, OPENED, REASON, day_there
from maillage.apps.dossiers.models import AgendaItem, Commission, Session
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers.calendar import zone_of
from maillage.core.kernel import french

TOLD = ("starts_at", "minutes_long", "place")
"""What a convocation says."""


@transaction.atomic
def plan(commission: Commission, fields: SessionFields, *, by: User, at: datetime.datetime) -> Session:
    """Prepare a session of an open commission."""
    row = Commission.objects.select_related("organisation").get(pk=commission.pk)
    check_runs(by, row, "prévoir une séance")
    if row.closed_at is not None:
        raise refused("", "Cette commission est fermée.")
    session = Session(commission=row)
    _fill(session, fields)
    session.save(force_insert=True)
    tell(row, "prévoir une séance", session, by=by, at=at, after=_told(session))
    return session


@transaction.atomic
def change(session: Session, fields: SessionFields, *, by: User, at: datetime.datetime) -> Session:
    """Change the date, the length or the place. Once convoked, the members are to be told again."""
    row = held(session.pk, *PLANNED)
    check_runs(by, row.commission, "modifier une séance")
    before = _told(row)
    _fill(row, fields)
    if _told(row) != before:
        if row.state == State.CONVOQUEE:
            row.sequence += 1
        row.save()
        tell(row.commission, "modifier une séance", row, by=by, at=at, before=before, after=_told(row))
    return row


@transaction.atomic
def open_session(session: Session, *, reason: str = "", by: User, at: datetime.datetime) -> Session:
    """Open a session that was convoked: attendance, avis and votes are written from then on.

    Before its day (that of the place where the commission is run), only with a reason, that its minutes then say.
    """
    row = held(session.pk, State.CONVOQUEE)
    check_runs(by, row.commission, "ouvrir une séance")
    if day_there(row, at) >= day_of_session(row):
        return _to(row, State.OUVERTE, OPENED, by, at)
    reason = " ".join(reason.replace("\0", "").split())[:300]
    if not reason:
        planned = french.day(day_of_session(row))
        words = f"Cette séance est prévue le {planned}. Pour l'ouvrir avant, dites pourquoi : le procès-verbal le dira."
        raise refused("reason", words)
    screened({"reason": reason})
    return _to(row, State.OUVERTE, OPENED, by, at, told={REASON: reason})


@transaction.atomic
def close_session(session: Session, *, by: User, at: datetime.datetime) -> Session:
    """Close a session: its minutes are made of what was written."""
    row = held(session.pk, State.OUVERTE)
    check_runs(by, row.commission, "fermer une séance")
    if not row.presences.filter(item=None, holder__in=HELD).exists():
        raise refused("", "Notez d'abord qui est présent.")
    return _to(row, State.TENUE, CLOSED, by, at)


@transaction.atomic
def cancel(session: Session, *, by: User, at: datetime.datetime) -> Session:
    """Cancel a session that was not opened; who was convoked is then to be told."""
    row = held(session.pk, *PLANNED)
    check_runs(by, row.commission, "annuler une séance")
    row.sequence += 1
    return _to(row, State.ANNULEE, "annuler la séance", by, at)


@transaction.atomic
def meet_again(session: Session, fields: SessionFields, *, by: User, at: datetime.datetime) -> Session:
    """Prepare a new session with what an opened one could not examine, for want of quorum. The first is closed."""
    row = held(session.pk, State.OUVERTE)
    check_runs(by, row.commission, "réunir à nouveau une commission")
    if quorum_of(row).is_reached is not False:
        raise refused("", "Le quorum n'est pas fixé, ou il est atteint : une nouvelle séance se prévoit autrement.")
    _to(row, State.TENUE, CLOSED_WITHOUT_QUORUM, by, at)
    again = Session(commission=row.commission, follows=row)
    _fill(again, fields)
    again.save(force_insert=True)
    kept = ("dossier_id", "position", "purpose", "rapporteur")
    rows = row.items.filter(sense="").values(*kept)
    AgendaItem.objects.bulk_create(AgendaItem(session=again, **each) for each in rows)
    tell(row.commission, "prévoir une nouvelle séance", again, by=by, at=at, after=_told(again))
    return again


def _fill(session: Session, fields: SessionFields) -> None:
    screened({"place": fields.place})
    zone = zone_of(session.commission.organisation.region)
    session.starts_at, session.minutes_long, session.place = moment(fields, zone), fields.minutes, fields.place


def _to(
    session: Session, state: State, verb: str, by: User, at: datetime.datetime, told: Mapping[str, str] | None = None
) -> Session:
    before, session.state = session.state, state
    session.save()
    after = {"etat": state, **(told or {})}
    tell(session.commission, verb, session, by=by, at=at, before={"etat": before}, after=after)
    return session


def _told(session: Session) -> dict[str, object]:
    return {
        "debut": session.starts_at.astimezone(datetime.UTC).isoformat(),
        "duree": session.minutes_long,
        "lieu": session.place,
    }
