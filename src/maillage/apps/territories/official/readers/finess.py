"""FINESS in all its layouts: see ``directories.finess_csv`` and ``directories.finess_json``. One file is kept."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from maillage.apps.territories.directories import finess_activities, finess_csv, finess_json
from maillage.apps.territories.directories.communes import load_locator
from maillage.apps.territories.directories.finess_rows import Facilities, FacilityRow, day_of
from maillage.apps.territories.models import Facility, FacilityActivity
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.grids import Grid, find_columns, grids
from maillage.apps.territories.official.sink import Sink
from maillage.core.kernel.french import day, number, plural

LABEL = "Établissements sanitaires, sociaux et médico-sociaux (FINESS)"
STAMP = re.compile(r"(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])?(?![0-9]{3})")
LABEL_ACTIVITIES = "Activités des établissements (FINESS+)"
ENDED = "activités terminées, non reprises"
UNDATED = "à confirmer (le fichier ne dit pas sa date)"
Lines = Iterator[tuple[int, FacilityRow | str]]
Row = TypeVar("Row", bound=Sequence[Any])


def read(file: OfficialFile, asked: Asked) -> list[Dataset]:
    """The establishments, dated by the file, else by its name, else by what the person says."""
    member = file.member
    if member.kind == "json":
        made = finess_json.generated_at(member)
        if finess_json.kind_of(member) == finess_json.ACTIVITIES:
            return [_activities(file, asked, day_of(made))]
        return [_dataset(file, asked, day_of(made), lambda some: finess_json.rows(member, some, file.report))]
    if member.kind == "text" and finess_csv.is_historic(member):
        made_on = finess_csv.historic_day(member)
        return [_dataset(file, asked, made_on, lambda some: finess_csv.historic_rows(member, some, file.report))]
    grid = _only(grids(file))
    return [_dataset(file, asked, None, lambda some: finess_csv.table_rows(grid, some))]


def _only(tables: list[Grid]) -> Grid:
    """The table, checked before anything is written."""
    find_columns(tables[0], finess_csv.WANTED)
    return tables[0]


def _dataset(
    file: OfficialFile, asked: Asked, made: datetime.date | None, lines: Callable[[Facilities], Lines]
) -> Dataset:
    known = f"extraction du {day(made)}" if made else _of_name(file.name)
    return Dataset(asked.vintage or known or UNDATED, LABEL, lambda sink: _write(lines, sink), together=False)


def _activities(file: OfficialFile, asked: Asked, made: datetime.date | None) -> Dataset:
    """The flow « activités » has its own row: it replaces neither the establishments nor is replaced by them."""
    known = f"extraction du {day(made)}" if made else _of_name(file.name)
    return Dataset(
        asked.vintage or known or UNDATED,
        LABEL_ACTIVITIES,
        lambda sink: _write_activities(file, sink),
        what=finess_json.ACTIVITIES,
        together=False,
    )


def _write_activities(file: OfficialFile, sink: Sink) -> None:
    tally = finess_activities.Tally()
    lines = finess_activities.rows(file.member, tally, file.report)
    sink.insert(FacilityActivity, finess_activities.ActivityRow._fields, _kept(lines, sink))
    sink.count(tally.lines)
    if tally.ended:
        sink.note(f"{number(tally.ended)} {plural(tally.ended, 'activité terminée, non reprise', ENDED)}.")
    sink.note("Le flux donne des codes sans libellés : les nomenclatures sont sur smt.esante.gouv.fr.")


def _of_name(name: str) -> str:
    found = STAMP.search(name)
    if not found:
        return ""
    if found[3] and (written := day_of("-".join(found.groups()))):
        return f"extraction du {day(written)}"
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def _write(lines: Callable[[Facilities], Lines], sink: Sink) -> None:
    facilities = Facilities(load_locator(sink.places))
    sink.insert(Facility, FacilityRow._fields, _kept(lines(facilities), sink))
    sink.count(facilities.tally.lines)
    for note in facilities.tally.notes():
        sink.note(note)


def _kept(lines: Iterator[tuple[int, Row | str]], sink: Sink) -> Iterator[Row]:
    for line, row in lines:
        if isinstance(row, str):
            sink.reject(line, row)
        else:
            yield row
