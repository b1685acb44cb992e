"""Every identifier of the parameters is said in French."""

import pytest

from maillage.core.kernel.french import quantity
from maillage.core.kernel.spelling import SPELLED, spelled
from maillage.core.rules.system import system


def identifiers() -> set[str]:
    values = [value.value for text in system().texts() for value in text.values]
    return {item for value in values if isinstance(value, list) for item in value if isinstance(item, str)}


@pytest.mark.parametrize(
    ("identifier", "french"),
    [
        ("tres_sous_dotee", "très sous-dotée"),
        ("union_europeenne", "Union européenne"),
        ("meme_msp_ou_cds", "même MSP ou CDS"),
        ("ehpad", "EHPAD"),
        ("zip", "ZIP"),
        ("secteur_1", "secteur 1"),
        ("30 avril", "30 avril"),
    ],
)
def test_an_identifier_is_said_with_its_accents_and_capitals(identifier: str, french: str) -> None:
    assert spelled(identifier) == french


def test_a_list_is_said_item_by_item() -> None:
    assert quantity(["sage_femme", "zip"]) == "sage-femme, ZIP"


def test_no_identifier_keeps_its_underscores() -> None:
    assert {name for name in identifiers() if "_" in spelled(name)} == set()
    assert all(french != name for name, french in SPELLED.items())
