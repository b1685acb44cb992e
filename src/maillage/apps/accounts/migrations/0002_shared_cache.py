"""The table of the cache, shared by every process: the rates and lock-outs of signing in are counted there."""

from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "cache"


def create(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(_apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [migrations.RunPython(create, drop)]
