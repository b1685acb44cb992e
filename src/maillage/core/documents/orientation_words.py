"""How an orientation is told, the same on the page and in the document: states in words, order of the aids."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from maillage.core.kernel import french

Row = Mapping[str, Any]

STATES = {"possible": "Possible", "pas_encore": "Pas encore", "impossible": "Non", "a_preciser": "À préciser"}
"""State shown of a structure and its word."""

AID_STATES = {"certain": "Certaine", "possible": "Possible", "exclu": "Exclue"}
"""State of an aid and its word."""


def shown_state(structure: Row) -> str:
    """The state of a structure; « a_preciser » when nothing is known to be missing, only not told yet."""
    substance = [row["etat"] for row in structure["conditions"] if row["nature"] == "fond"]
    only_unknown = structure["etat"] == "pas_encore" and "inconnue" in substance and "manquante" not in substance
    return "a_preciser" if only_unknown else str(structure["etat"])


def condition_word(condition: Row) -> str:
    """The state of a condition in words: a step that is not done is « à faire », a fact that fails is « manquante »."""
    if condition["etat"] == "remplie":
        return "Remplie"
    step = condition["nature"] == "demarche"
    word = "À préciser" if condition["etat"] == "inconnue" else "À faire" if step else "Manquante"
    return f"{word}, {'à demander' if condition.get('a_demander') else 'à votre main'}" if step else word


def met(conditions: Sequence[Row]) -> str:
    """How many conditions hold, in words."""
    count = sum(row["etat"] == "remplie" for row in conditions)
    if not count:
        return f"aucune condition remplie sur {len(conditions)}"
    return f"{count} {french.plural(count, 'condition remplie', 'conditions remplies')} sur {len(conditions)}"


def strongest_first(aids: Sequence[Row]) -> list[Row]:
    """The aids as they are shown: what pays each year, then what is known, the greatest first; « 0 € » last."""
    return sorted(aids, key=_rank)


def first_aid(aids: Sequence[Row]) -> Row | None:
    """The aid to show alone; what the law says to be nothing (« 0 € ») is not one."""
    return next((aid for aid in strongest_first(aids) if not _nothing(aid)), None)


def is_doubtful(aid: Row) -> bool:
    """Whether an amount that is shown stays to confirm; one that is not known is « à confirmer » in its place."""
    return bool(aid.get("a_confirmer")) and (aid["montant_min"] is not None or aid["montant_max"] is not None)


def doubt_beside(aid: Row) -> str:
    """Why an amount is to confirm, when its explanation does not say it already."""
    reason = aid.get("motif") or ""
    return "" if reason in aid["explication"] else reason


def _rank(aid: Row) -> tuple[bool, bool, bool, bool]:
    yearly = "an" in aid["unite"].split()
    return _nothing(aid), not yearly, aid["montant_min"] is None, aid["montant_max"] is None


def _nothing(aid: Row) -> bool:
    return aid["montant_max"] is not None and Decimal(aid["montant_max"]) == 0
