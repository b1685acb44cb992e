"""The verbs of the official files: load, verify, forget. A file that fails leaves what was there before it."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from maillage.apps.common.services import record
from maillage.apps.territories.models import (
    DataSource,
    Facility,
    FacilityActivity,
    Grouping,
    GroupMember,
    Practice,
    PracticeCount,
    Qpv,
    Series,
    Value,
)
from maillage.apps.territories.models import Zoning as ZoningRow
from maillage.apps.territories.official import ledger
from maillage.apps.territories.official.datasets import Asked, Dataset
from maillage.apps.territories.official.files import OfficialFile, open_file
from maillage.apps.territories.official.places import Places, load_places
from maillage.apps.territories.official.registry import OfficialSource, codes, source_of
from maillage.apps.territories.official.sink import Reject, Sink, told_notes
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, refresh_statistics, silent
from maillage.apps.territories.turns import turn
from maillage.core.kernel.french import number
from maillage.core.kernel.problems import BadInput, Problem, nearest

OnReject = Callable[[Reject], None]
NOTHING = "{file} : aucune ligne ne peut être chargée. {reasons}"
TOO_MANY = (
    "{file} : {rejected} lignes sur {read} seraient écartées, plus de la moitié : ce n'est sans doute pas le bon "
    "fichier, ni la bonne année. {reasons}"
)
FEWER = (
    "{file} ne donne que {new} valeurs ou lignes, contre {old} aujourd'hui pour « {key} » ({carrier}) : ce n'est sans "
    "doute qu'un extrait. Les données en place restent. Pour les remplacer quand même : --forcer"
)
LEAST_SHARE = 0.5
"""A file that brings less than this part of what is in place is refused: it is an extract, not a new publication."""
SHOWN_REASONS = 3
# What hangs on a source, and goes with it; what depends on others first.
BELONGINGS = (Series, Practice, PracticeCount, Facility, FacilityActivity, Grouping, ZoningRow, Qpv)


def nobody(_reject: Reject) -> None:
    """Tell a rejected line to nobody."""


@dataclass(frozen=True)
class Loaded:
    """What became of one dataset of a file."""

    key: str
    label: str
    vintage: str
    read: int
    written: int
    rejected: int
    rejects: Sequence[Reject]
    notes: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """What became of a file; ``up_to_date``: the same file was already there, and was not read again."""

    source: str
    loaded: Sequence[Loaded]
    up_to_date: bool = False


@turn()
def import_file(
    source: str,
    path: Path,
    *,
    by: str,
    at: datetime.datetime,
    force: bool = False,
    report: Report = silent,
    asked: Asked = Asked(),  # noqa: B008
    on_reject: OnReject = nobody,
) -> Outcome:
    """Load an official file in one transaction; the vintages that it does not hold are not touched.

    The same file is not read twice, unless ``force`` or the communes changed since; a file that brings far less than
    what is in place is refused, unless ``force``. Raises :class:`BadInput` when the
    source does not exist, :class:`LoadError` when the file is not as expected; the tables then keep what they had.
    """
    kind = source_of(source)
    with ledger.failure_told(kind, path):
        file, datasets, places = _opened(kind, path, asked, report)
    keys = [dataset.key(kind.code) for dataset in datasets]
    if not force and all(ledger.is_loaded(key, file.checksum) for key in keys):
        return Outcome(kind.code, [], up_to_date=True)
    former = dict(DataSource.objects.filter(key__in=keys).values_list("key", "file"))
    act = ledger.Act(kind, file, by, at, force)
    sinks = [Sink(key, places, None, report, on_reject) for key in keys]
    with ledger.running(kind, datasets, path), _nothing_left_behind(sinks), transaction.atomic():
        for dataset, sink in zip(datasets, sinks, strict=True):
            _load(act, dataset, sink)
    _remove_files(name for name in former.values() if name)
    refresh_statistics(Value, *BELONGINGS, GroupMember)
    return Outcome(kind.code, [_told(dataset, sink) for dataset, sink in zip(datasets, sinks, strict=True)])


def verify_file(
    source: str,
    path: Path,
    *,
    report: Report = silent,
    asked: Asked = Asked(),  # noqa: B008
    on_reject: OnReject = nobody,
) -> Outcome:
    """Read a file to its last line as a loading would, and write nothing. Raises as :func:`import_file` does."""
    kind = source_of(source)
    file, datasets, places = _opened(kind, path, asked, report)
    return Outcome(
        kind.code, [_told(dataset, _verified(kind, dataset, file, places, on_reject)) for dataset in datasets]
    )


@turn()
def forget(name: str, *, by: str, at: datetime.datetime) -> list[str]:
    """Remove what a source brought: all its files (« apl ») or one (« apl-infirmier-2021 »); returns the keys.

    Raises :class:`BadInput` when nothing of that name is loaded, or when it comes with the installation.
    """
    rows = to_forget(name)
    keys = [row.key for row in rows]
    with transaction.atomic():
        for row in rows:
            record(by=by, at=at, verb="oublier", subject=row, before=row.summary())
            row.delete()
    _remove_files(row.file for row in rows if row.file)
    return keys


def to_forget(name: str) -> list[DataSource]:
    """The sources that ``name`` designates. Raises :class:`BadInput` as :func:`forget` does."""
    removable = DataSource.objects.exclude(source="")
    rows = list(removable.filter(Q(key=name) | Q(source=name)))
    if rows:
        return rows
    known = list(removable.values_list("key", flat=True))
    near = nearest(name, known)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    expected = f"l'une des sources importées : {', '.join(known)}{proposal}" if known else "une source déjà importée"
    raise BadInput([Problem("SOURCE", name, expected)])


def _opened(
    kind: OfficialSource, path: Path, asked: Asked, report: Report
) -> tuple[OfficialFile, list[Dataset], Places]:
    places = load_places()
    file = open_file(path, report)
    datasets = kind.read(file, asked)
    if not datasets:
        raise LoadError(f"{file.name} : rien de ce fichier ne correspond à la source « {kind.code} ».")
    return file, datasets, places


def _load(act: ledger.Act, dataset: Dataset, sink: Sink) -> None:
    sink.source = DataSource.objects.select_for_update().get(key=sink.key)
    for model in BELONGINGS:
        model.objects.filter(source=sink.source).delete()
    dataset.write(sink)
    _check(act.file, sink)
    fewer = "" if act.force else _fewer(act.file, sink)
    if fewer:
        raise LoadError(fewer)
    ledger.complete(act, dataset, sink, sink.source)


def _verified(kind: OfficialSource, dataset: Dataset, file: OfficialFile, places: Places, on_reject: OnReject) -> Sink:
    sink = Sink(dataset.key(kind.code), places, None, file.report, on_reject)
    try:
        dataset.write(sink)
    finally:
        _drop(sink)
    _check(file, sink)
    if fewer := _fewer(file, sink):
        sink.note(fewer)
    return sink


@contextmanager
def _nothing_left_behind(sinks: Sequence[Sink]) -> Iterator[None]:
    """Remove the files that were being prepared, unless the loading went to its end."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            for sink in sinks:
                _drop(sink)


def _drop(sink: Sink) -> None:
    if sink.prepared:
        sink.prepared.unlink(missing_ok=True)


def _check(file: OfficialFile, sink: Sink) -> None:
    """A file of which nothing, or less than half, can be used is refused whole."""
    reasons = " ".join(f"Ligne {reject.line} : {reject.reason}." for reject in sink.rejects[:SHOWN_REASONS])
    if not sink.written:
        raise LoadError(NOTHING.format(file=file.name, reasons=reasons))
    if sink.rejected * 2 > sink.read:
        rejected, read = number(sink.rejected), number(sink.read)
        raise LoadError(TOO_MANY.format(file=file.name, rejected=rejected, read=read, reasons=reasons))


def _fewer(file: OfficialFile, sink: Sink) -> str:
    """What to say of a file that brings far less than what is in place; empty when it does not."""
    row = DataSource.objects.loaded().filter(key=sink.key).first()
    old = (row.rows_written or 0) if row else 0
    if row is None or sink.written >= old * LEAST_SHARE:
        return ""
    told = {"new": number(sink.written), "old": number(old), "key": row.key, "carrier": row.carrier}
    return FEWER.format(file=file.name, **told)


def _told(dataset: Dataset, sink: Sink) -> Loaded:
    return Loaded(
        key=sink.key,
        label=dataset.label,
        vintage=dataset.vintage,
        read=sink.read,
        written=sink.written,
        rejected=sink.rejected,
        rejects=sink.rejects,
        notes=told_notes(sink),
    )


def _remove_files(names: Iterable[str]) -> None:
    for name in names:
        (settings.TERRITORIES_DIR / name).unlink(missing_ok=True)


__all__ = ["Asked", "Loaded", "Outcome", "codes", "forget", "import_file", "to_forget", "verify_file"]
