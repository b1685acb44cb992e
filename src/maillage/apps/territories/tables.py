"""Making a table equal to a list of rows, inside the transaction of the caller."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Item = TypeVar("Item")
Report = Callable[[str, int, int], None]
"""Called with what is being written, how many rows are done, how many there are."""

BATCH = 2_000


def silent(_label: str, _done: int, _total: int) -> None:
    """Report to nobody."""


def upsert(model: type[Row], rows: Sequence[Row], key: Sequence[str], report: Report = silent, label: str = "") -> None:
    """Add the rows, or change those that have the same key (the fields of a unique constraint)."""
    label = label or str(model._meta.verbose_name_plural)
    others = [field.name for field in model._meta.concrete_fields if field.name not in {*key, "id"}]
    done = 0
    report(label, 0, len(rows))
    for batch in chunks(rows, BATCH):
        if others:
            model._default_manager.bulk_create(
                batch, update_conflicts=True, unique_fields=key, update_fields=others, batch_size=BATCH
            )
        else:
            model._default_manager.bulk_create(batch, ignore_conflicts=True, batch_size=BATCH)
        done += len(batch)
        report(label, done, len(rows))


def remove_others(model: type[models.Model], key: Sequence[str], kept: Iterable[tuple[Hashable, ...]]) -> int:
    """Remove the rows whose key is not among ``kept``, with what depends on them; returns how many there were."""
    wanted = set(kept)
    gone = [pk for pk, *values in model._default_manager.values_list("pk", *key) if tuple(values) not in wanted]
    for batch in chunks(gone, 500):
        model._default_manager.filter(pk__in=batch).delete()
    return len(gone)


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Tell the planner what the tables hold now: PostgreSQL otherwise plans for empty ones for a minute or so."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items by groups of at most ``size``."""
    return (items[start : start + size] for start in range(0, len(items), size))
