"""The real official files on the real communes: the totals that their producers publish."""

import pytest
from tests.apps.territories.official.conftest import values
from tests.official import official

pytestmark = [pytest.mark.donnees, pytest.mark.django_db, pytest.mark.usefixtures("france")]


@pytest.mark.parametrize(
    ("name", "profession", "means"),
    [
        ("APL_mg_2021.xlsx", "medecin_generaliste", {"": 3.811, ".65_ans": 3.369, ".62_ans": 3.001}),
        ("APL_inf_2021.xlsx", "infirmier", {".65_ans": 156.07}),
        ("APL_mk_2021.xlsx", "masseur_kinesitherapeute", {".65_ans": 111.58}),
    ],
)
def test_the_apl_has_the_means_and_the_population_that_the_drees_published(load_real, name, profession, means):
    [found] = load_real("apl", official(name)).loaded
    assert (found.read, found.rejected) == (34_997, 0)
    cities = {"75056", "69123", "13055"}  # Sums of their arrondissements, which the file gives.
    people = {code: v for code, v in values(f"apl.{profession}.population_standardisee").items() if code not in cities}
    total = sum(weight for weight in people.values() if weight)
    assert total == pytest.approx(66_988_403, abs=1)
    for age, mean in means.items():
        apl = values(f"apl.{profession}{age}")
        supply = sum((apl[code] or 0) * (weight or 0) for code, weight in people.items())
        assert supply / total == pytest.approx(mean, abs=0.005)


def test_the_equipment_of_2018_has_the_totals_of_the_insee(load_real):
    [found] = load_real("bpe", official("insee_bpe2018_ensemble.parquet")).loaded
    assert (found.key, found.read, found.rejected) == ("bpe-2018", 1_035_564, 0)
    cities = {"75056", "69123", "13055"}
    totals = {
        slug: sum(value for code, value in values(f"equipement.{slug}").items() if code not in cities)
        for slug in ("medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "chirurgien_dentiste")
    }
    assert totals == {
        "medecin_generaliste": 61_594,
        "infirmier": 97_678,
        "masseur_kinesitherapeute": 72_172,
        "chirurgien_dentiste": 38_611,
    }
    assert sum(v for c, v in values("equipement.maison_de_sante").items() if c not in cities) == 1_063


def test_the_population_by_age_has_every_inhabitant_of_the_census(load_real):
    [found] = load_real("populations-ages", official("insee_rp2021_iris_pop_3ages_logement.parquet")).loaded
    assert (found.key, found.read, found.rejected) == ("populations-ages-iris-2021", 49_280, 0)
    assert "67\u202f408\u202f104 habitants" in found.notes[0]


def test_the_population_of_two_years_comes_from_a_table_of_communes(load_real):
    found = load_real("populations", official("datasfun_communes_2024.csv")).loaded
    assert [(part.vintage, part.rejected) for part in found] == [("2015", 0), ("2021", 0)]
    assert values("population.totale", "2021")["35236"] > 9_000


def test_income_is_hidden_where_the_insee_hides_it(load_real):
    [found] = load_real("filosofi", official("insee_filosofi_communes_2016.parquet")).loaded
    assert (found.read, found.rejected) == (34_932, 0)
    assert "31\u202f405 communes ont une médiane, 4\u202f372 un taux de pauvreté" in found.notes[0]
    assert 31_000 < sum(value is not None for value in values("revenus.mediane").values()) <= 31_405


def test_income_of_every_level_comes_from_the_workbook_in_its_archive(load_real):
    [found] = load_real("filosofi", official("insee_filosofi_2015_base-cc.zip")).loaded
    assert found.key == "filosofi-2015"
    assert values("revenus.mediane", level="france") == {"METROPOLE": pytest.approx(20_565.56, abs=0.01)}
    assert len(values("revenus.taux_pauvrete", level="departement")) == 98
    assert values("revenus.taux_pauvrete", level="region")["11"] == pytest.approx(15.93, abs=0.01)


def test_every_commune_of_2025_has_its_bassin_de_vie(load_real):
    [found] = load_real("bassins-de-vie", official("cogiter_communes_zonages_cog2025.parquet")).loaded
    assert (found.vintage, found.read, found.rejected) == ("2022", 34_875, 0)
    assert found.notes == ["1\u202f707 bassins de vie."]


def test_the_estimates_have_every_departement_and_the_whole_country(load_real):
    found = load_real("estimations", official("insee_estim-pop-dep-sexe-gca-1975-2023.xls"), vintage="2021").loaded
    assert [(part.key, part.rejected) for part in found] == [("estimations", 0)]
    assert len(values("estimations.75_plus", level="departement")) == 101
    assert values("estimations.tous_ages", level="france")["FRANCE"] == 67_635_124


def test_the_islands_of_one_doctor_have_the_floor_of_his_activity(load_real):
    load_real("apl", official("APL_mg_2021.xlsx"))
    apl, people = values("apl.medecin_generaliste"), values("apl.medecin_generaliste.population_standardisee")
    acts = {code: apl[code] * people[code] for code in ("29082", "29083", "17004", "29155")}
    assert acts == pytest.approx({"29082": 3_600, "29083": 3_600, "17004": 3_600, "29155": 10_800}, abs=5)
