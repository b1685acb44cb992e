"""The money that the rules suggest to a project, in the real France."""

import datetime

import pytest
from tests import cast

from maillage.apps.projets.money import situation_of, suggestions

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def people(db):
    return cast.create()


@pytest.mark.usefixtures("france")
def test_the_rules_suggest_the_money_of_the_structure(people):
    found, why = suggestions(people.projet, today=TODAY)
    assert why == ""
    assert {each.key for each in found} >= {"msp_demarrage", "aci_msp"} or len(found) > 3
    lines = [each.as_line(2027) for each in found]
    assert all(line.kind == "ressource" and not line.is_secured and line.note for line in lines)
    for each, line in zip(found, lines, strict=True):
        assert (line.amount is not None) == (
            each.low is not None and each.low == each.high and not each.told["a_confirmer"]
        )


@pytest.mark.usefixtures("france")
def test_the_team_and_the_territory_of_today_replace_those_of_the_orientation(people):
    people.projet.situation = {"commune": "35001", "patientele": 3000, "professionnels": []}
    situation = situation_of(people.projet, TODAY)
    assert (situation["commune"], situation["communes"], situation["patientele"]) == ("35236", ["35236"], 3000)
    assert {row["profession"] for row in situation["professionnels"]} == {"medecin_generaliste", "infirmier"}
