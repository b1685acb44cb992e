"""What a reform gives and takes: each situation before and after, the totals, the winners and the losers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from maillage.core.kernel.money import round_cents
from maillage.core.rules.reform.reading import Reform
from maillage.core.rules.reform.simulators import amounts
from maillage.core.rules.system import system

HEADER = ("Ligne", "Structure", "Avant (€)", "Après (€)", "Écart (€)", "Résultat")
"""Columns of the table of a comparison."""


@dataclass(frozen=True)
class Row:
    """One situation: its amount before and after, in euros; ``None`` where it is not established.

    ``partial``: the two amounts are those of what is established, the whole is not known.
    """

    number: int
    name: str
    before: Decimal | None
    after: Decimal | None
    partial: bool = False

    @property
    def gap(self) -> Decimal | None:
        """What the reform gives (or takes, negative)."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        """Before, after, gap."""
        return self.before, self.after, self.gap

    @property
    def outcome(self) -> str:
        """« gagne », « perd », « inchangé » or « à confirmer »."""
        if self.gap is None:
            return "à confirmer"
        return "gagne" if self.gap > 0 else "perd" if self.gap < 0 else "inchangé"

    def as_dict(self) -> dict[str, Any]:
        """The row as the command line writes it."""
        return {
            "ligne": self.number,
            "nom": self.name,
            "avant": _text(self.before),
            "apres": _text(self.after),
            "ecart": _text(self.gap),
            "resultat": self.outcome,
            "en_partie": self.partial,
        }


@dataclass(frozen=True)
class Comparison:
    """A reform applied to many situations, in the order given."""

    reform: Reform
    rows: tuple[Row, ...]

    @property
    def known(self) -> tuple[Row, ...]:
        """The rows whose two amounts are established: only they are added up."""
        return tuple(row for row in self.rows if row.gap is not None)

    def count(self, outcome: str) -> int:
        """How many situations have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    def totals(self) -> dict[str, Any]:
        """Sums in euros and numbers of situations."""
        before, after = self._sum("before"), self._sum("after")
        return {
            "situations": len(self.rows),
            "avant": _text(before),
            "apres": _text(after),
            "ecart": _text(None if before is None or after is None else after - before),
            "gagnantes": self.count("gagne"),
            "perdantes": self.count("perd"),
            "inchangees": self.count("inchangé"),
            "a_confirmer": self.count("à confirmer"),
            "en_partie": sum(row.partial for row in self.rows),
        }

    def _sum(self, when: str) -> Decimal | None:
        """The sum of the known rows; ``None`` when there is none: nothing known is not zero."""
        known = [getattr(row, when) for row in self.known]
        return sum(known, Decimal("0.00")) if known else None

    def table(self) -> list[list[Any]]:
        """The rows as a spreadsheet takes them, in the order of :data:`HEADER`; amounts as numbers."""
        return [
            [row.number, row.name, *(None if amount is None else float(amount) for amount in row.amounts), row.outcome]
            for row in self.rows
        ]

    def as_dict(self) -> dict[str, Any]:
        """The comparison as the command line and the page show it."""
        file = self.reform.file
        return {
            "reforme": {
                "libelle": file.libelle,
                "description": file.description,
                "simulateur": file.simulateur,
                "a_partir_du": file.a_partir_du.isoformat(),
                "parametres": [
                    {
                        "chemin": change.text.path,
                        "libelle": change.text.label,
                        "unite": change.text.unit,
                        "avant": change.before,
                        "apres": change.after,
                    }
                    for change in self.reform.changes
                ],
            },
            "totaux": self.totals(),
            "situations": [row.as_dict() for row in self.rows],
        }


def compare(reform: Reform, situations: Sequence[Any], names: Sequence[str]) -> Comparison:
    """Apply the rules and the reformed rules to situations of the reform's simulator; ``names`` say who they are.

    Where a whole amount is not known, what is established of it is compared, and said to be a part.
    """
    code, rules, changed = reform.file.simulateur, system(reform.pack), reform.system()
    wholes = np.stack([amounts(code, situations, each) for each in (rules, changed)], axis=1)
    parts = wholes
    if np.isnan(wholes).any():
        parts = np.stack([amounts(code, situations, each, established=True) for each in (rules, changed)], axis=1)
    rows = zip(names, wholes.tolist(), parts.tolist(), strict=True)
    return Comparison(reform, tuple(_row(number, *row) for number, row in enumerate(rows, 1)))


def _row(number: int, name: str, whole: Sequence[float], part: Sequence[float]) -> Row:
    if np.isnan(whole).all() and not np.isnan(part).any() and any(part):
        return Row(number, name, _money(part[0]), _money(part[1]), partial=True)
    return Row(number, name, _money(whole[0]), _money(whole[1]))


def _money(amount: float) -> Decimal | None:
    return None if np.isnan(amount) else round_cents(float(amount))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
