"""« À traiter »: what awaits who reviews, and why."""

import datetime

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.dossiers import advice, exchanging, inbox
from maillage.apps.dossiers.advice import Expert
from maillage.apps.dossiers.models import PieceRequest

pytestmark = pytest.mark.django_db
SOON = TODAY + datetime.timedelta(days=5)


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def projet(people):
    return cpts(people)


def reasons(person, today=TODAY) -> dict[str, tuple[str, ...]]:
    """The reasons of each dossier that awaits a person, by its number."""
    return {
        each.number: tuple(reason.code for reason in inbox.reasons_of(each)) for each in inbox.waiting(person, today)
    }


def test_a_new_deposit_awaits_everyone_of_the_authority_that_reviews(people, projet):
    filed(projet)
    assert reasons(people.instructrice) == {"PSC-53-2026-0001": ("depots",)}
    assert reasons(people.agent_cpam) == {}
    assert reasons(people.porteuse) == {}


def test_what_a_colleague_holds_does_not_await_me(people, projet):
    other = cast.person("collegue")
    cast.give(other, Organisation.objects.get(kind="ars"), Role.Name.INSTRUCTEUR)
    filed(projet, holder=other)
    assert reasons(people.instructrice) == {}
    assert reasons(other) == {"PSC-53-2026-0001": ("depots",)}


def test_complements_are_not_a_new_deposit(people, projet):
    dossier = filed(projet)
    PieceRequest.objects.create(
        dossier=dossier, at=NOW, by=people.instructrice, items=[], answer_by=SOON, answered_at=NOW
    )
    assert reasons(people.instructrice)[dossier.number] == ("complements",)


def test_delays_near_and_past(people, projet):
    filed(projet, state="complet", due_on=SOON)
    assert reasons(people.instructrice) == {"PSC-53-2026-0001": ("echeances", "instruction")}
    after = SOON + datetime.timedelta(days=1)
    assert reasons(people.instructrice, after)["PSC-53-2026-0001"] == ("retards", "instruction")


def test_an_answer_that_does_not_come_is_late(people, projet):
    dossier = filed(projet, state="incomplet")
    PieceRequest.objects.create(dossier=dossier, at=NOW, by=people.instructrice, items=[], answer_by=SOON)
    assert reasons(people.instructrice) == {}
    assert reasons(people.instructrice, SOON + datetime.timedelta(days=1)) == {dossier.number: ("retards",)}


def test_unread_messages_and_avis(people, projet):
    dossier = filed(projet, state="complet")
    exchanging.write_message(dossier, "Bonjour", by=people.porteuse, at=NOW)
    cpam = Organisation.objects.get(kind="cpam")
    asked = advice.ask(dossier, [Expert(cpam)], question="?", answer_by=SOON, by=people.instructrice, at=NOW)
    late = SOON + datetime.timedelta(days=1)
    assert reasons(people.instructrice, late)[dossier.number] == ("messages", "avis_en_retard", "instruction")
    advice.give(asked.requests.get(), sense="favorable", text="Oui.", by=people.agent_cpam, at=NOW)
    exchanging.mark_seen(dossier, by=people.instructrice, at=NOW)
    assert reasons(people.instructrice, late)[dossier.number] == ("avis", "instruction")
    advice.close(asked, by=people.instructrice, at=NOW)
    assert reasons(people.instructrice)[dossier.number] == ("instruction",)


def test_who_decides_finds_what_is_to_decide_whoever_holds_it(people, projet):
    filed(projet, state="a_decider", holder=people.instructrice)
    filed(projet, number="PSC-53-2026-0002")
    assert reasons(people.decideuse) == {"PSC-53-2026-0001": ("decisions",)}


def test_what_is_over_awaits_nobody(people, projet):
    filed(projet, state="refuse", closed_at=NOW)
    filed(projet, state="accepte", number="PSC-53-2026-0002")
    assert reasons(people.instructrice) == {}


def test_counts_by_reason(people, projet):
    filed(projet)
    filed(projet, state="complet", due_on=SOON, number="PSC-53-2026-0002")
    counted = inbox.counts(inbox.waiting(people.instructrice, TODAY))
    assert {code: count for code, count in counted.items() if count} == {"depots": 1, "echeances": 1, "instruction": 1}


def test_ten_dossiers_cost_as_much_as_one(people, projet, django_assert_max_num_queries):
    for rank in range(10):
        filed(projet, number=f"PSC-53-2026-{rank:04d}")
    with django_assert_max_num_queries(10):
        assert len(reasons(people.instructrice)) == 10
