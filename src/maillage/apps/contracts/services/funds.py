"""The verbs on ring-fenced funds. Money stays with the legal person that received it, and never goes below zero."""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.records import GivenFile, entity_of, kept, locked, tell_change
from maillage.apps.activity.writing import NotNow, check_unchanged, tell, values
from maillage.apps.common.repeats import just_written, sent_twice
from maillage.apps.common.screening import screened
from maillage.apps.contracts.fields import FundFields, MovementFields
from maillage.apps.contracts.models import Contract, Fund, FundMovement
from maillage.apps.contracts.names import called
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.activity.funds import Movement, balance, overdrawn
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier les fonds dédiés"
CLOSED = "Ce fonds est fermé : rouvrez-le avant d'y écrire."


@transaction.atomic
def create_fund(structure: Structure, fields: FundFields, *, by: User, at: datetime.datetime) -> Fund:
    """Open a fund. Raises :class:`PatientData` or :class:`BadInput`."""
    check_edits(by, structure, ACT)
    held(structure)
    if just_written(Fund.objects.filter(entity__structure=structure, title=fields.title), at):
        raise sent_twice("title", "un autre intitulé", "ce fonds")
    fund = Fund(entity=_entity(structure, fields.entity))
    _fill(structure, fund, fields)
    fund.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=fund, after=values(fund))
    return fund


@transaction.atomic
def write_fund(fund: Fund, fields: FundFields, *, seen: str = "", by: User, at: datetime.datetime) -> Fund:
    """Change what a fund is for; who holds it stays as soon as money moved. Raises :class:`Changed`."""
    structure = fund.entity.structure
    check_edits(by, structure, ACT)
    row = locked(fund)
    check_unchanged(row, seen)
    before = values(row)
    entity = _entity(structure, fields.entity)
    if entity != row.entity and row.movements.filter(cancelled_at=None).exists():
        why = f"« {called(row.entity)} » : l'argent reçu par une personne morale ne passe pas à une autre"
        raise BadInput([Problem("entity", called(entity), why)])
    row.entity = entity
    _fill(structure, row, fields)
    row.save()
    tell_change(structure, row, before, by=by, at=at)
    return row


@transaction.atomic
def move_money(
    fund: Fund, fields: MovementFields, *, file: GivenFile | None = None, by: User, at: datetime.datetime
) -> FundMovement:
    """Write money that enters or leaves a fund.

    Raises :class:`BadInput` when more would leave than came, when another legal person paid, or when the same movement
    was written a moment ago; :class:`NotNow`.
    """
    structure = fund.entity.structure
    check_edits(by, structure, ACT)
    row = locked(fund)
    if row.closed_at is not None:
        raise NotNow(CLOSED)
    screened({"label": fields.label})
    if fields.paid_by is not None and fields.paid_by != row.entity_id:
        who = called(row.entity)
        why = f"« {who} », qui tient ce fonds : l'argent dédié ne passe pas d'une personne morale à une autre"
        raise BadInput([Problem("paid_by", called(entity_of(structure, fields.paid_by)), why)])
    movement = FundMovement(fund=row, kind=fields.kind, day=fields.day, amount=fields.amount, label=fields.label)
    _check_new(movement, at)
    _check([*standing(row), as_movement(movement)], "amount", f"{fields.amount}")
    movement.file = kept(structure, file, by=by, at=at) if file else None
    movement.save()
    tell(structure, by=by, at=at, verb="créer", subject=movement, after=values(movement))
    return movement


@transaction.atomic
def cancel_movement(movement: FundMovement, *, back: bool = False, by: User, at: datetime.datetime) -> FundMovement:
    """Cancel a movement typed by mistake, or (``back``) count it again. Raises :class:`BadInput`, :class:`NotNow`."""
    structure = movement.fund.entity.structure
    check_edits(by, structure, ACT)
    fund, row = locked(movement.fund), locked(movement)
    if fund.closed_at is not None:
        raise NotNow(CLOSED)
    if back is not (row.cancelled_at is not None):
        raise NotNow("Ce mouvement est déjà comme vous le voulez.")
    others = [as_movement(each) for each in fund.movements.filter(cancelled_at=None).exclude(pk=row.pk)]
    _check([*others, as_movement(row)] if back else others, "", None)
    before = values(row)
    row.cancelled_at = None if back else at
    row.save(update_fields=["cancelled_at"])
    told = {"cancelled_at": values(row)["cancelled_at"]}
    verb = "rétablir" if back else "annuler"
    kept_before = {"cancelled_at": before["cancelled_at"]}
    tell(structure, by=by, at=at, verb=verb, subject=row, before=kept_before, after=told)
    return row


@transaction.atomic
def close_fund(fund: Fund, *, reopen: bool = False, by: User, at: datetime.datetime) -> Fund:
    """Close a fund that is used up, or open it again. Raises :class:`NotNow` when money is left in it."""
    structure = fund.entity.structure
    check_edits(by, structure, ACT)
    row = locked(fund)
    left = balance(standing(row))
    if not reopen and left:
        raise NotNow(f"Il reste {french.euros(left)} : écrivez à quoi ils ont servi, ou qu'ils sont rendus.")
    before, row.closed_at = values(row)["closed_at"], None if reopen else at
    row.save(update_fields=["closed_at"])
    verb, after = "rouvrir" if reopen else "fermer", values(row)["closed_at"]
    if before != after:
        tell(structure, by=by, at=at, verb=verb, subject=row, before={"closed_at": before}, after={"closed_at": after})
    return row


def standing(fund: Fund) -> list[Movement]:
    """The movements of a fund that count."""
    return [as_movement(each) for each in fund.movements.all() if each.cancelled_at is None]


def as_movement(row: FundMovement) -> Movement:
    """A row as the balance is computed from it."""
    return Movement(row.day, row.amount, row.kind == FundMovement.Kind.RECU)


def _check_new(movement: FundMovement, at: datetime.datetime) -> None:
    """Raise :class:`BadInput` for money to come, and when the same form was sent a moment ago."""
    if movement.day > timezone.localdate(at):
        raise BadInput([Problem("day", french.day(movement.day), "un jour passé ou aujourd'hui")])
    rows = FundMovement.objects.filter(fund=movement.fund, kind=movement.kind, day=movement.day, cancelled_at=None)
    if just_written(rows.filter(amount=movement.amount, label=movement.label), at):
        raise sent_twice("label", "un autre objet")


def _check(movements: list[Movement], field: str, value: str | None) -> None:
    lacking = overdrawn(movements)
    if lacking is not None:
        day, amount = lacking
        why = f"un fonds jamais au-dessous de 0 € : il manquerait {french.euros(amount)} le {french.day(day)}"
        raise BadInput([Problem(field, value, why)])


def _fill(structure: Structure, fund: Fund, fields: FundFields) -> None:
    screened({"title": fields.title, "purpose": fields.purpose})
    fund.contract = _contract(structure, fund, fields.contract)
    fund.title, fund.purpose, fund.use_before = fields.title, fields.purpose, fields.use_before


def _contract(structure: Structure, fund: Fund, key: uuid.UUID | None) -> Contract | None:
    if key is None:
        return None
    rows = Contract.objects.select_for_update(of=("self",))
    found = rows.filter(structure=structure, pk=key, removed_at=None).first()
    if found is None:
        raise BadInput([Problem("contract", str(key), "un contrat de la structure")])
    if found.entity_id != fund.entity_id:
        raise BadInput([Problem("contract", found.title, f"un contrat signé par « {called(fund.entity)} »")])
    return found


def _entity(structure: Structure, key: int | None) -> LegalEntity:
    found = entity_of(structure, key)
    if found is None:
        raise BadInput([Problem("entity", None, "la personne morale qui a reçu l'argent")])
    return found
