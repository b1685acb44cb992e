"""The open extraction of the RPPS (Annuaire Santé, ANS): one row per activity of a professional at a site.

Layout: apl_zonage.md, section 6.1. Fields are separated by « | » with one more at the end of each line, in UTF-8.
Columns are matched by normalised names, because their case and spelling change between releases. The file is read
twice as a stream: once to know the savoir-faire of each professional (they stand in the main file, or apart in newer
releases), once for the rows. What is kept in memory is one entry per professional who has a savoir-faire.
Telephones and e-mails are never read; a fault is told by its line number and its reason, never by a name.
"""

import datetime
import functools
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import NamedTuple

from maillage.apps.territories.directories.keys import finess_fault, rpps_fault
from maillage.apps.territories.directories.locating import Locator, Means, written_address
from maillage.apps.territories.directories.professions import MEDECIN, metier_of, rank
from maillage.apps.territories.official.files import Member, open_file
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, silent
from maillage.core.kernel.french import fold

NOT_TEXT = "{name} n'est ni en UTF-8 ni en Windows-1252 : reprenez le fichier d'origine."
SEPARATOR = "|"
EVERY = 50_000
RPPS_TYPE = "8"
STUDENT = "etudiant"
STAMP = re.compile(r"(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])")
SUFFIX = re.compile(r" (coord )?structure$")
LINKS = re.compile(r"\b(d|de|du|des|l|la|le) ")
IDENTITY = ("type identifiant pp", "identifiant pp", "code profession")
NEEDED = (
    *IDENTITY, "nom exercice", "prenom exercice", "libelle profession", "code mode exercice", "numero finess site",
    "raison sociale site", "bureau cedex", "code postal", "code commune", "libelle commune", "code secteur activite",
)  # fmt: skip
OPTIONAL = ("code savoir faire", "libelle categorie professionnelle", "enseigne commerciale site")

Person = int | str
"""A professional in memory: the number after a 1 (a leading zero counts), or the text when it has letters."""


class PracticeRow(NamedTuple):
    """A row of the table Practice, in the order of its columns after the source."""

    rpps: str
    nom: str
    prenom: str
    metier: str
    profession: str
    savoir_faire: str
    mode: str
    secteur: str
    finess: str
    site: str
    commune: str


LONGEST_IDENTIFIER, LONGEST_PROFESSION = 12, 4


@dataclass(frozen=True)
class Extraction:
    """The files of an extraction; ``day`` is ``None`` when no name gives it, ``written`` is the day of the file."""

    activities: Member
    savoir_faire: Member | None
    day: datetime.date | None
    written: datetime.date
    encodings: Mapping[Member, str] = field(default_factory=dict)

    def table(self, member: Member, needed: Sequence[str], optional: Sequence[str]) -> "_Table":
        """One of its files, to read."""
        return _Table(member, self.encodings[member], needed, optional)


@dataclass
class Tally:
    """What is counted while reading: lines, how communes were found, lines that are no activity to keep."""

    lines: int = 0
    repeated: int = 0
    students: int = 0
    bad_finess: int = 0
    found: Counter[Means] = field(default_factory=Counter)


def extraction(members: Sequence[Member]) -> Extraction:
    """Which file is which. A savoir-faire file beside a file given alone is used too. Raises :class:`LoadError`."""
    by_kind = {_kind(member.name): member for member in members}
    activities = by_kind.get("activities") or (members[0] if len(members) == 1 else None)
    if activities is None:
        names = ", ".join(member.name for member in members)
        raise LoadError(f"Aucun fichier « Personne_activite » parmi : {names}. Donnez l'extraction PS_LibreAcces.")
    savoir_faire = by_kind.get("savoir_faire") or _beside(activities)
    written = datetime.datetime.fromtimestamp(activities.path.stat().st_mtime, datetime.UTC)
    encodings = {member: member.encoding() for member in (activities, savoir_faire) if member}
    return Extraction(activities, savoir_faire, _day(activities), written.date(), encodings)


def savoir_faire_of(files: Extraction, report: Report = silent) -> dict[Person, str]:
    """The savoir-faire that tells the métier of each professional who has one.

    Raises :class:`LoadError` when there are doctors and not one savoir-faire: no généraliste could be told.
    """
    known: dict[Person, str] = {}
    doctors = False
    for member in (files.activities, files.savoir_faire):
        if member is None:
            continue
        for _line, cells in files.table(member, IDENTITY, ("code savoir faire",)).rows(report, "savoir-faire"):
            if isinstance(cells, str):
                continue
            doctors = doctors or cells[2] == MEDECIN
            if cells[3]:
                _keep_best(known, person(cells[1]), cells[3])
    if doctors and not known:
        raise LoadError(
            f"Le fichier {files.activities.name} n'a aucun savoir-faire : les généralistes ne seraient pas reconnus. "
            "Donnez l'archive PS_LibreAcces complète, ou posez ps-libreacces-savoirfaire.txt à côté."
        )
    return known


def practices(
    files: Extraction, savoir_faire: Mapping[Person, str], locator: Locator, tally: Tally, report: Report = silent
) -> Iterator[tuple[int, PracticeRow | str]]:
    """Each line of the activities: its number, and the row, or why it is left out.

    A student gives nothing, nor does a line that only repeats an activity for another savoir-faire.
    Raises :class:`LoadError` when the file is cut or is not an extraction.
    """
    seen: set[int] = set()
    for line, cells in files.table(files.activities, NEEDED, OPTIONAL).rows(report, "activités"):
        tally.lines += 1
        if isinstance(cells, str):
            yield line, cells
            continue
        known = _Cells(*cells)
        if known.category and fold_category(known.category) == STUDENT:
            tally.students += 1
            continue
        row = _practice(known, savoir_faire, locator, tally)
        if isinstance(row, PracticeRow) and row.savoir_faire:
            # The hash of a tuple of texts has 64 bits: a million of them do not meet.
            mark = hash(row)
            if mark in seen:
                tally.repeated += 1
                continue
            seen.add(mark)
        yield line, row


def person(identifier: str) -> Person:
    """The compact form of an identifier, which keeps apart those that only differ by a leading zero."""
    return int("1" + identifier) if identifier.isdigit() else identifier


class _Cells(NamedTuple):
    """The columns read, in the order NEEDED then OPTIONAL."""

    kind: str
    identifier: str
    profession: str
    nom: str
    prenom: str
    label: str
    mode: str
    finess: str
    site: str
    cedex: str
    postal: str
    commune: str
    commune_label: str
    secteur: str
    savoir_faire: str
    category: str
    sign: str


def _practice(cells: _Cells, savoir_faire: Mapping[Person, str], locator: Locator, tally: Tally) -> PracticeRow | str:
    fault = _fault(cells)
    if fault:
        return fault
    known = savoir_faire.get(person(cells.identifier), "")
    finess = cells.finess if cells.finess and not finess_fault(cells.finess) else ""
    tally.bad_finess += bool(cells.finess and not finess)
    postal, name = written_address(cells.cedex)
    located = locator.locate(cells.commune, cells.postal or postal, cells.commune_label or name)
    tally.found[located.means] += 1
    # The longest texts that the table takes; the other fields have a form that was checked.
    return PracticeRow(
        cells.identifier,
        cells.nom[:120],
        cells.prenom[:120],
        metier_of(cells.profession, cells.label, known),
        cells.profession,
        known[:10],
        cells.mode[:4],
        cells.secteur[:8],
        finess,
        (cells.site or cells.sign)[:250],
        located.code,
    )


def _fault(cells: _Cells) -> str:
    if not cells.identifier:
        return "identifiant absent"
    if cells.kind == RPPS_TYPE:
        fault = rpps_fault(cells.identifier)
        if fault:
            return fault
    elif len(cells.identifier) > LONGEST_IDENTIFIER:
        return "identifiant de plus de douze caractères"
    if not cells.profession:
        return "code profession absent"
    if len(cells.profession) > LONGEST_PROFESSION:
        return "code profession de plus de quatre caractères"
    return ""


@functools.cache
def fold_category(label: str) -> str:
    """The label of a catégorie professionnelle (« Étudiant ») without case or accents."""
    return fold(label)


def _keep_best(known: dict[Person, str], who: Person, code: str) -> None:
    before = known.get(who)
    if before is None or rank(code) < rank(before):
        known[who] = intern(code)


class _Table:
    """A file with bars: where its columns stand, and its lines as the cells wanted."""

    def __init__(self, member: Member, encoding: str, needed: Sequence[str], optional: Sequence[str]) -> None:
        self.member, self.encoding = member, encoding
        self.needed, self.optional = needed, optional

    def rows(self, report: Report, what: str) -> Iterator[tuple[int, tuple[str, ...] | str]]:
        """Each line under the header: the cells, empty for a column that is absent, or why it is left out."""
        label, total = f"RPPS : {what} (Mo)", self.member.size >> 20
        # A stray carriage return inside a field is not the end of a line.
        with self.member.open() as raw, io.TextIOWrapper(raw, self.encoding, newline="\n") as file:
            lines = enumerate(file, start=1)
            try:
                places, width = self._header(next(lines, (1, ""))[1])
                wanted = itemgetter(*places)
                bad, line, text = 0, 1, "\n"
                for line, text in lines:
                    if bad:
                        yield bad, "nombre de champs inattendu"
                        bad = 0
                    if line % EVERY == 0:
                        report(label, min(raw.tell() >> 20, total), total)
                    cells = text.rstrip("\r\n").split(SEPARATOR)
                    if len(cells) == width:
                        cells.append("")
                        yield line, tuple(map(str.strip, wanted(cells)))
                    elif text.strip():
                        bad = line
            except UnicodeDecodeError as error:
                raise LoadError(NOT_TEXT.format(name=self.member.name)) from error
        if bad := bad if text.endswith(("\n", SEPARATOR)) else line:
            raise LoadError(f"{self.member.name} est coupé : sa dernière ligne ({bad}) n'est pas entière.")
        report(label, total, total)

    def _header(self, text: str) -> tuple[list[int], int]:
        """Where each column wanted stands (after the last one when it is absent), and the number of fields."""
        names = [normal(name) for name in text.rstrip("\r\n").split(SEPARATOR)]
        missing = [name for name in self.needed if name not in names]
        if missing:
            raise LoadError(
                f"{self.member.name} n'est pas une extraction du RPPS : il lui manque les colonnes "
                f"{', '.join(f'« {name} »' for name in missing)}."
            )
        wanted = (*self.needed, *self.optional)
        return [names.index(name) if name in names else len(names) for name in wanted], len(names)


def normal(name: str) -> str:
    """The name of a column as every release writes it, without what it qualifies.

    >>> normal("Code commune (coord. Structure)"), normal("Libellé civilité d'exercice"), normal("Civilité exercice")
    ('code commune', 'libelle civilite exercice', 'civilite exercice')
    """
    return SUFFIX.sub("", LINKS.sub("", fold(name)))


def _kind(name: str) -> str:
    bare = fold(name).replace(" ", "")
    if "savoirfaire" in bare:
        return "savoir_faire"
    return "activities" if "personneactivite" in bare else bare


def _beside(activities: Member) -> Member | None:
    """The savoir-faire of the same release, when its file lies in the same folder."""
    if activities.inner:
        return None
    day = STAMP.search(activities.name)
    for path in sorted(activities.path.parent.iterdir()):
        if _kind(path.name) == "savoir_faire" and path.is_file() and _same_day(day, STAMP.search(path.name)):
            return open_file(path).member
    return None


def _same_day(one: re.Match[str] | None, other: re.Match[str] | None) -> bool:
    return (one and one[0]) == (other and other[0])


def _day(activities: Member) -> datetime.date | None:
    """The day in the name of the file or of its archive."""
    for name in (activities.name, Path(activities.path).name):
        found = STAMP.search(name)
        if found:
            try:
                return datetime.date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
