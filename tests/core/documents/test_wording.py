"""Words shared by the documents."""

import pytest

from maillage.core.documents import wording


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("15000.00", "15000.00", "15\u202f000\u00a0€"),
        ("50000.00", "100000.00", "50\u202f000\u00a0€ à 100\u202f000\u00a0€"),
        (None, "50000.00", "jusqu'à 50\u202f000\u00a0€"),
        ("20000.00", None, "au moins 20\u202f000\u00a0€"),
        (None, None, "à confirmer"),
    ],
)
def test_what_is_known_of_an_amount_is_said_and_nothing_more(low: str | None, high: str | None, expected: str) -> None:
    assert wording.interval(low, high) == expected


def test_validity_names_the_days_in_full() -> None:
    assert wording.validity("2022-01-01", None) == "depuis le 1er\u00a0janvier\u00a02022"
    assert wording.validity("2017-01-01", "2021-12-31") == "du 1er\u00a0janvier\u00a02017 au 31\u00a0décembre\u00a02021"
    assert wording.validity(None, None) == ""


def test_a_source_without_title_or_address_says_so() -> None:
    assert wording.source({"titre": None, "url": None, "confiance": "C", "depuis": None}) == {
        "titre": "texte à confirmer",
        "url": "",
        "precision": "confiance C, à confirmer",
    }


def test_a_long_address_can_break_and_loses_its_query_in_the_footer() -> None:
    address = wording.printed("https://maillage.exemple/simuler?annee=2025")
    assert address is not None
    assert address["court"] == "maillage.exemple/simuler"
    assert address["texte"].replace("\u200b", "") == "maillage.exemple/simuler?annee=2025"
    assert "?\u200b" in address["texte"]
    assert wording.printed("") is None
