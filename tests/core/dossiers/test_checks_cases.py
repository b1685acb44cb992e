"""Each rule of the checks, case by case: ``cas/*.yaml``, with the identifiers of the tests of the domain.

A case gives a rule, its ``parametres``, a ``jour``, a ``region``, ``reponses``, ``propre`` (what the structure says),
and the rest of the facts; ``attendu`` is the state, ``dit`` what the sentences must hold, ``tait`` what they must not.
"""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.core.dossiers.checks import RULES, evaluate
from maillage.core.dossiers.checks.facts import Facts, Neighbour, Own, Place, Request
from maillage.core.dossiers.checks.figures import figures_on
from maillage.core.dossiers.checks.registry import applied, paths_of
from maillage.core.dossiers.definition import CheckData, Definition
from maillage.core.dossiers.kinds import kind

WRITTEN = [
    case for path in sorted((Path(__file__).parent / "cas").glob("*.yaml")) for case in yaml.safe_load(path.read_text())
]
CASES = [case for case in WRITTEN if "regle" in case]
OF_KINDS = [case for case in WRITTEN if "nature" in case]
KNOWN = {
    "nom", "regle", "parametres", "jour", "depose_le", "region", "structure", "reponses", "pieces", "propre",
    "population", "voisins", "rivaux", "adhesions", "demandes", "lieux", "attendu", "dit", "tait", "dedans",
}  # fmt: skip
TEXT = {"code": "cas", "enonce": "Un cas", "source": "tests", "confiance": "A"}


def bare() -> Definition:
    """A kind whose questions have no label of their own: a question is told by its code."""
    return kind("projet_sante_cpts", "").model_copy(update={"champs": (), "pieces": (), "verifications": ()})


def facts(case: dict[str, Any], checks: tuple[CheckData, ...], definition: Definition) -> Facts:
    """The facts of a case."""
    day = case.get("jour", datetime.date(2026, 11, 22))
    return Facts(
        definition=definition,
        structure=case.get("structure", definition.structures[0].lower() if "nature" in case else "cds"),
        region=case.get("region", "53"),
        day=day,
        filed_on=case.get("depose_le"),
        answers=case.get("reponses", {}),
        documents=case.get("pieces", {}),
        own=Own.model_validate(case.get("propre", {})),
        population=case.get("population"),
        neighbours=tuple(Neighbour(**each) for each in case.get("voisins", ())),
        rivals=tuple(Neighbour(**each) for each in case.get("rivaux", ())),
        agreements=tuple(case.get("adhesions", ())),
        requests=tuple(Request(**each) for each in case.get("demandes", ())),
        places={each["code"]: Place(**each) for each in case.get("lieux", ())},
        figures=figures_on(paths_of(checks), case.get("region", "53"), day),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["nom"] for case in CASES])
def test_a_rule_answers_as_the_text_says(case: dict[str, Any]) -> None:
    """The state, and the words that say what was found and what is missing."""
    assert set(case) <= KNOWN
    check = CheckData.model_validate({**TEXT, "regle": case["regle"], "parametres": case.get("parametres", {})})
    found = applied(check, facts(case, (check,), bare()))
    said = f"{found.found} {found.missing} {found.to_confirm}".replace("\u202f", " ").replace("\xa0", " ")
    assert found.state == case["attendu"], said
    for words in case.get("dit", ()):
        assert words in said
    for words in case.get("tait", ()):
        assert words not in said
    assert case.get("dedans", "") in found.inside


@pytest.mark.parametrize("case", OF_KINDS, ids=[case["nom"] for case in OF_KINDS])
def test_a_kind_checks_as_the_text_says(case: dict[str, Any]) -> None:
    """The checks that a definition writes, with its own questions and the figures of its region."""
    definition = kind(case["nature"], case.get("region", "53"))
    found = {each.code: each for each in evaluate(facts(case, definition.verifications, definition))}
    said = {code: found[code].state for code in case["etats"]}
    assert said == case["etats"], {code: found[code].why for code in case["etats"]}


def test_every_rule_has_a_case_for_each_answer() -> None:
    """Met, missing and unknown: a rule that cannot say « unknown » would invent."""
    states = {name: {case["attendu"] for case in CASES if case["regle"] == name} for name in RULES}
    sure = {"piece_presente"}
    lacking = {
        name: {"remplie", "manque", "inconnu"} - found
        for name, found in states.items()
        if {"remplie", "manque", "inconnu"} - found - ({"inconnu"} if name in sure else set())
    }
    assert not lacking


def test_the_cases_of_the_domain_are_there() -> None:
    """The tests of shared/domaine/cds.md that a check can answer, and those of aci_cpts.md."""
    told = {case["nom"].split(" ")[0] for case in CASES}
    in_kinds = {case["nom"].split(" ")[0] for case in OF_KINDS}
    wanted = {f"cds:L-{each}" for each in (1, 2, 3, 4, 7, 8, 9, 10, 11)}
    wanted |= {f"cds:B-{each}" for each in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12)}
    wanted |= {"cpts:T14", "cpts:T15", "cpts:D10"}
    assert wanted <= told
    assert wanted - in_kinds == {"cpts:D10"}


def test_an_answer_is_told_in_the_words_of_the_form() -> None:
    """« prevention » is a field of the form only: the check says its words, never its code."""
    definition = kind("projet_sante_cpts", "53")
    case = {"structure": "cpts", "reponses": {"champs_des_acteurs": ["ambulatoire", "prevention"]}}
    found = [each for each in evaluate(facts(case, definition.verifications, definition)) if "hamps" in each.found]
    assert any("prévention et santé au travail" in each.found for each in found)
    assert not any("prevention" in each.found for each in found)
