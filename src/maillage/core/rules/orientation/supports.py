"""Who helps on a day, as values: the amount of each help, why it is to confirm, the sentence that a step shows."""

import datetime
from typing import Any

from maillage.core.kernel.money import round_cents
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.rulebook import RuleBook, rulebook
from maillage.core.rules.orientation.steps import sentences
from maillage.core.rules.packs.support import SupportData
from maillage.core.rules.texts import WEAK


def supports_json(code: str | None, structure: str, date: datetime.date) -> list[dict[str, Any]]:
    """The helps of a region (``None``: the nation alone) on a day, by structure then by step."""
    ranks = {
        (each, step.id): (rank, step.titre)
        for each, steps in packs.nation().etapes.items()
        for rank, step in enumerate(steps)
    }
    chosen = [support for support in packs.supports(code, date) if structure in ("", support.structure)]
    order = list(packs.nation().etapes)
    chosen.sort(key=lambda support: (order.index(support.structure), ranks[support.structure, support.etape][0]))
    book = rulebook(code)
    return [_support(support, ranks[support.structure, support.etape][1], book, date) for support in chosen]


def _support(support: SupportData, step: str, book: RuleBook, date: datetime.date) -> dict[str, Any]:
    return {
        "id": support.id,
        "structure": support.structure,
        "etape": support.etape,
        "titre_etape": step,
        "qui": support.qui,
        "nature": support.nature,
        "aide": support.aide,
        "phrase": " ; ".join(sentences(support, book, date)),
        **_money(support, book, date),
        "documents": list(support.documents),
        "avis": support.avis or None,
        "decide": support.decide or None,
        "depuis": None if support.depuis == datetime.date.min else support.depuis.isoformat(),
        "jusqu_a": None if support.jusqu_a == datetime.date.max else support.jusqu_a.isoformat(),
        "source": support.source,
        "confiance": support.confiance,
    }


def _money(support: SupportData, book: RuleBook, date: datetime.date) -> dict[str, Any]:
    weak = WEAK if support.confiance == "C" else ""
    if not support.parametre:
        nothing = dict.fromkeys(("parametre", "borne", "montant", "unite"))
        return {**nothing, "a_confirmer": bool(weak), "motif": weak or None}
    text, dated = book.texts[support.parametre], book.in_force(support.parametre, date)
    value = dated.value if dated else None
    doubt = text.doubt_at(date) if value is not None else book.unknown_because(support.parametre, date)
    return {
        "parametre": support.parametre,
        "borne": support.borne,
        "montant": None if value is None else f"{round_cents(value):.2f}",
        "unite": text.unit,
        "a_confirmer": bool(doubt or weak),
        "motif": doubt or weak or None,
    }
