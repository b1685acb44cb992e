"""What a commission says of a dossier: the voices where its rule says that it votes, its reasoned avis."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.dossiers.commissions.base import State, held, item_of, tell
from maillage.apps.dossiers.commissions.holding import Sitting, quorum_of_item, sittings
from maillage.apps.dossiers.commissions.rights import is_away, may_conduct
from maillage.apps.dossiers.models import AgendaItem, Dossier, Presence, Session, Vote
from maillage.apps.dossiers.moving import locked, move, write_event
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.apps.dossiers.telling import tell as notify
from maillage.core.dossiers.commissions import advices

Sense = AgendaItem.Sense
GIVEN = (Sense.FAVORABLE, Sense.RESERVE, Sense.DEFAVORABLE)
SENSES = (*GIVEN, Sense.AJOURNE)
WRITTEN = (State.OUVERTE, State.TENUE)
NO_QUORUM = (
    "Le quorum n'est pas atteint : la commission ne peut pas rendre d'avis. Ajournez, ou réunissez-la à nouveau."
)
UNKNOWN_QUORUM = (
    "Le quorum dépend des sièges en conflit d'intérêts : dites dans les règles de la commission s'ils comptent, "
    "d'après son texte."
)


def votes_on(item: AgendaItem) -> bool:
    """Whether an item is voted: its commission votes, it is there for an avis, and its kind does not say no."""
    if item.purpose != AgendaItem.Purpose.AVIS or not item.session.commission.votes:
        return False
    asked = [
        each for each in advices(definition_of(item.dossier), item.session.commission.code) if each.objet == "avis"
    ]
    return not any(each.objet == "avis" and each.vote is False for each in asked)


def entitled(item: AgendaItem, rows: list[Sitting] | None = None) -> list[Sitting]:
    """The seats that have a voice on an item: deliberative, held, by someone who is not kept away."""
    return [each for each in (sittings(item) if rows is None else rows) if each.seat.votes and each.holder is not None]


@transaction.atomic
def vote(session: Session, item: uuid.UUID, choice: str, *, by: User, at: datetime.datetime) -> Vote:
    """Give the voice of one's own seat, once. Raises :class:`BadInput`."""
    row = held(session.pk, State.OUVERTE)
    found = _item(row, item)
    if is_away(by, found.dossier):
        raise NotAllowed("voter sur ce dossier")
    _check_votes(found, [choice])
    mine = [each for each in entitled(found) if each.holder and each.holder.user and each.holder.user.pk == by.pk]
    if not mine:
        raise refused("choice", "Vous ne tenez aucun siège sur ce point : faites noter votre présence.")
    told = {"point": found.position, "siege": str(mine[0].seat)}
    try:
        with transaction.atomic():
            cast = [Vote.objects.create(item=found, seat=each.seat, choice=choice, at=at) for each in mine]
    except IntegrityError:
        raise refused("choice", "Ce siège a déjà voté.") from None
    tell(row.commission, "voter", row, by=by, at=at, after=told)
    return cast[0]


@transaction.atomic
def record_votes(
    session: Session, item: uuid.UUID, given: Mapping[uuid.UUID, str], *, by: User, at: datetime.datetime
) -> None:
    """Write the voices as they were given aloud, one by seat; an empty word takes one back."""
    row = held(session.pk, *WRITTEN)
    found = _item(row, item)
    _check_conducts(by, found)
    _check_votes(found, [choice for choice in given.values() if choice])
    seats = {each.seat.pk: each.seat for each in entitled(found)}
    if set(given) - set(seats):
        raise refused("", "Un siège sans voix sur ce point ne vote pas.")
    before = dict(found.votes.values_list("seat", "choice"))
    changed = {key: choice for key, choice in given.items() if before.get(key, "") != choice}
    for key, choice in changed.items():
        if choice:
            Vote.objects.update_or_create(item=found, seat_id=key, defaults={"choice": choice, "at": at})
        else:
            found.votes.filter(seat=key).delete()
    if changed:
        told = {"point": found.position, "sieges": [str(seats[key]) for key in changed]}
        tell(row.commission, "noter les voix", row, by=by, at=at, after=told)


@transaction.atomic
def give_avis(
    session: Session, item: uuid.UUID, sense: str, reasons: str, *, by: User, at: datetime.datetime
) -> AgendaItem:
    """Write the avis of the commission on a dossier, with its reasons; the dossier goes on, unless it is adjourned.

    The commission advises: what the authority then decides is not bound by it. Raises :class:`BadInput`.
    """
    row = held(session.pk, *WRITTEN)
    found = _item(row, item)
    _check_conducts(by, found)
    reasons = _reasons(reasons)
    _check_avis(found, sense)
    kept = locked(found.dossier_id)
    if sense != Sense.AJOURNE:
        move(kept, "rendre_avis", by=by, at=at)
    _write(found, sense, reasons, at)
    _recorded(row, found, kept, by=by, at=at)
    return found


@transaction.atomic
def note_information(session: Session, item: uuid.UUID, reasons: str, *, by: User, at: datetime.datetime) -> AgendaItem:
    """Write that the commission was told of a dossier, without any avis nor vote; what it said may be noted."""
    row = held(session.pk, *WRITTEN)
    found = _item(row, item)
    _check_conducts(by, found)
    if found.purpose != AgendaItem.Purpose.INFORMATION:
        raise refused("sense", "Ce dossier est à l'ordre du jour pour avis.")
    reasons = _text(reasons)
    screened({"reasons": reasons})
    kept = locked(found.dossier_id)
    move(kept, "informer_commission", by=by, at=at)
    _write(found, Sense.INFORMEE, reasons, at)
    _recorded(row, found, kept, by=by, at=at)
    return found


@transaction.atomic
def correct_avis(
    session: Session, item: uuid.UUID, sense: str, reasons: str, why: str, *, by: User, at: datetime.datetime
) -> AgendaItem:
    """Correct an avis written wrong while its minutes are not approved and nothing is decided. The correction is said
    in the report of the item."""
    row = held(session.pk, *WRITTEN)
    found = item_of(row, item)
    found.session = row
    _check_conducts(by, found)
    kept, why = locked(found.dossier_id), _text(why)
    if found.sense not in GIVEN or sense not in GIVEN:
        raise refused("sense", "Choisissez : favorable, favorable avec réserves ou défavorable.")
    if kept.phase not in (Dossier.Phase.COMMISSION, Dossier.Phase.DECISION, Dossier.Phase.INSTRUCTION):
        raise refused("sense", "Ce dossier est décidé ou clos : son avis ne change plus.")
    if not why:
        raise refused("why", "Dites pourquoi l'avis est corrigé.")
    screened({"why": why})
    reasons, before = _reasons(reasons), found.get_sense_display()
    found.sense, found.reasons = sense, reasons
    said = f"Avis corrigé : « {before} » devient « {found.get_sense_display()} ». Raison : {why}"
    found.debate = f"{found.debate}\n\n{said}".strip()
    found.save(update_fields=["sense", "reasons", "debate"])
    _recorded(row, found, kept, by=by, at=at, verb="corriger l'avis de la commission")
    return found


def _item(session: Session, identifier: uuid.UUID) -> AgendaItem:
    """An item on which nothing is said yet."""
    found = item_of(session, identifier)
    found.session = session
    if found.sense:
        raise refused("", "L'avis est déjà enregistré sur ce point.")
    return found


def _check_conducts(by: User, item: AgendaItem) -> None:
    if not may_conduct(by, item):
        raise NotAllowed("conduire ce point")


def _check_votes(item: AgendaItem, choices: list[str]) -> None:
    if not votes_on(item):
        raise refused("choice", "Ce point ne se vote pas.")
    if any(choice not in Vote.Choice.values for choice in choices):
        raise refused("choice", "Choisissez : pour, contre ou abstention.")


def _check_avis(item: AgendaItem, sense: str) -> None:
    """Raises :class:`BadInput` when the commission cannot say this of this item now."""
    if item.purpose != AgendaItem.Purpose.AVIS:
        raise refused("sense", "Ce dossier est à l'ordre du jour pour information : la commission n'y rend pas d'avis.")
    if sense not in SENSES:
        raise refused("sense", "Choisissez le sens de l'avis.")
    if sense == Sense.AJOURNE:
        return
    quorum = quorum_of_item(item)
    if quorum.counted.needed is not None and not quorum.reached:
        raise refused("sense", UNKNOWN_QUORUM if quorum.reached is None else NO_QUORUM)
    if votes_on(item) and not item.votes.exists():
        raise refused("sense", "La règle de cette commission est de voter : notez d'abord les voix.")


def _write(item: AgendaItem, sense: str, reasons: str, at: datetime.datetime) -> None:
    """Write what was said, and who was there then: who leaves later was there all the same."""
    known = set(item.presences.values_list("seat", flat=True))
    came = item.session.presences.filter(item=None).exclude(seat__in=known)
    Presence.objects.bulk_create(
        Presence(session=item.session, item=item, seat_id=each.seat_id, holder=each.holder) for each in came
    )
    item.sense, item.reasons, item.given_at = sense, reasons, at
    item.save(update_fields=["sense", "reasons", "given_at"])


def _recorded(
    session: Session, item: AgendaItem, dossier: Dossier, *, by: User, at: datetime.datetime, verb: str = ""
) -> None:
    """The log of the authority says that it was written; who files learns the avis with the decision."""
    told = {"commission": session.commission.nom, "point": item.position}
    write_event(dossier, verb or "enregistrer l'avis de la commission", by=by, at=at, after=told, internal=True)
    notify(dossier, "avis_commission", by=by, at=at, to="instruction")


def _text(words: str) -> str:
    return words.replace("\0", "").replace("\r\n", "\n").strip()


def _reasons(words: str) -> str:
    reasons = _text(words)
    if not reasons:
        raise refused("reasons", "Écrivez les motifs : un avis est motivé.")
    screened({"reasons": reasons})
    return reasons
