"""The class of a territory by the rules of its profession on a day: small countries with answers known by hand."""

import datetime

import pytest

from maillage.core.territory.zoning import Unit, classify
from maillage.core.territory.zoning.regimes import CLASSES, Regime

IN_2019, IN_2022, IN_2026 = (datetime.date(year, 6, 1) for year in (2019, 2022, 2026))
DOCTORS = "medecin_generaliste"


def units(*values: float | None, population: float = 1000, region: str = "53") -> list[Unit]:
    return [Unit(f"T{rank:03}", value, population, region) for rank, value in enumerate(values)]


def zones(found) -> list[str]:
    return [row.zone for row in found.zoned]


def nation(count: int = 1000) -> list[Unit]:
    """As many territories as thousandths of the population, from the least provided."""
    return units(*range(1, count + 1), population=67_000)


def test_doctors_of_2019_are_classed_by_two_thresholds():
    found = classify(DOCTORS, IN_2019, units(2.4, 2.5, 2.6, 4.0, 4.1, None))
    assert zones(found) == ["zip", "zip", "a_confirmer", "a_confirmer", "hors_zone", "a_confirmer"]
    assert [row.locked for row in found.zoned] == [True, True, False, False, False, False]
    assert [row.rule for row in found.zoned][:5] == ["ZON-17-04"] * 2 + ["ZON-17-05"] * 2 + ["ZON-17-06"]


def test_the_ars_picks_in_the_vivier():
    (row,) = classify(DOCTORS, IN_2019, units(3.0)).zoned
    assert row.choices == ("zip", "zac", "zone_de_vigilance")
    assert "l'ARS choisit" in row.why


def test_an_unknown_apl_is_to_confirm_and_not_zero():
    (row,) = classify(DOCTORS, IN_2019, units(None)).zoned
    assert (row.zone, row.locked, row.why) == ("a_confirmer", False, "l'indicateur de ce territoire n'est pas connu")


def test_the_margin_is_a_share_of_the_vivier_of_the_region():
    found = classify(DOCTORS, IN_2019, [*units(2, 3, 3, 5), *units(3, region="11")])
    margins = {gauge.region: gauge.bound for gauge in found.gauges if gauge.name == "marge_d_adaptation"}
    assert margins == {"53": 100, "11": 50}
    selected = {gauge.region: gauge.share for gauge in found.gauges if gauge.name == "selection_nationale"}
    assert selected == {"53": 25, "11": 0}


def test_a_territory_over_two_regions_is_counted_by_each_for_its_own_inhabitants():
    over = Unit("T", 3.0, 1000, "53", {"53": 700, "52": 300})
    found = classify(DOCTORS, IN_2019, [over])
    margins = {gauge.region: gauge.bound for gauge in found.gauges if gauge.name == "marge_d_adaptation"}
    assert margins == {"53": 35, "52": 15}
    assert over.regions == ("53", "52")


def test_the_regional_ceilings_of_2017_are_not_established():
    found = classify(DOCTORS, IN_2019, units(2, 3))
    ceilings = [gauge for gauge in found.gauges if gauge.name == "part_zip"]
    assert ceilings
    assert all(gauge.bound is None and gauge.why for gauge in ceilings)


@pytest.mark.parametrize("day", [IN_2022, IN_2026])
def test_doctors_since_2021_are_to_confirm_with_the_reason(day):
    found = classify(DOCTORS, day, units(1, 3, 9))
    assert set(zones(found)) == {"a_confirmer"}
    assert all("ne sont pas établis" in row.why or "n'est pas établi" in row.why for row in found.zoned)
    assert {row.choices for row in found.zoned} == {("zip", "zac", "hors_zone")}


def test_the_national_shares_of_2021_are_told():
    found = classify(DOCTORS, IN_2022, units(1, 3, 9, region="11"))
    bounds = {(gauge.name, gauge.region): gauge.bound_share for gauge in found.gauges}
    assert bounds["part_zip", ""] == 30.2
    assert bounds["part_zac", ""] == 42
    assert bounds["part_zip", "11"] == 62.4


def test_nothing_is_known_before_the_first_zonage():
    found = classify(DOCTORS, datetime.date(2015, 1, 1), units(1))
    assert zones(found) == ["a_confirmer"]
    assert "avant le 16\xa0novembre\xa02017" in found.zoned[0].why


@pytest.mark.parametrize(
    ("profession", "day", "shares"),
    [
        ("infirmier", IN_2026, (53, 94, 366, 204, 283)),
        ("sage_femme", IN_2026, (77, 102, 604, 93, 124)),
        ("masseur_kinesitherapeute", IN_2019, (68, 60, 650, 98, 124)),
        ("orthophoniste", IN_2019, (128, 90, 558, 101, 123)),
    ],
)
def test_each_class_holds_its_share_of_the_nation(profession, day, shares):
    """Published shares that do not add up to 100 leave the difference to the middle class."""
    found = zones(classify(profession, day, nation()))
    assert tuple(found.count(name) for name in CLASSES) == shares
    assert found == sorted(found, key=CLASSES.index)


def test_a_territory_astride_two_classes_is_to_confirm():
    found = classify("infirmier", IN_2026, units(1, 2, 3, 4, population=100))
    (first, *_) = found.zoned
    assert first.zone == "a_confirmer"
    assert first.choices == ("tres_sous_dotee", "sous_dotee", "intermediaire")


def test_territories_of_equal_value_are_never_told_apart():
    rows = [Unit(code, 5.0, 10.0) for code in ("A", "B")] + [Unit("C", 6.0, 80.0)]
    first, second, _ = classify("infirmier", IN_2026, rows).zoned
    assert (first.zone, first.choices) == (second.zone, second.choices)


def test_a_territory_without_a_value_is_left_out_of_the_shares():
    found = classify("infirmier", IN_2026, [*nation(), Unit("X", None, 1e9)])
    assert found.zoned[0].zone == "tres_sous_dotee"
    assert found.zoned[-1].zone == "a_confirmer"
    assert found.notes


def test_the_shares_need_the_whole_nation():
    (row,) = classify("infirmier", IN_2026, units(3), whole_nation=False).zoned
    assert row.zone == "a_confirmer"
    assert "population de France" in row.why


def test_the_exchange_zones_are_the_two_ends():
    found = classify("infirmier", IN_2026, nation()).zoned
    assert [row.exchange for row in found].count("bas") == 103
    assert [row.exchange for row in found].count("haut") == 334
    assert (found[0].exchange, found[500].exchange, found[-1].exchange) == ("bas", "", "haut")


def test_midwives_exchange_between_under_and_intermediate_only():
    found = classify("sage_femme", IN_2026, nation()).zoned
    assert found[0].exchange == ""
    assert [row.exchange for row in found].count("bas") == 229 - 77


def test_physios_since_avenant_7_have_thirty_per_cent_non_prioritaires():
    found = classify("masseur_kinesitherapeute", IN_2026, nation())
    assert zones(found).count("non_prioritaire") == 300
    assert set(zones(found)) == {"non_prioritaire", "a_confirmer"}
    assert "avenant 7" in found.notes[0]


@pytest.mark.parametrize("profession", ["chirurgien_dentiste", "orthophoniste"])
def test_what_is_not_established_in_2026_is_to_confirm(profession):
    found = classify(profession, IN_2026, nation(10))
    assert set(zones(found)) == {"a_confirmer"}
    assert all("établi" in row.why for row in found.zoned)


def test_the_mesh_is_that_of_the_profession():
    meshes = {name: classify(name, IN_2026, []).mesh for name in (DOCTORS, "infirmier", "chirurgien_dentiste")}
    assert meshes == {DOCTORS: "tvs", "infirmier": "bvcv", "chirurgien_dentiste": "tvs"}


def test_a_profession_without_zonage_is_refused():
    with pytest.raises(ValueError, match="no zonage"):
        classify("pharmacien", IN_2026, [])


def test_each_class_has_its_published_maximum():
    for profession in ("infirmier", "masseur_kinesitherapeute", "sage_femme", "orthophoniste"):
        maxima = Regime(profession, datetime.date(2020, 6, 1)).value("seuils")
        assert maxima == sorted(maxima)
        assert len(maxima) == len(CLASSES)
