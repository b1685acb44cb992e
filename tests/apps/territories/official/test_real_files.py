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
