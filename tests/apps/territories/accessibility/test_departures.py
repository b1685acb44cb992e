"""Who leaves above an age when the ages are not known one by one."""

import pytest
from tests.apps.territories.accessibility.conftest import DAY, load_series

from maillage.apps.territories.accessibility import Departure, Scenario, WhatIf, accessibility, what_if
from maillage.core.kernel.problems import BadInput

GP = "medecin_generaliste"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ages", "bpe")]


def leave(age: int, place: str) -> WhatIf:
    return what_if(accessibility(GP, DAY), Scenario(departures=[Departure(age, place)]))


@pytest.fixture
def variants() -> None:
    """Redon and Sainte-Marie lose a quarter of their activity without those over 60."""
    load_series(f"apl.{GP}", {"35236": 4.0, "35294": 4.0, "35238": 5.0})
    load_series(f"apl.{GP}.60_ans", {"35236": 3.0, "35294": 3.0, "35238": 1.0})
    load_series(f"apl.{GP}.population_standardisee", {"35236": 9_000.0, "35294": 2_000.0, "35238": 220_000.0})


@pytest.mark.usefixtures("variants")
def test_the_published_variants_give_an_indication_said_to_be_one() -> None:
    found = leave(60, "243500741")

    assert "0,75 professionnel part" in found.notes[0]
    assert found.notes[1].startswith("Indication seulement")
    assert "25 % de son activité" in found.notes[1]
    assert found.after.tolist() == pytest.approx((found.before * 0.75).tolist())
    assert set(found.codes) == {"35236", "35294"}


@pytest.mark.usefixtures("variants")
def test_counts_by_commune_come_before_the_published_variants() -> None:
    load_series(f"offre.{GP}.plus_de_60", {"35236": 2.0, "35238": 50.0}, absent_is_zero=True)
    found = leave(60, "243500741")

    assert found.notes == ("Plus de 60 ans, 243500741 : 2 professionnels partent.",)


def test_those_of_a_commune_without_a_count_are_said_to_stay() -> None:
    load_series(f"offre.{GP}.plus_de_60", {"35238": 50.0})
    found = leave(60, "35")

    assert "50 professionnels partent" in found.notes[0]
    assert "3 professionnels sans âge" in found.notes[1]


@pytest.mark.usefixtures("variants")
def test_an_age_that_is_not_published_is_refused_with_what_to_load() -> None:
    with pytest.raises(BadInput, match=r"offre\.medecin_generaliste\.plus_de_55"):
        leave(55, "243500741")
