"""From a situation as a form gives it to an answer, on the real communes."""

import datetime

import pytest

from maillage.apps.orientation.queries import orient, territory_of
from maillage.core.kernel.problems import BadInput
from maillage.core.rules.orientation.situation import SituationOrientation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]
TODAY = datetime.date(2026, 11, 22)


def territory(**fields):
    return territory_of(SituationOrientation(date=TODAY, **fields))


def refused_fields(**fields):
    with pytest.raises(BadInput) as refused:
        orient({"date": TODAY.isoformat(), **fields}, today=TODAY)
    return {problem.field: problem.expected for problem in refused.value.problems}


def test_the_territory_is_the_commune_by_default():
    redon = territory(commune="35236")
    assert (redon.commune_name, redon.department, redon.region, redon.region_name) == ("Redon", "35", "53", "Bretagne")
    assert redon.population == 9_542
    assert "2023" in redon.population_vintage


def test_the_population_is_that_of_the_communes_named():
    assert territory(commune="35236", communes=["35236", "35013"]).population == 9_542 + 3_535


def test_a_territory_of_many_communes_takes_two_queries(django_assert_num_queries):
    situation = SituationOrientation(date=TODAY, commune="35236", communes=["35236", "35013", "35294"] * 100)
    with django_assert_num_queries(2):
        territory_of(situation)


def test_the_answer_names_the_commune_and_the_five_structures():
    answer = orient({"date": TODAY.isoformat(), "commune": "35236"}, today=TODAY)
    assert set(answer["structures"]) == {"ESP", "MSP", "CDS", "ESS", "CPTS"}
    assert answer["commune"]["nom"] == "Redon"


def test_an_unknown_commune_is_told_with_its_field():
    assert set(refused_fields(commune="99999")) == {"commune"}


def test_a_merged_commune_is_told_with_the_one_of_today():
    assert "42218 (Saint-Étienne)" in refused_fields(commune="42292")["commune"]


def test_every_unknown_commune_of_the_territory_is_told_with_its_place():
    fields = refused_fields(commune="35236", communes=["35236", "35238", "99999", "00000"])
    assert set(fields) == {"communes.2", "communes.3"}
