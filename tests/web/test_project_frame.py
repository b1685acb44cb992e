"""The frame of a project: its side menu, its state, who may only read."""

import pytest
from tests import cast
from tests.web.reading import read

from maillage.web.structures.menu import current_of, groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def page(client, people):
    """Opens the dashboard as one of the cast."""

    def seen_by(name, status=200):
        client.force_login(getattr(people, name))
        response = client.get(f"/projets/{people.projet.pk}/")
        assert response.status_code == status
        return read(response.content.decode())

    return seen_by


def test_the_side_menu_says_which_page_is_open(page):
    menu = page("porteuse").one("nav", **{"aria-label": "Structure"})
    current = [link.text for link in menu.all("a") if link.attrs.get("aria-current") == "page"]
    assert current == ["Tableau de bord"]


def test_an_entry_without_its_page_is_left_out(people, monkeypatch):
    monkeypatch.setattr("maillage.web.structures.menu.PROJET", (("projet", "Tableau de bord"), ("projet_rien", "Rien")))
    found = groups(people.porteuse, people.structure, people.projet, "projet")
    assert [entry.title for entry in found[-1].entries] == ["Tableau de bord"]


def test_a_page_below_an_entry_shows_it_as_current():
    assert current_of(["projet", "projet_equipe"], "projet_equipe_importer") == "projet_equipe"
    assert current_of(["projet"], "projet_equipe") == ""


def test_the_group_of_the_open_page_is_open(people):
    found = groups(people.porteuse, people.structure, people.projet, "projet_territoire")
    assert [group.title for group in found if group.is_open] == ["Le projet de santé"]


def test_an_authority_has_nothing_of_what_the_team_keeps_to_itself(people):
    found = groups(people.instructrice, people.structure, people.projet, "projet")
    assert "Tâches" not in {entry.title for group in found for entry in group.entries}


def test_who_may_only_read_is_told_so(page):
    assert "Lecture seule" in page("membre").one("main").text
    assert "Lecture seule" not in page("redactrice").one("main").text


def test_a_stranger_finds_nothing(page):
    page("stranger", status=404)


def test_a_visitor_signs_in_and_comes_back(client, people):
    address = f"/projets/{people.projet.pk}/"
    response = client.get(address)
    assert response.status_code == 302
    assert address in response.url
