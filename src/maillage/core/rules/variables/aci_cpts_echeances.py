"""ACI CPTS: when each mission of the core starts and is deployed at the latest (aci_cpts.md §4.1).

Delays are those of the accord on the day of the signature, counted from it in whole months. One set of variables a
mission; the optional missions have no calendar.
"""

import datetime

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aci_cpts.missions import TIMED, Mission
from maillage.core.rules.base import Condition, Variable, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import months_after
from maillage.core.rules.simulation.inputs import NOT_GIVEN, given
from maillage.core.rules.simulation.reading import by_day
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.variables.aci_cpts_communaute import today

GROUP = "Le calendrier des missions"


def deadlines_of(mission: Mission) -> dict[str, type[Variable]]:
    """The variables of the calendar of a mission, by name."""
    prefix = f"aci_cpts_{mission.code}"
    return {
        f"{prefix}_debut_limite": _limit(mission, "debut", "dernier jour pour commencer la mission"),
        f"{prefix}_deploiement_limite": _limit(mission, "deploiement", "dernier jour pour déployer la mission"),
        f"{prefix}_a_l_heure": _in_time(mission),
    }


def _limit(mission: Mission, step: str, label: str) -> type[Variable]:
    path = f"aci_cpts.missions.{mission.code}.{step}"

    def formula(structure, period, parameters):
        signed = structure("aci_cpts_signature", period)
        delay = by_day(parameters, path, signed)
        months = np.where(np.isnan(delay), 0, delay).astype(int)
        return np.where(np.isnan(delay), np.datetime64(NOT_GIVEN), months_after(signed, months))

    spec = LineSpec(
        simulator="aci-cpts",
        id=f"{mission.id}-{step.upper()}",
        group=GROUP,
        nature="echeance",
        words=f"Signature du contrat, le {{signature}}, + {{{path}}}.",
        todo="Demandez à votre CPAM la date qui vaut pour votre contrat.",
        fields=("signature",),
        who="votre CPAM",
        shown_with=("signature",),
        may_read=(path,),
    )
    return type(
        f"aci_cpts_{mission.code}_{step}_limite",
        (Variable,),
        {
            "__module__": __name__,
            "value_type": datetime.date,
            "entity": Structure,
            "definition_period": DAY,
            "default_value": NOT_GIVEN,
            "label": f"{mission.name} : {label}",
            "spec": spec,
            "formula": formula,
        },
    )


def _in_time(mission: Mission) -> type[Variable]:
    def formula(structure, period):
        """Late when it has started after its limit, or has not when the limit is past."""
        start, limit = (
            structure(f"aci_cpts_{mission.code}_debut", period),
            structure(f"aci_cpts_{mission.code}_debut_limite", period),
        )
        seen = np.where(given(start), start, today(period))
        truth = np.select([~given(limit), seen > limit, given(start)], [np.nan, 0.0, 1.0], default=np.nan)
        return state_of(truth)

    spec = LineSpec(
        simulator="aci-cpts",
        id=f"{mission.id}-RETARD",
        group=GROUP,
        nature="condition",
        words=f"Début : {{{mission.code}_debut}} ; au plus tard : {{{mission.code}_debut_limite}}.",
        todo="Commencez la mission, ou convenez d'un report avec la CPAM et l'ARS : une mission qui ne commence pas "
        "peut faire rompre le contrat.",
        fields=(f"{mission.code}_debut", "signature"),
        who="votre CPAM",
        shown_with=("signature",),
    )
    return type(
        f"aci_cpts_{mission.code}_a_l_heure",
        (Condition,),
        {
            "__module__": __name__,
            "label": f"{mission.name} : commencée à temps",
            "spec": spec,
            "formula": formula,
        },
    )


for _mission in TIMED:
    globals().update(deadlines_of(_mission))
