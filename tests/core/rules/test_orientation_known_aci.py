"""What an orientation settles of the ACI, and what it leaves to be asked."""

from typing import Any

import pytest

from maillage.core.kernel.problems import read
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.orientation.known_aci import known_aci
from maillage.core.rules.orientation.situation import SituationOrientation


def known(*team: str, date: str = "2025-11-22", exercise: str | None = "liberal", **fields: Any) -> dict[str, Any]:
    groups = [{"profession": name, "nombre": 2} | ({"exercice": exercise} if exercise else {}) for name in team]
    described = {"professionnels": groups} if team else {}
    situation = {"date": date, "commune": "35236"} | described | fields
    return known_aci(read(SituationOrientation, situation))


def test_the_year_the_patients_and_the_associates_are_carried() -> None:
    found = known("medecin_generaliste", "infirmier", patientele=2400)
    assert found == {"annee": 2025, "patientele": 2400, "associes": 4}
    assert read(SituationAciMsp, found).associes == 4


def test_a_team_that_is_not_described_settles_nothing_but_the_year() -> None:
    assert known() == {"annee": 2025}
    assert known("psychologue") == {"annee": 2025}


def test_a_year_that_the_simulator_does_not_know_is_left_to_be_asked() -> None:
    assert known(date="2016-06-01", patientele=2400) == {"patientele": 2400}


def test_an_advanced_nurse_of_the_team_is_said() -> None:
    assert known("medecin_generaliste", "infirmier_pratique_avancee")["ipa"] is True
    assert known("infirmier_pratique_avancee", exercise="salarie") == {"annee": 2025, "ipa": True}


@pytest.mark.parametrize(
    ("team", "level"),
    [
        (("medecin_generaliste",), None),
        (("medecin_generaliste", "infirmier", "masseur_kinesitherapeute"), None),
        (("medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "orthophoniste"), 1),
        (("medecin_generaliste", "pharmacien"), 1),
        (("medecin_generaliste", "sage_femme", "medecin_specialiste"), 1),
        (("pharmacien", "infirmier", "masseur_kinesitherapeute", "orthophoniste"), 2),
        # An advanced nurse is a nurse; the place of a psychomotricien in the lists is to be read again.
        (("pharmacien", "infirmier", "infirmier_pratique_avancee", "orthophoniste"), 1),
        (("pharmacien", "infirmier", "psychomotricien", "orthophoniste"), 1),
    ],
)
def test_the_level_of_diversity_is_the_one_that_is_certain(team: tuple[str, ...], level: int | None) -> None:
    assert known(*team).get("diversite_niveau") == level


def test_who_is_not_an_associate_brings_no_diversity() -> None:
    assert "diversite_niveau" not in known("medecin_generaliste", "pharmacien", exercise="salarie")


def test_before_the_grid_no_level_is_settled() -> None:
    assert "diversite_niveau" not in known("medecin_generaliste", "pharmacien", date="2019-11-22")
