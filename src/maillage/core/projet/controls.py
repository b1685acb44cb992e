"""How each check of a project is answered from its facts. Words: ``data/controles.yaml``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from maillage.core.kernel.french import plural
from maillage.core.projet.facts import ProjectFacts

NO_VERSION = "Aucune version n'est encore présentée à la signature."
UNKNOWN_FRESHNESS = "Nous ne savons pas si des données plus récentes existent."


@dataclass(frozen=True)
class Found:
    """Whether a check is met (``None``: nobody knows), who or what lacks, how many; ``instead`` replaces the words.

    ``state``: « plus_tard » when there is nothing to look at yet, « a_nommer » when people are announced.
    """

    met: bool | None
    who: tuple[str, ...] = ()
    number: int = 0
    instead: str = ""
    state: Literal["", "plus_tard", "a_nommer"] = ""

    @classmethod
    def names(cls, missing: Iterable[str]) -> "Found":
        """Met when nobody is missing."""
        who = tuple(missing)
        return cls(not who, who, len(who))


def later(why: str) -> Found:
    """A check that has nothing to look at yet."""
    return Found(False, instead=why, state="plus_tard")


def _team(facts: ProjectFacts) -> Found:
    if not facts.to_name:
        return Found(bool(facts.members))
    named, left = len(facts.members), facts.to_name
    told = f"{named} {plural(named, 'nommé')}, {left} {plural(left, 'annoncé')} à nommer."
    return Found(False, instead=told, state="a_nommer")


def _budget(facts: ProjectFacts) -> Found:
    if facts.expenses and facts.resources:
        return Found(True)
    if facts.expenses or facts.resources:
        return Found(False, instead=f"Ajoutez les {'ressources' if facts.expenses else 'dépenses'} prévues.")
    return Found(False)


def _merged(facts: ProjectFacts) -> Found:
    is_written = any(each.words or each.inserts for each in facts.sections.values())
    return Found.names(facts.conflicts) if is_written or facts.conflicts else later("Rien n'est encore écrit.")


def _comments(facts: ProjectFacts) -> Found:
    if not facts.comments and not facts.open_comments:
        return later("Aucun commentaire pour l'instant.")
    return Found(not facts.open_comments, number=facts.open_comments)


def _delays(facts: ProjectFacts) -> Found:
    if not facts.is_dated and not facts.alerts:
        return later("Aucune date n'est encore posée, parmi celles que les textes limitent.")
    return Found.names(facts.alerts)


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
    return Found.names(facts.version.waiting) if facts.version else later(NO_VERSION)


def _unchanged(facts: ProjectFacts) -> Found:
    version = facts.version
    return Found(not version.changed, number=version.number) if version else later(NO_VERSION)


CONTROLS: dict[str, Callable[[ProjectFacts], Found]] = {
    "communes": lambda facts: Found(bool(facts.communes)),
    "diagnostic": lambda facts: Found(facts.diagnosis),
    "millesime": _fresh,
    "equipe": _team,
    "rpps": _rpps,
    "coordinateur": lambda facts: Found(any(each.coordinates for each in facts.members)),
    "specialite": lambda facts: Found(bool(facts.speciality)),
    "sites": lambda facts: Found(bool(facts.sites)),
    "horaires": _hours,
    "protocoles": lambda facts: Found(bool(facts.protocols)),
    "actions": lambda facts: Found(bool(facts.actions)),
    "indicateurs": lambda facts: _of_actions(facts, (each.title for each in facts.actions if not each.indicators)),
    "missions": lambda facts: _of_actions(facts, (each.title for each in facts.actions if not each.missions)),
    "budget": _budget,
    "reunions": lambda facts: Found(bool(facts.meetings)),
    "forme_juridique": lambda facts: Found(bool(facts.legal_entities)),
    "gestionnaire": lambda facts: Found(bool(facts.legal_entities)),
    "fusions": _merged,
    "commentaires": _comments,
    "version": lambda facts: Found(facts.version is not None and facts.version.signatories > 0),
    "version_a_jour": _unchanged,
    "signatures": _signed,
    "etapes": lambda facts: Found.names(facts.before_filing),
    "delais": _delays,
}
"""By code, in the order in which a list shows them."""
