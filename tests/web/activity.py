"""What the tests of the pages of the activity share: the cast signed in, and a page read as a tree."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests import cast
from tests.web.reading import Element, Shown, read

from maillage.apps.accounts.permissions import needs_second_factor
from maillage.web.structures.moved import SECTIONS


def said(page: Element) -> str:
    """The words of a page, narrow spaces brought to plain ones."""
    return Shown(page.one("main").text.replace("\u202f", " "))


class Visitor:
    """Someone who signed in, before the pages of the project."""

    def __init__(self, person, projet):
        if needs_second_factor(person):
            Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
        self.client = Client()
        self.client.force_login(person)
        self.root = f"/projets/{projet.pk}/"
        self.structure = f"/structures/{projet.structure_id}/"

    def address(self, path: str) -> str:
        """Where a page is: below the structure for what lives there, below the project for the rest."""
        return (self.structure if path.split("/")[0] in SECTIONS else self.root) + path

    def get(self, path: str, status: int = 200, **query) -> Element:
        response = self.client.get(self.address(path), query)
        assert response.status_code == status, (path, response.status_code)
        return read(response.content.decode())

    def raw(self, path: str, **query):
        return self.client.get(self.address(path), query)

    def post(self, path: str, data=None, *, follow: bool = True, **headers):
        return self.client.post(self.address(path), data or {}, follow=follow, headers=headers)

    def posted(self, path: str, data=None, status: int = 200) -> Element:
        response = self.post(path, data)
        assert response.status_code == status, (path, response.status_code)
        return read(response.content.decode())


@pytest.fixture
def people(db) -> cast.Cast:
    return cast.create()


@pytest.fixture
def visitor(people) -> Callable[[str], Visitor]:
    return lambda part: Visitor(getattr(people, part), people.projet)


@pytest.fixture
def porteuse(visitor) -> Visitor:
    return visitor("porteuse")
