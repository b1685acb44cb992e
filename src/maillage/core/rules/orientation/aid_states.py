"""Whether an aid is certain, possible or excluded for a team, condition by condition.

« exclu »: something of substance is missing, or another aid that is certain takes its place. « certain »: everything
asked is met. « possible »: the rest, what is unknown or still to be done being said.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from maillage.core.kernel import french
from maillage.core.rules.base import STRUCTURE_CODES, StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.aid_data import AidCondition, AidData
from maillage.core.rules.orientation.results import AidState, AppliedCondition, Condition, ConditionState, Financing
from maillage.core.rules.orientation.situation import PROFESSIONS, SituationOrientation
from maillage.core.rules.orientation.steps import answered
from maillage.core.rules.orientation.summary import lower

# A condition of creation that reads this field is a step of the project; the others bear on who receives the money.
PROJECT = "projet_de_sante"
# Conditions that a sentence names; the list names them all.
SHOWN = 3
Rivals = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


def applied(
    aid: AidData, structure: StructureCode, conditions: Sequence[Condition], situation: SituationOrientation
) -> tuple[AppliedCondition, ...]:
    """What an aid asks, applied to a team: the structure, what its text asks, then whoever pays when it is free to."""
    own = [_applied(asked, structure, conditions, situation) for asked in aid.asked_on(situation.date)]
    first = [] if aid.moment == "toujours" else [_of_structure(aid, structure, conditions, situation.date)]
    granted = [] if aid.is_a_right and aid.asked_on(situation.date) else [_granted_by(aid)]
    return (*first, *own, *granted)


def state_of_aid(conditions: Iterable[AppliedCondition]) -> AidState:
    """The state of an aid, from its conditions; what comes with it decides nothing."""
    deciding = [each for each in conditions if each.kind != "suite"]
    if any(each.state == "manquante" and each.kind == "fond" for each in deciding):
        return "exclu"
    return "certain" if all(each.state == "remplie" for each in deciding) else "possible"


def excluding(pack: str | None, date: datetime.date) -> Rivals:
    """For each aid of a day: the ids of those that it excludes, then of those that exclude it."""
    aids = [aid for code in STRUCTURE_CODES for aid in packs.aids(pack, code) if aid.exists_on(date)]
    known = {aid.id for aid in aids}
    pairs = {(aid.id, other) for aid in aids for other in aid.exclut} | {
        (other, aid.id) for aid in aids for other in aid.exclu_par
    }
    kept = sorted((first, second) for first, second in pairs if {first, second} <= known)
    return {
        aid.id: (tuple(b for a, b in kept if a == aid.id), tuple(a for a, b in kept if b == aid.id)) for aid in aids
    }


def settled(found: Sequence[Financing]) -> tuple[Financing, ...]:
    """The aids of a structure, where one that is certain excludes those that do not exclude it in return."""
    certain = {aid.id: aid for aid in found if aid.state == "certain"}
    return tuple(_settled(aid, [certain[name] for name in aid.excluded_by if name in certain]) for aid in found)


def _settled(aid: Financing, certain: Sequence[Financing]) -> Financing:
    stronger = [other.label for other in certain if other.id not in aid.excludes]
    if not stronger:
        return replace(aid, reading=why(aid.applied, aid.state))
    lost = AppliedCondition(f"Ne pas recevoir : {' ; '.join(stronger)}", "manquante", None, "fond")
    conditions = (*aid.applied, lost)
    return replace(aid, applied=conditions, state="exclu", reading=why(conditions, "exclu"))


def _applied(
    asked: AidCondition, structure: StructureCode, conditions: Sequence[Condition], situation: SituationOrientation
) -> AppliedCondition:
    never: list[ConditionState] = ["manquante"] if asked.jamais else []
    state = _combined(
        [
            *never,
            *(_of_rule(name, conditions) for name in asked.regles),
            *(_of_answer(name, values, structure, situation) for name, values in asked.si.items()),
            *(_of_team(profession, situation) for profession in asked.equipe),
        ]
    )
    missing = None if state == "remplie" else asked.manque or _to_do(asked, state) or None
    return AppliedCondition(asked.libelle, state, missing, asked.nature)


def _combined(states: list[ConditionState]) -> ConditionState:
    """The state of several conditions asked together; nothing to read is not known."""
    if "manquante" in states:
        return "manquante"
    return "remplie" if states and "inconnue" not in states else "inconnue"


def _of_rule(name: str, conditions: Sequence[Condition]) -> ConditionState:
    return next((condition.state for condition in conditions if condition.id == name), "inconnue")


def _of_answer(
    field: str, values: Sequence[str], structure: StructureCode, situation: SituationOrientation
) -> ConditionState:
    answer = answered(situation, field, structure)
    unsaid = field == PROJECT and situation.accepted_for_unsaid and answer not in values
    if answer is None or unsaid:
        return "inconnue"
    return "remplie" if answer in values else "manquante"


def _of_team(profession: str, situation: SituationOrientation) -> ConditionState:
    if situation.professionnels is None:
        return "inconnue"
    there = any(group.profession == profession and group.nombre for group in situation.professionnels)
    return "remplie" if there else "manquante"


def _to_do(asked: AidCondition, state: ConditionState) -> str:
    if asked.nature == "suite":
        return "Vient avec l'aide, sans décider si vous y avez droit."
    if state == "manquante" and asked.equipe:
        return f"L'équipe doit compter : {', '.join(PROFESSIONS[each][0] for each in asked.equipe)}."
    return ""


def _granted_by(aid: AidData) -> AppliedCondition:
    return AppliedCondition(
        f"Accord du financeur : {aid.payeur}", "inconnue", "Accordée au cas par cas : à demander.", "demarche"
    )


def _of_structure(
    aid: AidData, structure: StructureCode, conditions: Sequence[Condition], date: datetime.date
) -> AppliedCondition:
    """The structure itself: what makes it, and its project once it must stand."""
    asked = [each for each in conditions if each.kind == "fond" or _of_project(aid, each, date)]
    closed = [each for each in asked if each.state == "manquante" and (each.blocking or aid.moment == "structure")]
    project = aid.moment == "projet"
    label = f"Projet de création ({structure}) possible" if project else f"Conditions de création ({structure})"
    for kind in ("fond", "demarche"):
        if missing := [each for each in closed if each.kind == kind]:
            return AppliedCondition(label, "manquante", f"Il manque : {_listed(missing)}.", kind)
    if open_ := [each for each in asked if each.state != "remplie"]:
        return AppliedCondition(label, "inconnue", f"À préciser ou à réunir : {_listed(open_)}.", "fond")
    return AppliedCondition(label, "remplie", None, "fond")


def _of_project(aid: AidData, condition: Condition, date: datetime.date) -> bool:
    """Whether it is a step of the project that an aid needs, and that it does not ask by itself."""
    own = {name for asked in aid.asked_on(date) for name in asked.regles}
    return aid.moment == "structure" and PROJECT in condition.fields and condition.id not in own


def _listed(conditions: Iterable[Condition]) -> str:
    return " ; ".join(lower(condition.label) for condition in conditions)


def why(conditions: Sequence[AppliedCondition], state: AidState) -> str:
    """The state of an aid in one sentence: what is missing, what remains."""
    deciding = [each for each in conditions if each.kind != "suite"]
    if state == "certain":
        return "Toutes les conditions sont remplies."
    if state == "exclu":
        lost = [each for each in deciding if each.state == "manquante" and each.kind == "fond"]
        return " ".join(f"{each.label}. {each.missing or ''}".strip() for each in lost)
    left = [each.label for each in deciding if each.state == "manquante"]
    unknown = [each.label for each in deciding if each.state == "inconnue"]
    said = [f"Reste à faire : {_short(left)}."] if left else []
    said += [f"À vérifier : {_short(unknown)}."] if unknown else []
    return " ".join(said)


def _short(labels: Sequence[str]) -> str:
    """The first labels, then how many others."""
    more = len(labels[SHOWN:])
    others = [f"et {more} {french.plural(more, 'autre condition', 'autres conditions')}"] if more else []
    return " ; ".join([*labels[:SHOWN], *others])
