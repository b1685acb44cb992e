"""ACI MSP: totals, prerequisites, precarity, amount, advance and balance (aci_msp.md §5).

Before 2022 the grid is not established: a total is known only when its points are given, else it raises
``UnknownValue``.
"""

import numpy as np
from openfisca_core.periods import YEAR

from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure

FIXED = (
    "aci_msp_points_horaires",
    "aci_msp_points_plan_crise",
    "aci_msp_points_diversite_niveau_1",
    "aci_msp_points_diversite_niveau_2",
    "aci_msp_points_vacataires_niveau_1",
    "aci_msp_points_vacataires_niveau_2",
    "aci_msp_points_cstm",
    "aci_msp_points_missions_ipa",
    "aci_msp_points_usagers_niveau_1",
    "aci_msp_points_sas",
    "aci_msp_points_coordination_fixes",
    "aci_msp_points_protocoles",
    "aci_msp_points_protocoles_ipa",
    "aci_msp_points_formation",
    "aci_msp_points_qualite_niveau_1",
    "aci_msp_points_protocoles_nationaux",
    "aci_msp_points_obesite_enfant",
    "aci_msp_points_si_standard_fixes",
    "aci_msp_points_si_avance",
)
VARIABLE = (
    "aci_msp_points_actions_crise",
    "aci_msp_points_missions",
    "aci_msp_points_usagers_niveau_2",
    "aci_msp_points_coordination_variables",
    "aci_msp_points_concertation",
    "aci_msp_points_concertation_ipa",
    "aci_msp_points_coordination_externe",
    "aci_msp_points_qualite_niveau_2",
    "aci_msp_points_qualite_niveau_3",
    "aci_msp_points_insuffisance_cardiaque",
    "aci_msp_points_si_standard_variables",
)


class aci_msp_coefficient_patientele(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Patientèle divisée par la patientèle de référence"

    def formula(structure, period, parameters):
        """No upper bound."""
        return structure("aci_msp_patientele", period) / parameters(period).aci_msp.patientele.reference


class aci_msp_points_fixes(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points fixes acquis"

    def formula(structure, period, parameters):
        """Not established: raises ``UnknownValue`` unless they are given."""
        return structure.filled_array(parameters(period).aci_msp.accord_2017.points_fixes)

    def formula_2022(structure, period):
        """Sum of the fixed parts of the grid."""
        return sum(structure(name, period) for name in FIXED)


class aci_msp_points_variables_accord_2017(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    end = "2021-12-31"
    label = "Points variables de l'accord de 2017, pour la patientèle de référence"

    def formula(structure, period, parameters):
        """Not established: raises ``UnknownValue`` unless they are given."""
        return structure.filled_array(parameters(period).aci_msp.accord_2017.points_variables)


class aci_msp_points_variables(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points variables acquis, à la patientèle ou aux associés de la structure"

    def formula(structure, period):
        """Points for the reference patientèle, in proportion to the patientèle."""
        points = structure("aci_msp_points_variables_accord_2017", period)
        return points * structure("aci_msp_coefficient_patientele", period)

    def formula_2022(structure, period):
        """Sum of the variable parts of the grid, coordination and associates included."""
        return sum(structure(name, period) for name in VARIABLE)


class aci_msp_points_acquis(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points acquis, avant de regarder les prérequis"

    def formula(structure, period):
        """Fixed and variable."""
        return structure("aci_msp_points_fixes", period) + structure("aci_msp_points_variables", period)


class aci_msp_montant_des_points(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Montant des points acquis, avant prérequis et majoration (euros)"

    def formula(structure, period, parameters):
        """Points at the value of the point."""
        return structure("aci_msp_points_acquis", period) * parameters(period).aci_msp.valeur_du_point


class aci_msp_prerequis_horaires(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Prérequis atteint : horaires et soins non programmés"

    def formula(structure, period):
        """Whatever the minorations."""
        return structure("aci_msp_points_horaires", period) > 0


class aci_msp_prerequis_plan_crise(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Prérequis atteint, ou pas encore demandé : plan de réponse aux crises"

    def formula(structure, period, parameters):
        """Asked since 2023."""
        asked = parameters(period).aci_msp.crise.plan_prerequis
        return structure("aci_msp_plan_crise", period) | (not asked)


class aci_msp_prerequis_coordination(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Prérequis atteint : fonction de coordination"

    def formula(structure, period):
        """As soon as the line earns points."""
        return structure("aci_msp_points_coordination_fixes", period) > 0


class aci_msp_prerequis_systeme_information(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Prérequis atteint : système d'information « standard »"

    def formula(structure, period):
        """As soon as the line earns points, even for a part of the year."""
        return structure("aci_msp_points_si_standard_fixes", period) > 0


class aci_msp_prerequis_atteints(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Tous les prérequis sont atteints"

    def formula(structure, period):
        """One missing takes everything away."""
        return (
            structure("aci_msp_prerequis_horaires", period)
            & structure("aci_msp_prerequis_plan_crise", period)
            & structure("aci_msp_prerequis_coordination", period)
            & structure("aci_msp_prerequis_systeme_information", period)
        )


class aci_msp_points(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points payés"

    def formula(structure, period):
        """None when a prerequisite is missing."""
        return structure("aci_msp_prerequis_atteints", period) * structure("aci_msp_points_acquis", period)


class aci_msp_majoration(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Majoration pour précarité (fraction du montant)"

    def formula(structure, period, parameters):
        """Rates above their thresholds, added, then capped. Rates are fractions."""
        rules = parameters(period).aci_msp.precarite
        c2s = np.maximum(structure("aci_msp_taux_c2s", period) - rules.seuil_c2s, 0)
        ame = np.maximum(structure("aci_msp_taux_ame", period) - rules.seuil_ame, 0)
        return np.minimum(c2s + ame, rules.plafond)


class aci_msp_montant_majore(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Montant des points payés, majoration comprise, avant le minimum garanti (euros)"

    def formula(structure, period, parameters):
        """Points paid, majoration on the whole."""
        paid = structure("aci_msp_points", period) * parameters(period).aci_msp.valeur_du_point
        return paid * (1 + structure("aci_msp_majoration", period))


class aci_msp_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Montant de l'ACI pour l'année (euros)"

    def formula(structure, period, parameters):
        """A new structure gets at least the guaranteed minimum, once its prerequisites are reached."""
        guaranteed = parameters(period).aci_msp.nouvelle_structure.montant_minimal
        floor = structure("aci_msp_nouvelle_structure", period) * guaranteed
        amount = np.maximum(structure("aci_msp_montant_majore", period), floor)
        return structure("aci_msp_prerequis_atteints", period) * amount


class aci_msp_points_base_avance(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points des prérequis et des socles atteints à 100 % sur une année entière"

    def formula(structure, period, parameters):
        """Without crisis actions, with eight protocols, without the IPA bonus (composition to be confirmed)."""
        msp = parameters(period).aci_msp
        fixed = msp.horaires.points + msp.crise.plan_prerequis * msp.crise.points_du_plan
        fixed += msp.coordination.points_fixes + msp.systeme_information.points_fixes
        fixed += msp.protocoles.maximum * msp.protocoles.points_par_protocole
        concertation = msp.concertation.points * structure("aci_msp_coefficient_patientele", period)
        by_size = structure("aci_msp_points_des_patients", period) + structure("aci_msp_points_par_associes", period)
        return fixed + concertation + by_size


class aci_msp_avance(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Avance (euros)"

    def formula(structure, period, parameters):
        """60 % of the base, prorated to the contract; a new structure gets at least the minimum advance."""
        msp = parameters(period).aci_msp
        base = structure("aci_msp_points_base_avance", period) * msp.valeur_du_point
        prorated = base * msp.avance.part * structure("aci_msp_mois_contrat", period) / 12
        return np.maximum(prorated, structure("aci_msp_nouvelle_structure", period) * msp.avance.minimum)


class aci_msp_solde(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Solde (euros) ; négatif quand l'avance dépasse le montant"

    def formula(structure, period):
        """Amount less advance; the recovery rule is to be confirmed."""
        return structure("aci_msp_montant", period) - structure("aci_msp_avance", period)
