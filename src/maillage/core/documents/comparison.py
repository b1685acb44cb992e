"""Two simulations of the ACI side by side: the answers, the amounts and the reserves that differ.

Scenario A is the one kept aside, scenario B the one at hand. Amounts stay as the simulator gives them (text with two
decimals, ``None`` when « à confirmer »).
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from maillage.core.documents import wording
from maillage.core.documents.situation_words import differences
from maillage.core.kernel import french

Row = Mapping[str, Any]
TERMS = ("points_valorises", "majoration", "complement_minimum")
TOTALS = {"montant": "Montant de l'année", "avance": "Avance", "solde": "Solde"}
NOTHING = "0.00"


class Told(NamedTuple):
    """A simulation (``Simulation.as_dict()``) and the situation that it answers, as JSON values."""

    simulation: Row
    inputs: Row


def compare(before: Told, after: Told) -> dict[str, Any]:
    """What changes from scenario A (``before``) to scenario B (``after``).

    ``reponses`` ({nom, a, b}), ``totaux`` and ``lignes`` ({libelle, a, b, ecart}, ``ecart`` being B minus A in euros,
    ``None`` when it is not known), ``reserves`` ({communes, a, b}: what is to be confirmed in both, in A only, in B
    only).
    """
    return {
        "reponses": differences(before.inputs, after.inputs),
        "totaux": list(_totals(before.simulation, after.simulation)),
        "lignes": _lines(before.simulation["indicateurs"], after.simulation["indicateurs"]),
        "reserves": reserves(before.simulation["a_confirmer"], after.simulation["a_confirmer"]),
    }


def _totals(before: Row, after: Row) -> Iterator[dict[str, Any]]:
    if before["prerequis_manquants"] or after["prerequis_manquants"]:
        yield gap("Montant si les prérequis sont remplis", _reachable(before), _reachable(after))
    for key, label in TOTALS.items():
        yield gap(label, before[key], after[key])
    yield from _terms(before, after)


def _terms(before: Row, after: Row) -> Iterator[dict[str, Any]]:
    """The terms of the amount that are not the same: points, majoration, complement; one that is not there is 0 €."""
    first, second = ({row["id"]: row for row in simulation["sommes"]} for simulation in (before, after))
    for name in TERMS:
        label = (second.get(name) or first.get(name) or {"libelle": ""})["libelle"]
        a, b = _term(first, name), _term(second, name)
        if a != b:
            yield gap(label, a, b)


def _term(sums: Mapping[str, Row], name: str) -> str | None:
    """A term of the amount; ``None`` when the grid is not established or the term is « à confirmer »."""
    if not sums:
        return None
    amount: str | None = sums[name]["montant"] if name in sums else NOTHING
    return amount


def _reachable(simulation: Row) -> str | None:
    amount: str | None = simulation["montant_si_prerequis"] or simulation["montant"]
    return amount


def _lines(before: Sequence[Row], after: Sequence[Row]) -> list[dict[str, Any]]:
    """The lines that both grids have and that do not earn the same."""
    earned = {line["id"]: line["montant"] for line in before}
    return [
        gap(line["libelle"], earned[line["id"]], line["montant"])
        for line in after
        if earned.get(line["id"], line["montant"]) != line["montant"]
    ]


def reserves(before: Sequence[Row], after: Sequence[Row]) -> dict[str, list[Row]]:
    """What is to be confirmed in both (``communes``), in A only, in B only."""
    return {
        "communes": [item for item in after if item in before],
        "a": [item for item in before if item not in after],
        "b": [item for item in after if item not in before],
    }


def gap(label: str, before: str | None, after: str | None) -> dict[str, Any]:
    """An amount in A, in B, and B minus A; ``None`` when it is not known."""
    change = None if before is None or after is None else Decimal(after) - Decimal(before)
    return {"libelle": label, "a": before, "b": after, "ecart": change}


def written(found: Row) -> dict[str, Any]:
    """A comparison as a document shows it: amounts written, the reserves of each scenario under their heading."""
    return {
        "reponses": found["reponses"],
        "montants": [_written(row) for row in (*found["totaux"], *found["lignes"])],
        "reserves": [
            {"titre": title, "points": found["reserves"][key]}
            for key, title in (("a", "dans le scénario A seulement"), ("b", "dans le scénario B seulement"))
            if found["reserves"][key]
        ],
    }


def _written(row: Row) -> dict[str, str]:
    change = wording.UNKNOWN if row["ecart"] is None else french.difference(row["ecart"])
    return {"libelle": row["libelle"], "a": wording.amount(row["a"]), "b": wording.amount(row["b"]), "ecart": change}
