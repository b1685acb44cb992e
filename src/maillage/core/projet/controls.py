"""How each check of a project is answered from its facts. Words: ``data/controles.yaml``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maillage.core.projet.facts import ProjectFacts

UNKNOWN_FRESHNESS = "Nous ne savons pas si des données plus récentes existent."


@dataclass(frozen=True)
class Found:
    """Whether a check is met (``None``: nobody knows), who or what lacks, how many; ``instead`` replaces the words."""

    met: bool | None
    who: tuple[str, ...] = ()
    number: int = 0
    instead: str = ""

    @classmethod
    def names(cls, missing: Iterable[str]) -> "Found":
        """Met when nobody is missing."""
        who = tuple(missing)
        return cls(not who, who, len(who))


def _fresh(facts: ProjectFacts) -> Found:
    """Without a diagnosis, the check of the diagnosis already says what lacks."""
    if not facts.diagnosis:
        return Found(False, instead="Rattachez d'abord un diagnostic.")
    return Found(facts.fresh, instead="" if facts.fresh is not None else UNKNOWN_FRESHNESS)


def _rpps(facts: ProjectFacts) -> Found:
    if not facts.members:
        return Found(False, instead="Décrivez d'abord l'équipe.")
    return Found.names(each.name for each in facts.members if each.needs_rpps and not each.rpps)


def _hours(facts: ProjectFacts) -> Found:
    if not facts.sites:
        return Found(False, instead="Ajoutez d'abord un lieu d'exercice.")
    return Found.names(each.name for each in facts.sites if not each.hours)


def _of_actions(facts: ProjectFacts, missing: Iterable[str]) -> Found:
    return Found.names(missing) if facts.actions else Found(False, instead="Ajoutez d'abord une fiche action.")


def _signed(facts: ProjectFacts) -> Found:
    return Found.names(facts.version.waiting if facts.version else ())


def _unchanged(facts: ProjectFacts) -> Found:
    version = facts.version
    return Found(not version.changed, number=version.number) if version else Found(False)


CONTROLS: dict[str, Callable[[ProjectFacts], Found]] = {
    "communes": lambda facts: Found(bool(facts.communes)),
    "diagnostic": lambda facts: Found(facts.diagnosis),
    "millesime": _fresh,
    "equipe": lambda facts: Found(bool(facts.members)),
    "rpps": _rpps,
    "coordinateur": lambda facts: Found(any(each.coordinates for each in facts.members)),
    "specialite": lambda facts: Found(bool(facts.speciality)),
    "sites": lambda facts: Found(bool(facts.sites)),
    "horaires": _hours,
    "protocoles": lambda facts: Found(bool(facts.protocols)),
    "actions": lambda facts: Found(bool(facts.actions)),
    "indicateurs": lambda facts: _of_actions(facts, (each.title for each in facts.actions if not each.indicators)),
    "missions": lambda facts: _of_actions(facts, (each.title for each in facts.actions if not each.missions)),
    "budget": lambda facts: Found(bool(facts.budget_lines)),
    "reunions": lambda facts: Found(bool(facts.meetings)),
    "forme_juridique": lambda facts: Found(bool(facts.legal_entities)),
    "gestionnaire": lambda facts: Found(bool(facts.legal_entities)),
    "version": lambda facts: Found(facts.version is not None and facts.version.signatories > 0),
    "version_a_jour": _unchanged,
    "signatures": _signed,
    "etapes": lambda facts: Found.names(facts.before_filing),
    "delais": lambda facts: Found.names(facts.alerts),
}
"""By code, in the order in which a list shows them."""
