"""Many rows into a table, as tuples and by pieces: objects would take ten times the time and the memory."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

BATCH = 10_000


def insert_rows(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    told: Callable[[int], None] = lambda _count: None,
) -> int:
    """Insert tuples of the fields named (``attname``: « series_id »), as a stream; returns how many.

    Constraints of the database hold; the defaults and the conversions of Django do not: give every field, JSON as text.
    """
    named = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(named[name]) for name in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    insert = _copy if connection.vendor == "postgresql" else _execute_many
    count = 0
    stream = iter(rows)
    while batch := list(itertools.islice(stream, BATCH)):
        insert(table, columns, batch)
        count += len(batch)
        told(count)
    return count


def _execute_many(table: str, columns: str, batch: list[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(batch[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)  # noqa: S608


def _copy(table: str, columns: str, batch: list[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in batch:
            copy.write_row(row)
