import datetime

import pytest
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder

from maillage.core.rules import packs
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.packs.reforms import RegionalPack, reform_named
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import PACKS, DatedParameters, lay_over, system

DAY = "2026-01-01"
FLOOR = "cpts.territoire.population_minimale"
REFORMS = (packs.Bretagne, packs.Paca, packs.CentreValDeLoire, packs.PaysDeLaLoire, packs.GrandEst)


def floor(engine: DatedParameters, day: str) -> float:
    return engine.get_parameters_at_instant(day).cpts.territoire.population_minimale


def test_a_region_does_not_lend_its_values_to_another() -> None:
    assert [floor(system(code), DAY) for code in ("bretagne", "", "paca")] == [20_000, 0, 0]


def test_a_region_changes_values_from_its_first_date_only() -> None:
    bretagne = system("bretagne")
    before, after = (bretagne.get_parameters_at_instant(day).esp.composition for day in ("2018-12-31", "2019-01-01"))
    assert (before.autres_professionnels_minimum, after.autres_professionnels_minimum) == (0, 1)


def test_the_text_of_a_regional_value_is_that_of_the_region() -> None:
    text = system("bretagne").text(FLOOR)
    assert text.pack == "bretagne"
    assert "ARS Bretagne" in text.at(datetime.date(2026, 1, 1)).references[0].title
    assert system().text(FLOOR).pack == ""


@pytest.mark.parametrize("reform", REFORMS)
def test_a_reform_gives_the_same_values_as_the_system_of_the_region(reform: type[RegionalPack]) -> None:
    reformed, regional = reform(system()), system(reform.code)
    for text in regional.texts():
        node = reformed.parameters
        for part in text.path.split("."):
            node = node.children[part]
        assert [value.value for value in reversed(node.values_list)] == [value.value for value in text.values]


def test_each_written_region_has_its_reform() -> None:
    assert {reform.code for reform in REFORMS} == set(pack_codes())
    assert packs.GrandEst is reform_named("GrandEst")


def test_a_reform_that_no_folder_makes_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="Atlantide"):
        _ = packs.Atlantide


def test_a_reform_leaves_the_national_rules_as_they_were() -> None:
    reformed = packs.Bretagne(system())
    assert (floor(reformed, DAY), floor(system(), DAY)) == (20_000, 0)


def test_a_reform_names_the_known_dates_too() -> None:
    with pytest.raises(UnknownValue, match="première date connue"):
        _ = packs.Paca(system()).get_parameters_at_instant("2010-01-01").esp.composition.paramedicaux_minimum


def test_a_region_cannot_invent_a_rule() -> None:
    regional = ParameterNode("", directory_path=str(PACKS / "bretagne" / "parametres"))
    with pytest.raises(ValueError, match="not a national parameter"):
        lay_over(ParameterNode("", data={}), regional, "bretagne")


def test_the_aid_of_a_region_without_amount_stays_unknown() -> None:
    with pytest.raises(UnknownValue):
        _ = system("centre_val_de_loire").get_parameters_at_instant("2026-06-01").financements.esp.fir


def test_a_breton_team_without_paramedical_is_judged_by_the_date() -> None:
    team = {
        "professionnels": {"m": {"profession": {"2019-06-01": "medecin_generaliste"}}},
        "structures": {"s": {"adherents": ["m"]}},
    }
    simulation = SimulationBuilder().build_from_entities(system("bretagne"), team)
    assert simulation.calculate("esp_paramedicaux", "2019-06-01").decode_to_str()[0] == "sans_objet"
