"""What the tests of the pages of a structure share: the cast signed in, before the pages of its structure."""

from collections.abc import Callable

import pytest
from tests import cast
from tests.web.activity import Visitor, people, said

__all__ = ["Inhabitant", "inhabitant", "inside", "people", "said"]


class Inhabitant(Visitor):
    """Someone who signed in, before the pages of the structure."""

    def address(self, path: str) -> str:
        """Where a page is."""
        return self.structure + path


@pytest.fixture
def inhabitant(people: cast.Cast) -> Callable[[str], Inhabitant]:
    return lambda part: Inhabitant(getattr(people, part), people.projet)


@pytest.fixture
def inside(inhabitant: Callable[[str], Inhabitant]) -> Inhabitant:
    """The porteuse."""
    return inhabitant("porteuse")
