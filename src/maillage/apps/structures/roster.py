"""A whole list of members, examined line by line before anything is written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.apps.structures.directory import by_number
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.likeness import same_person
from maillage.apps.structures.models import Member, Structure
from maillage.apps.structures.queries import present
from maillage.apps.structures.services import codes_of
from maillage.apps.structures.sheets import Row
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

    ``known`` is the member who this person already is: nothing is added for them.
    """

    number: int
    cells: Mapping[str, str]
    fields: MemberFields | None
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    known: Member | None = None


@dataclass(frozen=True)
class Roster:
    """A list examined. ``rows`` are its rows as they were given, the titles first."""

    rows: Sequence[Row]
    lines: tuple[Line, ...]

    @property
    def is_ready(self) -> bool:
        """Whether there is somebody to add, and nothing to mend."""
        return bool(self.members) and not self.wrong

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
        return [each.fields for each in self.lines if each.fields is not None and each.known is None]

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
    names = Counter(_person(_cells(row, places)) for row in rows[1:])
    near = codes_of(structure)
    sites = {search_key(site.nom): site.pk for site in structure.sites.all()}
    seen: set[str] = set()
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        line = _line(number, _cells(row, places), near, sites)
        lines.append(_compared(line, in_team, seen, names))
    return Roster(rows, tuple(lines))


def _places(titles: Row) -> dict[str, int]:
    known = {fold(name): field for field, spellings in COLUMNS.items() for name in (field, *spellings)}
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
    values: dict[str, object] = {**found, **{name: value for name, value in cells.items() if value}}
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


def _compared(line: Line, in_team: Sequence[Member], seen: set[str], names: Counter[str]) -> Line:
    """The same line, once the team and the other lines are looked at."""
    if line.fields is None:
        return line
    known = same_person(line.fields, in_team)
    if known is not None:
        return replace(line, known=known)
    problems, remarks = list(_repeated(line.fields.rpps, seen)), list(line.remarks)
    if names[_person(line.cells)] > 1 and not line.fields.rpps:
        remarks.append("ce nom est sur plusieurs lignes")
    seen.add(line.fields.rpps)
    fields = None if problems else line.fields
    return Line(line.number, line.cells, fields, tuple(problems), tuple(remarks))


def _repeated(rpps: str, seen: set[str]) -> Iterator[Problem]:
    if rpps and rpps in seen:
        yield Problem("rpps", rpps, "un numéro présent sur une seule ligne")


def _person(cells: Mapping[str, str]) -> str:
    return fold(f"{cells.get('nom', '')} {cells.get('prenom', '')}")
