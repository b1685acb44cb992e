"""The places that a territory is compared with, and why."""

import datetime

import pytest
from tests.apps.diagnostics.conftest import REDON, RENNES, SAINTE_MARIE

from maillage.apps.diagnostics.chosen import communes_of
from maillage.apps.diagnostics.compared import compared_with, department_of, reason
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.territories.models import Commune, Departement, Region

TODAY = datetime.date(2026, 11, 22)


def chosen(**given):
    return communes_of(read_selection(given), today=TODAY)


@pytest.fixture
def two_regions(world):
    """Rennes, the most populous, is moved to another région."""
    Region.objects.filter(code="53").update(charniere="de ")
    Departement.objects.filter(code="35").update(charniere="d'")
    loire = Region.objects.create(code="52", nom="Pays de la Loire", charniere="des ")
    atlantique = Departement.objects.create(code="44", nom="Loire-Atlantique", charniere="de ", region=loire)
    Commune.objects.filter(code=RENNES).update(departement=atlantique)


@pytest.mark.usefixtures("two_regions")
def test_a_territory_of_one_departement_is_compared_with_it():
    found = chosen(communes=[REDON, SAINTE_MARIE])
    department = department_of(found)

    assert [each.code for each in compared_with(department)] == ["35", "53", "FRANCE"]
    assert reason(found, department) == (
        "Les chiffres sont comparés à ceux d'Ille-et-Vilaine et de Bretagne, où est ce territoire, et à ceux de la "
        "France."
    )


@pytest.mark.usefixtures("two_regions")
def test_a_territory_of_two_regions_is_compared_where_most_inhabitants_live_and_says_so():
    found = chosen(communes=[REDON, RENNES])
    department = department_of(found)

    assert department.code == "44"
    assert "où vivent le plus d'habitants de ce territoire" in reason(found, department)
    assert "2 départements et 2 régions" in reason(found, department)


@pytest.mark.usefixtures("two_regions")
def test_a_territory_around_a_centre_is_compared_with_the_departement_of_the_centre():
    found = chosen(centre=REDON, rayon_km=100)
    department = department_of(found)

    assert RENNES in found.codes
    assert department.code == "35"
    assert "où est Redon, au centre du territoire" in reason(found, department)


@pytest.mark.usefixtures("world")
def test_a_region_of_one_departement_is_told_once():
    mayotte = Region.objects.create(code="06", nom="Mayotte", charniere="de ")
    department = Departement.objects.create(code="976", nom="Mayotte", charniere="de ", region=mayotte)

    assert [each.name for each in compared_with(department)] == ["Mayotte", "France"]
