"""What the address of a page of the aids asks: filters, a day, and the orientation that the visitor comes from."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from maillage.apps.orientation.queries import answer
from maillage.core.kernel.problems import BadInput, Problem, read, shorten
from maillage.core.rules.aids.search import FACETS, Wanted, checked
from maillage.core.rules.dates import FIRST_DAY, is_day, last_day, read_day
from maillage.core.rules.orientation.results import Orientation
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.regions import NATIONAL
from maillage.web.communes import CODE
from maillage.web.orientation.answers import kept, situation_of
from maillage.web.orientation.presenter import team_sentence
from maillage.web.orientation.territory import with_territory

FILTERS = ("q", *FACETS)


@dataclass(frozen=True)
class Case:
    """The orientation that the visitor comes from: its answer, who is in the team, its answers to carry along."""

    orientation: Orientation
    situation: Mapping[str, Any]
    professions: frozenset[str] | None
    team: str
    query: tuple[tuple[str, str], ...]

    @property
    def place(self) -> str:
        """Where the team is."""
        return self.orientation.territory.commune_name

    @property
    def address(self) -> str:
        """The page of the orientation."""
        return f"{reverse('web:orientation_resultat')}?{urlencode(self.query)}"


@dataclass(frozen=True)
class Asked:
    """``wanted``: the filters that are right; ``typed``: what was written, field by field; ``refused``: the sentence to
    show beside a field that is wrong; ``case``: the orientation, if any.
    """

    wanted: Wanted
    typed: Mapping[str, str]
    refused: Mapping[str, str]
    case: Case | None
    today: datetime.date
    region_by_default: bool = False

    @property
    def status(self) -> int:
        """The HTTP status of the page."""
        return 422 if self.refused else 200

    @property
    def is_filtered(self) -> bool:
        """Whether something narrows the list."""
        return any(self.typed[name] for name in FILTERS if name != "ou" or not self.region_by_default)

    @property
    def more(self) -> bool:
        """Whether one of the filters that are folded is used, or wrong."""
        return any(self.typed[name] or name in self.refused for name in ("etape", "payeur", "type", "date"))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along without asking: the orientation, but its day, which has a field."""
        return [pair for pair in (self.case.query if self.case else ()) if pair[0] != "date"]

    @property
    def shown_date(self) -> str:
        """What the field of the date holds."""
        typed = self.typed["date"]
        return typed if is_day(typed) else "" if typed else self.wanted.date.isoformat()

    @property
    def first_day(self) -> datetime.date:
        """The first day accepted."""
        return FIRST_DAY

    @property
    def last_day(self) -> datetime.date:
        """The last day accepted."""
        return last_day(self.today)

    @property
    def carried(self) -> str:
        """The orientation and the day, as the links to other pages carry them (« ?commune=… », or nothing)."""
        return _query([*self.hidden, ("date", self._date)])

    @property
    def forgotten(self) -> str:
        """The same page without the orientation."""
        left = FILTERS if not self.region_by_default else tuple(name for name in FILTERS if name != "ou")
        return _query([(name, self.typed[name]) for name in left]) or "?"

    @property
    def unfiltered(self) -> str:
        """The list without filters, for the same orientation."""
        everywhere = [("ou", "toutes")] if self.case else []
        return _query([*self.hidden, ("date", self._date), *everywhere]) or "?"

    def export(self, kind: str) -> str:
        """The address of what is shown, as a file."""
        asked = [(name, self.typed[name]) for name in FILTERS if name not in self.refused]
        return _query([*self.hidden, ("date", self._date), *asked, ("format", kind)])

    @property
    def export_csv(self) -> str:
        """As CSV."""
        return self.export("csv")

    @property
    def export_xlsx(self) -> str:
        """As XLSX."""
        return self.export("xlsx")

    @property
    def _date(self) -> str:
        return "" if "date" in self.refused else self.typed["date"]


def asked(query: QueryDict, *, today: datetime.date) -> Asked:
    """What a query asks. With an orientation, the list is that of its region unless another is chosen."""
    typed = {name: query.get(name, "").replace("\0", "").strip() for name in (*FILTERS, "date")}
    refused: dict[str, str] = {}
    date = today
    try:
        date = read_day(typed["date"], today=today) if typed["date"] else today
    except BadInput as wrong:
        refused["date"] = _sentence(wrong.problems[0])
    case = _case(query, date, today)
    by_default = case is not None and "ou" not in query
    if case and by_default:
        typed["ou"] = case.orientation.pack or NATIONAL
    wanted = Wanted(date, **{name: typed[name] for name in FILTERS})
    if case:
        team = case.orientation.territory
        wanted = replace(wanted, region=team.region, department=team.department)
    try:
        checked(wanted)
    except BadInput as wrong:
        refused |= {problem.field: _sentence(problem) for problem in wrong.problems}
        nothing: dict[str, Any] = {problem.field: "" for problem in wrong.problems}
        wanted = replace(wanted, **nothing)
    return Asked(wanted, typed, refused, case, today, by_default)


def _case(query: QueryDict, date: datetime.date, today: datetime.date) -> Case | None:
    """The orientation of the address; ``None`` without one, or when its answers are refused."""
    if not CODE.fullmatch(query.get("commune", "").strip()):
        return None
    given = situation_of(query, today) | {"date": date.isoformat()}
    try:
        written = with_territory(given, query.get("territoire", ""))
        situation = read(SituationOrientation, written)
        found = answer(situation, today=today)
    except BadInput:
        return None
    groups = situation.professionnels
    professions = None if groups is None else frozenset(group.profession for group in groups if group.nombre)
    return Case(found, written, professions, team_sentence(written), tuple(kept(query)))


def _query(pairs: list[tuple[str, str]]) -> str:
    query = urlencode([(name, value) for name, value in pairs if value])
    return f"?{query}" if query else ""


def _sentence(problem: Problem) -> str:
    return f"« {shorten(problem.value)} » n'est pas accepté. Attendu : {problem.expected}."
