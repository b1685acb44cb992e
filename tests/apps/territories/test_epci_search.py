"""Search of EPCI, on the real ones."""

import pytest

from maillage.apps.territories.epci_search import search_epci

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

REDON = "243500741"


@pytest.mark.parametrize("text", ["Redon Agglomération", "redon agglo", "agglomeration redon", REDON, f" {REDON} "])
def test_an_epci_is_found_by_the_words_of_its_name_or_its_siren(text):
    found = search_epci(text)
    assert found[0].code == REDON
    assert found[0].communes == 31
    assert found[0].through == ""


def test_an_epci_is_found_by_one_of_its_communes_and_says_which():
    found = search_epci("Bains-sur-Oust")
    assert (found[0].code, found[0].through) == (REDON, "Bains-sur-Oust")


def test_the_exact_name_comes_first_then_the_names_that_begin_so_then_the_most_populous():
    assert search_epci("Rennes Métropole")[0].nom == "Rennes Métropole"
    grand = search_epci("grand", limit=30)
    begin = [epci.nom.casefold().startswith("grand") for epci in grand]
    assert begin == sorted(begin, reverse=True)
    assert [epci.inhabitants for epci in grand] == sorted((epci.inhabitants for epci in grand), reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "999999999", "!!"])
def test_what_names_no_epci_finds_none(text):
    assert search_epci(text) == []


def test_no_more_are_given_than_asked():
    assert len(search_epci("pays", limit=3)) == 3
