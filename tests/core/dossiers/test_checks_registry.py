"""The rules that the definitions name exist, and take the parameters that they give."""

from pathlib import Path

from maillage.core.dossiers.checks import RULES, problem_of
from maillage.core.dossiers.kinds import every_kind

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
