"""One French sentence that says where a structure stands."""

from maillage.core.kernel import french
from maillage.core.rules.orientation.results import Condition, StructureState

SHOWN = 2


def summary(state: StructureState, conditions: tuple[Condition, ...], *, team_described: bool = True) -> str:
    """What to know first of a structure.

    Possible: how many conditions hold and what the team still has to do. Not yet: what is missing, or else what is
    not known; when nothing is missing because no team was described, that it is to describe. Impossible: the
    condition that forbids it.
    """
    if state == "impossible":
        blocking = next(each for each in conditions if each.blocking and each.state == "manquante")
        return f"Pas possible ici : la condition « {lower(blocking.label)} » n'est pas remplie."
    substance = [condition for condition in conditions if condition.kind == "fond"]
    if state == "possible":
        return _possible(substance, [each for each in conditions if each.kind == "demarche"])
    if not team_described and not any(condition.state == "manquante" for condition in substance):
        return _to_describe(sum(condition.state == "inconnue" for condition in substance))
    return _not_yet(substance)


def lower(label: str) -> str:
    """A label inside a sentence: its first letter is lowered, save in an acronym.

    >>> lower("Un projet"), lower("SISA constituée")
    ('un projet', 'SISA constituée')
    """
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _possible(substance: list[Condition], steps: list[Condition]) -> str:
    left = [step for step in steps if step.state != "remplie"]
    count = len(substance)
    met = "La condition de fond est remplie" if count == 1 else f"Les {count} conditions de fond sont remplies"
    if not left:
        return f"{met}, et toutes les démarches sont faites."
    unsure = " ou à préciser" if any(step.state == "inconnue" for step in left) else ""
    return f"{met} ; il reste {len(left)} {french.plural(len(left), 'démarche')} à mener{unsure}."


def _to_describe(unknown: int) -> str:
    verb = "reste" if unknown == 1 else "restent"
    return f"Dites-nous qui compose l'équipe : {unknown} {french.plural(unknown, 'condition')} {verb} à préciser."


def _not_yet(substance: list[Condition]) -> str:
    missing = [condition for condition in substance if condition.state == "manquante"]
    unknown = [condition for condition in substance if condition.state == "inconnue"]
    told = (
        ("Il manque", missing),
        ("Il reste à préciser", [condition for condition in unknown if not condition.unsettled]),
        ("Les textes ne tranchent pas", [condition for condition in unknown if condition.unsettled]),
    )
    return " ".join(_counted(verb, conditions) for verb, conditions in told if conditions)


def _counted(verb: str, conditions: list[Condition]) -> str:
    count = len(conditions)
    labels = " ; ".join(lower(condition.label) for condition in conditions[:SHOWN])
    more = f" ; et {count - SHOWN} {french.plural(count - SHOWN, 'autre')}" if count > SHOWN else ""
    return f"{verb} {count} {french.plural(count, 'condition')} : {labels}{more}."
