"""The cast in the small world, with a directory of three professionals."""

import pytest
from tests import cast, small_world
from tests.apps.structures.people import load_directory


@pytest.fixture
def people(db) -> cast.Cast:
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def directory(people) -> None:
    load_directory()
