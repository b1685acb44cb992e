"""ESP: the money of the fonds d'intervention régional (esp_ess_aides.md §1)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.base import Condition, Variable, all_of, state_of, truth_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.spec import LineSpec


class esp_fir_eligible(Condition):
    label = "L'équipe peut recevoir le soutien régional"
    spec = LineSpec(
        simulator="esp",
        id="ESP-06",
        group="Conditions",
        nature="condition",
        words="Équipe reconnue : {reconnue} ; association loi 1901 : {association}.",
        todo="Faites reconnaître l'équipe par l'ARS et déclarez une association loi 1901 pour recevoir les fonds.",
        fields=("reconnue", "association"),
        parameters=("esp.forme_juridique.association_pour_le_fir",),
    )

    def formula(structure, period):
        recognised, association = structure("esp_fir_reconnue", period), structure("esp_fir_association", period)
        return state_of(all_of(truth_of(recognised), truth_of(association)))


class esp_fir_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Soutien régional à l'équipe"
    spec = LineSpec(
        simulator="esp",
        id="ESP-REG",
        group="Montants",
        nature="montant",
        words="Montant de la politique régionale : {financements.esp.fir}, plafond de ce que l'équipe peut demander "
        "(demande : {demande}).",
        counted=True,
        only_if="esp_fir_eligible",
        todo="Demandez à votre ARS si elle soutient les équipes de soins primaires.",
        fields=("demande",),
        parameters=("financements.esp.fir",),
        who="votre ARS",
    )

    def formula(structure, period, parameters):
        """The amount of the region, or what is asked when it is less.

        Raises ``UnknownValue`` where none is established.
        """
        asked = structure("esp_fir_demande", period)
        return np.fmin(asked, float(parameters(period).financements.esp.fir))


class esp_fir_aci(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "ACI (accord conventionnel interprofessionnel)"
    spec = LineSpec(
        simulator="esp",
        id="ESP-10",
        group="Montants",
        nature="montant",
        words="Une équipe de soins primaires n'a pas de financement conventionnel : {financements.esp.aci}. L'ACI est "
        "celui des maisons de santé et des CPTS.",
        counted=True,
        who="l'Assurance maladie",
    )

    def formula(structure, period, parameters):
        return structure.filled_array(float(parameters(period).financements.esp.aci))
