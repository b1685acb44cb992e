"""The matrix of rights: every address, for every person, in every state of the project, really asked."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker
from tests.droits.monde import World, agrees
from tools import droits
from tools.droits import STATES, Row

from maillage.web.public import errors

pytestmark = pytest.mark.django_db

DECLARED = droits.declared()
ROUTES = {route.key: route for route in droits.routes()}
WITNESSES = ("visiteur", "etrangere", "membre", "instructrice", "administrateur")
"""Who asks the public pages: they must not tell one person from another."""
PUBLIC = [(name, method) for name, given in DECLARED.public.items() for method in given.get("methodes", ["GET"])]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for the whole module; what each request does is undone."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        # Half of the answers are refusals: their page has its own tests, here the status is enough.
        patched.setattr(errors, "_page", lambda _request, status, *_words: HttpResponse(status=status))
        yield World()
        transaction.set_rollback(True)


def test_each_address_has_a_row():
    """A new address without a row fails here: docs/guides/matrice-des-droits.md says how to add one."""
    assert sorted(set(ROUTES) - set(DECLARED.public) - {row.route for row in DECLARED.rows}) == []


def test_each_row_is_that_of_an_address():
    assert sorted({*DECLARED.public, *(row.route for row in DECLARED.rows)} - set(ROUTES)) == []


def test_the_world_holds_each_person_of_the_table(world):
    assert set(world.people) == set(DECLARED.people)


@pytest.mark.parametrize("row", DECLARED.rows, ids=str)
def test_each_person_meets_what_the_table_says(row, world):
    address = world.address(ROUTES[row.route], row.objects)
    wrong = []
    for who, number in asked(row):
        met = world.ask(who, row.method, address, state=STATES[number], sent=row.sent)
        if not agrees(row.cells[who][number], met):
            wrong.append(f"{who}, {STATES[number]} : attendu {row.cells[who][number]}, obtenu {met}")
    assert wrong == []


def asked(row: Row) -> Iterator[tuple[str, int]]:
    """Who asks an address, in which state of the project (its rank).

    On the first database, every person, once for each answer that they may meet: of the states that promise the same
    one, each row takes another. On the second, which reads the same predicates, one person for each line of answers.
    """
    turn = sum(map(ord, str(row)))
    lines: dict[tuple[str, ...], list[str]] = {}
    for who, cells in row.cells.items():
        lines.setdefault(tuple(cells), []).append(who)
    for cells, people in lines.items():
        some = people if connection.vendor == "sqlite" else [people[turn % len(people)]]
        for answer in dict.fromkeys(cells):
            alike = [number for number, each in enumerate(cells) if each == answer]
            yield from ((who, alike[(turn + rank) % len(alike)]) for rank, who in enumerate(some))


@pytest.mark.parametrize(("route", "method"), PUBLIC, ids=[f"{method} {route}" for route, method in PUBLIC])
def test_a_public_address_answers_everyone(route, method, world):
    given = DECLARED.public[route]
    address = world.address(ROUTES[route], given.get("avec", {}))
    met = {who: world.ask(who, method, address) for who in WITNESSES}
    expected = given.get("attendu", "autorisé")
    assert {who: word for who, word in met.items() if not agrees(expected, word)} == {}


@pytest.mark.parametrize("row", [row for row in DECLARED.rows if row.method == "GET"], ids=str)
def test_who_may_only_read_may_not_send(row):
    """« lecture » says that the page opens and that what it would send is refused."""
    sending = [other for other in DECLARED.rows if other.route == row.route and other.method == "POST"]
    readers = {
        (who, number) for who, cells in row.cells.items() for number, answer in enumerate(cells) if answer == "lecture"
    }
    assert [
        (other, who) for other in sending for who, number in readers if other.cells[who][number] == "autorisé"
    ] == []
