"""Quorum and voices: counted as they are, never supposed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.apps.dossiers.commissions.inputs import RuleFields
from maillage.core.dossiers.quorum import quorum, settled, tally


@pytest.mark.parametrize(
    ("typed", "seats", "needed"),
    [("50", 11, 6), ("50", 10, 5), ("2/3", 3, 2), ("2/3", 11, 8), ("100", 7, 7), ("50,1", 10, 6), ("1/3", 9, 3)],
)
def test_a_share_as_typed_gives_the_seats_needed(typed, seats, needed):
    share = RuleFields(nom="CARPEC", quorum_share=typed).quorum_share
    assert quorum(seats, 0, share).needed == needed


@pytest.mark.parametrize("typed", ["0", "101", "deux tiers", "1/0", "-5", "nan"])
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(ValueError, match="part des sièges"):
        RuleFields(nom="CARPEC", quorum_share=typed)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(1, 1000))
def test_the_quorum_is_the_smallest_number_that_is_not_below_the_share(seats, present, thousandths):
    found = quorum(seats, present, Decimal(thousandths) / 1000)
    assert found.needed is not None
    assert found.needed * 1000 >= thousandths * seats > (found.needed - 1) * 1000
    assert found.is_reached == (present >= found.needed)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50), st.sampled_from([None, True, False]))
def test_two_counts_that_differ_are_settled_by_the_text_alone(seats, present, left, leaves):
    counted, out = quorum(seats, present, Decimal("0.5")), quorum(max(seats - left, 0), present, Decimal("0.5"))
    found = settled(counted, out, leaves)
    if leaves is None and counted.is_reached != out.is_reached:
        assert found is None
    else:
        assert found == (out.is_reached if leaves else counted.is_reached)


@given(st.lists(st.sampled_from(["pour", "contre", "abstention"]), max_size=30))
def test_a_tie_is_never_broken(choices):
    found = tally(choices, 30)
    assert found.pour + found.contre + found.abstention + found.silent == 30
    if found.pour == found.contre and found.pour:
        assert "départage" in found.outcome
