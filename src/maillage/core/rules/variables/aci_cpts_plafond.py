"""ACI CPTS: the amounts of the contract held against the ceiling of the accord (aci_cpts.md §3.3, §3.6)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aci_cpts.missions import PAID
from maillage.core.rules.base import Condition, Variable, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.variables.aci_cpts_accord import CEILING, every_size

GROUP = "Contrôle des montants"
AMOUNTS = tuple(name for mission in PAID for name in mission.amounts)
PARTS = tuple(f"aci_cpts_{mission.code}_{part}" for mission in PAID for part in ("fixe", "variable"))


class aci_cpts_missions_connues(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Montants des missions qui sont connus, parts fixes et variables d'une année entière"

    def formula(structure, period):
        """Not-a-number when none is known."""
        parts = np.stack([structure(name, period) for name in PARTS])
        return np.where(np.isnan(parts).all(axis=0), np.nan, np.nansum(parts, axis=0))


class aci_cpts_total_connu(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Fonctionnement et montants des missions qui sont connus"

    def formula(structure, period):
        return structure("aci_cpts_fonctionnement", period) + structure("aci_cpts_missions_connues", period)


class aci_cpts_sous_le_plafond(Condition):
    label = "Montants sous le plafond de l'année"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-MAX-CONTROLE",
        group=GROUP,
        nature="condition",
        words="Fonctionnement, {fonctionnement}, + missions, parts fixes et variables entières, {missions_connues}, = "
        "{total_connu}. Plafond de l'accord : {plafond}.",
        todo="Vérifiez les montants saisis, la taille et la date. Si le plafond de votre taille n'est pas publié, "
        "demandez-le à votre CPAM.",
        fields=AMOUNTS,
        may_read=every_size(CEILING),
        who="votre CPAM",
        shown_with=AMOUNTS,
    )

    def formula(structure, period):
        """Over the highest possible ceiling: no; under the lowest: yes; unknown between, or without a ceiling."""
        total = structure("aci_cpts_total_connu", period)
        over, under = (
            total > structure("aci_cpts_plafond_au_plus", period),
            total <= structure("aci_cpts_plafond", period),
        )
        return state_of(np.select([over, under], [0.0, 1.0], default=np.nan))


class aci_cpts_ecart_au_plafond(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Plafond moins les montants connus"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-SUM-ECART",
        group=GROUP,
        nature="repere",
        words="Plafond, {plafond}, − montants connus, {total_connu}. Quand tous les montants sont saisis, options et "
        "soins non programmés compris, l'écart est nul ; sinon, il reste des montants à saisir.",
        todo="Donnez les montants de toutes les missions de votre contrat.",
        fields=AMOUNTS,
        who="votre CPAM",
        shown_with=AMOUNTS,
    )

    def formula(structure, period):
        return structure("aci_cpts_plafond", period) - structure("aci_cpts_total_connu", period)
