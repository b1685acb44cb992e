"""Automatic checks of a dossier: rules by name, applied to facts; met, missing or not known, with a French sentence.

A definition names a rule in ``regle`` and its keys in ``parametres``; the keys of each rule are told by the model of
its parameters: :mod:`.team`, :mod:`.place`, :mod:`.centre`, :mod:`.money`, :mod:`.file`.
"""

from collections.abc import Iterator

from maillage.core.dossiers.checks import centre, file, money, place, team
from maillage.core.dossiers.checks.facts import Facts
from maillage.core.dossiers.checks.registry import RULES, applied, paths_of, problem_of
from maillage.core.dossiers.checks.results import STATES, Checked, Finding, Standing
from maillage.core.dossiers.definition import CheckData

__all__ = [
    "RULES", "STATES", "Checked", "Facts", "Finding", "centre", "evaluate", "file", "money", "paths_of", "place",
    "problem_of", "team",
]  # fmt: skip


def evaluate(facts: Facts) -> tuple[Checked, ...]:
    """Every check of the kind that applies with these answers, in the order of the definition."""
    return tuple(
        Checked(
            code=check.code,
            statement=check.enonce,
            rule=check.regle,
            state=found.state,
            found=found.found,
            missing=found.missing,
            source=check.source,
            confidence=check.confiance,
            to_confirm=" ; ".join(dict.fromkeys(each for each in (check.a_confirmer, found.to_confirm) if each)),
            blocks=check.bloque,
            inside=found.inside,
            fields=found.fields,
            documents=found.documents,
            parameters=tuple(_standings(check, facts)),
            rules=found.rules,
        )
        for check in facts.definition.checks(dict(facts.answers))
        for found in (applied(check, facts),)
    )


def _standings(check: CheckData, facts: Facts) -> Iterator[Standing]:
    """The parameters that a check names, as they were read."""
    for path in paths_of((check,)):
        known = facts.figures.get(path)
        yield Standing(path, known.label if known and known.label else path, known.since if known else None)
