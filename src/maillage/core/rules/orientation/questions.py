"""The next question: the field whose answer would decide most."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from maillage.core.rules.base import STRUCTURE_CODES, StructureCode
from maillage.core.rules.orientation.results import Condition, Question, StructureAnswer
from maillage.core.rules.orientation.situation import SituationOrientation, question_of

# What an answer is worth. The substance of a structure is shared between its open conditions, so that one that
# decides alone weighs most; it is worth less when another condition is missing anyway, more when it may forbid.
SUBSTANCE, DOOMED, FORBIDS = 4.0, 0.5, 1.5
STEP, AMOUNT, AMOUNT_OF_POSSIBLE = 0.1, 0.6, 1.2
WAY_OF_PRACTISING = "Chaque profession de l'équipe exerce-t-elle en libéral ou en salariat ?"
NAMES = {"ESP": "l'ESP", "MSP": "la MSP", "CDS": "le centre de santé", "ESS": "l'ESS", "CPTS": "la CPTS"}


class Stake(NamedTuple):
    """What the answer to ``field`` would decide: a condition or an amount of a structure; ``opens``: of substance."""

    field: str
    weight: float
    structure: str
    condition: str | None
    opens: bool = False


def questions(
    situation: SituationOrientation, answers: Mapping[StructureCode, StructureAnswer]
) -> tuple[Question, ...]:
    """Every field that would still decide something, the most telling first."""
    found = defaultdict(list)
    for code, answer in answers.items():
        if answer.state != "impossible":
            for stake in _stakes(situation, code, answer):
                found[stake.field].append(stake)
    ranked = sorted(found, key=lambda field: (-sum(stake.weight for stake in found[field]), field))
    return tuple(_question(situation, field, found[field]) for field in ranked)


def unanswered(situation: SituationOrientation, field: str) -> bool:
    """Whether a field still has something to say: not given, or a team whose way of practising is not.

    For which structures a project is accepted says nothing of one that is not.
    """
    value = getattr(situation, field)
    if field == "projet_valide_pour" and situation.projet_de_sante != "valide":
        return False
    if field == "professionnels" and value:
        return any(group.exercice is None for group in value)
    return value is None


def _stakes(situation: SituationOrientation, code: str, answer: StructureAnswer) -> Iterator[Stake]:
    substance = [each for each in answer.conditions if each.kind == "fond" and each.state != "remplie"]
    for condition in answer.conditions:
        if condition.state == "inconnue" and not condition.unsettled:
            weight = _weight(condition, substance)
            asked = (field for field in condition.fields if unanswered(situation, field))
            for rank, field in enumerate(asked, 1):
                yield Stake(field, weight / rank, code, condition.id, opens=condition.kind == "fond")
    for financing in answer.financings:
        if financing.asks and unanswered(situation, financing.asks):
            yield Stake(financing.asks, AMOUNT_OF_POSSIBLE if answer.state == "possible" else AMOUNT, code, None)


def _weight(condition: Condition, substance: list[Condition]) -> float:
    if condition.kind == "demarche":
        return STEP
    doomed = DOOMED if any(each.state == "manquante" for each in substance) else 1.0
    return SUBSTANCE / len(substance) * doomed * (FORBIDS if condition.blocking else 1.0)


def _question(situation: SituationOrientation, field: str, stakes: list[Stake]) -> Question:
    decides = tuple(dict.fromkeys(stake.condition for stake in stakes if stake.condition))
    given = getattr(situation, field) is not None
    text = WAY_OF_PRACTISING if field == "professionnels" and given else question_of(field)
    return Question(field=field, text=text, decides=decides, why=_why(decides, stakes))


def _why(decides: tuple[str, ...], stakes: list[Stake]) -> str:
    if opened := {stake.structure for stake in stakes if stake.opens}:
        return f"La réponse peut débloquer {_named(opened)}."
    told = _named({stake.structure for stake in stakes})
    return f"La réponse précise {'une démarche' if decides else 'un financement'} pour {told}."


def _named(codes: Collection[str]) -> str:
    """The structures in a sentence: « l'ESP, la MSP et la CPTS »."""
    *first, last = [NAMES[code] for code in STRUCTURE_CODES if code in codes]
    return f"{', '.join(first)} et {last}" if first else last
