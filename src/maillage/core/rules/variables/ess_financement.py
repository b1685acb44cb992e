"""ESS: the money of the convention médicale (esp_ess_aides.md §2)."""

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DAY

from maillage.core.rules.base import Condition, Etat, Reponse, Variable, all_of, any_of, none_of, state_of, truth_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.ess.situation import MONEY
from maillage.core.rules.simulation.spec import LineSpec

DEROGABLE = ("ess_unicite", "ess_medecins_presents", "ess_adherents")
OTHERS = ("ess_specialite", "ess_perimetre", "ess_projet_de_sante", "ess_financement_conventionnel")
CPAM = "l'Assurance maladie"


class ess_derogation(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DAY
    label = "Une dérogation aux seuils ou à l'unicité a été validée"


class ess_missions_socles(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DAY
    label = "Les trois missions socles sont menées"


class ess_amorcage_recu(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DAY
    label = "Le crédit d'amorçage a déjà été reçu"


class ess_financable(Condition):
    label = "Les conditions du financement sont réunies"
    spec = LineSpec(
        simulator="ess",
        id="ESS-13",
        group=MONEY,
        nature="condition",
        words="Conditions de création remplies, seuils et unicité sauf dérogation (dérogation : {ess_derogation}) ; "
        "trois missions socles menées : {ess_missions_socles}.",
        todo="Remplissez d'abord les conditions de création ; sans les trois missions socles, rien n'est payé.",
        fields=("ess_missions_socles", "ess_derogation"),
        parameters=("ess.financement.missions_socles",),
    )

    def formula(structure, period):
        """No text before the convention of 2024: what it does not finance cannot be financed."""
        return structure("ess_financement_conventionnel", period)

    def formula_2025(structure, period):
        exempted = truth_of(structure("ess_derogation", period))
        thresholds = [any_of(_met(structure(name, period)), exempted) for name in DEROGABLE]
        missions = truth_of(structure("ess_missions_socles", period))
        return state_of(all_of(missions, *thresholds, *(_met(structure(name, period)) for name in OTHERS)))


class ess_amorcage_possible(Condition):
    label = "Premier financement de l'équipe"

    def formula(structure, period):
        first = none_of(truth_of(structure("ess_amorcage_recu", period)))
        return state_of(all_of(_met(structure("ess_financable", period)), first))


class ess_dotation_possible(Condition):
    label = "Financement des années qui suivent l'amorçage"

    def formula(structure, period):
        after = truth_of(structure("ess_amorcage_recu", period))
        return state_of(all_of(_met(structure("ess_financable", period)), after))


class ess_amorcage(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Crédit d'amorçage"
    spec = LineSpec(
        simulator="ess",
        id="ESS-15",
        group=MONEY,
        nature="montant",
        words="Versé une fois, au premier financement : {financements.ess.amorcage}.",
        counted=True,
        only_if="ess_amorcage_possible",
        todo="Le crédit d'amorçage va au premier financement d'une équipe dont toutes les conditions sont remplies.",
        fields=("ess_amorcage_recu",),
        excludes=("ESS-16",),
        who=CPAM,
    )

    def formula(structure, period, parameters):
        return structure.filled_array(float(parameters(period).financements.ess.amorcage))


class ess_dotation(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Dotation annuelle"
    spec = LineSpec(
        simulator="ess",
        id="ESS-16",
        group=MONEY,
        nature="montant",
        words="De {financements.ess.dotation_minimale} à {financements.ess.dotation_maximale} : le montant est fixé "
        "par le contrat, la règle qui le fixe n'est pas publiée.",
        counted=True,
        upper="ess_dotation_maximum",
        only_if="ess_dotation_possible",
        todo="La dotation suit l'amorçage. Que les deux tombent la même année civile est à confirmer par votre CPAM.",
        fields=("ess_amorcage_recu",),
        parameters=("financements.ess.dotation_maximale",),
        excludes=("ESS-15",),
        who=CPAM,
    )

    def formula(structure, period, parameters):
        return structure.filled_array(float(parameters(period).financements.ess.dotation_minimale))


class ess_dotation_maximum(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Dotation annuelle, au plus"

    def formula(structure, period, parameters):
        return structure.filled_array(float(parameters(period).financements.ess.dotation_maximale))


def _met(state):
    """Truth of a state: what does not apply holds."""
    true = (state == Etat.remplie) | (state == Etat.sans_objet)
    return np.select([true, state == Etat.manquante], [1.0, 0.0], default=np.nan)
