"""The budget of a project: lines, sums that are « au moins », what the rules suggest."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import cast

from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.projets.budget import (
    BudgetLineFields,
    add_line,
    line_of,
    put_line_back,
    remove_line,
    write_line,
    years,
)
from maillage.apps.projets.models import BudgetLine, Projet
from maillage.apps.projets.money import suggestions
from maillage.core.kernel.problems import BadInput, read

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def people(db):
    return cast.create()


def given_line(**told):
    return BudgetLineFields(**{"kind": "depense", "year": "2027", "label": "Logiciel", "amount": "1 000", **told})


def in_budget(*lines):
    return [BudgetLine(**{"kind": "depense", "year": 2027, "label": "x", **line}) for line in lines]


def test_a_year_adds_up_what_is_known_and_says_what_is_not():
    lines = in_budget(
        {"amount": Decimal("10.50")}, {"amount": None}, {"kind": "ressource", "amount": Decimal(20), "is_secured": True}
    )
    (year,) = years(lines)
    assert (year.year, year.spent.known, year.spent.unknown, year.spent.is_whole) == (2027, Decimal("10.50"), 1, False)
    assert (year.received.known, year.received.secured, year.balance) == (Decimal(20), Decimal(20), None)


def test_several_years_have_their_whole():
    lines = in_budget({"amount": Decimal(10)}, {"year": 2028, "kind": "ressource", "amount": Decimal(25)})
    assert [(each.year, each.balance) for each in years(lines)] == [(2027, -10), (2028, 25), (None, 15)]
    assert years([]) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from([2026, 2027]),
            st.sampled_from(["depense", "ressource"]),
            st.none() | st.decimals(0, 10**6, places=2),
        ),
        min_size=1,
    )
)
def test_the_whole_is_the_sum_of_the_years(rows):
    found = years(in_budget(*({"year": year, "kind": kind, "amount": amount} for year, kind, amount in rows)))
    by_year = [each for each in found if each.year]
    for name in ("spent", "received"):
        assert sum(getattr(each, name).known for each in by_year) == getattr(found[-1], name).known
        assert sum(getattr(each, name).unknown for each in by_year) == getattr(found[-1], name).unknown


def test_a_line_is_added_changed_removed_and_put_back(people):
    line = add_line(people.projet, given_line(amount="12 500,50"), by=people.porteuse, at=cast.NOW)
    assert line_of(people.projet, line.pk).amount == Decimal("12500.50")
    seen = stamp(line_of(people.projet, line.pk))
    write_line(line, given_line(amount=""), seen=seen, by=people.redactrice, at=cast.NOW)
    with pytest.raises(Changed):
        write_line(line, given_line(amount="3"), seen=seen, by=people.porteuse, at=cast.NOW)
    key = remove_line(line_of(people.projet, line.pk), by=people.porteuse, at=cast.NOW)
    assert not people.projet.budget_lines.exists()
    assert put_line_back(people.projet, key, by=people.porteuse, at=cast.NOW).amount is None
    with pytest.raises(NotNow):
        put_line_back(people.projet, key, by=people.porteuse, at=cast.NOW)
    verbs = list(Event.objects.filter(subject_type="projets.budgetline").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["créer", "modifier", "retirer", "rétablir"]


@pytest.mark.parametrize("part", ["membre", "accompagnatrice", "instructrice", "stranger"])
def test_who_may_not_write_adds_no_line(people, part):
    with pytest.raises(NotAllowed):
        add_line(people.projet, given_line(), by=getattr(people, part), at=cast.NOW)


def test_an_archived_project_keeps_its_budget(people):
    people.projet.state = Projet.State.ARCHIVE
    people.projet.save()
    with pytest.raises(NotAllowed):
        add_line(people.projet, given_line(), by=people.porteuse, at=cast.NOW)


def test_a_note_may_not_tell_a_patient(people):
    with pytest.raises(PatientData):
        add_line(people.projet, given_line(note="Mme MARTIN Jeanne, 82 ans"), by=people.porteuse, at=cast.NOW)


@pytest.mark.parametrize("wrong", [{"year": "26"}, {"amount": "-3"}, {"label": " "}, {"kind": "don"}])
def test_a_senseless_line_is_refused(wrong):
    with pytest.raises(BadInput):
        read(BudgetLineFields, {"kind": "depense", "year": "2027", "label": "Logiciel", "amount": "", **wrong})


def test_without_a_territory_nothing_is_suggested_and_the_page_says_why(people):
    people.structure.communes.all().delete()
    found, why = suggestions(people.projet, today=TODAY)
    assert found == []
    assert "commune" in why


def test_a_year_beyond_measure_is_refused_in_french():
    with pytest.raises(BadInput, match="une année de 2000 à 2100"):
        read(BudgetLineFields, {"kind": "depense", "year": "9" * 5_000, "label": "Logiciel"})
