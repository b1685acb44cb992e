"""The keys of RPPS and FINESS numbers."""

import csv

import pytest
from tests.apps.territories.directories.rpps_files import rpps
from tests.official import official

from maillage.apps.territories.directories.keys import finess_fault, luhn, rpps_fault


def test_the_formula_of_luhn_finds_a_wrong_digit_and_two_exchanged():
    assert luhn("79927398713")
    assert not luhn("79927398714")
    assert not luhn("97927398713")


def test_an_rpps_number_has_eleven_digits_and_its_key():
    good = rpps(12)
    assert rpps_fault(good) == ""
    assert rpps_fault(good[:-1]) == "le numéro RPPS n'a pas onze chiffres"
    assert rpps_fault(good[:-1] + str((int(good[-1]) + 1) % 10)) == "la clé du numéro RPPS est fausse"


@pytest.mark.parametrize("number", ["010780195", "010000016", "2A0000014", "2B0000012"])
def test_a_finess_number_of_the_continent_or_of_corsica_is_accepted(number):
    assert finess_fault(number) == ""


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("010780196", "la clé du numéro FINESS est fausse"),
        ("01078019", "le numéro FINESS n'a pas neuf caractères"),
        ("2C0000014", "le numéro FINESS n'a pas neuf caractères"),
        ("7A0000014", "le numéro FINESS a une lettre hors de la Corse"),
    ],
)
def test_a_wrong_finess_number_is_told(number, fault):
    assert finess_fault(number).startswith(fault)


@pytest.mark.donnees
def test_every_finess_number_of_the_sample_of_occitanie_has_its_key():
    with official("finess_occitanie_echantillon.csv").open(encoding="utf-8", newline="") as file:
        numbers = {row["numero finess etablissement"] for row in csv.DictReader(file)} - {""}
    assert len(numbers) > 10_000
    assert {number for number in numbers if finess_fault(number)} == set()
