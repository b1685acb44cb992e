"""Which published accessibility is the reference, and what weighs its means."""

import datetime

import pytest
from tests.apps.territories.accessibility.conftest import load_series

from maillage.apps.territories.cartes.subjects import subject_of
from maillage.apps.territories.official.indicators import described
from maillage.apps.territories.published import age_told, reference
from maillage.core.rules.system import system

DAY = datetime.date(2026, 11, 22)
GP, NURSE = "medecin_generaliste", "infirmier"
WEIGHTS = {
    "population": "apl.{}.population",
    "population_standardisee": "apl.{}.population_standardisee",
    "femmes": "apl.{}.population_standardisee",
}


@pytest.mark.django_db
def test_doctors_up_to_the_age_of_the_zonage_come_first() -> None:
    assert reference(GP, DAY) is None
    for code, told in (("", "sans limite d'âge"), (".65_ans", "65 ans et moins")):
        load_series(f"apl.{GP}{code}", {"35236": 2.0})
        found = reference(GP, DAY)
        assert found is not None
        assert age_told(found) == told
    assert subject_of("").code == f"apl.{GP}.65_ans"


@pytest.mark.django_db
def test_another_profession_is_shown_without_a_limit_when_it_is_published_so() -> None:
    load_series(f"apl.{NURSE}.65_ans", {"35236": 2.0})
    load_series(f"apl.{NURSE}", {"35236": 3.0})
    found = reference(NURSE, DAY)
    assert found is not None
    assert found.indicator_id == f"apl.{NURSE}"


@pytest.mark.parametrize("profession", [GP, NURSE, "masseur_kinesitherapeute", "chirurgien_dentiste", "sage_femme"])
@pytest.mark.parametrize("variant", ["", ".65_ans", ".62_ans", ".60_ans"])
def test_a_mean_is_weighed_by_the_people_of_its_own_file_as_the_zonage_says(profession, variant) -> None:
    said = system().text(f"territoire.apl.{profession}.ponderation").at(DAY).value
    about = described()[f"apl.{profession}{variant}"]
    assert about["weight"] == WEIGHTS[said].format(profession)
    people = "standardisée" if "standardisee" in about["weight"] else "totale"
    assert f"moyenne des communes pondérée par la population {people} du même fichier" in about["method"]
