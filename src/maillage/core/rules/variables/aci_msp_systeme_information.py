"""ACI MSP, axis 3: the shared information system (aci_msp.md §4.3). It follows the associates, not the patientèle."""

import numpy as np
from openfisca_core.periods import YEAR

from maillage.core.rules.aci_msp.grid import IndicatorSpec, paths
from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure


class aci_msp_points_si_standard(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Système d'information, niveau « standard »"
    spec = IndicatorSpec(
        id="MSP-3.1",
        label="Système d'information, niveau « standard »",
        level="prérequis",
        axis=3,
        part="mixte",
        proof="Preuve du label, date d'acquisition, factures",
        parameters=paths(
            "systeme_information",
            "points_fixes",
            "points_par_associe",
            "associes_au_premier_taux",
            "points_par_associe_suivant",
        ),
        fields=("si_standard", "si_standard_mois", "associes"),
        todo="S'équiper d'un logiciel labellisé « standard » par l'Agence du numérique en santé, partagé avec des "
        "droits d'accès différenciés",
    )

    def formula(structure, period):
        """Fixed part and part by associate."""
        fixed = structure("aci_msp_points_si_standard_fixes", period)
        return fixed + structure("aci_msp_points_si_standard_variables", period)


class aci_msp_points_si_standard_fixes(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Système d'information, niveau « standard » : points fixes"

    def formula(structure, period, parameters):
        """Prorated to the months of the year with the software."""
        share = structure("aci_msp_si_standard", period) * structure("aci_msp_si_standard_mois", period) / 12
        return share * parameters(period).aci_msp.systeme_information.points_fixes


class aci_msp_points_si_standard_variables(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Système d'information, niveau « standard » : points par associé"

    def formula(structure, period):
        """Prorated to the months of the year with the software."""
        share = structure("aci_msp_si_standard", period) * structure("aci_msp_si_standard_mois", period) / 12
        return share * structure("aci_msp_points_par_associes", period)


class aci_msp_points_par_associes(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points des associés pour une année entière d'équipement"

    def formula(structure, period, parameters):
        """200 points for each of the first 16, 150 for each of the others."""
        software = parameters(period).aci_msp.systeme_information
        members = structure("aci_msp_associes", period)
        first = np.minimum(members, software.associes_au_premier_taux)
        return first * software.points_par_associe + (members - first) * software.points_par_associe_suivant


class aci_msp_points_si_avance(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Système d'information, niveau « avancé »"
    spec = IndicatorSpec(
        id="MSP-3.2",
        label="Système d'information, niveau « avancé »",
        level="option",
        axis=3,
        part="fixe",
        proof="Preuve du label, date d'acquisition, factures",
        parameters=paths("systeme_information", "points_avance"),
        fields=("si_avance", "si_avance_mois"),
        todo="Passer à un logiciel labellisé « avancé » par l'Agence du numérique en santé",
    )

    def formula(structure, period, parameters):
        """Prorated to the months of the year.

        The guide says that it cumulates with the standard level, not that it depends on it. Without the standard
        level these points are reached and not paid: that level is a prerequisite of the whole year.
        """
        share = structure("aci_msp_si_avance", period) * structure("aci_msp_si_avance_mois", period) / 12
        return share * parameters(period).aci_msp.systeme_information.points_avance
