"""A whole list of members, examined line by line before anything is written."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from maillage.apps.structures.directory import by_number
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.likeness import same_person
from maillage.apps.structures.models import LegalEntity, Member, Structure
from maillage.apps.structures.queries import present
from maillage.apps.structures.roster_belongings import COLUMNS as OF_BELONGINGS
from maillage.apps.structures.roster_belongings import Begun, begun_by, shares_said_twice
from maillage.apps.structures.services import codes_of
from maillage.apps.structures.sheets import Row, left_out, lines_of
from maillage.apps.territories.models import Practice
from maillage.apps.territories.names import search_key
from maillage.apps.territories.search import search_communes
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem, nearest, read

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "nom": ("nom", "nom d'exercice", "nom de famille"),
    "prenom": ("prénom", "prénom d'exercice"),
    "metier": ("métier", "profession"),
    "rpps": ("rpps", "numéro rpps", "identifiant rpps", "n rpps"),
    "numero_am": ("numéro am", "numéro d'assurance maladie", "am"),
    "email": ("adresse électronique", "e-mail", "email", "mail", "courriel", "adresse e-mail"),
    "mode": ("mode d'exercice", "mode", "exercice"),
    "etp": ("etp", "équivalent temps plein"),
    "fonction": ("fonction", "fonction dans l'équipe", "rôle"),
    "commune": ("commune", "commune d'exercice", "ville"),
    "site": ("site", "lieu d'exercice", "cabinet"),
    "is_signatory": ("signataire", "signe le projet", "signe"),
    "joined_on": ("entré le", "date d'entrée", "entrée"),
}
"""How the columns may be called; the first name is the one that an export writes."""
FROM_DIRECTORY = ("nom", "prenom", "metier", "commune")


@dataclass(frozen=True)
class Line:
    """A line of the list: its number in it, what it says, what is wrong, what deserves a look.

    ``known`` is the member who this person already is: nobody is added. ``begun`` is what they become.
    ``same_as`` is the number of an earlier line of the same person, who belongs to two legal persons.
    """

    number: int
    cells: Mapping[str, str]
    fields: MemberFields | None
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    known: Member | None = None
    begun: Begun | None = None
    same_as: int = 0

    @property
    def is_somebody_new(self) -> bool:
        """Whether the line adds a member."""
        return self.fields is not None and self.known is None and not self.same_as


@dataclass(frozen=True)
class Roster:
    """A list examined. ``rows`` are its rows as they were given, the titles first; ``unread``: columns left out."""

    rows: Sequence[Row]
    lines: tuple[Line, ...]
    unread: Sequence[str] = ()

    @property
    def is_ready(self) -> bool:
        """Whether there is somebody to add, and nothing to mend."""
        return bool(self.members or self.begun or self.noted) and not self.wrong

    @property
    def wrong(self) -> int:
        """How many lines cannot be written."""
        return sum(each.fields is None for each in self.lines)

    @property
    def known(self) -> int:
        """How many lines are of people who are already in the team."""
        return sum(each.known is not None for each in self.lines)

    @property
    def members(self) -> list[MemberFields]:
        """What every right line says of somebody who is not in the team yet."""
        return [each.fields for each in self.lines if each.fields is not None and each.is_somebody_new]

    @property
    def begun(self) -> int:
        """How many belongings would begin."""
        return sum(each.begun is not None and each.begun.is_new for each in self.lines)

    @property
    def noted(self) -> int:
        """How many belongings that stand gain their shares, or a payment."""
        return sum(each.begun is not None and each.begun.writes and not each.begun.is_new for each in self.lines)

    @property
    def right_rows(self) -> list[Row]:
        """The titles and the rows that can be written."""
        return [self.rows[0], *(self.rows[each.number - 1] for each in self.lines if each.fields is not None)]


def examine(structure: Structure, rows: Sequence[Row]) -> Roster:
    """Examine a list whose first row holds the titles. Nothing is written.

    Raises :class:`BadInput` when the titles do not say which column holds the name or the number RPPS.
    """
    places = _places(rows[0])
    in_team = list(present(structure))
    names = Counter(_person(_cells(row, places)) for _number, row in lines_of(rows))
    near = codes_of(structure)
    sites = {search_key(site.nom): site.pk for site in structure.sites.all()}
    seen: dict[str, int] = {}
    entities, today = list(structure.legal_entities.all()), timezone.localdate()
    lines = []
    for number, row in lines_of(rows):
        line = _line(number, _cells(row, places), near, sites)
        lines.append(_with_belonging(_compared(line, in_team, seen, names), entities, today))
    return Roster(rows, tuple(lines), left_out(rows[0], places.values()))


def _places(titles: Row) -> dict[str, int]:
    every = {**COLUMNS, **OF_BELONGINGS}
    known = {fold(name): field for field, spellings in every.items() for name in (field, *spellings)}
    places: dict[str, int] = {}
    for rank, title in enumerate(titles):
        if field := known.get(fold(title)):
            places.setdefault(field, rank)
    if not {"nom", "rpps"} & places.keys():
        seen = ", ".join(f"« {title} »" for title in titles[:12] if title)
        raise BadInput([Problem("titres", seen or None, "une première ligne de titres, dont « Nom » ou « RPPS »")])
    return places


def _cells(row: Row, places: Mapping[str, int]) -> dict[str, str]:
    return {field: row[rank] for field, rank in places.items() if rank < len(row)}


def _line(number: int, cells: dict[str, str], near: Sequence[str], sites: Mapping[str, int]) -> Line:
    found, remarks = _from_directory(cells)
    values: dict[str, object] = {**found, **{name: value for name, value in cells.items() if value and name in COLUMNS}}
    problems = []
    for name, settle in (("commune", _commune), ("site", _site)):
        if cells.get(name):
            try:
                values[name] = settle(cells[name], near, sites)
            except ValueError as expected:
                problems.append(Problem(name, cells[name], str(expected)))
                values.pop(name)
    try:
        fields = read(MemberFields, values)
    except BadInput as wrong:
        return Line(number, cells, None, (*problems, *wrong.problems), tuple(remarks))
    return Line(number, cells, None if problems else fields, tuple(problems), tuple(remarks))


def _from_directory(cells: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
    """What the directory knows of the number of a line, and where it says another name."""
    number = "".join(cells.get("rpps", "").split())
    if not number:
        return {}, []
    try:
        rows = by_number(number)
    except BadInput:
        return {}, []
    if not rows:
        return {}, ["absent de l'annuaire chargé"] if Practice.objects.exists() else []
    first = rows[0]
    told = cells.get("nom", "")
    remarks = [] if not told or fold(told) == fold(first.nom) else [f"l'annuaire dit « {first.prenom} {first.nom} »"]
    return {name: getattr(first, name) for name in FROM_DIRECTORY if getattr(first, name)}, remarks


def _commune(words: str, near: Sequence[str], _sites: Mapping[str, int]) -> str:
    """The code of a commune written by name or code; among homonyms, that of the territory."""
    found = search_communes(words, limit=20)
    exact = [each for each in found if search_key(words) in (search_key(each.nom), each.code.lower())] or found
    here = [each for each in exact if each.code in near]
    chosen = exact if len(exact) == 1 else here
    if len(chosen) != 1:
        raise ValueError("une commune : son nom exact, ou son code INSEE")
    return str(chosen[0].code)


def _site(words: str, _near: Sequence[str], sites: Mapping[str, int]) -> int:
    key = search_key(words)
    if key not in sites:
        proposed = nearest(key, list(sites)) if sites else None
        raise ValueError(f"un site de la structure{f' (vouliez-vous dire « {proposed} » ?)' if proposed else ''}")
    return sites[key]


def _compared(line: Line, in_team: Sequence[Member], seen: dict[str, int], names: Counter[str]) -> Line:
    """The same line, once the team and the other lines are looked at."""
    if line.fields is None:
        return line
    known = same_person(line.fields, in_team)
    if known is not None:
        return replace(line, known=known)
    key = line.fields.rpps or _person(line.cells)
    if key in seen and any(line.cells.get(name) for name in OF_BELONGINGS):
        return replace(line, same_as=seen[key])
    problems, remarks = list(_repeated(line.fields.rpps, seen)), list(line.remarks)
    if names[_person(line.cells)] > 1 and not line.fields.rpps:
        remarks.append("ce nom est sur plusieurs lignes")
    seen.setdefault(key, line.number)
    fields = None if problems else line.fields
    return Line(line.number, line.cells, fields, tuple(problems), tuple(remarks))


def _with_belonging(line: Line, entities: Sequence[LegalEntity], today: datetime.date) -> Line:
    """The same line, with what the person becomes in a legal person."""
    begun, problems = begun_by(line.cells, entities, today, line.known)
    if problems:
        return replace(line, fields=None, problems=(*line.problems, *problems))
    remark = shares_said_twice(line.cells, begun, today) if begun else ""
    return replace(line, begun=begun, remarks=(*line.remarks, remark) if remark else line.remarks)


def _repeated(rpps: str, seen: Mapping[str, int]) -> Iterator[Problem]:
    if rpps and rpps in seen:
        yield Problem("rpps", rpps, "un numéro présent sur une seule ligne")


def _person(cells: Mapping[str, str]) -> str:
    return fold(f"{cells.get('nom', '')} {cells.get('prenom', '')}")
