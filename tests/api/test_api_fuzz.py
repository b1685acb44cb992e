"""Whatever is sent, the API answers what its OpenAPI document says that it answers."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"deterministic": True, "max-examples": 10},
        # A commune that does not exist and a date without rules have the right form: they are refused all the same.
        "checks": {"positive_data_acceptance": {"expected-statuses": [200, 404, 422]}},
    }
)
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler(), config=CONFIG)


@pytest.mark.usefixtures("territories")
@schema.parametrize()
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_no_request_breaks_the_contract(case: schemathesis.Case) -> None:
    case.call_and_validate()
