"""Missing pieces: asked for by a letter, the request corrected or lengthened, or withdrawn, while it is open."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.clocks import clock_of, set_clock
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.models import Dossier, PieceRequest, Suspension
from maillage.apps.dossiers.moving import allowed, locked, move, put_back, write_event
from maillage.apps.dossiers.permissions import may_review
from maillage.apps.dossiers.piece_letters import letter_of_pieces
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.telling import tell
from maillage.core.dossiers.path import moves
from maillage.core.kernel.french import day as day_in_words

MOST_ITEMS = 40
LONGEST_ITEM = 200
"""Letters of the name of a piece asked for."""
FREE = "autre"
"""The code of a piece that the definition does not name."""
LONGEST_REASON = 2_000
CORRECTED = "corriger la demande de pièces"
WITHDRAWN = "retirer la demande de pièces"


@dataclass(frozen=True)
class AskedPiece:
    """A piece asked for: a document of the definition by its code, or a free one by its name; what must be in it."""

    code: str
    libelle: str = ""
    precision: str = ""


@transaction.atomic
def ask_pieces(
    dossier: Dossier,
    items: Sequence[AskedPiece],
    *,
    text: str = "",
    answer_by: datetime.date,
    by: User,
    at: datetime.datetime,
) -> PieceRequest:
    """Ask for what is missing, by a letter; the legal clock stands still when the delay of the kind says so.

    Raises :class:`BadInput`: nothing asked, a day that is past, a request that is already open.
    """
    dossier = locked(dossier.pk)
    if dossier.piece_requests.filter(answered_at=None).exists():
        raise refused("", "Des pièces sont déjà demandées pour ce dossier : attendez la réponse.")
    allowed(dossier, "demander_pieces", by=by)
    today = day_of(dossier, at)
    asked = _checked_items(dossier, items)
    _check_request(asked, text, answer_by, today)
    row = PieceRequest(dossier=dossier, at=at, by=by, text=text.strip(), items=asked, answer_by=answer_by)
    row.letter = letter_of_pieces(row, by=by, at=at)
    row.save()
    _suspend(dossier, row, today)
    set_clock(dossier, today=today)
    move(dossier, "demander_pieces", by=by, at=at, told=_told(row))
    tell(dossier, "pieces_demandees", by=by, at=at, to="deposant")
    return row


@transaction.atomic
def correct_request(
    dossier: Dossier,
    items: Sequence[AskedPiece],
    *,
    text: str = "",
    answer_by: datetime.date,
    by: User,
    at: datetime.datetime,
) -> PieceRequest:
    """Change what an open request asks for, or its time limit: a new letter takes the place of the first one.

    The clock stays as the request left it, suspended since its day when the delay is. Raises :class:`NotAllowed`,
    :class:`BadInput`.
    """
    dossier = locked(dossier.pk)
    row = _open_request(dossier, by)
    today = day_of(dossier, at)
    asked = _checked_items(dossier, items)
    _check_request(asked, text, answer_by, today)
    before, same = _told(row), (row.items, row.text, row.answer_by) == (asked, text.strip(), answer_by)
    if same:
        raise refused("", "Rien n'a changé dans cette demande.")
    row.items, row.text, row.answer_by = asked, text.strip(), answer_by
    row.letter = letter_of_pieces(row, by=by, at=at)
    row.save(update_fields=["items", "text", "answer_by", "letter"])
    write_event(dossier, CORRECTED, by=by, at=at, before=before, after=_told(row))
    tell(dossier, "pieces_demandees", by=by, at=at, to="deposant", title="La demande de pièces a changé")
    return row


@transaction.atomic
def withdraw_request(dossier: Dossier, *, reason: str, by: User, at: datetime.datetime) -> PieceRequest:
    """Take back an open request: the dossier returns to where it was, the clock goes on from this day.

    Raises :class:`NotAllowed`, :class:`BadInput`.
    """
    dossier = locked(dossier.pk)
    row = _open_request(dossier, by)
    reason = reason.strip()
    if not reason:
        raise refused("motif", "Écrivez pourquoi : qui a déposé le dossier le lira.")
    if len(reason) > LONGEST_REASON:
        raise refused("motif", "Dites-le en 2 000 caractères au plus.")
    screened({"motif": reason})
    today = day_of(dossier, at)
    row.answered_at = row.withdrawn_at = at
    row.reason = reason
    row.save(update_fields=["answered_at", "withdrawn_at", "reason"])
    for each in dossier.suspensions.filter(until=None):
        each.until = max(today, each.since)
        each.save(update_fields=["until"])
    set_clock(dossier, today=today)
    put_back(dossier, _state_before(dossier), WITHDRAWN, by=by, at=at, told={"motif": reason})
    words = "La demande de pièces est retirée"
    tell(dossier, "pieces_demandees", by=by, at=at, to="deposant", title=words, address=_exchanges(dossier))
    return row


def _open_request(dossier: Dossier, by: User) -> PieceRequest:
    if not may_review(by, dossier):
        raise NotAllowed("changer cette demande de pièces")
    row = dossier.piece_requests.filter(answered_at=None).first()
    if row is None:
        raise refused("", "Aucune demande de pièces n'est ouverte : la réponse est arrivée, ou elle est retirée.")
    return row


def _state_before(dossier: Dossier) -> str:
    """Where the dossier was when the pieces were asked for, told by the log; else the first state that allows it."""
    sources = [
        each.source
        for each in moves(definition_of(dossier))
        if each.verb == "demander_pieces" and each.target == dossier.state
    ]
    acts = Event.objects.filter(subject_type=Dossier._meta.label_lower, subject_id=str(dossier.pk))
    last = acts.filter(verb="demander pieces").order_by("-at", "-pk").first()
    told = (last.before or {}).get("etat") if last else None
    return told if told in sources else next(iter(sources), dossier.state)


def _told(row: PieceRequest) -> dict[str, object]:
    return {"pièces": [each["libelle"] for each in row.items], "réponse avant le": row.answer_by}


def _exchanges(dossier: Dossier) -> str:
    return f"/dossiers/{dossier.pk}/echanges/"


def _suspend(dossier: Dossier, request: PieceRequest, today: datetime.date) -> None:
    """Stop the clock, when the delay of the kind is suspended by missing pieces and has begun."""
    delay = definition_of(dossier).delai
    clock = clock_of(dossier, today=today)
    if delay is None or not delay.incomplet_suspend or clock is None or clock.started is None:
        return
    if clock.suspended_since is None and not clock.is_over:
        Suspension.objects.create(dossier=dossier, since=today, request=request)


def _checked_items(dossier: Dossier, items: Sequence[AskedPiece]) -> list[dict[str, str]]:
    named = {each.code: each.libelle for each in definition_of(dossier).pieces}
    found = []
    for each in items:
        libelle = named.get(each.code, "") or " ".join(each.libelle.split())
        if each.code not in (*named, FREE):
            raise refused("pieces", "Une pièce demandée n'existe pas pour cette nature de dossier.")
        if not libelle:
            raise refused("pieces", "Une pièce demandée n'a pas de nom : écrivez-le.")
        found.append({"code": each.code, "libelle": libelle[:LONGEST_ITEM], "precision": each.precision.strip()})
    return found


def _check_request(items: list[dict[str, str]], text: str, answer_by: datetime.date, today: datetime.date) -> None:
    if not items:
        raise refused("pieces", "Choisissez au moins une pièce, ou nommez-en une autre.")
    if len(items) > MOST_ITEMS:
        raise refused("pieces", f"Demandez {MOST_ITEMS} pièces au plus à la fois.")
    if answer_by <= today:
        raise refused("reponse_avant", f"Donnez un jour à venir : nous sommes le {day_in_words(today)}.")
    screened({"texte": text, "pieces": "\n".join(f"{each['libelle']} {each['precision']}" for each in items)})
