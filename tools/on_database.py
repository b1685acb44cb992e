"""A pytest plugin for the second database: only the tests that open it are run again.

The rules, the engine, the documents and the words of the command are the same on both: running them twice proves
nothing. So are the public pages, which read from the database nothing but the communes: the reading of the communes
itself (``tests/apps``) is run again, and the matrix of rights asks every address.
"""

from typing import Any

import pytest

OPENS = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}
"""The fixtures that open the database."""
PUBLIC_PAGES = tuple(
    f"tests/web/test_{name}.py"
    for name in (
        "aids_pages",
        "calls_page",
        "every_page",
        "public_pages",
        "result_page",
        "rules_pages",
        "simulator_page",
        "simulators_pages",
        "what_if_page",
        "wizard_page",
    )
)
"""What asks the pages that need no account: they read the communes, and write nothing."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    again: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        again[opens_the_database(item) and not item.nodeid.startswith(PUBLIC_PAGES)].append(item)
    config.hook.pytest_deselected(items=again[False])
    items[:] = again[True]


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
