"""The money that a structure may ask, with its amount at the date or what remains to confirm."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from maillage.core.kernel import french
from maillage.core.kernel.money import round_cents
from maillage.core.rules.base import StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.aci import expected_aci
from maillage.core.rules.orientation.aid_data import AidData
from maillage.core.rules.orientation.aid_states import Rivals, applied, excluding, settled, state_of_aid
from maillage.core.rules.orientation.amounts import Bounds, between, unknown
from maillage.core.rules.orientation.results import AppliedCondition, Condition, Financing, Territory
from maillage.core.rules.orientation.rulebook import RuleBook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.orientation.sizes import by_size

NOWHERE = Territory("", "", "", "", None, None)


def financings(
    situation: SituationOrientation,
    territory: Territory,
    pack: str | None,
    book: RuleBook,
    structure: StructureCode,
    conditions: Sequence[Condition],
) -> tuple[Financing, ...]:
    """Every source of money of a structure that may be asked on the day, in the order of the national list.

    ``conditions``: those of the structure, evaluated. An aid that a text had not created yet, or that has ended, is
    absent.
    """
    rivals = excluding(pack, situation.date)
    found = (
        _with_state(_financing(aid, situation, territory, book), applied(aid, structure, conditions, situation), rivals)
        for aid in packs.aids(pack, structure)
        if aid.exists_on(situation.date)
    )
    return settled(tuple(found))


def _with_state(money: Financing, conditions: tuple[AppliedCondition, ...], rivals: Rivals) -> Financing:
    excludes, excluded_by = rivals[money.id]
    return replace(
        money,
        applied=conditions,
        state=state_of_aid(conditions),
        excludes=excludes,
        excluded_by=excluded_by,
    )


def territory_population(situation: SituationOrientation, territory: Territory) -> int | None:
    """Inhabitants of the territory of the project: not known while its communes are not."""
    return territory.population if situation.communes else None


def _financing(aid: AidData, situation: SituationOrientation, territory: Territory, book: RuleBook) -> Financing:
    bounds = _bounds(aid, situation, territory, book)
    reason = " ; ".join(part for part in (bounds.reason, aid.motif) if part)
    return Financing(
        id=aid.id,
        label=aid.libelle,
        payer=aid.payeur,
        nature=aid.nature,
        low=bounds.low,
        high=bounds.high,
        unit=aid.unite,
        to_confirm=bool(reason),
        reason=reason or None,
        conditions=aid.conditions_on(situation.date),
        text=book.citation(bounds.link, situation.date),
        explanation=f"{aid.explication} {bounds.sentence}",
        link=bounds.link,
        asks=bounds.asks,
        reserve=book.reserve(bounds.link, _paid_until(aid, situation.date)),
    )


def bounds_anywhere(aid: AidData, date: datetime.date, book: RuleBook) -> Bounds:
    """The amount of an aid on a day, whatever the team and the territory."""
    return _bounds(aid, SituationOrientation.model_construct(date=date, commune=""), NOWHERE, book)


def _paid_until(aid: AidData, date: datetime.date) -> datetime.date:
    """The last day of what an amount pays: an ACI is for a civil year."""
    return date.replace(month=12, day=31) if aid.calcul == "aci_msp" else date


def _bounds(aid: AidData, situation: SituationOrientation, territory: Territory, book: RuleBook) -> Bounds:
    if aid.calcul == "aci_msp":
        return expected_aci(aid, situation, book)
    if aid.par_taille:
        return by_size(aid, territory_population(situation, territory), book, situation.date)
    if aid.minimum:
        return _interval(aid, situation, book)
    return _single(aid, situation, book)


def _interval(aid: AidData, situation: SituationOrientation, book: RuleBook) -> Bounds:
    low, high = (_amount(path, situation, book) for path in (aid.minimum, aid.maximum))
    if low is None or high is None:
        return unknown(book.unknown_because(aid.minimum, situation.date), aid.minimum)
    doubt = book.doubt(aid.minimum, situation.date)
    return Bounds(low, high, between(low, high, aid.unite), aid.minimum, doubt)


def _single(aid: AidData, situation: SituationOrientation, book: RuleBook) -> Bounds:
    amount = _amount(aid.parametre, situation, book)
    if amount is None:
        return unknown(book.unknown_because(aid.parametre, situation.date), aid.parametre)
    doubt = book.doubt(aid.parametre, situation.date)
    if aid.taux:
        return Bounds(None, None, f"{french.number(amount)} {aid.unite}.", aid.parametre, doubt)
    low = None if aid.borne == "plafond" else amount
    high = None if aid.borne == "plancher" else amount
    return Bounds(low, high, between(low, high, aid.unite), aid.parametre, doubt)


def _amount(path: str, situation: SituationOrientation, book: RuleBook) -> Decimal | None:
    dated = book.in_force(path, situation.date)
    return None if dated is None or dated.value is None else round_cents(dated.value)
