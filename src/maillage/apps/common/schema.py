"""The tables of the database: whether they are those that the code expects, and making them so."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def is_migrated() -> bool:
    """Whether every migration is applied. Raises ``OperationalError`` when the database does not answer."""
    folder = _sqlite_folder()
    if folder and not folder.exists():
        return False
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Create or change the tables; a SQLite database is created with its folder."""
    folder = _sqlite_folder()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def _sqlite_folder() -> Path | None:
    return Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else None
