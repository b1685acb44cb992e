"""The counting of an assembly: quorum, majority, length of a mandate. Counted, never supposed.

What the statutes say is typed by the team. While a rule is unknown, the answer is known only when every reading of the
statutes gives the same one.
"""

import calendar
import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Place = Literal["present", "distance", "represente", "represente_distance", "absent"]
"""How a voter is there: in the room, from afar, spoken for by someone in the room or by someone from afar, not at all.
"""
Outcome = Literal["adoptee", "rejetee", "a_departager", "a_confirmer"]
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class QuorumRule:
    """What the statutes ask. ``share`` 0: no quorum; ``None`` anywhere: nobody typed it."""

    share: Fraction | None = None
    counts_represented: bool | None = None
    counts_remote: bool | None = None
    by_college: bool | None = None


@dataclass(frozen=True)
class Count:
    """A collège, or all of them (``name`` empty): those called, those there and spoken for, what is needed.

    ``needed`` is ``None`` when nobody typed it, or nobody is called. ``low`` and ``high``: the fewest and the most that
    count, as the unknown rules may be read.
    """

    name: str
    called: int
    present: int
    remote: int
    represented: int
    low: int
    high: int
    needed: int | None

    @property
    def is_reached(self) -> bool | None:
        """Whether the quorum is there; ``None`` when the rules that are typed do not tell."""
        if self.needed is None:
            return None
        return True if self.low >= self.needed else None if self.high >= self.needed else False


@dataclass(frozen=True)
class Quorum:
    """All the voters, then each collège. ``is_reached``: what the rules make of it."""

    whole: Count
    colleges: tuple[Count, ...]
    by_college: bool | None

    @property
    def outside(self) -> int:
        """How many of those called are in no collège."""
        return self.whole.called - sum(each.called for each in self.colleges)

    @property
    def is_reached(self) -> bool | None:
        """Whether the assembly may decide: all together, or in each collège as the statutes say."""
        together, apart = self.whole.is_reached, _all(each.is_reached for each in self.colleges)
        if not self.colleges or self.by_college is False:
            return together
        if self.by_college:
            return apart
        return together if together == apart else None


def quorum(voters: Iterable[tuple[str, Place]], rule: QuorumRule) -> Quorum:
    """The quorum of voters given as (collège or « », place).

    >>> two = [("", "present"), ("", "represente"), ("", "absent")]
    >>> quorum(two, QuorumRule(HALF, True)).is_reached, quorum(two, QuorumRule(HALF, False)).is_reached
    (True, False)
    >>> quorum(two, QuorumRule(HALF)).is_reached, quorum(two, QuorumRule()).is_reached
    (None, None)
    """
    rows = list(voters)
    names = sorted({name for name, _ in rows if name})
    colleges = tuple(_count(name, [place for where, place in rows if where == name], rule) for name in names)
    return Quorum(_count("", [place for _, place in rows], rule), colleges, rule.by_college)


@dataclass(frozen=True)
class Votes:
    """The voices of a collège, or of those in none (``name`` empty). ``weight``: ``None`` when nobody typed it."""

    name: str
    pour: int
    contre: int
    entitled: int
    called: int
    weight: int | None = None

    def base(self, of: str) -> int:
        """Of how many voices a majority is asked; 0 when « of » is not typed."""
        return {"exprimes": self.pour + self.contre, "presents": self.entitled, "membres": self.called}.get(of, 0)


def outcome_of(rows: Iterable[Votes], *, share: Fraction | None, of: str, by: str) -> Outcome:
    """What the statutes make of voices counted by collège.

    ``by``: « ensemble », « chaque » (a majority in each collège), « poids » (each collège weighs what it weighs, its
    voices in proportion), or « » when nobody typed it: then collèges leave the result to confirm.

    >>> rows = [Votes("A", 6, 1, 7, 9, 40), Votes("B", 1, 2, 3, 4, 60)]
    >>> [outcome_of(rows, share=HALF, of="exprimes", by=by) for by in ("ensemble", "chaque", "poids", "")]
    ['adoptee', 'rejetee', 'adoptee', 'a_confirmer']
    """
    voices = [each for each in rows if each.called]
    if by == "ensemble" or not any(each.name for each in voices):
        sums = [sum(getattr(each, name) for each in voices) for name in ("pour", "contre", "entitled", "called")]
        return outcome(sums[0], sums[1], entitled=sums[2], called=sums[3], share=share, of=of)
    if by == "chaque":
        return _in_each(voices, share, of)
    return _weighed(voices, share, of) if by == "poids" else "a_confirmer"


def _in_each(rows: list[Votes], share: Fraction | None, of: str) -> Outcome:
    told = [
        outcome(each.pour, each.contre, entitled=each.entitled, called=each.called, share=share, of=of)
        for each in rows
        if each.name
    ]
    order: tuple[Outcome, ...] = ("rejetee", "a_confirmer", "a_departager")
    return next((each for each in order if each in told), "adoptee")


def _weighed(rows: list[Votes], share: Fraction | None, of: str) -> Outcome:
    """Each reading of a collège that said nothing (its weight counts, or not) must give the same result."""
    if share is None or any(each.entitled and not each.name for each in rows):
        return "a_confirmer"
    rows = [each for each in rows if each.name]
    if any(each.weight is None for each in rows) or not any(each.base(of) for each in rows):
        return "a_confirmer"
    gained = sum(Fraction(each.weight or 0) * each.pour / each.base(of) for each in rows if each.base(of))
    readings = {
        _reaches(Fraction(gained), sum(each.weight or 0 for each in counted), share, of)
        for counted in (rows, [each for each in rows if each.base(of)])
    }
    return readings.pop() if len(readings) == 1 else "a_confirmer"


def _reaches(gained: Fraction, whole: int, share: Fraction, of: str) -> Outcome:
    if share == HALF and gained == share * whole:
        return "a_departager" if of == "exprimes" else "rejetee"
    return "adoptee" if gained >= share * whole else "rejetee"


def outcome(pour: int, contre: int, *, entitled: int, called: int, share: Fraction | None, of: str) -> Outcome:
    """What a majority rule makes of the voices. ``of``: « exprimes », « presents », « membres », or « » when unknown.

    A half is passed by one voice more; another share is reached. A casting vote is never supposed.

    >>> outcome(6, 4, entitled=12, called=20, share=HALF, of="exprimes")
    'adoptee'
    >>> outcome(6, 4, entitled=12, called=20, share=HALF, of="presents")
    'rejetee'
    >>> outcome(5, 5, entitled=12, called=20, share=HALF, of="exprimes")
    'a_departager'
    """
    base = {"exprimes": pour + contre, "presents": entitled, "membres": called}.get(of)
    if share is None or not base:
        return "a_confirmer"
    if share == HALF and of == "exprimes" and pour == contre:
        return "a_departager"
    needed = math.floor(share * base) + 1 if share == HALF else math.ceil(share * base)
    return "adoptee" if pour >= needed else "rejetee"


def end_of_mandate(since: datetime.date, months: int | None) -> datetime.date | None:
    """The day when a mandate of so many months ends; ``None`` when nobody said how long it is.

    >>> end_of_mandate(datetime.date(2026, 8, 31), 6), end_of_mandate(datetime.date(2026, 1, 1), None)
    (datetime.date(2027, 2, 28), None)
    """
    if months is None:
        return None
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(since.day, last))


def places(here: Mapping[str, str], powers: Mapping[str, str], called: Iterable[str]) -> dict[str, Place]:
    """How each voter is there. ``here``: « present » or « distance » by voter; ``powers``: who holds, by who gave.

    The power of someone who came does not count, nor that held by someone who is away.

    >>> places({"a": "present"}, {"b": "a", "c": "b"}, ["a", "b", "c"])
    {'a': 'present', 'b': 'represente', 'c': 'absent'}
    """
    held: dict[str, Place] = {"present": "represente", "distance": "represente_distance"}
    own: dict[str, Place] = {"present": "present", "distance": "distance"}
    return {
        each: own[here[each]] if here.get(each) in own else held.get(here.get(powers.get(each, ""), ""), "absent")
        for each in called
    }


def _count(name: str, rows: list[Place], rule: QuorumRule) -> Count:
    found = {place: rows.count(place) for place in ("present", "distance", "represente", "represente_distance")}
    sums = [
        found["present"]
        + (found["distance"] if remote else 0)
        + (found["represente"] + (found["represente_distance"] if remote else 0) if spoken else 0)
        for remote in _readings(rule.counts_remote)
        for spoken in _readings(rule.counts_represented)
    ]
    return Count(
        name=name,
        called=len(rows),
        present=found["present"],
        remote=found["distance"],
        represented=found["represente"] + found["represente_distance"],
        low=min(sums),
        high=max(sums),
        needed=None if rule.share is None or not rows else math.ceil(rule.share * len(rows)),
    )


def _readings(rule: bool | None) -> tuple[bool, ...]:
    return (False, True) if rule is None else (rule,)


def _all(answers: Iterable[bool | None]) -> bool | None:
    rows = list(answers)
    return False if False in rows else None if None in rows else True
