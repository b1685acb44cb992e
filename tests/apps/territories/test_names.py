"""Articles and spellings."""

import pytest

from maillage.apps.territories.names import GRAMMARS, search_key
from maillage.apps.territories.spelling import Spelling


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ les Roses", "l hay les roses"),
        ("St-Étienne", "saint etienne"),
        ("Ste Mère Église", "sainte mere eglise"),
        ("Œuilly", "oeuilly"),
        ("Stains", "stains"),
        ("Villers-St-Paul", "villers saint paul"),
    ],
)
def test_two_spellings_of_a_name_share_a_key(written, key):
    assert search_key(written) == key


def test_every_code_of_the_insee_has_an_article_and_a_link():
    assert sorted(GRAMMARS) == list(range(9))
    assert all(grammar.link for grammar in GRAMMARS.values())


@pytest.fixture
def spelling() -> Spelling:
    names = [("redon", "35236", 9_000), ("rennes", "35238", 200_000), ("rehon", "54451", 4_000), ("ploermel", "", 0)]
    return Spelling([*names, ("redan", "00001", 1), ("redan", "00002", 2)])


def test_the_nearest_name_comes_first(spelling):
    assert spelling.nearest("redonn", 1) == ["35236"]


def test_of_two_names_as_near_the_most_populous_comes_first(spelling):
    assert spelling.nearest("redann", 2) == ["00002", "00001"]


def test_nothing_is_near_a_word_of_another_language(spelling):
    assert spelling.nearest("xyzzy", 5) == []
