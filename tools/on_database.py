"""A pytest plugin for the second database: only the tests that open it are run again.

The rules, the engine, the documents and the command's words are the same on both: running them twice proves nothing.
"""

import pytest

OPENS = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}
"""The fixtures that open the database, directly or through another."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if opens_the_database(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not opens_the_database(item)])
        items[:] = kept


def opens_the_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by its mark or by a fixture."""
    return item.get_closest_marker("django_db") is not None or bool(OPENS & set(getattr(item, "fixturenames", ())))
