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
    """One situation: its amount before and after, in euros; ``None`` where it is not established."""

    number: int
    name: str
    before: Decimal | None
    after: Decimal | None

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
        before = sum((row.before or Decimal() for row in self.known), Decimal("0.00"))
        after = sum((row.after or Decimal() for row in self.known), Decimal("0.00"))
        return {
            "situations": len(self.rows),
            "avant": _text(before),
            "apres": _text(after),
            "ecart": _text(after - before),
            "gagnantes": self.count("gagne"),
            "perdantes": self.count("perd"),
            "inchangees": self.count("inchangé"),
            "a_confirmer": self.count("à confirmer"),
        }

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
    """Apply the rules and the reformed rules to situations of the reform's simulator; ``names`` say who they are."""
    code = reform.file.simulateur
    before = amounts(code, situations, system(reform.pack))
    after = amounts(code, situations, reform.system())
    rows = zip(names, before, after, strict=True)
    return Comparison(
        reform, tuple(Row(number, name, _money(old), _money(new)) for number, (name, old, new) in enumerate(rows, 1))
    )


def _money(amount: float) -> Decimal | None:
    return None if np.isnan(amount) else round_cents(float(amount))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
