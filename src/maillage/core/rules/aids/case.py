"""An aid applied to the case of an orientation: its state, and its conditions one by one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.core.rules.aids.aid import PROFESSIONALS, WHO, Aid
from maillage.core.rules.aids.catalogue import replaced
from maillage.core.rules.aids.on_day import on_day
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.aid_states import state_of_aid, why
from maillage.core.rules.orientation.results import (
    AidState,
    AppliedCondition,
    ConditionState,
    Orientation,
    StructureAnswer,
)
from maillage.core.rules.orientation.summary import lower

ORDER: tuple[AidState, ...] = ("certain", "possible", "exclu")
STRUCTURE_STATES: Mapping[str, ConditionState] = {
    "possible": "remplie",
    "pas_encore": "inconnue",
    "impossible": "manquante",
}
MASCULINE = {"CDS": "un"}
"""The article of the structures that are masculine."""


@dataclass(frozen=True)
class AppliedAid:
    """What an orientation says of an aid. ``money`` is what it may give to this team, when the orientation says it."""

    state: AidState
    reading: str
    conditions: tuple[AppliedCondition, ...]
    money: Mapping[str, Any] | None = None


def applied_aid(aid: Aid, orientation: Orientation, professions: Collection[str] | None) -> AppliedAid:
    """An aid applied to a team. ``professions``: those of its members, ``None`` when they are not known."""
    region = orientation.pack or ""
    if not aid.is_line and (aid.region not in ("", region) or (not aid.region and aid.id in replaced(region))):
        return _elsewhere(aid, region)
    place, team = aid.place, orientation.territory
    if place and not place.holds(team.region, team.department):
        missing = "Votre commune est dans un autre département ou une autre région."
        return _by_conditions((AppliedCondition(f"Lieu : {place.name}", "manquante", missing, "fond"),))
    for answer in orientation.structures.values():
        for money in answer.financings:
            if not aid.is_line and money.id == aid.name:
                return AppliedAid(money.state, money.reading, money.applied, money.as_dict())
    return _by_conditions((_who(aid, orientation, professions), *_asked(aid, orientation)))


def rank(applied: AppliedAid) -> int:
    """Certain first, then possible, then excluded."""
    return ORDER.index(applied.state)


def _elsewhere(aid: Aid, region: str) -> AppliedAid:
    label = f"Projet en {packs.pack(aid.region).nom}" if aid.region else "Règle nationale"
    if not aid.region:
        missing = f"Ici, {packs.pack(region).nom} a sa propre règle pour cette aide."
    else:
        missing = "Votre commune est dans une autre région."
    return _by_conditions((AppliedCondition(label, "manquante", missing, "fond"),))


def _by_conditions(conditions: tuple[AppliedCondition, ...]) -> AppliedAid:
    state = state_of_aid(conditions)
    return AppliedAid(state, why(conditions, state), conditions)


def _who(aid: Aid, orientation: Orientation, professions: Collection[str] | None) -> AppliedCondition:
    if aid.structure:
        answer = min((orientation.structures[code] for code in aid.who), key=_nearness)
        state = STRUCTURE_STATES[answer.state]
        label = " ou ".join(f"{MASCULINE.get(code, 'une')} {lower(WHO[code])}" for code in aid.who)
        return AppliedCondition(f"Être {label}", state, None if state == "remplie" else answer.summary, "fond")
    label = f"Dans l'équipe : {', '.join(WHO[code].lower() for code in aid.who)}"
    if professions is None or (aid.who == ("etudiant",)):
        return AppliedCondition(label, "inconnue", None, "fond")
    there = any(code in professions for code in aid.who) or _has_other(aid, professions)
    missing = None if there else "Aucun membre de l'équipe n'a cette profession."
    return AppliedCondition(label, "remplie" if there else "manquante", missing, "fond")


def _nearness(answer: StructureAnswer) -> int:
    return list(STRUCTURE_STATES).index(answer.state)


def _has_other(aid: Aid, professions: Collection[str]) -> bool:
    return "autre" in aid.who and any(code not in PROFESSIONALS for code in professions)


def _asked(aid: Aid, orientation: Orientation) -> tuple[AppliedCondition, ...]:
    day = on_day(aid, orientation.date)
    asked = [AppliedCondition(label, "inconnue", None, "demarche") for label in day.conditions]
    if asked:
        return tuple(asked)
    return (AppliedCondition("Conditions propres à chacun", "inconnue", "Le simulateur les applique.", "demarche"),)
