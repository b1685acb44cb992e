"""What the pages of the rules say of a rule is what its formula does."""

import pytest

from maillage.core.rules.catalogue import Case, _outputs, cases, cases_of, rules, users_of_parameter
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.system import system

COORDINATION = "aci_msp_points_coordination_fixes"


def test_every_variable_of_the_system_has_a_rule() -> None:
    assert set(rules()) == set(system().variables)


def test_a_rule_names_the_parameters_that_its_formula_reads() -> None:
    assert "aci_msp.coordination.points_fixes" in rules()[COORDINATION].parameters


def test_links_between_rules_go_both_ways() -> None:
    for rule in rules().values():
        for used in rule.uses:
            assert rule.name in rules()[used].used_by


def test_a_condition_names_the_parameter_that_founds_it_first() -> None:
    rule = rules()["msp_medecins_generalistes"]
    assert rule.parameters[0] == rule.spec.parameter


def test_a_fact_that_is_given_has_no_formula() -> None:
    assert rules()["profession"].is_given
    assert not rules()[COORDINATION].is_given
    assert "def formula" in rules()[COORDINATION].source


def test_every_formula_can_be_run_on_the_day_of_the_trace() -> None:
    """But the amounts that only a region gives: their line says that they are to confirm."""
    stopped = [rule for rule in rules().values() if rule.unknown and not isinstance(rule.spec, LineSpec)]
    assert [rule.name for rule in stopped] == []


def test_the_users_of_a_parameter_read_it() -> None:
    users = users_of_parameter("aci_msp.valeur_du_point")
    assert "aci_msp_montant_des_points" in {rule.name for rule in users}


def test_every_case_expects_variables_that_exist() -> None:
    assert len(cases()) > 200
    unknown = {name for case in cases() for name in case.expected} - set(rules())
    assert unknown == set()


def test_the_cases_of_a_rule_expect_it() -> None:
    found = cases_of("aci_msp_points_coordination")
    assert found
    assert all(isinstance(case, Case) and "aci_msp_points_coordination" in case.expected for case in found)


@pytest.mark.parametrize(
    "output",
    [{"montant": 7}, {"structure": {"montant": 7}}, {"structures": {"une": {"montant": 7}}}],
)
def test_expected_values_are_read_whatever_their_nesting(output: dict[str, object]) -> None:
    assert _outputs(output) == {"montant": 7}


def test_a_figure_that_a_rule_says_is_among_its_parameters() -> None:
    assert "aides.etat.cde.distance" in rules()["aides_cde"].parameters
