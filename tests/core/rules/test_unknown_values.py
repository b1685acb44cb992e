import datetime

import pytest

from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.system import MOST_DATES, CountryTaxBenefitSystem, system


def test_a_value_before_the_first_text_raises_an_error_that_names_the_first_known_date() -> None:
    with pytest.raises(UnknownValue, match=r"première date connue : 1er\sjanvier\s2017"):
        system().text("aci_msp.valeur_du_point").at(datetime.date(2016, 12, 31))


def test_a_formula_that_asks_for_it_gets_the_same_error() -> None:
    with pytest.raises(UnknownValue) as raised:
        _ = system().get_parameters_at_instant("2016-01-01").aci_msp.valeur_du_point
    assert raised.value.known == (datetime.date(2017, 1, 1),)
    assert (raised.value.path, raised.value.path in str(raised.value)) == ("aci_msp.valeur_du_point", False)


def test_a_parameter_that_does_not_exist_is_a_mistake_of_the_code() -> None:
    with pytest.raises(AttributeError, match="valeur_de_la_virgule"):
        _ = system().get_parameters_at_instant("2022-01-01").aci_msp.valeur_de_la_virgule


def test_a_value_carries_its_text_its_confidence_and_its_validity() -> None:
    text = system().text("aci_msp.valeur_du_point")
    value = text.at(datetime.date(2026, 11, 22))
    assert (value.value, value.confidence, value.until) == (7, "A", None)
    assert value.references[0].href is not None
    assert text.to_check_at(datetime.date(2026, 7, 8))
    assert not text.to_check_at(datetime.date(2026, 7, 7))


def test_walking_every_day_does_not_fill_the_memory() -> None:
    engine, first = CountryTaxBenefitSystem(), datetime.date(2024, 1, 1)
    for day in range(MOST_DATES + 20):
        _ = engine.get_parameters_at_instant((first + datetime.timedelta(days=day)).isoformat())
    assert len(engine._parameters_at_instant_cache) == MOST_DATES
    assert engine.get_parameters_at_instant(first.isoformat()).aci_msp.valeur_du_point == 7
