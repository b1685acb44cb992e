"""The commune of an address: from its code, its postal code, its name."""

import pytest

from maillage.apps.territories.directories.locating import Locator, Means, Place, written_address

PLACES = [
    Place("35236", "redon", "35"),
    Place("35238", "rennes", "35"),
    Place("35294", "saint perreux", "35"),
    Place("56216", "saint perreux", "56"),
    Place("2A004", "ajaccio", "2A"),
    Place("69123", "lyon", "69"),
    Place("69383", "lyon 3e arrondissement", "69", "69123"),
    Place("97411", "saint denis", "974"),
]


@pytest.fixture
def locator():
    return Locator(
        places={place.code: place for place in PLACES},
        heirs={"35999": "35238"},
        postal={
            "35600": frozenset({"35236", "35294"}),
            "35000": frozenset({"35238"}),
            "69003": frozenset({"69123", "69383"}),
            "20000": frozenset({"2A004"}),
        },
    )


@pytest.mark.parametrize(
    ("code", "postal", "label", "expected"),
    [
        ("35236", "", "", ("35236", Means.CODE)),
        ("35999", "", "", ("35238", Means.CODE)),
        ("2a004", "", "", ("2A004", Means.CODE)),
        ("69123", "69003", "", ("69383", Means.CODE)),
        ("69123", "", "", ("69123", Means.CODE)),
        ("", "35000", "", ("35238", Means.POSTAL)),
        ("99999", "35000", "", ("35238", Means.POSTAL)),
        ("", "69003", "LYON CEDEX 3", ("69383", Means.POSTAL)),
        ("", "35600", "ST PERREUX", ("35294", Means.POSTAL)),
        ("", "35600", "", ("", Means.NONE)),
        ("", "35040", "RENNES CEDEX 7", ("35238", Means.NAME)),
        ("", "97400", "SAINT-DENIS", ("97411", Means.NAME)),
        ("", "20090", "Ajaccio", ("2A004", Means.NAME)),
        ("", "GL", "CHELTENHAM", ("", Means.NONE)),
        ("", "", "RENNES", ("", Means.NONE)),
    ],
)
def test_an_address_leads_to_its_commune_or_to_none(locator, code, postal, label, expected):
    assert locator.locate(code, postal, label) == expected


def test_a_name_that_two_communes_of_the_departement_share_tells_neither():
    twins = [Place("35001", "beaulieu", "35"), Place("35002", "beaulieu", "35")]
    locator = Locator({place.code: place for place in twins}, {}, {})
    assert locator.locate("", "35040", "BEAULIEU CEDEX").code == ""


def test_the_last_line_of_an_address_gives_a_postal_code_and_a_name():
    assert written_address("25300 DOUBS") == ("25300", "DOUBS")
    assert written_address("GL 5O 2QJ CHELTENHAM") == ("", "GL 5O 2QJ CHELTENHAM")
