"""Classing territories: doctors by thresholds of APL, the other professions by fixed shares of the population.

What the texts leave to the ARS, or what is not established, is « à confirmer » with its reason, never invented.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from maillage.core.kernel.french import number, plural
from maillage.core.territory.zoning.regimes import CLASSES, GP, PROFESSIONS, Regime

UNSURE = "a_confirmer"
PICKED = ("zip", "zac", "zone_de_vigilance")
"""What the ARS may make of a territory of the vivier."""
NO_VALUE = "l'indicateur de ce territoire n'est pas connu"
NO_PEOPLE = "la population de ce territoire n'est pas connue"
STRADDLES = "ce territoire est à cheval sur la limite de deux classes, que les textes connus ne départagent pas"
NOT_WHOLE = (
    "les classes sont des parts de la population de France : il faut tous les territoires, pas seulement ceux-ci"
)


@dataclass(frozen=True)
class Unit:
    """A territory of the mesh: its indicator, its inhabitants (``None`` when unknown) and its région (INSEE code).

    ``by_region``: its inhabitants in each région when it lies over several that each count their own (ZON-17-09).
    """

    code: str
    value: float | None
    population: float | None
    region: str = ""
    by_region: Mapping[str, float] = field(default_factory=dict)

    @property
    def regions(self) -> tuple[str, ...]:
        """The régions that count some of its inhabitants."""
        return tuple(self.by_region) or ((self.region,) if self.region else ())

    def people_in(self, region: str) -> float:
        """The inhabitants that a région counts ("" for France)."""
        if region and self.by_region:
            return self.by_region.get(region, 0.0)
        return self.population or 0.0


@dataclass(frozen=True)
class Zoned:
    """The class of a territory.

    ``zone`` is « a_confirmer » when the rules do not settle it: ``choices`` are then the classes that stay possible.
    ``locked``: the national selection, that an ARS cannot change. ``exchange``: « bas » or « haut » when the ARS may
    exchange it with a neighbouring class. ``rule`` is the rule, ``why`` says it in French.
    """

    unit: Unit
    zone: str
    rule: str
    why: str
    choices: tuple[str, ...] = ()
    locked: bool = False
    exchange: str = ""


@dataclass(frozen=True)
class Gauge:
    """How full a bound is in a région ("" for France): inhabitants counted, the bound in inhabitants and in %.

    ``bound`` is ``None`` when it is not established: ``why`` says it.
    """

    name: str
    region: str
    counted: float
    share: float | None
    bound: float | None
    bound_share: float | None
    why: str = ""


@dataclass(frozen=True)
class Classification:
    """Every territory with its class, in the order given, and the gauges of what the rules bound."""

    profession: str
    day: datetime.date
    mesh: str
    zoned: tuple[Zoned, ...]
    gauges: tuple[Gauge, ...] = ()
    notes: tuple[str, ...] = ()


def classify(
    profession: str, day: datetime.date, units: Iterable[Unit], *, whole_nation: bool = True
) -> Classification:
    """The classes of ``units`` by the rules of the profession in force on ``day``.

    ``whole_nation``: the units are all those of France (the classes by fixed shares need them all). Raises
    ``ValueError`` for a profession without zonage.
    """
    if profession not in PROFESSIONS:
        raise ValueError(f"{profession} has no zonage")
    regime, given = Regime(profession, day), tuple(units)
    if not regime.begun:
        return _unsettled(regime, given, "", regime.before)
    if profession == GP:
        return _doctors(regime, given)
    shares = regime.value("parts")
    if shares is None:
        return _without_shares(regime, given, whole_nation=whole_nation)
    if not whole_nation:
        return _unsettled(regime, given, regime.rules("parts"), NOT_WHOLE, CLASSES)
    return _by_shares(regime, given, shares)


def _unsettled(
    regime: Regime, units: Sequence[Unit], rule: str, why: str, choices: tuple[str, ...] = ()
) -> Classification:
    zoned = tuple(Zoned(unit, UNSURE, rule, why, choices) for unit in units)
    return Classification(regime.profession, regime.day, regime.value("maille") or "", zoned)


def _doctors(regime: Regime, units: Sequence[Unit]) -> Classification:
    selected, pool = regime.value("selection_nationale"), regime.value("vivier")
    if selected is None or pool is None:
        why = regime.reason("selection_nationale") or regime.reason("vivier")
        found = _unsettled(regime, units, regime.rules("part_zip"), why, ("zip", "zac", "hors_zone"))
        return replace(found, gauges=_shares_of_doctors(regime, found.zoned))
    zoned = tuple(_doctor(regime, unit, float(selected), float(pool)) for unit in units)
    gauges = (*_margins(regime, zoned), *_shares_of_doctors(regime, zoned))
    return Classification(regime.profession, regime.day, regime.value("maille"), zoned, gauges)


def _doctor(regime: Regime, unit: Unit, selected: float, pool: float) -> Zoned:
    if unit.value is None:
        return Zoned(unit, UNSURE, "", NO_VALUE, (*PICKED, "hors_zone"))
    if unit.value <= selected:
        why = f"APL d'au plus {number(selected, 1)} : sélection nationale, que l'ARS ne change pas"
        return Zoned(unit, "zip", "ZON-17-04", why, locked=True)
    if unit.value <= pool:
        between = f"APL de {number(selected, 1)} à {number(pool, 1)}"
        why = f"vivier ({between}) : l'ARS choisit, dans la limite du plafond régional"
        return Zoned(unit, UNSURE, "ZON-17-05", why, PICKED)
    margin = regime.value("marge_d_adaptation")
    why = f"APL supérieure à {number(pool, 1)} : hors vivier, sauf adaptation régionale ({number(margin)} % du vivier)"
    return Zoned(unit, "hors_zone", "ZON-17-06", why)


def _margins(regime: Regime, zoned: Sequence[Zoned]) -> list[Gauge]:
    """By région: who lives in the national selection, and how many may be taken out of the vivier."""
    margin = float(regime.value("marge_d_adaptation"))
    gauges = []
    for region, rows in _by_region(zoned).items():
        people, selected = _people(rows, region), _people([row for row in rows if row.locked], region)
        pool = _people([row for row in rows if row.zone == UNSURE and row.unit.value is not None], region)
        gauges += [
            Gauge("selection_nationale", region, selected, _share(selected, people), None, None),
            Gauge("vivier", region, pool, _share(pool, people), None, None),
            Gauge("marge_d_adaptation", region, 0.0, None, pool * margin / 100, margin),
        ]
    return gauges


def _shares_of_doctors(regime: Regime, zoned: Sequence[Zoned]) -> tuple[Gauge, ...]:
    """What the rules bound of the ZIP and the ZAC: by région where it is known, and in France."""
    found = []
    for zone in ("zip", "zac"):
        name = f"part_{zone}"
        for region, rows in (*_by_region(zoned).items(), ("", list(zoned))):
            bound, why = regime.region_share(name, region) if region else (regime.value(name), regime.reason(name))
            people, counted = _people(rows, region), _people([row for row in rows if row.zone == zone], region)
            most = None if bound is None else people * bound / 100
            found.append(Gauge(name, region, counted, _share(counted, people), most, bound, why))
    return tuple(found)


def _without_shares(regime: Regime, units: Sequence[Unit], *, whole_nation: bool) -> Classification:
    """The shares are not established: only the « non prioritaire » class of the physios may be."""
    why, rule = regime.reason("parts"), regime.rules("parts")
    last = regime.value("part_non_prioritaire")
    found = _unsettled(regime, units, rule, why, CLASSES)
    if last is None or not whole_nation:
        return found
    ranked = _ranked(units)
    above = {unit.code for unit, low, _high in ranked if low >= 1 - last / 100}
    astride = {unit.code for unit, low, high in ranked if low < 1 - last / 100 < high}
    told = f"les {number(last)} % de la population les mieux dotés : zone non prioritaire"
    zoned = tuple(_physio(row, above, astride, regime.rules("part_non_prioritaire"), told) for row in found.zoned)
    return replace(found, zoned=zoned, notes=(why,))


def _physio(row: Zoned, above: set[str], astride: set[str], rule: str, told: str) -> Zoned:
    if row.unit.code in above:
        return Zoned(row.unit, "non_prioritaire", rule, told)
    if row.unit.value is None:
        return replace(row, why=NO_VALUE)
    if row.unit.code in astride:
        return replace(row, why=STRADDLES, choices=("intermediaire", "tres_dotee", "non_prioritaire"))
    return replace(row, choices=CLASSES[:-1])


def _by_shares(regime: Regime, units: Sequence[Unit], shares: Sequence[float]) -> Classification:
    cuts, rule = _cuts(shares), regime.rules("parts")
    low, high = (float(regime.value(name)) / 100 for name in ("echange_bas", "echange_haut"))
    places = {unit.code: (start, end) for unit, start, end in _ranked(units)}
    zoned = []
    for unit in units:
        if unit.code not in places:
            zoned.append(Zoned(unit, UNSURE, rule, NO_VALUE if unit.value is None else NO_PEOPLE, CLASSES))
            continue
        zoned.append(_shared(regime, unit, places[unit.code], cuts, (low, 1 - high)))
    notes = _left_out(units)
    return Classification(regime.profession, regime.day, regime.value("maille"), tuple(zoned), notes=notes)


def _shared(
    regime: Regime, unit: Unit, place: tuple[float, float], cuts: Sequence[float], exchange: tuple[float, float]
) -> Zoned:
    """The class in which the whole population of the unit falls, once ranked; to confirm when it is in two."""
    start, end = place
    first, last = (sum(position > cut for cut in cuts) for position in (start + TINY, end - TINY))
    rule, kept = regime.rules("parts"), tuple(CLASSES[first : last + 1])
    swap = _exchange(regime.profession, kept, place, exchange)
    if len(kept) > 1:
        return Zoned(unit, UNSURE, rule, STRADDLES, kept, exchange=swap)
    ends = [0.0, *cuts, 1.0]
    spread = f"{number(100 * ends[first], 1)} % à {number(100 * ends[first + 1], 1)} %"
    why = f"rang dans la population de France, du moins au mieux doté : de {spread}"
    return Zoned(unit, kept[0], rule, why, exchange=swap)


TINY = 1e-9
"""The noise of sums of shares."""


def _exchange(profession: str, kept: Sequence[str], place: tuple[float, float], bounds: tuple[float, float]) -> str:
    """Whether the ARS may exchange the unit. For midwives the low exchange leaves the least provided class out."""
    if place[1] <= bounds[0] + TINY and not (profession == "sage_femme" and kept[0] == CLASSES[0]):
        return "bas"
    return "haut" if place[0] >= bounds[1] - TINY else ""


def _cuts(shares: Sequence[float]) -> list[float]:
    """Where each class ends, as shares of the population: the first two from below, the last two from above.

    The published shares are rounded and may add up to 99,9 or 100,1: the middle class takes the difference.
    """
    very_low, low, _middle, high, very_high = (share / 100 for share in shares)
    return [very_low, very_low + low, 1 - very_high - high, 1 - very_high]


def _ranked(units: Iterable[Unit]) -> list[tuple[Unit, float, float]]:
    """The units with a value and inhabitants, from the lowest value, with the shares of people before and after each.

    Units of equal value share one place: nothing says which comes first.
    """
    known = sorted(
        (unit for unit in units if unit.value is not None and unit.population is not None),
        key=lambda unit: (unit.value, unit.code),
    )
    total = sum(unit.population or 0.0 for unit in known)
    if not total:
        return []
    groups: dict[float, list[Unit]] = defaultdict(list)
    for unit in known:
        groups[unit.value or 0.0].append(unit)
    found, before = [], 0.0
    for same in groups.values():
        after = before + sum(unit.population or 0.0 for unit in same)
        found += [(unit, before / total, after / total) for unit in same]
        before = after
    return found


def _left_out(units: Sequence[Unit]) -> tuple[str, ...]:
    count = sum(unit.value is None or unit.population is None for unit in units)
    if not count:
        return ()
    left = f"{number(count)} {plural(count, 'territoire')} sans indicateur ou sans population"
    return (f"{left} : les parts se comptent sans {plural(count, 'lui', 'eux')}",)


def _by_region(zoned: Sequence[Zoned]) -> dict[str, list[Zoned]]:
    found: dict[str, list[Zoned]] = defaultdict(list)
    for row in zoned:
        for region in row.unit.regions:
            found[region].append(row)
    return dict(sorted(found.items()))


def _people(rows: Iterable[Zoned], region: str) -> float:
    return float(sum(row.unit.people_in(region) for row in rows))


def _share(counted: float, people: float) -> float | None:
    return 100 * counted / people if people else None
