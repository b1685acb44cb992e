"""A visitor of the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.web.reading import Element, read

Visit = Callable[..., Element]


@pytest.fixture
def visit(client: Client) -> Visit:
    """Opens a page: ``visit("/regles/", {"q": "sisa"}, status=200)``; gives its tree."""

    def open_page(address: str, data: Any = None, *, status: int = 200, **headers: str) -> Element:
        response = client.get(address, data, headers={name.replace("_", "-"): value for name, value in headers.items()})
        assert response.status_code == status, address
        return read(response.content.decode())

    return open_page
