"""What « Et si… » asks in its address: a profession, and lines that come, leave, move or retire.

``profession=infirmier&ajouter=35236:1&retirer=35294:2&deplacer=35236:35294:1&partants=plus_de_60@243500741``: the
words of the command line. The form adds one line at a time, in words (``sens``, ``lieu``, ``vers``, ``nombre``,
``age``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.apps.territories.accessibility import Scenario
from maillage.apps.territories.accessibility.scenario import counts_of, departures_of, moves_of
from maillage.core.rules.orientation.situation import PROFESSIONS as NAMES
from maillage.core.territory.method import PROFESSIONS
from maillage.web.territoires.asked import told
from maillage.web.territoires.naming import commune_named, epci_named
from maillage.web.typed import number

LINES = ("ajouter", "retirer", "deplacer", "partants")
SENSES = {
    "ajouter": "s’installe ici",
    "retirer": "s’en va",
    "deplacer": "passe d’une commune à une autre",
    "partants": "part à la retraite",
}
"""What a line of the form says of professionals."""
FORM = ("sens", "lieu", "vers", "nombre", "age")
MOST_LINES = 40


@dataclass(frozen=True)
class Moves:
    """``lines``: the settled lines, (field, text); ``typed``: the line being added; ``refused``: sentences by field."""

    profession: str
    lines: tuple[tuple[str, str], ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Any] = ()
    is_form: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the address carries."""
        return [("profession", self.profession), *self.lines]

    @property
    def query(self) -> str:
        """The same as a query, without « ? »."""
        return urlencode(self.pairs, safe=":@")

    @property
    def scenario(self) -> Scenario:
        """The lines, read. Raises :class:`BadInput`."""
        texts = {name: [text for each, text in self.lines if each == name] for name in LINES}
        return Scenario(
            counts_of("ajouter", texts["ajouter"]),
            counts_of("retirer", texts["retirer"]),
            moves_of("deplacer", texts["deplacer"]),
            departures_of("partants", texts["partants"]),
        )

    def refuse(self, refusals: Iterable[tuple[str, str]]) -> "Moves":
        """The same, with these sentences: of the profession, else of the lines together."""
        said = dict(self.refused)
        for field_name, sentence in refusals:
            name = "profession" if field_name == "profession" else "lieu"
            said[name] = " ".join(filter(None, (said.get(name, ""), sentence)))
        return replace(self, refused=said)


def moves(query: QueryDict) -> Moves:
    """What a query asks; the line typed in the form is settled, or refused with its words."""
    profession = query.get("profession", "").strip() or PROFESSIONS[0]
    lines = tuple((name, text.strip()) for name in LINES for text in query.getlist(name) if text.strip())[:MOST_LINES]
    typed = {name: query.get(name, "").replace("\0", "").strip() for name in FORM}
    found = Moves(profession, lines, typed, is_form="sens" in query)
    if profession not in PROFESSIONS:
        found = replace(found, refused={"profession": told(profession, f"l'une de : {', '.join(PROFESSIONS)}")})
    # The form sent with no place only changes the profession, or forgot the place.
    forgot = found.is_form and query.get("avant") == profession
    return _with_line(found) if forgot or (found.is_form and typed["lieu"]) else found


def professions() -> list[tuple[str, str]]:
    """The professions whose accessibility is computed, with their names."""
    return [(code, NAMES[code][1].capitalize()) for code in PROFESSIONS]


def _with_line(given: Moves) -> Moves:
    """The same with the line typed, once its place is settled and its number is one."""
    sense = given.typed["sens"] if given.typed["sens"] in SENSES else "ajouter"
    problems = dict(_wrong(given, sense))
    choices: list[Any] = []
    places = []
    for name in ("lieu", "vers") if sense == "deplacer" else ("lieu",):
        place, refusal, found = _place(given.typed[name], epci=sense == "partants")
        problems |= {name: refusal} if refusal else {}
        places.append(place)
        choices += found
    if problems:
        return replace(given, refused={**given.refused, **problems}, choices=choices)
    line = (sense, _text(given, sense, ":".join(places)))
    return replace(given, lines=(*given.lines, line), typed=dict.fromkeys(FORM, ""))


def _place(words: str, *, epci: bool) -> tuple[str, str, Sequence[Any]]:
    """The code of the place named, else why not, and the places to choose from. Retirement may be that of an EPCI."""
    found: Any = commune_named(words)
    if epci and (found.place is None or words.strip().isdigit()):
        wider: Any = epci_named(words)
        found = wider if wider.place is not None or not found.choices else found
    if found.place is not None:
        return found.place.code, "", ()
    return "", found.refusal, found.choices


def _wrong(given: Moves, sense: str) -> Iterator[tuple[str, str]]:
    asked, value = (
        ("age", given.typed["age"] or "60") if sense == "partants" else ("nombre", given.typed["nombre"] or "1")
    )
    read = number(value)
    if isinstance(read, str) or not read > 0:
        yield asked, told(value, "un nombre supérieur à 0")
    elif asked == "age" and not isinstance(read, int):
        yield asked, told(value, "un âge en années, sans virgule")


def _text(given: Moves, sense: str, place: str) -> str:
    if sense == "partants":
        return f"plus_de_{given.typed['age'] or 60}@{place}"
    return f"{place}:{number(given.typed['nombre'] or '1')}"
