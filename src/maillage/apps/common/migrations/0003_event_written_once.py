"""The database itself refuses to change the log, whoever asks: SQLite and PostgreSQL each in its words."""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "the log is written once: events are neither changed nor removed"
SQLITE = [
    f"CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON common_event BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER event_is_not_removed BEFORE DELETE ON common_event BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION event_written_once() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE TRIGGER event_is_not_changed BEFORE UPDATE OR DELETE ON common_event "
    "FOR EACH ROW EXECUTE FUNCTION event_written_once()",
    "CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON common_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION event_written_once()",
]
UNDO_SQLITE = ["DROP TRIGGER event_is_not_changed", "DROP TRIGGER event_is_not_removed"]
UNDO_POSTGRESQL = [
    "DROP TRIGGER event_is_not_emptied ON common_event",
    "DROP TRIGGER event_is_not_changed ON common_event",
    "DROP FUNCTION event_written_once()",
]


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, SQLITE, POSTGRESQL)


def unguard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, UNDO_SQLITE, UNDO_POSTGRESQL)


def _run(schema_editor: BaseDatabaseSchemaEditor, sqlite: Sequence[str], postgresql: Sequence[str]) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("common", "0002_event_scope")]

    operations = [migrations.RunPython(guard, unguard)]
