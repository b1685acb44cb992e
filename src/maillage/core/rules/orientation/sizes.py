"""Size of a CPTS by the population of its territory, and the amounts that depend on it."""

import datetime
from decimal import Decimal

from maillage.core.kernel import french
from maillage.core.kernel.money import round_cents
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.orientation.aid_data import AidData
from maillage.core.rules.orientation.amounts import Bounds, between, unknown
from maillage.core.rules.orientation.rulebook import RuleBook

SIZES = (1, 2, 3, 4)
THRESHOLDS = "financements.cpts.seuil.taille_{}"


def sizes_of(population: int, book: RuleBook, date: datetime.date) -> tuple[int, ...]:
    """Possible sizes of a territory: one, or two on a bound that the sources leave open.

    « Under 40 000 » puts 40 000 in size 2 and « over 175 000 » puts 175 000 in size 3; the texts do not say for
    80 000 (CPTS-SIZE-5). Raises ``UnknownValue`` before the first sizes.
    """
    second, third, fourth = (book.value(THRESHOLDS.format(size), date) for size in SIZES[1:])
    if population < second:
        return (1,)
    if population == third:
        return (2, 3)
    if population < third:
        return (2,)
    return (4,) if population > fourth else (3,)


def by_size(aid: AidData, population: int | None, book: RuleBook, date: datetime.date) -> Bounds:
    """The amount of an aid that depends on the size, as an interval while the size is not known."""
    link = f"{aid.par_taille}.taille_{SIZES[0]}"
    try:
        sizes = SIZES if population is None else sizes_of(population, book, date)
    except UnknownValue:
        return unknown(book.unknown_because(THRESHOLDS.format(SIZES[1]), date), link)
    link = f"{aid.par_taille}.taille_{sizes[0]}"
    if population is not None and (floor := _floor(aid, book, date)) and population <= floor:
        return unknown(f"aucun montant n'est publié jusqu'à {french.number(floor)} habitants", link)
    return _bounds(aid, sizes, population, link, book, date)


def _bounds(
    aid: AidData, sizes: tuple[int, ...], population: int | None, link: str, book: RuleBook, date: datetime.date
) -> Bounds:
    asks = "communes" if population is None else None
    amounts = [_amount(f"{aid.par_taille}.taille_{size}", book, date) for size in sizes]
    low = None if aid.borne == "plafond" else amounts[0]
    high = amounts[-1]
    if high is None and aid.maximum:
        high = _amount(aid.maximum, book, date)
    missing = next((size for size, amount in zip(sizes, amounts, strict=True) if amount is None), None)
    why = book.unknown_because(f"{aid.par_taille}.taille_{missing}", date) if missing else ""
    if low is None and high is None:
        return unknown(why, link, asks)
    reason = why or _doubt(sizes, population, link, book, date)
    return Bounds(low, high, f"{between(low, high, aid.unite)} {_about(sizes, population)}", link, reason, asks)


def _doubt(sizes: tuple[int, ...], population: int | None, link: str, book: RuleBook, date: datetime.date) -> str:
    if population is not None and len(sizes) > 1:
        return f"exactement {french.number(population)} habitants : les textes ne disent pas quelle taille s'applique"
    return " ; ".join(reason for reason in (_on_a_bound(population, book, date), book.doubt(link, date)) if reason)


def _on_a_bound(population: int | None, book: RuleBook, date: datetime.date) -> str:
    """Why the size is a deduction when the population is exactly a bound. Empty elsewhere."""
    bounds = (book.in_force(THRESHOLDS.format(size), date) for size in SIZES[1:])
    return next((bound.reason for bound in bounds if bound is not None and bound.value == population), "")


def _about(sizes: tuple[int, ...], population: int | None) -> str:
    if population is None:
        return "Le montant dépend de la population du territoire."
    named = " ou ".join(str(size) for size in sizes)
    return f"CPTS de taille {named} : {french.number(population)} habitants."


def _amount(path: str, book: RuleBook, date: datetime.date) -> Decimal | None:
    dated = book.in_force(path, date)
    return None if dated is None or dated.value is None else round_cents(dated.value)


def _floor(aid: AidData, book: RuleBook, date: datetime.date) -> int:
    if not aid.population_minimale:
        return 0
    dated = book.in_force(aid.population_minimale, date)
    return int(dated.value) if dated is not None and dated.value is not None else 0
