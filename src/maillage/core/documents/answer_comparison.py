"""Two situations given to a simulator of the kit, side by side: the answers, the amounts, the reserves that differ."""

from collections.abc import Iterator, Mapping
from typing import Any

from maillage.core.documents.comparison import NOTHING, Told, gap, reserves
from maillage.core.documents.facts_words import differences
from maillage.core.rules.simulation.situation import SimulatorSpec

Row = Mapping[str, Any]
OUTSIDE: Row = {"etat": "exclu", "montant": NOTHING, "montant_max": NOTHING}
"""A line that an answer does not show brings nothing."""


def compare_answers(simulator: SimulatorSpec, before: Told, after: Told) -> dict[str, Any]:
    """What changes from scenario A to scenario B, in the shape of :func:`comparison.compare`.

    ``simulation`` of each is ``Answer.as_dict()``.
    """
    return {
        "reponses": differences(simulator.model, before.inputs, after.inputs),
        "totaux": list(_totals(simulator.total, before.simulation, after.simulation)),
        "lignes": list(_lines(before.simulation, after.simulation)),
        "reserves": reserves(before.simulation["a_confirmer"], after.simulation["a_confirmer"]),
    }


def _totals(label: str, before: Row, after: Row) -> Iterator[dict[str, Any]]:
    if not label:
        return
    yield gap(label, before["montant"], after["montant"])
    if before["montant"] is None or after["montant"] is None:
        yield gap("Dont établi", before["montant_etabli"], after["montant_etabli"])
    if (before["montant_max"], after["montant_max"]) != (before["montant"], after["montant"]):
        yield gap(f"{label}, au plus", before["montant_max"], after["montant_max"])
    if before["montant_possible"] != NOTHING or after["montant_possible"] != NOTHING:
        yield gap("Possible en plus", before["montant_possible"], after["montant_possible"])


def _lines(before: Row, after: Row) -> Iterator[dict[str, Any]]:
    """The amounts that are not the same, in the order of the answer; one that waits for an answer is not compared."""
    first, second = (
        {line["variable"]: line for line in answer["lignes"] if line["nature"] == "montant"}
        for answer in (before, after)
    )
    for name in dict.fromkeys((*second, *first)):
        a, b = first.get(name, OUTSIDE), second.get(name, OUTSIDE)
        if "a_preciser" not in (a["etat"], b["etat"]) and _amount(a) != _amount(b):
            yield gap((second.get(name) or first[name])["libelle"], _amount(a), _amount(b))


def _amount(line: Row) -> str | None:
    amount: str | None = NOTHING if line["etat"] == "exclu" else line["montant"]
    return amount
