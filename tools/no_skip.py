"""A pytest plugin for CI: a test that is skipped has not run, so it fails.

One exception: a test marked ``donnees`` reads official files that are never committed, and may be skipped where
they are not beside the project (``../shared/donnees``).
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

REAL_FILES = Path(__file__).resolve().parents[2] / "shared" / "donnees"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    expected_failure = hasattr(report, "wasxfail")
    excused = item.get_closest_marker("donnees") is not None and not REAL_FILES.is_dir()
    if report.skipped and not expected_failure and not excused:
        refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        refuse(report)
    return report


def refuse(report: Any) -> None:
    """Turn the skip into a failure that keeps its reason."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid} n'a pas été lancé, et CI=true l'exige. {reason}"
