"""A suggestion takes the place of the passage that it quotes, and of nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from maillage.core.text import empty, from_markdown, to_markdown, words
from maillage.core.text.replacing import count, replaced


def test_the_first_passage_is_replaced():
    doc = from_markdown("Ouvert le matin.\n\nOuvert le matin aussi.")
    assert count(doc, "le matin") == 2
    assert to_markdown(replaced(doc, "le matin", "le soir")) == to_markdown(
        from_markdown("Ouvert le soir.\n\nOuvert le matin aussi.")
    )


def test_a_passage_over_several_marks_takes_the_first_ones():
    doc = from_markdown("Un **mot gras** et la suite.")
    assert to_markdown(replaced(doc, "gras et la", "fort, puis la")) == to_markdown(
        from_markdown("Un **mot fort, puis la** suite.")
    )


def test_a_passage_is_found_in_lists_and_tables():
    doc = from_markdown("- un\n- deux\n\n| a | b |\n|---|---|\n| trois | quatre |")
    assert "cinq" in words(replaced(doc, "quatre", "cinq"))
    assert "six" in words(replaced(doc, "deux", "six"))


def test_a_figure_in_the_line_stays():
    doc = from_markdown("Il y a {{chiffre:population.totale}} habitants ici.")
    assert to_markdown(replaced(doc, "habitants", "personnes")) == to_markdown(
        from_markdown("Il y a {{chiffre:population.totale}} personnes ici.")
    )


def test_what_is_no_longer_there_is_said():
    assert replaced(from_markdown("Un texte."), "autre", "mot") is None
    assert replaced(empty(), "autre", "mot") is None
    assert replaced(from_markdown("Un texte."), "", "mot") is None


@given(st.lists(st.sampled_from(["un", "deux", "trois"]), min_size=1, max_size=8), st.sampled_from(["quatre", "cinq"]))
def test_only_the_quoted_word_changes(said, other):
    doc = from_markdown(" ".join(said))
    found = replaced(doc, said[-1], other)
    expected = list(said)
    expected[said.index(said[-1])] = other
    assert list(words(found)) == list(words(from_markdown(" ".join(expected))))
