"""The cases of the domain about filing (``depots/*.yaml``), asked to the kinds of dossier as a region files them."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.core.dossiers import kinds, path
from maillage.core.dossiers.checks.facts import Facts, Neighbour, Place
from maillage.core.dossiers.checks.figures import figures_on
from maillage.core.dossiers.checks.registry import applied, paths_of
from maillage.core.dossiers.clock import Suspension, clock
from maillage.core.dossiers.definition import Definition

CASES = yaml.safe_load((Path(__file__).parent / "depots" / "domaine.yaml").read_text("utf-8"))
BRETAGNE = "53"


def states(case: dict[str, Any], definition: Definition) -> dict[str, str]:
    """What each check of the kind says of a case."""
    day = case.get("jour", datetime.date(2026, 11, 22))
    checks = definition.checks(case.get("reponses", {}))
    facts = Facts(
        definition=definition,
        structure=case.get("structure", "cds"),
        region=case.get("region", BRETAGNE),
        day=day,
        filed_on=case.get("depose_le"),
        answers=case.get("reponses", {}),
        population=case.get("population"),
        neighbours=tuple(Neighbour(**each) for each in case.get("voisins", ())),
        agreements=tuple(case.get("adhesions", ())),
        places={each["code"]: Place(**each) for each in case.get("lieux", ())},
        figures=figures_on(paths_of(checks), case.get("region", BRETAGNE), day),
    )
    return {check.code: applied(check, facts).state for check in checks}


@pytest.mark.parametrize("case", CASES, ids=[case["nom"] for case in CASES])
def test_a_kind_answers_as_the_domain_says(case):
    definition = kinds.kind(case["nature"], case.get("region", BRETAGNE))
    found = states(case, definition)
    assert {code: found[code] for code in case.get("verifications", {})} == case.get("verifications", {})
    assert not set(case.get("absentes", ())) & set(found)
    blocking = {each.code: each.bloque for each in definition.verifications}
    named = set(case.get("verifications", {}))
    for verb, codes in case.get("empeche", {}).items():
        stopped = {code for code in named if found[code] == "manque" and verb in blocking[code]}
        assert stopped == set(codes), verb


def day(month: int, number: int) -> datetime.date:
    """A day of 2026."""
    return datetime.date(2026, month, number)


def test_l5_and_l6_the_receipt_is_due_in_two_months_and_missing_pieces_stop_them():
    delay = kinds.kind("engagement_cds", BRETAGNE).delai
    assert delay is not None
    assert clock(delay, day(3, 1), [], day(3, 2)).due == day(5, 1)
    assert delay.incomplet_suspend
    assert clock(delay, day(3, 1), [Suspension(day(3, 21), day(4, 10))], day(4, 11)).due == day(5, 21)
    assert delay.silence == "a_confirmer"


@pytest.mark.parametrize("code", ["accompagnement_cds", "candidature_cpts", "projet_sante_cpts", "projet_sante_esp"])
def test_b9_the_commission_advises_and_the_authority_decides(code):
    """P-WF-1: after the avis, whatever it says, accepting and refusing stay open to who decides, and to nobody else."""
    definition = kinds.kind(code, BRETAGNE)
    assert path.move(definition, "avis_rendu", "proposer", {"instructeur"}).target == "a_decider"
    said = {each.verb for each in path.possible(definition, "a_decider", {"decideur"})}
    assert {"accepter", "refuser"} <= said
    assert not {"accepter", "refuser"} & {each.verb for each in path.possible(definition, "a_decider", {"commission"})}


def test_p_wf_2_the_carpec_is_told_of_the_project_of_a_centre_without_a_vote():
    definition = kinds.kind("engagement_cds", BRETAGNE)
    assert [(each.commission, each.objet, each.vote) for each in definition.avis] == [("carpec", "information", False)]
    assert not [each for each in definition.transitions if each.verbe in ("inscrire", "rendre_avis")]
    assert path.move(definition, "accepte", "informer_commission", {"commission"}).target == "informe"


def test_p_wf_3_the_letter_of_intent_of_a_centre_is_optional_at_two_moments():
    for code in ("accompagnement_cds", "engagement_cds"):
        letter = next(each for each in kinds.kind(code, BRETAGNE).pieces if each.code == "lettre_intention")
        assert not letter.obligatoire
        assert letter.a_confirmer


def test_p_wf_6_and_7_who_files_and_who_receives():
    assert kinds.kind("financement_demarrage_cds", BRETAGNE).depose_par == "collectivite"
    assert "entite_receveuse" in {each.code for each in kinds.kind("candidature_cpts", BRETAGNE).champs}


def test_outside_bretagne_no_commission_is_known():
    assert [each.code for each in kinds.every_kind() if each.avis and each.pack != "bretagne"] == []


def test_the_silence_of_the_ars_recognises_a_cpts_whatever_the_commission_does():
    for region in ("", BRETAGNE):
        definition = kinds.kind("projet_sante_cpts", region)
        waiting = {each.code for each in definition.etats if each.phase not in ("brouillon", "suivi", "clos")}
        silent = {each.source for each in path.moves(definition) if each.verb == "constater_silence"}
        assert silent == waiting


def test_every_mark_of_the_carpec_and_of_the_cpts_commission_is_a_state():
    marks = {
        mark
        for each in kinds.all_kinds("bretagne")
        for state in each.etats
        for mark in state.repere.split(", ")
        if mark
    }  # fmt: skip
    assert {f"S{number}" for number in range(14)} | {"S6b", "SX"} <= marks
    assert {f"P{number}" for number in range(2, 13)} | {"PX"} <= marks
