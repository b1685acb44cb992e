"""The small world, for the tests that need communes."""

import pytest
from tests.small_world import create_territories


@pytest.fixture
def territories(db: None) -> None:
    create_territories()
