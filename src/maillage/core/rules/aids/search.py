"""Finding aids: by words, by who, where, when, step, payer and type, with how many each choice would leave."""

import datetime
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.aids.aid import EVERYWHERE, KINDS, PAYERS, STEPS, WHO, Aid, Place, named
from maillage.core.rules.aids.catalogue import aids, replaced, taken, where
from maillage.core.rules.aids.on_day import on_day
from maillage.core.rules.listing import answers
from maillage.core.rules.orientation import packs
from maillage.core.rules.regions import NATIONAL, pack_codes


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list; an empty field asks for nothing. ``date`` is the day of the texts; ``region`` and
    ``department`` are the INSEE codes of a team, when one asks.
    """

    date: datetime.date
    q: str = ""
    qui: str = ""
    ou: str = ""
    etape: str = ""
    payeur: str = ""
    type: str = ""
    region: str = ""
    department: str = ""


FACETS = ("qui", "ou", "etape", "payeur", "type")


@dataclass(frozen=True)
class Choice:
    """A value of a facet: its code, its words, how many aids it leaves, whether it is the one chosen."""

    code: str
    label: str
    count: int
    is_chosen: bool


@functools.cache
def values() -> Mapping[str, Mapping[str, str]]:
    """The values of each facet, by code, with their words."""
    regions = {code: packs.pack(code).nom for code in pack_codes()}
    return {
        "qui": WHO,
        "ou": {NATIONAL: "Partout en France"} | regions,
        "etape": STEPS,
        "payeur": PAYERS,
        "type": KINDS,
    }


def checked(wanted: Wanted) -> Wanted:
    """The same, when every value exists. Raises :class:`BadInput` with all those that do not."""
    wrong = problems({facet: value for facet in FACETS if (value := getattr(wanted, facet))})
    if wrong:
        raise BadInput(wrong)
    return wanted


def problems(asked: Mapping[str, str]) -> list[Problem]:
    """What is wrong in the values of facets."""
    return [problem for facet, value in asked.items() if (problem := _problem(facet, value))]


def search(wanted: Wanted) -> list[Aid]:
    """The aids that answer, in the order of the list. A region's aids stand for the national ones that it rewrites."""
    return [aid for aid in aids() if aid.name not in taken()["pas_des_aides"] and _answers(aid, wanted)]


def facets(wanted: Wanted) -> dict[str, list[Choice]]:
    """For each facet, the values that leave something, each with how many when it is chosen instead."""
    return {facet: _choices(facet, wanted) for facet in FACETS}


def _choices(facet: str, wanted: Wanted) -> list[Choice]:
    chosen = getattr(wanted, facet)
    changed: dict[str, Any] = {}
    counts = {}
    for code in values()[facet]:
        changed[facet] = code
        counts[code] = len(search(replace(wanted, **changed)))
    return [
        Choice(code, label, counts[code], code == chosen)
        for code, label in values()[facet].items()
        if counts[code] or code == chosen
    ]


def _answers(aid: Aid, wanted: Wanted) -> bool:
    return (
        (not wanted.qui or wanted.qui in aid.who)
        and (not wanted.etape or wanted.etape in aid.steps)
        and (not wanted.payeur or wanted.payeur in aid.payers)
        and (not wanted.type or wanted.type in aid.kinds)
        and _is_there(aid, wanted)
        and on_day(aid, wanted.date).is_open
        and answers(wanted.q, words_of(aid, wanted.date))
    )


def _is_there(aid: Aid, wanted: Wanted) -> bool:
    if wanted.ou in ("", EVERYWHERE):
        return True
    if aid.place:
        return _holds(aid.place, wanted)
    if wanted.ou == NATIONAL:
        return not aid.region
    return aid.region == wanted.ou or (not aid.region and aid.id not in replaced(wanted.ou))


def _holds(place: Place, wanted: Wanted) -> bool:
    """Whether what is given in one place is given to the team, or somewhere in the region that is chosen."""
    if wanted.region:
        return place.holds(wanted.region, wanted.department)
    return wanted.ou != NATIONAL and place.region in packs.pack(wanted.ou).regions


@functools.lru_cache(maxsize=2_000)
def words_of(aid: Aid, date: datetime.date) -> str:
    """The words by which an aid is found, folded."""
    day = on_day(aid, date)
    said: Sequence[str] = (
        aid.label,
        aid.id,
        aid.line,
        aid.payer,
        named(aid.who, WHO),
        *aid.who,
        named(aid.kinds, KINDS),
        named(aid.steps, STEPS),
        where(aid),
        day.method,
        *day.conditions,
        *(text.title for text in day.texts),
    )
    return french.fold(" ".join(said))


def _problem(facet: str, value: str) -> Problem | None:
    known = (*values()[facet], *((EVERYWHERE,) if facet == "ou" else ()))
    if value in known:
        return None
    near = nearest(value, known)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    return Problem(facet, value, f"l'un de : {', '.join(known)}{proposal}")
