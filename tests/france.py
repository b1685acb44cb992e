"""The real communes in the test database, for the modules of tests that ask for them.

The test database is empty: most tests make a small world of their own. A module that needs the real France says::

    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

All its tests then see the 34 920 communes and arrondissements, with their EPCI, ages and sources, and each test
still rolls back what it writes. The files are read once a session (some eight seconds); each module then takes half
a second. Not for transactional tests (``live_server``, ``transaction=True``): the whole module is one transaction.
"""

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

PREFIX = "test_copy_of_"


def prepare() -> None:
    """Load the real files, copy the tables aside and empty them. Does nothing the second time."""
    if any(name.startswith(PREFIX) for name in connection.introspection.table_names()):
        return
    load()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"CREATE TABLE {PREFIX}{table} AS SELECT * FROM {table}")  # noqa: S608
        for table in reversed(tables()):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    forget_events()


def forget_events() -> None:
    """Empty the log, which refuses it: its guards are set aside for the time of the test data."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE common_event DISABLE TRIGGER USER; DELETE FROM common_event")
            cursor.execute("ALTER TABLE common_event ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'common_event'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("DELETE FROM common_event")
        for _, sql in guards:
            cursor.execute(sql)


def load() -> None:
    """Load the files of the installed packages, as ``maillage donnees preparer`` does."""
    from maillage.apps.territories import services
    from maillage.apps.territories.reading import files

    if not files.DECOUPAGE.exists():
        pytest.exit(f"{files.DECOUPAGE.name} is missing: run tools/build_assets.py (make test does it)", 1)
    now = timezone.now()
    services.import_communes(by="tests", at=now)
    services.import_ages(by="tests", at=now)


def fill() -> None:
    """Put the rows back in their tables."""
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {PREFIX}{table}")  # noqa: S608
            cursor.execute(f"ANALYZE {table}")
    # Once here, or PostgreSQL would check every row again at the end of each test.
    connection.check_constraints()


def tables() -> list[str]:
    """The tables of the territories, those that others point to first."""
    names = ("Region", "Departement", "Epci", "Commune", "CodePostal", "FormerCommune", "PopulationByAge", "DataSource")
    found: list[type[models.Model]] = [apps.get_model("territories", name) for name in names]
    communes = found[3]
    return [*(model._meta.db_table for model in found), communes._meta.get_field("codes_postaux").m2m_db_table()]
