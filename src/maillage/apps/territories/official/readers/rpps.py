"""The RPPS: see ``directories.rpps`` for its layout. One extraction is kept, the newest loaded."""

import datetime
from collections.abc import Iterator

from maillage.apps.territories.directories import rpps
from maillage.apps.territories.directories.communes import load_locator
from maillage.apps.territories.directories.locating import Means
from maillage.apps.territories.models import Practice
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import day, number, plural

LABEL = "Professionnels de santé et lieux d'exercice (RPPS, Annuaire Santé en libre accès)"
UNDATED = "fichier du {day}, l'extraction n'est pas datée"


def read(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The extraction, dated by the name of its file, else by what the person says, else by the file itself."""
    files = rpps.extraction(file.members)
    vintage = asked.vintage or (f"extraction du {day(files.day)}" if files.day else _of_the_file(file))
    return [Dataset(vintage, LABEL, lambda sink: _write(files, sink), together=False)]


def _of_the_file(file: OfficialFile) -> str:
    changed = datetime.datetime.fromtimestamp(file.path.stat().st_mtime, datetime.UTC)
    return UNDATED.format(day=day(changed.date()))


def _write(files: rpps.Extraction, sink: Sink) -> None:
    savoir_faire = rpps.savoir_faire_of(files, sink.report)
    tally = rpps.Tally()
    lines = rpps.practices(files, savoir_faire, load_locator(sink.places), tally, sink.report)
    sink.insert(Practice, rpps.PracticeRow._fields, _kept(lines, sink))
    sink.count(tally.lines)
    for note in _notes(tally, files):
        sink.note(note)


def _kept(lines: Iterator[tuple[int, rpps.PracticeRow | str]], sink: Sink) -> Iterator[rpps.PracticeRow]:
    for line, row in lines:
        if isinstance(row, str):
            sink.reject(line, row)
        else:
            yield row


def _notes(tally: rpps.Tally, files: rpps.Extraction) -> Iterator[str]:
    if files.savoir_faire:
        yield f"Savoir-faire lus dans {files.savoir_faire.name}."
    told = (
        (tally.found[Means.POSTAL], "située", "par le code postal, faute de code INSEE"),
        (tally.found[Means.NAME], "située", "par le nom de la commune, faute de code connu"),
        (tally.found[Means.NONE], "gardée", "sans commune (adresse absente, étrangère ou ambiguë)"),
        (tally.students, "non reprise", ": étudiants"),
        (tally.repeated, "non reprise", ": même activité, pour un autre savoir-faire"),
        (tally.bad_finess, "gardée", "sans numéro FINESS, celui du fichier étant faux"),
    )
    for count, verb, how in told:
        if count:
            yield f"{number(count)} {plural(count, 'ligne')} {plural(count, verb)} {how}."
