"""Lifting the guard of the log, for the only thing that may: emptying the database of the tests between two tests."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'common_event'"
PG_TRIGGERS = "ALTER TABLE common_event {0} TRIGGER USER"
flush = BaseDatabaseOperations.execute_sql_flush


def flush_with_guard_lifted(self: BaseDatabaseOperations, sql_list: list[str]) -> Any:
    """In the place of Django's flush, in tests."""
    with guard_lifted(self.connection):
        return flush(self, sql_list)


@contextlib.contextmanager
def guard_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the log be emptied, then guard it again."""
    lift = _lifted_sqlite if connection.vendor == "sqlite" else _lifted_postgresql
    with connection.cursor() as cursor, lift(cursor):
        yield


@contextlib.contextmanager
def _lifted_sqlite(cursor: Any) -> Iterator[None]:
    triggers = cursor.execute(TRIGGERS).fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        cursor.execute(sql)


@contextlib.contextmanager
def _lifted_postgresql(cursor: Any) -> Iterator[None]:
    cursor.execute(PG_TRIGGERS.format("DISABLE"))
    yield
    cursor.execute(PG_TRIGGERS.format("ENABLE"))
