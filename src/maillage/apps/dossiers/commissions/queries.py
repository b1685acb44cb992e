"""Reads of the commissions, each within the right of who reads."""

from dataclasses import dataclass

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.commissions.base import State
from maillage.apps.dossiers.commissions.rights import runs, sits, visible_sessions
from maillage.apps.dossiers.models import AgendaItem, Dossier, Session
from maillage.apps.dossiers.permissions import may_read_inside

MOST = 5


@dataclass(frozen=True)
class Passage:
    """A dossier before a commission, as the authority reads it; ``opens``: whether this person has the page."""

    item: AgendaItem
    opens: bool

    @property
    def session(self) -> Session:
        """The session."""
        return self.item.session


def passages_of(person: User, dossier: Dossier) -> list[Passage]:
    """When a dossier went before a commission and what it said, for who reads the dossier whole; the latest first."""
    if not may_read_inside(person, dossier):
        return []
    rows = AgendaItem.objects.filter(dossier=dossier).exclude(session__state=State.ANNULEE, sense="")
    rows = rows.select_related("session__commission__organisation", "session__minutes_file", "dossier__structure")
    return [
        Passage(each, runs(person, each.session.commission) or sits(person, each.session))
        for each in rows.order_by("-session__starts_at", "pk")
    ]


def may_read_minutes(person: User, session: Session) -> bool:
    """Whether a person reads the minutes: who runs the commission, its members once they are proposed."""
    if session.state not in (State.TENUE, State.APPROUVEE):
        return False
    return runs(person, session.commission) or (session.proposed_at is not None and sits(person, session))


def upcoming(person: User) -> list[Session]:
    """The sessions of a person that are still to be held, or whose minutes wait; the nearest first."""
    rows = visible_sessions(person).exclude(state__in=(State.APPROUVEE, State.ANNULEE))
    return list(rows.order_by("starts_at", "pk")[:MOST])
