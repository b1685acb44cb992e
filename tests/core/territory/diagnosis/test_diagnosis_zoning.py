"""The zonage of the communes and the aids that it opens."""

import datetime

import pytest

from maillage.core.territory.diagnosis.material import Zoned
from maillage.core.territory.diagnosis.measures import Indicator, Measured, Place, Total
from maillage.core.territory.diagnosis.zoning import opened, unclassed, zone_aids, zoning_tables

DAY = datetime.date(2026, 11, 22)
PLACES = [Place("35001", "Amont", "35", "53"), Place("35002", "Aval", "35", "53")]


def zoned(profession, commune, zone, written=""):
    return Zoned(profession, commune, zone, written, datetime.date(2026, 1, 1), "2026")


def test_a_zip_opens_the_first_installation_of_a_doctor_with_its_amount():
    aids = {aid.code: aid for aid in opened("medecin_generaliste", "zip", DAY) or ()}

    assert aids["aides_installation_zip_montant"].amount == "10\u202f000\xa0€ en une fois"
    assert "aides_installation_zac_montant" not in aids


def test_a_zac_opens_its_own_aid_only():
    codes = [aid.code for aid in opened("medecin_generaliste", "zac", DAY) or ()]

    assert "aides_installation_zac_montant" in codes
    assert "aides_installation_zip_montant" not in codes


def test_a_very_under_served_zone_opens_the_contracts_of_nurses():
    codes = [aid.code for aid in opened("infirmier", "tres_sous_dotee", DAY) or ()]

    assert {"aides_capii_montant", "aides_caii_montant"} <= set(codes)


def test_the_amount_that_no_text_gives_is_to_be_confirmed():
    aids = {aid.code: aid for aid in opened("medecin_generaliste", "zip", DAY) or ()}

    assert aids["aides_collectivite_montant"].amount == "à confirmer"


@pytest.mark.parametrize("zone", ["hors_zone", "intermediaire", ""])
def test_a_class_that_is_no_zone_of_aids_opens_none(zone):
    assert opened("infirmier", zone, DAY) is None


def test_a_profession_without_known_aid_is_said_so():
    told = zone_aids([zoned("chirurgien_dentiste", "35001", "tres_sous_dotee")], DAY)

    assert (told[0].aids, told[0].communes) == ((), 1)
    assert "Aucune aide" in told[0].note


def test_a_class_of_a_part_of_a_commune_opens_the_aids_of_its_zone_there_only():
    told = zone_aids([zoned("medecin_generaliste", "35001", "qpv_zip")], DAY)

    assert told[0].zone == "QPV en ZIP"
    assert "aides_installation_zip_montant" in {aid.code for aid in told[0].aids}
    assert told[0].note.startswith("Dans les seuls quartiers")


def test_the_tables_count_communes_and_name_the_class_of_each():
    rows = [zoned("infirmier", "35001", "sous_dotee"), zoned("infirmier", "35002", "sur_dotee", "5_Sur_dotee")]

    by_class, by_commune = zoning_tables(rows, PLACES, None)

    assert [row[1:3] for row in by_class.rows] == [("zone sous-dotée", 1), ("sur-dotée", 1)]
    assert by_commune.rows[0] == ("35001", "Amont", "zone sous-dotée")
    assert "1er\xa0janvier\xa02026" in by_class.source


def test_a_commune_without_class_is_to_be_confirmed_in_the_table():
    _, by_commune = zoning_tables([zoned("infirmier", "35001", "sous_dotee")], PLACES, None)

    assert by_commune.as_dict()["lignes"][1]["textes"] == ["35002", "Aval", "à confirmer"]


def test_the_communes_without_class_complete_the_hundred_per_cent():
    rows = [zoned("infirmier", "35001", "sous_dotee")]
    people = Measured(
        Indicator("population.totale", "Population", "habitants", "INSEE"),
        "2023",
        {"35001": 300.0, "35002": 700.0},
        Total(1000.0, 2, 2),
        {},
    )

    by_class, _ = zoning_tables(rows, PLACES, people)

    assert [row[2:] for row in by_class.rows] == [(1, 300.0, 30.0), (1, 700.0, 70.0)]
    assert by_class.rows[1][1].startswith("inconnu")
    assert unclassed(rows, PLACES) == {"infirmier": 1}


def test_a_whole_zonage_leaves_no_commune_unclassed():
    rows = [zoned("infirmier", place.code, "sous_dotee") for place in PLACES]

    assert unclassed(rows, PLACES) == {}
