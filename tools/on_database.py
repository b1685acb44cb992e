"""A pytest plugin for the second database: only the tests that open it are run again.

The rules, the engine, the documents and the words of the command are the same on both: running them twice proves
nothing.
"""

from typing import Any

import pytest

OPENS = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}
"""The fixtures that open the database."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if opens_the_database(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not opens_the_database(item)])
        items[:] = kept


def opens_the_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database: by its mark, by a fixture, or by a fixture that asks for one.

    The private fixtures of pytest-django are given to every test, and open nothing for one without a mark.
    """
    if item.get_closest_marker("django_db") is not None:
        return True
    known: dict[str, Any] = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    asked = {name for name in known if not name.startswith("_") and name not in OPENS}
    wanted = {name for fixture in asked for each in known[fixture] for name in each.argnames}
    return bool(OPENS & (wanted | set(getattr(getattr(item, "_fixtureinfo", None), "argnames", ()))))
