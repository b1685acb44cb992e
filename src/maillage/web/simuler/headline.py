"""The bar that stays in sight on the page of a simulator: the amount in one line, or why there is none."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from maillage.core.documents.typography import typeset
from maillage.core.kernel import french
from maillage.core.kernel.problems import Problem

Tone = Literal["ok", "soon", "no", "todo"]


def headline(
    label: str, amount: str, tone: Tone, *, condition: str = "", details: Iterable[str] = (), kept: str = ""
) -> dict[str, Any]:
    """``libelle`` (« Montant de 2025 »), ``montant`` (or why there is none), ``condition`` that it is subject to.

    ``ton`` colours it: ok, soon (under a condition), no (something is wrong) or todo (nothing to say yet). ``details``
    stand after it on a wide screen, ``garde`` everywhere. ``phrase`` is what a screen reader is told.
    """
    return {
        "libelle": label,
        "montant": amount,
        "chiffre": tone in ("ok", "soon"),
        "ton": tone,
        "condition": condition,
        "details": tuple(details),
        "garde": kept,
        "phrase": typeset(f"{label} : {' '.join(filter(None, (amount, condition)))}."),
    }


def to_mend(label: str, wrong: Mapping[str, Problem]) -> dict[str, Any]:
    """The bar when something typed is refused."""
    return headline(label, f"{len(wrong)} {french.plural(len(wrong), 'réponse')} à corriger", "no")
