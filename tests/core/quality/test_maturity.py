"""The maturity of a team: majority, what may be done when, the drawing."""

import itertools
import xml.etree.ElementTree as ET

import pytest

from maillage.core.documents.radar import Curve, radar
from maillage.core.quality.maturity import (
    CANCELLED,
    CLOSED,
    OPEN,
    REVEALED,
    TRANSITIONS,
    distribution,
    majority,
    matrix,
)


def test_a_majority_is_more_than_half():
    for length in range(6):
        for levels in itertools.product((1, 2, 3), repeat=length):
            found = majority(levels)
            assert (found is not None) == any(2 * levels.count(level) > length for level in levels)
            assert sum(distribution(levels, 5)) == length


def test_levels_once_shown_are_never_hidden_again():
    moves = {(state, leads) for states, leads in TRANSITIONS.values() for state in states}
    assert moves == {(OPEN, REVEALED), (OPEN, CANCELLED), (REVEALED, CLOSED), (CLOSED, REVEALED)}
    assert all(leads != OPEN for _states, leads in TRANSITIONS.values())


def test_the_matrix_has_four_axes_and_gives_only_what_a_source_establishes():
    found = matrix()
    assert len(found.axes) == 4
    assert len(list(itertools.chain.from_iterable(axis.dimensions for axis in found.axes))) == 2
    assert "à confirmer" in found.doubt


def test_a_radar_says_in_words_what_it_draws():
    curves = [Curve("Automne", [3, None, 4]), Curve("Printemps", [1, 2, 3])]
    drawn = radar("Maturité", ["Réunions", "Accès", "Partage"], curves, 4)
    root = ET.fromstring(drawn)  # noqa: S314 - drawn by us
    words = "".join(root.itertext())
    assert "Automne, sur 4 : 1, Réunions : 3 ; 2, Accès : aucun niveau" in words.replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert drawn.count("<circle") == 5
    assert "stroke-dasharray" in drawn


@pytest.mark.parametrize("names", [[], ["Une"], ["Une", "Deux"]])
def test_below_three_directions_there_is_nothing_to_draw(names):
    assert radar("Maturité", names, [Curve("Automne", [1] * len(names))], 4) == ""
