"""Whatever is sent, the API answers what its OpenAPI document says that it answers."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"deterministic": True, "max-examples": 10},
        # A commune that does not exist, a date without rules, a project without a session have the right form: they are
        # refused all the same.
        "checks": {"positive_data_acceptance": {"expected-statuses": [200, 401, 404, 422]}},
    }
)
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler(), config=CONFIG)


@pytest.fixture
def open_connection() -> Iterator[None]:
    """Keep the connection, which holds the transaction of the test: a real server closes it after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("offer", "open_connection")
@schema.parametrize()
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_no_request_breaks_the_contract(case: schemathesis.Case) -> None:
    case.call_and_validate()
