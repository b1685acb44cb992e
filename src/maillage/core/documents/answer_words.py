"""What a page and a document say of the answer of a simulator of the kit: its total in one line, its lines in order.

``answer`` is ``Answer.as_dict()``.
"""

from collections.abc import Mapping, Sequence, Set
from typing import Any, Literal, NamedTuple

from maillage.core.kernel import french
from maillage.core.rules.simulation.situation import SimulatorSpec

Row = Mapping[str, Any]
STATES = {
    "possible": "possible",
    "exclu": "exclu",
    "a_preciser": "à préciser",
    "a_confirmer": french.UNKNOWN,
    "manquante": "manquante",
    "inconnue": "à préciser",
    "sans_objet": "sans objet",
}
"""The word of each state; what is sure needs none."""
NOT_APPLYING = ("exclu", "sans_objet")
TO_SPECIFY = "à préciser"
RESULT = "Résultat"


class Total(NamedTuple):
    """The total in words. ``tone``: ok, soon (under a condition) or todo (not known as a whole)."""

    amount: str
    condition: str
    tone: Literal["ok", "soon", "todo"]


CHECK = "Contrôle : "
"""How the label of a check may begin."""


def total(answer: Row) -> Total:
    """The total of an answer, or the number of its lines when they do not add up."""
    low, high, possible = answer["montant"], answer["montant_max"], answer["montant_possible"]
    if not answer["total"]:
        count = len(answer["lignes"])
        return Total(f"{count} {french.plural(count, 'ligne')}", "", "ok")
    hoped = french.euros(possible) if float(possible) else ""
    if low is None or high is None:
        return _unknown(answer, hoped)
    if hoped and not float(low):
        return Total(f"jusqu'à {hoped}", "si les conditions à préciser sont remplies", "soon")
    if not float(high) and not hoped and _waits(answer):
        return Total(TO_SPECIFY, "", "todo")
    upper = f" à {french.euros(high)}" if high != low else ""
    least = "au moins " if answer["au_moins"] else ""
    more = f"et jusqu'à {hoped} de plus, sous conditions" if hoped else ""
    alert = answer["alertes"][0]["libelle"] if answer["alertes"] else ""
    told = f"attention, pas respecté : {alert.removeprefix(CHECK)}" if alert else more
    return Total(least + french.euros(low) + upper, told, "soon" if alert else "ok")


def beside(answer: Row) -> list[dict[str, str]]:
    """``variable``, ``libelle`` and ``montant`` in words, with its unit, of each amount that the total leaves out."""
    return [
        {"variable": line["variable"], "libelle": line["libelle"], "montant": _amount_beside(line)}
        for line in answer["hors_total"]
    ]


def _amount_beside(line: Row) -> str:
    if line["montant"] is None:
        return f"montant {french.UNKNOWN}"
    upper, unit = line["montant_max"], line["unite"].removeprefix("euros").strip()
    more = f" à {french.euros(upper)}" if upper not in (None, line["montant"]) else ""
    return f"{french.euros(line['montant'])}{more} {unit}".strip()


def _waits(answer: Row) -> bool:
    """Whether amounts wait for an answer while none is sure: a total of 0 € would say what nobody knows."""
    states = {line["etat"] for line in answer["lignes"] if line["nature"] == "montant" and line["compte"]}
    others = {line["etat"] for line in answer["lignes"] if line["nature"] == "montant"}
    return "certain" not in states and "a_preciser" in others


def subjects(answer: Row) -> list[str]:
    """What is to be confirmed, each once."""
    return list(dict.fromkeys(item["objet"] for item in answer["a_confirmer"]))


def _unknown(answer: Row, hoped: str) -> Total:
    """A part of the total is not known: what is, and whether a text or an answer is missing."""
    counted = {line["etat"] for line in answer["lignes"] if line["compte"]}
    others = {line["etat"] for line in answer["lignes"] if line["nature"] == "montant" and not line["compte"]}
    silent = "a_confirmer" in counted or ("a_confirmer" in others and "a_preciser" not in counted | others)
    known = [f"dont {french.euros(answer['montant_etabli'])} établis"] if float(answer["montant_etabli"]) else []
    known += [f"jusqu'à {hoped} possibles"] if hoped else []
    return Total(french.UNKNOWN if silent else TO_SPECIFY, ", ".join(known), "todo")


def measure(line: Row) -> str:
    """The amount, the date or the value of a line; empty when it has none."""
    if line["montant"] is not None:
        upper = line["montant_max"]
        more = f" à {french.euros(upper)}" if upper not in (None, line["montant"]) else ""
        return french.euros(line["montant"]) + more
    if line["date"]:
        return french.iso_day(line["date"])
    value, unit = line["valeur"], line["unite"]
    if isinstance(value, int | float) and unit.startswith("euro"):
        return f"{french.euros(value)}{unit.removeprefix('euros').removeprefix('euro')}"
    return "" if value is None else french.quantity(value, unit)


def headings(simulator: SimulatorSpec, lines: Sequence[Row], *, applying: bool) -> list[dict[str, Any]]:
    """``titre`` and ``lignes`` of each heading, in the order in which headings appear: what applies, or what does not.

    A condition that decides an amount stands inside the first of them, under ``conditions``; one that is missing goes
    with what it excludes.
    """
    decided, amounts = _decided(simulator)
    inside = _inside(amounts, lines)
    moved = {condition["variable"] for found in inside.values() for condition in found}
    alive = {line["variable"] for line in lines if line["etat"] not in NOT_APPLYING}
    groups: dict[str, list[Row]] = {}
    for line in lines:
        if line["variable"] not in moved and applying == _applies(line, decided, alive):
            told = {**line, "conditions": inside.get(line["variable"], [])}
            groups.setdefault(line["groupe"], []).append(told)
    return [{"titre": title, "lignes": found} for title, found in groups.items()]


def _applies(line: Row, decided: Mapping[str, Sequence[str]], alive: Set[str]) -> bool:
    """Whether a line applies; a condition that is missing does not when it leaves nothing of what it decides."""
    mine = decided.get(line["variable"], ())
    if line["etat"] == "manquante" and mine:
        return any(name in alive for name in mine)
    return line["etat"] not in NOT_APPLYING


def _decided(simulator: SimulatorSpec) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The lines that each condition decides, and the condition of each amount, by variable."""
    from maillage.core.rules.simulation.engine import lines_of  # OpenFisca is loaded by those who simulate only

    shown = [line for line in lines_of(simulator) if line.spec.only_if]
    decided: dict[str, list[str]] = {}
    for name, spec in shown:
        decided.setdefault(spec.only_if, []).append(name)
    return decided, {name: spec.only_if for name, spec in shown if spec.nature == "montant"}


def _inside(amounts: Mapping[str, str], lines: Sequence[Row]) -> dict[str, list[Row]]:
    """The conditions to tell inside an amount: those that decide it, under the same heading."""
    waiting = {line["variable"]: line for line in lines if line["nature"] == "condition"}
    found: dict[str, list[Row]] = {}
    for line in lines:
        condition = waiting.get(amounts.get(line["variable"], ""))
        if condition and condition["groupe"] == line["groupe"]:
            found[line["variable"]] = [waiting.pop(condition["variable"])]
    return found


def deadlines(answer: Row) -> list[dict[str, Any]]:
    """``variable``, ``libelle``, ``jour`` and ``passee`` (before the day of the answer) of each deadline, in order."""
    return [
        {
            "variable": line["variable"],
            "libelle": line["libelle"],
            "jour": french.iso_day(line["date"]),
            "passee": line["date"] < answer["date"],
        }
        for line in sorted(answer["lignes"], key=lambda line: line["date"] or "")
        if line["nature"] == "echeance" and line["date"]
    ]
