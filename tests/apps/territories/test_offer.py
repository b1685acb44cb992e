"""Counting professionals and establishments of some communes."""

import datetime

import pytest
from tests.small_world import create_territories

from maillage.apps.territories import offer
from maillage.apps.territories.models import DataSource, Facility, Practice, PracticeCount

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 22)
REDON, SAINTE_MARIE, RENNES = "35236", "35294", "35238"


@pytest.fixture(autouse=True)
def world():
    create_territories()


def source(key):
    at = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    said = {"source": key, "vintage": "2026", "state": "complete", "rows_written": 1, "checksum": "0" * 64}
    return DataSource.objects.get_or_create(key=key, defaults={**said, "loaded_at": at})[0]


def practises(rpps, commune, metier="medecin_generaliste", mode="L", secteur="SA07", site="A"):
    Practice.objects.create(
        source=source("rpps"), rpps=rpps, nom="N", metier=metier, profession="10", savoir_faire="SM54", mode=mode,
        secteur=secteur, site=site, commune=commune,
    )  # fmt: skip


def establishment(finess, categorie, commune, libelle=""):
    Facility.objects.create(
        source=source("finess"), finess=finess, nom=finess, categorie=categorie, categorie_libelle=libelle,
        commune=commune,
    )  # fmt: skip


def counts(*codes):
    return {row.metier: (row.persons, row.shared, row.self_employed) for row in offer.headcounts(codes, DAY)}


def test_a_person_counts_once_and_is_shared_between_sites():
    practises("1", REDON)
    practises("2", REDON)
    practises("2", RENNES, site="B")
    practises("3", RENNES)
    assert counts(REDON) == {"medecin_generaliste": (2, 1.5, 2)}
    assert counts(REDON, RENNES) == {"medecin_generaliste": (3, 3.0, 3)}


def test_a_site_held_in_two_modes_is_one_site():
    practises("1", REDON)
    practises("1", REDON, mode="S")
    practises("1", RENNES, site="B", mode="S")
    assert counts(REDON) == {"medecin_generaliste": (1, 0.5, 1)}
    assert counts(RENNES) == {"medecin_generaliste": (1, 0.5, 0)}


@pytest.mark.parametrize(
    ("mode", "secteur", "counted"),
    [("L", "SA07", True), ("L", "SA64", False), ("S", "SA05", True), ("S", "SA01", False), ("L", "SA50", False)],
)
def test_hospitals_and_teleconsultation_are_left_out(mode, secteur, counted):
    practises("1", REDON, mode=mode, secteur=secteur)
    assert bool(counts(REDON)) is counted


def test_metiers_that_are_not_of_the_town_are_not_counted():
    practises("1", REDON, metier="aide_soignant")
    assert counts(REDON) == {}


def test_metiers_come_with_their_name_most_numerous_first():
    practises("1", REDON, metier="sage_femme")
    practises("2", REDON, metier="infirmier")
    practises("3", REDON, metier="infirmier")
    rows = offer.headcounts([REDON], DAY)
    assert [(row.metier, row.label) for row in rows] == [("infirmier", "infirmiers"), ("sage_femme", "sages-femmes")]


def test_the_shares_of_the_communes_add_up_to_the_persons():
    practises("1", REDON)
    practises("1", RENNES, site="B")
    practises("1", "", site="C")
    practises("2", SAINTE_MARIE, metier="infirmier")
    shares = offer.shares_by_commune(DAY)
    third = pytest.approx(1 / 3)
    assert shares == {"medecin_generaliste": {REDON: third, RENNES: third, "": third}, "infirmier": {SAINTE_MARIE: 1}}


def test_distinct_persons_are_counted_by_departement_region_and_france():
    practises("1", REDON)
    practises("1", RENNES, site="B")
    practises("2", RENNES, secteur="SA01")
    practises("3", "", site="C")
    practises("4", SAINTE_MARIE, metier="aide_soignant", secteur="SA99")
    one = {("departement", "35"): 1, ("region", "53"): 1, ("france", "FRANCE"): 1}
    assert offer.persons_elsewhere(DAY) == {"medecin_generaliste": one, "aide_soignant": one}


def test_what_was_counted_at_the_loading_is_read_again():
    practises("1", REDON)
    PracticeCount.objects.create(source=source("rpps"), metier="infirmier", level="departement", code="35", persons=12)
    assert offer.persons_elsewhere(DAY) == {"infirmier": {("departement", "35"): 12}}


def test_establishments_are_counted_by_category_and_listed():
    establishment("350000011", "620", REDON, "Pharmacie d'officine")
    establishment("350000022", "620", SAINTE_MARIE, "Pharmacie d'officine")
    establishment("350000033", "603", REDON)
    establishment("350000044", "620", RENNES, "Pharmacie d'officine")
    rows = offer.facility_counts([REDON, SAINTE_MARIE])
    assert [(row.code, row.label, row.count) for row in rows] == [("620", "Pharmacie d'officine", 2), ("603", "", 1)]
    assert [row.finess for row in offer.facilities_in([REDON], ["603"])] == ["350000033"]


def test_a_directory_says_its_vintage_once_loaded():
    assert offer.directory(offer.RPPS) is None
    practises("1", REDON)
    assert offer.directory(offer.RPPS).vintage == "2026"
