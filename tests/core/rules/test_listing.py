"""Rules and parameters are found by name, text and structure."""

import pytest

from maillage.core.rules.catalogue import rules
from maillage.core.rules.listing import (
    DOMAINS,
    aids_using,
    answers,
    domain_of_path,
    domain_of_rule,
    search_parameters,
    search_rules,
    structure_of_path,
    structure_of_rule,
    texts_of_rule,
)
from maillage.core.rules.system import system


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("ÉQUIPE", True),
        ("equ", True),
        ("quipe", False),
        ("soins équipe", True),
        ("MSP-2", True),
        ("2-1", True),
    ],
)
def test_words_are_found_at_the_beginning_of_words_whatever_the_accents(words: str, found: bool) -> None:
    assert answers(words, "equipe de soins msp 2 1") is found


def test_no_words_find_every_parameter_and_every_rule() -> None:
    assert {text.path for text in search_parameters("")} == {text.path for text in system().texts()}
    assert {rule.name for rule in search_rules("")} == {rule.name for rule in rules().values() if not rule.is_given}


def test_what_is_found_comes_by_domain() -> None:
    domains = [domain_of_path(text.path) for text in search_parameters("")]
    known = [domain for domain in dict.fromkeys(domains) if domain in DOMAINS]
    assert known == [domain for domain in DOMAINS if domain in known]
    assert len(set(domains)) == len(list(dict.fromkeys(domains)))


@pytest.mark.parametrize(
    ("path", "structure"),
    [
        ("aci_msp.valeur_du_point", "MSP"),
        ("cpts.territoire.population_minimale", "CPTS"),
        ("financements.cds.cosco", "CDS"),
        ("professions.a_relire", ""),
    ],
)
def test_a_parameter_is_of_a_structure(path: str, structure: str) -> None:
    assert structure_of_path(path) == structure


def test_a_rule_is_of_the_structure_of_its_condition_or_of_its_name() -> None:
    known = rules()
    assert structure_of_rule(known["msp_medecins_generalistes"]) == "MSP"
    assert structure_of_rule(known["aci_msp_montant"]) == "MSP"
    assert domain_of_rule("aci_msp_montant") == "aci_msp"
    assert {structure_of_rule(rule) for rule in search_rules("ESS") if domain_of_rule(rule.name) == "ess"} == {"ESS"}


def test_a_rule_has_the_texts_of_its_parameters_each_once() -> None:
    texts = texts_of_rule(rules()["msp_medecins_generalistes"])
    assert texts
    assert len(set(texts)) == len(texts)


def test_a_parameter_names_the_aids_that_it_gives() -> None:
    assert any("FIR" in aid or "Indemnité" in aid for aid in aids_using("financements.esp.fir"))
    assert aids_using("aci_msp.valeur_du_point.x") == []


def test_a_rule_is_of_the_domain_of_its_name_or_of_its_module() -> None:
    named = {rule.name: domain_of_rule(rule.name) for rule in rules().values() if not rule.is_given}
    assert {domain for name, domain in named.items() if name.startswith("centre_")} <= {"cds"}
    assert named["equipe_connue"] == ""
