"""What the table of sources says of a loading: under way, done, or failed with the reason and what stays in place."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from maillage.apps.common.services import record
from maillage.apps.territories.models import DataSource
from maillage.apps.territories.official.datasets import Dataset
from maillage.apps.territories.official.files import OfficialFile
from maillage.apps.territories.official.registry import OfficialSource
from maillage.apps.territories.official.sink import Sink, told_notes
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.turns import kept

COMMUNES = "communes"
INTERRUPTED = "chargement interrompu"


@dataclass(frozen=True)
class Act:
    """Who loads which file of which source, and when; ``force``: whatever it takes the place of."""

    kind: OfficialSource
    file: OfficialFile
    by: str
    at: datetime.datetime
    force: bool = False


def is_loaded(key: str, checksum: str) -> bool:
    """Whether this very file is in place, read with the communes of today."""
    rows = DataSource.objects.filter(key=key, checksum=checksum, state=DataSource.State.COMPLETE)
    loaded_at = rows.values_list("loaded_at", flat=True).first()
    if loaded_at is None:
        return False
    communes = DataSource.objects.filter(key=COMMUNES).values_list("loaded_at", flat=True).first()
    return communes is None or communes <= loaded_at


@contextmanager
def failure_told(kind: OfficialSource, path: Path) -> Iterator[None]:
    """Keep in the table why a file could not be opened, without touching the vintages that are in place."""
    try:
        yield
    except LoadError as error:
        said = {"state": DataSource.State.FAILED, "message": _reason(str(error), path)}
        new = {**_description(kind, None, path), **said}
        with transaction.atomic():
            row = DataSource.objects.loaded().filter(key=kind.code).first()
            if row is None:
                DataSource.objects.update_or_create(key=kind.code, defaults=new)
            else:
                row.state, row.message = said["state"], said["message"] + kept(row)
                row.save(update_fields=["state", "message"])
        raise


@contextmanager
def running(kind: OfficialSource, datasets: Sequence[Dataset], path: Path) -> Iterator[None]:
    """Show the datasets as being loaded, then, unless they are complete, as failed with the reason."""
    keys = [dataset.key(kind.code) for dataset in datasets]
    state = {"state": DataSource.State.RUNNING, "message": f"fichier {path.name}", "started_at": timezone.now()}
    for dataset, key in zip(datasets, keys, strict=True):
        new = {**_description(kind, dataset, path), **state}
        # What is in place describes itself until it is replaced; a former failure has nothing to say any more.
        in_place = DataSource.objects.loaded().filter(key=key).exists()
        DataSource.objects.update_or_create(key=key, defaults=state if in_place else new)
    reason = INTERRUPTED
    try:
        yield
        DataSource.objects.filter(key=kind.code, loaded_at=None).exclude(key__in=keys).delete()
    except LoadError as error:
        reason = str(error)
        raise
    except DatabaseError as error:
        reason = f"la base de données a refusé ({' '.join(str(error).split())})"
        raise LoadError(reason) from error
    finally:
        _fail_what_is_not_complete(keys, reason, path)


def complete(act: Act, dataset: Dataset, sink: Sink, row: DataSource) -> None:
    """Write what the loading did, in its row and in the log."""
    before = row.summary()
    for name, said in _description(act.kind, dataset, act.file.path).items():
        setattr(row, name, said)
    row.rows_read, row.rows_written, row.rejected = sink.read, sink.written, sink.rejected
    row.rejects = [[reject.line, reject.reason] for reject in sink.rejects]
    row.message, row.checksum, row.loaded_at = " ".join(told_notes(sink)), act.file.checksum, act.at
    row.file = sink.prepared.name if sink.prepared else ""
    row.state = DataSource.State.COMPLETE
    row.save()
    record(by=act.by, at=act.at, verb="charger", subject=row, before=before, after=row.summary())


def _description(kind: OfficialSource, dataset: Dataset | None, path: Path) -> dict[str, Any]:
    said = asdict(dataset) if dataset else {}
    return {
        "source": kind.code,
        "label": (said.get("label") or kind.label)[:200],
        "producer": (said.get("producer") or kind.producer)[:200],
        "carrier": f"fichier {path.name}"[:120],
        "vintage": (said.get("vintage") or "à confirmer")[:200],
        "licence": (said.get("licence") or kind.licence)[:120],
        "url": said.get("url") or kind.url,
    }


def _fail_what_is_not_complete(keys: list[str], reason: str, path: Path) -> None:
    if connection.needs_rollback:  # Inside the transaction of a caller that already failed: nothing can be written.
        return
    for row in DataSource.objects.filter(key__in=keys, state=DataSource.State.RUNNING):
        row.state = DataSource.State.FAILED
        row.message = _reason(reason, path) + kept(row)
        row.save(update_fields=["state", "message"])


def _reason(reason: str, path: Path) -> str:
    told = reason.replace(str(path), path.name)  # The row is shown to all: folders of the machine are not.
    told = told if path.name in told else f"{path.name} : {told}"
    return told.rstrip(".") + "."
