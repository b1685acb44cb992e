"""The typography of running text."""

from maillage.core.documents.typography import typeset, typeset_all


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
