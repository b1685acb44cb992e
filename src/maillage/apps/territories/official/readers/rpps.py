"""The RPPS: see ``directories.rpps`` for its layout. One extraction is kept, the newest loaded."""

from collections.abc import Iterator

from maillage.apps.territories.directories import rpps
from maillage.apps.territories.directories.communes import load_locator
from maillage.apps.territories.directories.locating import Means
from maillage.apps.territories.directories.professions import in_town
from maillage.apps.territories.models import Indicator, Practice, PracticeCount, Series
from maillage.apps.territories.offer import counted_persons, shares_by_commune
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import day, number, plural

LABEL = "Professionnels de santé et lieux d'exercice (RPPS, Annuaire Santé en libre accès)"
UNDATED = "fichier du {day} (non daté)"
INDICATOR = "professionnels_en_ville.{}"
"""Not « offre. », which counts distinct persons of a territory: these are shared between sites, and add up."""
METHOD = (
    "Professionnels installés en cabinet, ou salariés d'un cabinet ou d'un centre de santé ; hôpitaux et "
    "téléconsultation exclus. Chacun compte pour un, partagé entre ses lieux d'exercice. Le fichier ne dit ni l'âge, "
    "ni le temps de travail."
)
LONGEST_VINTAGE = 40


def read(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The extraction, dated by the name of its file, else by what the person says, else by the file itself."""
    files = rpps.extraction(file.members)
    known = f"extraction du {day(files.day)}" if files.day else UNDATED.format(day=day(files.written))
    vintage = asked.vintage or known
    return [Dataset(vintage, LABEL, lambda sink: _write(files, vintage, sink), together=False)]


def _write(files: rpps.Extraction, vintage: str, sink: Sink) -> None:
    savoir_faire = rpps.savoir_faire_of(files, sink.report)
    tally = rpps.Tally()
    lines = rpps.practices(files, savoir_faire, load_locator(sink.places), tally, sink.report)
    sink.insert(Practice, rpps.PracticeRow._fields, _kept(lines, sink))
    sink.count(tally.lines)
    for note in _notes(tally, files):
        sink.note(note)
    if sink.source:
        _write_counts(files, vintage, sink)


def _write_counts(files: rpps.Extraction, vintage: str, sink: Sink) -> None:
    """The professionals in town of each commune, as figures that a diagnosis and a map read like the others."""
    lines, lost = sink.written, 0.0
    for metier, shares in shares_by_commune(files.day or files.written).items():
        lost += shares.pop("", 0.0)
        sink.series(
            INDICATOR.format(metier),
            Series.Level.COMMUNE,
            vintage[:LONGEST_VINTAGE],
            shares,
            absent_is_zero=True,
            describe=_described,
        )
    sink.insert(PracticeCount, ("metier", "level", "code", "persons"), counted_persons(files.day or files.written))
    # What is written is told in lines of the file.
    sink.written = lines
    if lost >= 1:
        persons = f"{number(lost, 0)} {plural(lost, 'professionnel')} en ville sans commune connue"
        sink.note(f"{persons} : les effectifs des communes sont des minimums.")


def _described(code: str) -> Indicator:
    metier = code.removeprefix(INDICATOR.format(""))
    return Indicator(
        code=code,
        label=f"{in_town()[metier].capitalize()} en ville, partagés entre leurs lieux",
        theme="offre_en_ville",
        unit="professionnels",
        producer="Agence du numérique en santé (RPPS)",
        direction=Indicator.Direction.NEUTRAL,
        aggregation=Indicator.Aggregation.SUM,
        decimals=1,
        method=METHOD,
    )


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
