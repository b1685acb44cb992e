"""What a page says of a calculated line, beside its value. No OpenFisca here."""

from dataclasses import dataclass
from typing import Literal

Nature = Literal["montant", "condition", "repere", "echeance"]


@dataclass(frozen=True)
class LineSpec:
    """A variable that an answer shows, in the order in which its module writes it.

    ``simulator``: code of the simulator (« aci-cpts »). ``id``: rule id of the knowledge base (« CPTS-FCT-1 »), one per
    line of a simulator. ``group``: heading of the line on the page. ``nature``: a « montant » is in euros; a
    « condition » is an ``Etat``; a « repere » is a number, a yes or no or a choice; an « echeance » is a date.
    ``words``: the formula in one French sentence; ``{name}`` is a variable (without the prefix of the simulator when it
    has it), ``{a.b.c}`` a parameter, both written with their unit. ``counted``: the amount is part of the total.
    ``upper``: for an interval, the variable that gives its upper end. ``only_if``: the variable (an ``Etat``) that
    decides whether the amount is certain, possible or excluded. ``todo``: what to do when it is missing or excluded.
    ``fields``: fields of the situation that it reads, the most telling first. ``parameters``: paths of the parameters
    that found it and that its formula may not read (those that it reads are seen, not declared). ``may_read``: paths of
    those that it reads in some situations only (one by size): the page of the rule shows them all, a line those read.
    ``excludes``: ids of the lines that cannot be had together with this one. ``who``: who pays or decides.
    ``shown_with``: the line is left out of the answer, and of the total, when none of these fields is given; empty when
    it is always shown. ``shown_for``: a field, then the values that it must have (« profession », « infirmier »).
    ``told_apart``: the figures that found it are told on its own line, not again on every line that uses its value.
    """

    simulator: str
    id: str
    group: str
    nature: Nature
    words: str
    counted: bool = False
    upper: str = ""
    only_if: str = ""
    todo: str = ""
    fields: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    may_read: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    who: str = ""
    shown_with: tuple[str, ...] = ()
    shown_for: tuple[str, ...] = ()
    told_apart: bool = False

    def shown(self, situation: object) -> bool:
        """Whether the facts that this line is about are given, and are those of the people it is for."""
        if self.shown_for and getattr(situation, self.shown_for[0]) not in self.shown_for[1:]:
            return False
        return not self.shown_with or any(getattr(situation, name) is not None for name in self.shown_with)
