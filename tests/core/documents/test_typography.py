"""The typography of running text."""

import pytest

from maillage.core.documents.typography import printable, typeset, typeset_all


def test_french_punctuation_never_starts_a_line() -> None:
    assert typeset("Il manque : « 2 médecins » ?") == "Il manque\u00a0: «\u00a02 médecins\u00a0»\u00a0?"


def test_a_straight_apostrophe_between_letters_becomes_curved() -> None:
    assert typeset("l'équipe d'une MSP, 5' d'arc") == "l’équipe d’une MSP, 5' d’arc"


def test_addresses_and_drawings_are_left_as_they_are() -> None:
    content = {"titre": "L'ACI", "url": "https://exemple.fr/l'aci ?a", "textes": [{"svg": "a : b"}], "points": 3.5}
    assert typeset_all(content) == {**content, "titre": "L’ACI"}


def test_typesetting_twice_changes_nothing_more() -> None:
    once = typeset("« L'ACI » : 7 € !")
    assert typeset(once) == once


def test_what_no_font_can_show_is_replaced_and_what_is_invisible_removed() -> None:
    assert printable("Bloc 🩺 de\x00 Ploe\u0308rmel\u202e 中, 12 €, L’Haÿ, œuf, ≥ 5 %") == (
        "Bloc □ de Ploërmel □, 12 €, L’Haÿ, œuf, ≥ 5 %"
    )


def test_an_endless_word_can_be_cut_and_an_ordinary_one_cannot() -> None:
    assert typeset("x" * 36) == "\u200b".join(["x" * 12] * 3)
    assert typeset("interprofessionnellement") == "interprofessionnellement"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1 220 000 €", "1\u202f220\u202f000\u00a0€"),
        ("de 50 000 à 100 000", "de 50\u202f000 à 100\u202f000"),
        ("le 8 juillet 2026", "le 8 juillet 2026"),
        ("02 99 30 36 45", "02 99 30 36 45"),
    ],
)
def test_a_number_does_not_break_at_its_thousands(written: str, shown: str) -> None:
    assert typeset(written) == shown
