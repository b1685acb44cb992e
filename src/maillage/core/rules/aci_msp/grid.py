"""What pages say of a line of the grid, beside its points. No OpenFisca here."""

from dataclasses import dataclass
from typing import Literal

from maillage.core.rules.aci_msp.results import Axis, Level

Part = Literal["fixe", "variable", "mixte"]


@dataclass(frozen=True)
class IndicatorSpec:
    """A line of the grid of the ACI.

    ``id``: rule id of the knowledge base (« MSP-2.1 »). ``level``: a « prérequis » missing takes everything away, a
    « socle » counts in the advance. ``part``: whether the points follow the patientèle. ``proof``: what is sent to
    the CPAM, « Non précisé » when the guide says nothing. ``parameters``: paths of the figures that give its points
    (the value of the point comes on top). ``fields``: fields of the situation it reads, the most
    telling first. ``todo``: what to do to gain it.
    """

    id: str
    label: str
    level: Level
    axis: Axis
    part: Part
    proof: str
    parameters: tuple[str, ...]
    fields: tuple[str, ...]
    todo: str


def paths(folder: str, *names: str) -> tuple[str, ...]:
    """Paths of the parameters ``names`` of a folder of ``parameters/aci_msp/``."""
    return tuple(f"aci_msp.{folder}.{name}" for name in names)


REFERENCE = paths("patientele", "reference")
POINT = "aci_msp.valeur_du_point"
