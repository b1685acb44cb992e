"""The rules that the definitions name exist, and take the parameters that they give."""

import datetime
from pathlib import Path

import pytest

from maillage.core.dossiers.checks import RULES, paths_of, problem_of
from maillage.core.dossiers.checks.facts import Facts
from maillage.core.dossiers.checks.figures import figures_on
from maillage.core.dossiers.checks.registry import applied
from maillage.core.dossiers.kinds import every_kind

DEFINITIONS = {(kind.code, kind.pack): kind for kind in every_kind()}
REGIONS = {"bretagne": "53", "centre_val_de_loire": "24", "paca": "93", "pays_de_la_loire": "52", "grand_est": "44"}
NEEDED = {
    "gestionnaire_autorise": "champ",
    "non_lucratif": "champ",
    "antenne": "champ_heures",
    "agrement_necessaire": "champ",
    "delai_de_declaration": "champ",
    "delai_de_fermeture": "champ_oui_non",
    "volet_lie": "champ",
    "plafond": "champ",
    "deux_premieres_annees": "champ",
}
"""The question that each rule reads first."""
CHECKS = {(kind.code, kind.pack, check.code): check for kind in every_kind() for check in kind.verifications}


def test_every_check_of_a_kind_names_a_rule_and_its_parameters() -> None:
    """A definition that names an unknown rule, or a key that it does not take, is found before it is filed."""
    wrong = {where: problem_of(check) for where, check in CHECKS.items() if problem_of(check)}
    assert not wrong


def test_every_rule_says_in_french_what_it_looks_at() -> None:
    """The documentation and the page are written from it."""
    for rule in RULES.values():
        assert rule.explanation[0].isupper(), rule.name
        assert rule.explanation.endswith("."), rule.name


def test_every_rule_and_its_parameters_are_in_the_guide() -> None:
    """The guide says what each rule looks at, in the words of the code."""
    guide = (Path(__file__).parents[3] / "docs/guides/verifications-automatiques.md").read_text("utf-8")
    rows = {row.split("|")[1].strip(): row for row in guide.splitlines() if row.startswith("| `")}
    assert set(rows) == {f"`{name}`" for name in RULES}
    for rule in RULES.values():
        told = rows[f"`{rule.name}`"]
        assert " ".join(rule.explanation.split()) in told, rule.name
        assert all(f"`{key}`" in told for key in rule.parameters.model_fields), rule.name


@pytest.mark.parametrize("where", CHECKS, ids=["-".join(each) for each in CHECKS])
def test_nothing_known_is_never_met(where: tuple[str, str, str]) -> None:
    """Of a dossier that says nothing: no check is met, but that of the agreements, which the register knows."""
    check, definition = CHECKS[where], DEFINITIONS[where[:2]]
    day = datetime.date(2026, 11, 22)
    figures = figures_on(paths_of((check,)), REGIONS.get(where[1], ""), day)
    facts = Facts(definition, definition.structures[0].lower(), REGIONS.get(where[1], ""), day, figures=figures)
    found = applied(check, facts)
    assert (found.state == "remplie") == (check.regle == "non_cumul"), found
    assert found.found


def test_the_fields_that_a_check_names_are_asked() -> None:
    """A check that reads a question that no form asks would never answer."""
    lost = []
    for (code, pack, name), check in CHECKS.items():
        asked = {each.code for each in DEFINITIONS[code, pack].champs}
        said = RULES[check.regle].parameters.model_validate(check.parametres)
        given = {key: getattr(said, key) for key in said.model_fields_set if key.startswith("champ")}
        lost += [(code, pack, name, key) for key, field in given.items() if field and field not in asked]
        joined = {each.code for each in DEFINITIONS[code, pack].pieces}
        lost += [(code, pack, name, each) for each in getattr(said, "pieces", ()) if each not in joined]
    assert not lost


def test_the_questions_that_a_rule_needs_are_asked() -> None:
    """The question of each rule by default: without it, its answer would always be « à préciser »."""
    lost = []
    for where, check in CHECKS.items():
        said = RULES[check.regle].parameters.model_validate(check.parametres)
        main = getattr(said, NEEDED.get(check.regle, ""), "")
        if main and main not in {each.code for each in DEFINITIONS[where[:2]].champs}:
            lost.append((where, main))
    assert not lost
