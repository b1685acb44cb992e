"""The screen of patient data on a rich text."""

import time

from maillage.apps.projets.patients import masked, passages
from maillage.core.text import from_markdown, to_markdown


def test_a_passage_is_shown_as_written_and_as_masked():
    (found,) = passages(from_markdown("Nous suivons Mme **Dupont**, 82 ans, à domicile."))
    assert found.excerpt == "Dupont, 82"
    assert "Dupont" not in found.masked
    assert found.why


def test_a_masked_text_holds_no_more_patient_and_keeps_the_rest():
    doc = from_markdown("## Parcours\n\nNous suivons Mme **Dupont**, 82 ans, à domicile.\n\n- Un **point**.")
    result = masked(doc)
    assert passages(result) == ()
    assert "Dupont" not in to_markdown(result)
    assert "à domicile." in to_markdown(result)
    assert "- Un **point**." in to_markdown(result)


def test_one_passage_is_masked_at_a_time():
    doc = from_markdown("Mme Dupont, 82 ans.\n\nM. Martin, 75 ans.")
    first, second = passages(doc)
    left = passages(masked(doc, {first.rank}))
    assert [each.excerpt for each in left] == [second.excerpt]


def test_a_row_of_a_table_is_read_as_a_whole():
    doc = from_markdown("| Nom | Âge |\n| --- | --- |\n| Mme Dupont | 82 ans |")
    assert passages(doc)
    assert passages(masked(doc)) == ()


def test_a_caption_is_read_too():
    doc = from_markdown('![Photo](fichier:00000000-0000-0000-0000-000000000001 "Mme Dupont, 82 ans")')
    assert passages(doc)
    assert passages(masked(doc)) == ()


def test_a_long_text_full_of_patients_is_masked_at_once():
    doc = from_markdown("\n\n".join(["Mme **Dupont**, 82 ans, est suivie."] * 2_000))
    begun = time.process_time()
    assert passages(masked(doc)) == ()
    assert time.process_time() - begun < 8
