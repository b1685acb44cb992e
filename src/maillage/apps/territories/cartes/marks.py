"""The thresholds of a rule, offered as the classes of a map: those of the zonage of the médecins généralistes."""

import math
import re
from dataclasses import dataclass
from itertools import pairwise

from maillage.apps.territories.cartes.subjects import Subject
from maillage.core.kernel.french import number
from maillage.core.maps.classes import Scale

PATHS = ("territoire.zonage.medecin_generaliste.selection_nationale", "territoire.zonage.medecin_generaliste.vivier")
MARKED = re.compile(r"apl\.medecin_generaliste(\.\d+_ans)?")


@dataclass(frozen=True)
class Marks:
    """Thresholds, each included in the class under it, and the text that gave them, in French.

    ``doubt`` says what is not known of them since; empty when they are in force. ``path`` leads to the parameter.
    """

    bounds: tuple[float, ...]
    text: str
    doubt: str
    path: str = PATHS[0]

    @property
    def label(self) -> str:
        """The words of the choice."""
        return f"seuils du zonage ({' et '.join(number(bound, 2) for bound in self.bounds)})"

    def scale(self, unit: str) -> Scale:
        """The classes: a place at a threshold is in the class under it."""
        shown = [number(bound, 2) for bound in self.bounds]
        between = [f"plus de {low}, jusqu’à {high}" for low, high in pairwise(shown)]
        labels = (f"{shown[0]} ou moins", *between, f"plus de {shown[-1]}")
        return Scale(tuple(math.nextafter(bound, math.inf) for bound in self.bounds), labels, unit)


def marks_of(subject: Subject) -> Marks | None:
    """The thresholds of the zonage that rests on a subject, the last that a text is known to have given."""
    if not MARKED.fullmatch(subject.code):
        return None
    from maillage.core.rules.system import system  # OpenFisca takes a second to import.

    texts = [system().text(path) for path in PATHS]
    known = [[dated for dated in text.values if dated.value is not None] for text in texts]
    if not all(known):
        return None
    bounds = tuple(float(dated[-1].value) for dated in known)
    given = known[0][-1].references
    return Marks(bounds, given[0].title if given else "", texts[0].values[-1].reason)
