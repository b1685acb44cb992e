"""Which tests of load each database runs.

SQLite begins a write by taking the whole database: two of them are never under way together, and there is nothing to
test. The step « postgresql » runs what is left out here.
"""

from django.conf import settings

IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = (
    []
    if IS_POSTGRESQL
    else [
        "test_clock_at_once.py",
        "test_filing_at_once.py",
        "test_two_at_once.py",
        "test_decisions.py",
        "test_webhooks_at_once.py",
    ]
)
