"""A database of its own for the programs that a test starts."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from tools import served

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def database(var: Path) -> Iterator[dict[str, str]]:
    """The variables of an installation with a new database of its own: SQLite, or on the PostgreSQL of the tests."""
    variables = {**served.variables(var), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        yield variables
        return
    server, name = os.environ["DATABASE_URL"], f"charge_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {**variables, "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
