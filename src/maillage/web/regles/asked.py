"""What the address of a page of the rules asks: a day, a region, words; what is wrong is said beside its field."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from maillage.core.kernel.problems import BadInput, Problem, nearest, shorten
from maillage.core.rules.dates import FIRST_DAY, is_day, last_day, read_day
from maillage.core.rules.listing import DOMAINS
from maillage.core.rules.regions import pack_codes

STATES = ("a_confirmer",)
FIELDS = ("q", "domaine", "etat", "region", "date")


@dataclass(frozen=True)
class Asked:
    """``typed`` is what was written, field by field; ``refused`` the sentence to show beside a field that is wrong.

    A field that is refused counts for nothing: ``date`` is then today, ``region``, ``domain`` and ``state`` are empty.
    """

    typed: Mapping[str, str]
    refused: Mapping[str, str]
    date: datetime.date
    region: str
    domain: str
    state: str
    first_day: datetime.date
    last_day: datetime.date

    @property
    def words(self) -> str:
        """The words searched."""
        return self.typed["q"]

    @property
    def status(self) -> int:
        """The HTTP status of the page."""
        return 422 if self.refused else 200

    @property
    def is_filtered(self) -> bool:
        """Whether something narrows the list."""
        return any(self.typed[name] for name in ("q", "domaine", "etat", "region"))

    @property
    def kept(self) -> str:
        """The day and the region, as the links to other pages carry them (« ?date=… », or nothing)."""
        return self.address(q="", domaine="", etat="")

    @property
    def shown_date(self) -> str:
        """What the field of the date holds: the day typed, even refused; nothing when what was typed is no day."""
        typed = self.typed["date"]
        return typed if is_day(typed) else "" if typed else self.date.isoformat()

    @property
    def export_csv(self) -> str:
        """The address of what is shown, as CSV."""
        return self.address(format="csv")

    @property
    def export_xlsx(self) -> str:
        """The address of what is shown, as XLSX."""
        return self.address(format="xlsx")

    def address(self, **changed: str) -> str:
        """The query of the page with some fields changed; a field that is wrong or empty is left out."""
        asked = {name: value for name, value in self.typed.items() if name not in self.refused} | changed
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"?{query}" if query else ""


def read(query: Mapping[str, str], *, today: datetime.date) -> Asked:
    """What a query asks."""
    typed = {name: query.get(name, "").replace("\0", "").strip() for name in FIELDS}
    refused: dict[str, str] = {}

    def keep(name: str, reading: Callable[[str], str]) -> str:
        try:
            return reading(typed[name])
        except BadInput as problem:
            refused[name] = _sentence(problem.problems[0])
            return ""

    day = keep("date", lambda text: read_day(text, today=today).isoformat() if text else "")
    return Asked(
        typed=typed,
        refused=refused,
        date=datetime.date.fromisoformat(day) if day else today,
        region=keep("region", lambda text: _one_of("region", text, pack_codes())),
        domain=keep("domaine", lambda text: _one_of("domaine", text, DOMAINS)),
        state=keep("etat", lambda text: _one_of("etat", text, STATES)),
        first_day=FIRST_DAY,
        last_day=last_day(today),
    )


def _one_of(field: str, text: str, accepted: Iterable[str]) -> str:
    """``text`` when it is empty or accepted. Raises :class:`BadInput`."""
    known = tuple(accepted)
    if text and text not in known:
        near = nearest(text, known)
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise BadInput([Problem(field, text, f"l'un de : {', '.join(known)}{proposal}")])
    return text


def _sentence(problem: Problem) -> str:
    return f"« {shorten(problem.value)} » n'est pas accepté. Attendu : {problem.expected}."
