"""Each simulator of the kit has a page: empty, filled with its example, refused; and a calendar of its deadlines."""

import pytest
from django.http import QueryDict
from django.test import Client
from icalendar import Calendar

from maillage.core.rules.simulators import SIMULATORS
from maillage.web.simulateurs import answers


def page_of(client: Client, code: str, query: str, status: int = 200) -> str:
    response = client.get(f"/simuler/{code}/?{query}")
    assert response.status_code == status
    return response.content.decode()


def example_of(code: str) -> str:
    return answers.typed_of(SIMULATORS[code], SIMULATORS[code].example)


@pytest.mark.parametrize("code", SIMULATORS)
def test_an_empty_page_asks_and_offers_an_example(client: Client, code: str) -> None:
    page = page_of(client, code, "")

    assert f"<h1>{SIMULATORS[code].title}" in page.replace("’", "'")
    assert "Voir un exemple" in page


@pytest.mark.parametrize("code", SIMULATORS)
def test_an_example_typed_in_a_form_is_the_example_of_the_api(code: str) -> None:
    simulator = SIMULATORS[code]

    assert answers.situation_of(simulator, QueryDict(example_of(code))) == simulator.example


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_example_is_answered_line_by_line(client: Client, code: str) -> None:
    page = page_of(client, code, example_of(code))

    assert page.count('class="aid"') > 1
    assert "/regles/regle/" in page or "/regles/" in page


@pytest.mark.parametrize("code", SIMULATORS)
def test_what_cannot_be_read_is_refused_beside_its_field_and_kept(client: Client, code: str) -> None:
    page = page_of(client, code, "date=pas-une-date&annee=pas-une-annee", status=422)

    assert 'aria-invalid="true"' in page
    assert "Rien ne peut être calculé" in page.replace("\xa0", " ")


def test_an_unknown_simulator_is_not_found(client: Client) -> None:
    assert client.get("/simuler/nimporte/").status_code == 404


def test_the_list_of_simulators_opens_each(client: Client) -> None:
    page = client.get("/simuler/").content.decode()

    assert all(f"/simuler/{code}/" in page for code in SIMULATORS)


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_deadlines_are_a_calendar(client: Client, code: str) -> None:
    response = client.get(f"/simuler/{code}/echeances.ics?{example_of(code)}")

    assert response["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(response.content)["x-wr-calname"].startswith("Maillage")
