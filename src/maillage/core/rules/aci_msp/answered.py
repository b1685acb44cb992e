"""Which prerequisites of an ACI are to be specified: nothing was answered in their part of the form."""

from collections.abc import Iterable, Mapping
from typing import Any

from maillage.core.rules.aci_msp.situation import SituationAciMsp

HOURS = (
    "amplitude_horaire",
    "samedi_matin",
    "fermeture_conges",
    "soins_non_programmes",
    "derogation_horaires",
    "part_medecins_sas",
    "sas_toutes_demandes",
)
CRISIS_TEAM_SOFTWARE = (
    "plan_crise",
    "crise_actions",
    "coordination",
    "si_standard",
    "si_standard_mois",
    "si_avance",
    "si_avance_mois",
)
ASKED_WITH = {
    "MSP-1.1": HOURS,
    "MSP-1.2a": CRISIS_TEAM_SOFTWARE,
    "MSP-2.1": CRISIS_TEAM_SOFTWARE,
    "MSP-3.1": CRISIS_TEAM_SOFTWARE,
}
"""The fields asked beside each prerequisite: one of them answered, what is not said of the others counts as no."""


def to_specify(missing: Iterable[str], inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of the ``missing`` prerequisites of which nothing is known; ``inputs`` are the fields of the situation."""
    known = {
        name for name, info in SituationAciMsp.model_fields.items() if inputs.get(name) not in (None, info.default)
    }
    return tuple(name for name in missing if name in ASKED_WITH and not known.intersection(ASKED_WITH[name]))
