"""Which calls and which helps are asked for: the same words for the page, its feeds and the API."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.dates import read_day
from maillage.core.rules.orientation import packs
from maillage.core.rules.packs.calls import CALL_STATES, Call
from maillage.core.rules.regions import NATIONAL, pack_codes

FIELDS = ("region", "structure", "etat", "date")


@dataclass(frozen=True)
class Wanted:
    """What is asked on ``day``; an empty word asks for all. ``region`` is a pack, or « national » for the others."""

    day: datetime.date
    region: str = ""
    structure: str = ""
    state: str = ""

    def calls(self) -> list[Call]:
        """The calls that answer, the open ones first."""
        return [call for call in packs.calls(self.day) if self._holds(call)]

    def _holds(self, call: Call) -> bool:
        return (
            self.region in ("", call.region or NATIONAL)
            and (not self.structure or self.structure in call.data.public)
            and self.state in ("", call.state)
        )


def read_wanted(query: Mapping[str, str], *, today: datetime.date) -> tuple[Wanted, tuple[Problem, ...]]:
    """What a query asks, and what is wrong in it: a field that is wrong counts for nothing."""
    accepted = {"region": (*pack_codes(), NATIONAL), "structure": STRUCTURE_CODES, "etat": CALL_STATES}
    typed = {name: query.get(name, "").replace("\0", "").strip() for name in FIELDS}
    problems = [
        _problem(name, typed[name], words) for name, words in accepted.items() if typed[name] not in ("", *words)
    ]
    day = today
    try:
        day = read_day(typed["date"], today=today) if typed["date"] else today
    except BadInput as refused:
        problems += refused.problems
    wrong = {problem.field for problem in problems}
    region, structure, state = ("" if name in wrong else typed[name] for name in accepted)
    return Wanted(day, region, structure, state), tuple(problems)


def _problem(field: str, value: str, accepted: Iterable[str]) -> Problem:
    words = {word.lower(): word for word in accepted}
    near = nearest(value, tuple(words))
    proposal = f" (vouliez-vous dire « {words[near]} » ?)" if near else ""
    return Problem(field, value, f"l'un de : {', '.join(words.values())}{proposal}")
