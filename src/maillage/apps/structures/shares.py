"""The verbs on shares: they are created, cancelled, handed over; a movement is undone and done again."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.common.repeats import JUST_NOW, sent_twice
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.structures.belonging_fields import BelongingFields, MovementFields
from maillage.apps.structures.belongings import begin, ended, ended_at, resume_ended, scope
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Belonging, LegalEntity, Member, Partner, ShareMovement
from maillage.apps.structures.permissions import check_edits
from maillage.apps.structures.share_counts import counted, shares_held
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.membership.shares import shortage

ACT = "modifier les parts"
ASSOCIE = Belonging.Quality.ASSOCIE


@transaction.atomic
def move(entity: LegalEntity, fields: MovementFields, *, by: User, at: datetime.datetime) -> ShareMovement:
    """Write a movement of shares; who receives becomes an associé, who has none left is no longer one (``ends``).

    Raises :class:`NotAllowed`, :class:`BadInput` when somebody would give more than they hold, on any day,
    and when the same movement was noted a moment ago.
    """
    check_edits(by, entity.structure, ACT)
    held(entity.structure)
    screened({"reference": fields.reference})
    _check_sides(fields, at)
    _check_new(entity, fields, at)
    giver = _associe(entity, fields.giver, "giver") if fields.giver else None
    taker = _taker(entity, fields, by, at) if fields.taker else None
    movement = ShareMovement.objects.create(
        entity=entity,
        giver=giver,
        taker=taker,
        shares=fields.shares,
        day=fields.day,
        reference=fields.reference,
        noted_at=at,
    )
    _check_counts(entity)
    record(by=by, at=at, verb="noter", subject=movement, after=_told(movement), scope=scope(entity.structure))
    if giver is not None and fields.ends:
        _end_if_empty(giver, fields.day, by, at)
    return movement


@transaction.atomic
def undo(movement: ShareMovement, *, by: User, at: datetime.datetime) -> ShareMovement:
    """Say that a movement was a mistake. Raises :class:`NotAllowed`, :class:`BadInput` when later ones stand on it."""
    return _stand(movement, at, "annuler", by, at)


@transaction.atomic
def redo(movement: ShareMovement, *, by: User, at: datetime.datetime) -> ShareMovement:
    """Put back a movement that was undone. Raises :class:`NotAllowed`, :class:`BadInput`."""
    return _stand(movement, None, "rétablir", by, at)


def _stand(
    movement: ShareMovement, undone_at: datetime.datetime | None, verb: str, by: User, at: datetime.datetime
) -> ShareMovement:
    structure = movement.entity.structure
    check_edits(by, structure, ACT)
    held(structure)
    movement.refresh_from_db()
    if (movement.undone_at is None) == (undone_at is None):
        return movement
    movement.undone_at = undone_at
    movement.save(update_fields=["undone_at"])
    _check_counts(movement.entity)
    record(by=by, at=at, verb=verb, subject=movement, after=_told(movement), scope=scope(structure))
    _follow(movement, by, at)
    return movement


def _follow(movement: ShareMovement, by: User, at: datetime.datetime) -> None:
    """Who no longer gives is an associé again; who gives again is no longer one, as the movement first said."""
    giver = movement.giver
    if giver is None or str(giver.pk) not in ended_at(movement.noted_at):
        return
    if movement.undone_at is None:
        _end_if_empty(giver, movement.day, by, at)
    else:
        resume_ended(Belonging.objects.filter(pk=giver.pk), when=movement.noted_at, by=by, at=at)


def _check_sides(fields: MovementFields, at: datetime.datetime) -> None:
    if not fields.giver and not fields.taker:
        raise BadInput([Problem("taker", None, "qui reçoit les parts, ou qui les rend")])
    if fields.giver == fields.taker:
        raise BadInput([Problem("taker", "la même personne", "quelqu'un d'autre que le cédant")])
    if fields.day > timezone.localdate(at):
        raise BadInput([Problem("day", fields.day.isoformat(), "un jour passé ou aujourd'hui")])


def _check_new(entity: LegalEntity, fields: MovementFields, at: datetime.datetime) -> None:
    """Raise :class:`BadInput` when the same form was sent a moment ago."""
    rows = ShareMovement.objects.filter(entity=entity, undone_at=None, noted_at__gt=at - JUST_NOW)
    same = rows.filter(shares=fields.shares, day=fields.day, reference=fields.reference)
    for row in same.select_related("giver", "taker"):
        if _is(row.giver, fields.giver) and _is(row.taker, fields.taker):
            raise sent_twice("reference", "un autre acte ou une autre décision")


def _is(side: Belonging | None, code: str) -> bool:
    if side is None:
        return not code
    return code in (f"a:{side.pk}", f"m:{side.member_id}", f"p:{side.partner_id}")


def _associe(entity: LegalEntity, code: str, field: str) -> Belonging:
    """The associé of a code « a:… »."""
    kind, _colon, key = code.partition(":")
    rows = Belonging.objects.filter(entity=entity, quality=ASSOCIE, removed_at=None).select_related("entity__structure")
    found = rows.filter(pk=_uuid(key)).first() if kind == "a" else None
    if found is None:
        raise BadInput([Problem(field, "ce choix", "un associé de cette personne morale")])
    return found


def _taker(entity: LegalEntity, fields: MovementFields, by: User, at: datetime.datetime) -> Belonging:
    kind, _colon, key = fields.taker.partition(":")
    if kind == "a":
        return _associe(entity, fields.taker, "taker")
    people = {"m": Member.objects.filter(left_on=None), "p": Partner.objects.filter(until=None)}.get(kind)
    who = people.filter(structure=entity.structure, pk=_uuid(key)).first() if people is not None else None
    if not isinstance(who, Member | Partner):
        raise BadInput([Problem("taker", "ce choix", "un membre ou un organisme de la structure")])
    new = BelongingFields(entity=entity.pk, quality=ASSOCIE, since=fields.day)
    return begin(entity.structure, who, new, by=by, at=at)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _check_counts(entity: LegalEntity) -> None:
    """Nobody ever holds less than none. Raises :class:`BadInput` with the first day and who."""
    rows = list(ShareMovement.objects.filter(entity=entity, undone_at=None))
    short = shortage(counted(rows))
    if short is None:
        return
    who = Belonging.objects.select_related("member", "partner").get(pk=short.holder).holder
    told = f"{who} aurait {short.held} parts le {french.day(short.day)}"
    raise BadInput([Problem("shares", told, "un nombre de parts que cette personne détient à cette date")])


def _end_if_empty(giver: Belonging, day: datetime.date, by: User, at: datetime.datetime) -> None:
    last = giver.shares_taken.filter(undone_at=None).order_by("-day").values_list("day", flat=True).first()
    if giver.until is None and (last is None or last <= day) and not shares_held(giver, on=timezone.localdate(at)):
        ended(giver, day, by=by, at=at, structure=giver.entity.structure)


def _told(movement: ShareMovement) -> dict[str, Any]:
    return {
        "personne_morale": movement.entity_id,
        "cedant": str(movement.giver_id) if movement.giver_id else None,
        "acquereur": str(movement.taker_id) if movement.taker_id else None,
        "parts": movement.shares,
        "date": movement.day.isoformat(),
    }
