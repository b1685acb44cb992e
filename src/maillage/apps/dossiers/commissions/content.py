"""What the documents of a session say: plain JSON values, in French."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from maillage.apps.dossiers.commissions.debating import entitled, votes_on
from maillage.apps.dossiers.commissions.holding import (
    ItemQuorum,
    Sitting,
    people_of,
    quorum_of,
    quorum_of_item,
    seats_of,
    sittings,
)
from maillage.apps.dossiers.commissions.recorded import day_there, held_in_words
from maillage.apps.dossiers.models import AgendaItem, Session
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.calendar import zone_of
from maillage.core.dossiers.quorum import Quorum, tally
from maillage.core.kernel import french

Content = dict[str, Any]
CAME = {
    "titulaire": "titulaire présent", "suppleant": "suppléant présent", "excuse": "excusé", "absent": "absent",
    "": "non noté",
}  # fmt: skip
CLOSED = "Point qui ne vous est pas ouvert : conflit d'intérêts."


def head_of(session: Session) -> Content:
    """Which session: its commission, its day, its hours, its place."""
    start = session.starts_at.astimezone(zone_of(session.commission.organisation.region))
    end = start + datetime.timedelta(minutes=session.minutes_long)
    return {
        "commission": session.commission.nom,
        "organisation": session.commission.organisation.nom,
        "jour": french.day(start.date()),
        "horaire": f"de {start:%H:%M} à {end:%H:%M}",
        "lieu": session.place or "à préciser",
    }


def agenda_of(session: Session, hidden: Collection[uuid.UUID] = ()) -> list[Content]:
    """The items, those of ``hidden`` closed."""
    rows = session.items.select_related("dossier__structure__organisation", "dossier__filer", "dossier__authority")
    return [_line(item, closed=item.pk in hidden) for item in rows]


def content_of(session: Session, *, number: int = 0, reason: str = "", hidden: Collection[uuid.UUID] = ()) -> Content:
    """The minutes. ``hidden``: the items from which the reader is kept away; ``number``: 0 for a draft."""
    rows = session.items.select_related("dossier__structure__organisation", "dossier__filer", "dossier__authority")
    approved = day_there(session, session.approved_at) if session.approved_at else None
    points = []
    for item in rows:
        item.session = session
        points.append(_line(item, closed=True) if item.pk in hidden else _point(item))
    return {
        **head_of(session),
        "numero": number,
        "raison": reason,
        "tenue": held_in_words(session),
        "texte": [each for each in session.minutes.split("\n") if each.strip()],
        "quorum": quorum_said(quorum_of(session)),
        "regles": session.commission.rules_source,
        "presences": _presences(session),
        "points": points,
        "approuve": f"Approuvé le {french.day(approved)}." if approved else "",
        "extrait": bool(hidden),
    }


def title_of(item: AgendaItem) -> str:
    """How an item is named: the dossier, its kind, its structure."""
    return f"{item.dossier} · {definition_of(item.dossier).titre} · {item.dossier.structure.nom}"


def quorum_said(found: Quorum) -> str:
    """The quorum in one sentence."""
    seats = f"{found.present} {french.plural(found.present, 'siège tenu', 'sièges tenus')} sur {found.seats}"
    if found.needed is None:
        return f"{seats}. Aucune règle de quorum n'est fixée."
    reached = "le quorum est atteint" if found.is_reached else "le quorum n'est pas atteint"
    needed = f"{found.needed} {french.plural(found.needed, 'nécessaire')}"
    return f"{seats}, {needed} : {reached}."


def item_quorum_said(found: ItemQuorum, leaves: bool | None) -> list[str]:
    """The quorum of an item: the count that the rule keeps, both while no rule says which (``leaves`` is ``None``)."""
    if not found.differs:
        return [quorum_said(found.counted)]
    kept = f"Sièges en conflit d'intérêts comptés : {quorum_said(found.counted)}"
    left = f"Sièges en conflit d'intérêts non comptés : {quorum_said(found.left_out)}"
    return [kept, left] if leaves is None else [left if leaves else kept]


def _line(item: AgendaItem, *, closed: bool) -> Content:
    return {
        "numero": item.position,
        "titre": CLOSED if closed else title_of(item),
        "objet": "" if closed else item.get_purpose_display(),
        "rapporteur": "" if closed else item.rapporteur,
        "ferme": closed,
    }


def _point(item: AgendaItem) -> Content:
    rows = sittings(item)
    quorum = quorum_of_item(item, rows)
    return {
        **_line(item, closed=False),
        "quorum": item_quorum_said(quorum, item.session.commission.conflicts_leave_quorum),
        "retraits": _withdrawn(rows),
        "debat": [each for each in item.debate.split("\n") if each.strip()],
        "voix": _voices(item, rows),
        "bilan": _outcome(item, rows),
        "avis": item.get_sense_display() if item.sense else "non examiné",
        "motifs": [each for each in item.reasons.split("\n") if each.strip()],
    }


def _withdrawn(rows: Collection[Sitting]) -> list[str]:
    """Who was kept away: named with their seat, as minutes do; the reason stays with the declaration."""
    return [f"{each.name} ({row.seat.represents}, {each.word})" for row in rows for each in row.away]


def _voices(item: AgendaItem, rows: list[Sitting]) -> list[Content]:
    given = {each.seat_id: each.get_choice_display() for each in item.votes.all()}
    if not votes_on(item):
        return []
    return [
        {"siege": str(each.seat), "voix": given.get(each.seat.pk, "n'a pas pris part au vote")}
        for each in entitled(item, rows)
    ]


def _outcome(item: AgendaItem, rows: list[Sitting]) -> str:
    if not votes_on(item):
        return ""
    found = tally([each.choice for each in item.votes.all()], len(entitled(item, rows)))
    told = f"{found.pour} pour, {found.contre} contre, {found.abstention} abstention, {found.silent} sans voix donnée"
    return f"{told} : {found.outcome}."


def _presences(session: Session) -> list[Content]:
    came = {row.seat_id: row.holder for row in session.presences.filter(item=None)}
    return [
        {
            "college": seat.college,
            "represente": seat.represents,
            "nom": ", ".join(each.name for each in people_of(seat) if each.holder == came.get(seat.pk))
            or ", ".join(each.name for each in people_of(seat))
            or "personne n'est nommé",
            "presence": CAME[came.get(seat.pk, "")],
        }
        for seat in seats_of(session)
    ]
