"""Every rule and every case of the knowledge base on aids is written; what guides and pages misprint is not."""

import re

import pytest

from maillage.core.rules.catalogue import cases, rules
from maillage.core.rules.system import system

NEVER_SHOWN_KNOWN = {
    "aides_caim_montant", "aides_consultations_avancees_montant", "aides_ptma_garantie", "aides_collectivite_montant",
}  # fmt: skip


def values_of(path):
    return [dated.value for dated in system().text(path).values]


@pytest.mark.parametrize(("letters", "last"), [("AID", 21), ("PAR", 9), ("FIS", 8)])
def test_each_case_of_the_knowledge_base_is_tried(letters, last):
    written = {case.name for case in cases() if case.file.startswith("aides/")}
    asked = {f"esp_ess_aides:{letters}-T{number}" for number in range(1, last + 1)}
    assert {one for one in asked if not any(re.match(rf"{one}[.,]", name) for name in written)} == set()


def test_each_rule_of_the_aids_has_a_case_unless_no_text_gives_its_amount():
    tried = {name for case in cases() for name in case.expected}
    mine = {rule.name for rule in rules().values() if rule.scheme.startswith("aides_") and not rule.is_given}
    assert mine - tried == NEVER_SHOWN_KNOWN


def test_each_parameter_of_the_aids_is_read_by_a_rule_or_said_by_one():
    used = {path for rule in rules().values() for path in rule.parameters}
    assert {text.path for text in system().texts() if text.path.startswith("aides.")} - used == set()


def test_the_second_payment_of_a_caiop_is_not_the_one_that_a_page_misprints():
    assert values_of("aides.orthophonistes.caiop") == [[7500, 7500, 1500, 1500, 1500]]


def test_the_contract_of_solidarity_of_a_doctor_is_not_that_of_a_centre():
    assert (values_of("aides.medecins.cstm.taux")[-1], values_of("aides.medecins.cstm.plafond")[-1]) == (0.25, 50000)


def test_advanced_consultations_have_no_amount_whatever_circulates():
    assert values_of("aides.medecins.convention_2024.consultations_avancees") == [None]


def test_a_qpv_is_not_said_to_open_the_aid_of_a_zip():
    assert values_of("aides.medecins.convention_2024.qpv_vaut_zip") == [None]


def test_the_exemption_of_duty_is_not_for_zip_alone():
    assert values_of("aides.impots.pdsa.zones") == [["zip", "zac"]]
