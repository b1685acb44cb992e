"""The screen of patient data on a rich text."""

import time

import pytest

from maillage.apps.projets.patients import masked, passages
from maillage.core.text import from_markdown, read, to_markdown


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


MEMBER = "(membre:00000000-0000-0000-0000-000000000001)"
HIDDEN_WORDS = ("Dupont", "277022A00401726")


@pytest.mark.parametrize(
    "text",
    [
        f"Vu @[Mme Dupont, 82 ans]{MEMBER} hier.",
        f"Vu @[Mme Dupont]{MEMBER}, 82 ans.",
        "Voir [ce dossier](https://exemple.fr/?q=Mme+Dupont,+82+ans).",
        "Voir **[ce dossier](https://exemple.fr/Mme%20Dupont%2C%2082%20ans)**.",
        "Voir [ce dossier](https://exemple.fr/?nir=277022A00401726).",
        "Écrire [ici](mailto:a@exemple.fr?subject=Mme%20Dupont%2C%2082%20ans).",
        "Mme [Dupont](https://exemple.fr/), 82 ans.",
    ],
)
def test_the_names_and_the_addresses_behind_the_words_are_read_too(text):
    doc = from_markdown(text)
    assert passages(doc)
    result = masked(doc)
    assert passages(result) == ()
    assert [word for word in HIDDEN_WORDS if word in to_markdown(result)] == []
    assert read(result.as_dict()) == result


def test_a_link_whose_address_is_masked_away_leaves_its_words():
    (line,) = masked(from_markdown("Écrire [ici](mailto:277022A00401726@exemple.fr).")).content
    assert "".join(node.text for node in line.content) == "Écrire ici."


def test_a_member_and_an_address_without_patient_stay_as_they_are():
    doc = from_markdown(f"@[Jeanne Morvan]{MEMBER} suit [l'offre](https://exemple.fr/a+b%20c?d=%C3%A9) de soins.")
    assert passages(doc) == ()
    assert masked(doc) == doc


def test_a_passage_masked_over_several_marks_leaves_no_empty_text():
    result = masked(from_markdown("Mme Jeanne **Du***pont*, 82 ans."))
    assert read(result.as_dict()) == result
    assert "pont" not in to_markdown(result)
