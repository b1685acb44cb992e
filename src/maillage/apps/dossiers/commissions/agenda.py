"""The agenda of a session: the dossiers that wait for the commission, and those that it is to examine."""

import datetime
import uuid
from typing import Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.dossiers.commissions.base import PLANNED, State, check_runs, held, item_of, tell
from maillage.apps.dossiers.commissions.rights import is_away, runs, visible_commissions
from maillage.apps.dossiers.models import AgendaItem, Commission, Dossier, Session
from maillage.apps.dossiers.moving import locked, move, moves_of, write_event
from maillage.apps.dossiers.queries import definition_of, to_review
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.telling import tell as notify
from maillage.core.dossiers import kinds, path
from maillage.core.dossiers.commissions import advices

Purpose = Literal["avis", "information"]
WAITED = frozenset({"inscrire", "rendre_avis", "informer_commission"})
"""The verbs that a dossier waits for the commission with."""
PENDING = (State.PREPAREE, State.CONVOQUEE, State.OUVERTE)


def purpose_of(dossier: Dossier, commission: Commission) -> Purpose | None:
    """What a dossier goes to this commission for, where it stands; ``None`` when it does not go now."""
    definition = definition_of(dossier)
    asked = {each.objet for each in advices(definition, commission.code)}
    here = {each.verb: each for each in path.possible(definition, dossier.state, {"commission"})}
    after = set(here)
    if "inscrire" in here:
        after |= {each.verb for each in path.possible(definition, here["inscrire"].target, {"commission"})}
    if "avis" in asked and "rendre_avis" in after:
        return "avis"
    if "information" in asked and ("informer_commission" in after or "avis" not in asked):
        return "information" if after & WAITED else None
    return None


def waiting(person: User, commission: Commission) -> list[Dossier]:
    """The dossiers that wait for a commission and that this person reviews, the oldest first; those already on the
    agenda of a session to come, or on which the commission has given its avis, are left out, unless they came back to
    the review since (pieces asked for)."""
    codes = [each.code for each in kinds.every_kind() if advices(each, commission.code)]
    rows = to_review(person).filter(kind__in=codes, authority=commission.organisation)
    items = AgendaItem.objects.filter(session__commission=commission)
    taken = items.filter(sense="", session__state__in=PENDING).values("dossier")
    given = items.exclude(sense__in=("", AgendaItem.Sense.AJOURNE))
    seen = {(each.dossier_id, each.purpose) for each in given}
    found = [(each, purpose_of(each, commission)) for each in rows.exclude(pk__in=taken).order_by("submitted_at", "pk")]
    return [
        dossier
        for dossier, purpose in found
        if purpose is not None and ((dossier.pk, purpose) not in seen or dossier.phase == Dossier.Phase.INSTRUCTION)
    ]


def commissions_for(person: User, dossier: Dossier) -> list[Commission]:
    """The commissions that this person runs and that this dossier waits for."""
    rows = visible_commissions(person).filter(organisation=dossier.authority, closed_at=None)
    return [each for each in rows if runs(person, each) and purpose_of(dossier, each) is not None]


def sessions_for(person: User, dossier: Dossier) -> list[Session]:
    """The sessions to come on whose agenda this person may put a dossier, the nearest first."""
    rows = Session.objects.filter(commission__in=commissions_for(person, dossier), state__in=PLANNED)
    return list(rows.select_related("commission__organisation").order_by("starts_at", "pk"))


def item_to_come(dossier: Dossier) -> AgendaItem | None:
    """Where a dossier is on the agenda of a session that has not said anything of it yet."""
    rows = dossier.agenda_items.filter(sense="", session__state__in=PENDING)
    return rows.select_related("session__commission__organisation").order_by("session__starts_at").first()


@transaction.atomic
def add(session: Session, dossier: Dossier, *, by: User, at: datetime.datetime) -> AgendaItem:
    """Put a dossier on the agenda, last; its state follows its path."""
    row = held(session.pk, *PLANNED)
    check_runs(by, row.commission, "inscrire un dossier")
    kept = locked(dossier.pk)
    purpose = purpose_of(kept, row.commission)
    if purpose is None or kept.authority_id != row.commission.organisation_id or is_away(by, kept):
        raise refused("dossier", "Ce dossier n'attend pas cette commission.")
    if AgendaItem.objects.filter(dossier=kept, sense="", session__state__in=PENDING).exists():
        raise refused("dossier", "Ce dossier est déjà à l'ordre du jour d'une séance.")
    last = row.items.order_by("-position").first()
    item = AgendaItem.objects.create(
        session=row, dossier=kept, purpose=purpose, position=last.position + 1 if last else 1
    )
    told = {"seance": timezone.localdate(row.starts_at).isoformat(), "objet": purpose}
    if "inscrire" in {each.verb for each in moves_of(by, kept)}:
        move(kept, "inscrire", by=by, at=at, told=told)
    else:
        write_event(kept, "inscrire à une séance", by=by, at=at, after=told)
    notify(kept, "seance", by=by, at=at)
    _changed(row)
    return item


@transaction.atomic
def remove(session: Session, item: uuid.UUID, *, by: User, at: datetime.datetime) -> None:
    """Take a dossier off the agenda: it waits again for a session."""
    row = held(session.pk, *PLANNED)
    check_runs(by, row.commission, "retirer un dossier de l'ordre du jour")
    found = item_of(row, item)
    if found.documents.exists():
        raise refused("", "Des documents sont joints à ce point : retirez-les d'abord.")
    before = {"seance": timezone.localdate(row.starts_at).isoformat()}
    write_event(locked(found.dossier_id), "retirer d'une séance", by=by, at=at, before=before)
    found.delete()
    _number(row.items.all())
    _changed(row)


@transaction.atomic
def shift(session: Session, item: uuid.UUID, up: bool, *, by: User, at: datetime.datetime) -> None:
    """Move an item one place up or down."""
    row = held(session.pk, *PLANNED)
    check_runs(by, row.commission, "ordonner l'ordre du jour")
    rows = list(row.items.all())
    place = next((rank for rank, each in enumerate(rows) if each.pk == item), None)
    if place is None:
        raise AgendaItem.DoesNotExist
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for rank, each in enumerate(rows, start=1):
        AgendaItem.objects.filter(pk=each.pk).update(position=rank)
    _changed(row)
    tell(row.commission, "ordonner l'ordre du jour", row, by=by, at=at, after={"points": len(rows)})


@transaction.atomic
def name_rapporteur(session: Session, item: uuid.UUID, name: str, *, by: User, at: datetime.datetime) -> None:
    """Say who presents a dossier."""
    row = held(session.pk, State.PREPAREE, State.CONVOQUEE, State.OUVERTE)
    check_runs(by, row.commission, "nommer un rapporteur")
    found = item_of(row, item)
    name = " ".join(name.replace("\0", "").split())[:200]
    screened({"rapporteur": name}, kinds=OF_A_NAME)
    if found.rapporteur != name:
        found.rapporteur = name
        found.save(update_fields=["rapporteur"])
        tell(row.commission, "nommer un rapporteur", row, by=by, at=at, after={"point": found.position})


def _number(rows: QuerySet[AgendaItem]) -> None:
    for rank, each in enumerate(rows, start=1):
        AgendaItem.objects.filter(pk=each.pk).update(position=rank)


def _changed(session: Session) -> None:
    """An agenda that changes once it was sent is to be sent again."""
    if session.state == State.CONVOQUEE:
        session.sequence += 1
        session.save(update_fields=["sequence"])
