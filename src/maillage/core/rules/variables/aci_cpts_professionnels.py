"""ACI CPTS: what the community may pay to one professional in a civil year (aci_cpts.md §5, CPTS-LAW-09 to -12)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.base import Condition, Variable, at_least, state_of, truth_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Indemnités d'un professionnel"
CAP, MONTH = "aci_cpts.indemnites.plafond_annuel", "aci_cpts.indemnites.plafond_mensuel"
CAPPED, SEVERAL = "aci_cpts.indemnites.plafonnees", "aci_cpts.indemnites.cumul_de_plusieurs_cpts"
PAID = ("indemnites", "remunerations")


class aci_cpts_plafond_individuel(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Indemnités et rémunérations d'un professionnel, au plus"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-10",
        group=GROUP,
        nature="montant",
        words="Plafond annuel de la sécurité sociale de l'année civile : {aci_cpts.indemnites.plafond_annuel}, soit "
        "{aci_cpts.indemnites.plafond_mensuel}. C'est l'année civile du versement, pas celle du contrat. Payer est "
        "possible, jamais obligatoire.",
        only_if="aci_cpts_indemnites_plafonnees",
        todo="Avant mars 2022, ce plafond n'existait pas ; depuis, un arrêté en donne la valeur de chaque année.",
        parameters=(CAP, MONTH),
    )

    def formula(structure, period, parameters):
        return structure.filled_array(known(parameters(period), CAP))


class aci_cpts_plafond_individuel_mensuel(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par mois"
    label = "Indemnités et rémunérations d'un professionnel, au plus, ramené au mois"

    def formula(structure, period, parameters):
        return structure.filled_array(known(parameters(period), MONTH))


class aci_cpts_indemnites_plafonnees(Condition):
    label = "Le plafond des indemnités existe"

    def formula(structure, period, parameters):
        """Since the decree of March 2022."""
        exists = known(parameters(period), CAPPED)
        return state_of(structure.filled_array(exists), applies=exists != 0)


class aci_cpts_versement_individuel(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Indemnités et rémunérations versées au professionnel dans l'année civile"

    def formula(structure, period):
        """Not-a-number when one of the two is not given: 0 must be written."""
        return structure("aci_cpts_indemnites", period) + structure("aci_cpts_remunerations", period)


class aci_cpts_indemnites_permises(Condition):
    label = "Les versements au professionnel tiennent sous le plafond"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-10-RESPECT",
        group=GROUP,
        nature="condition",
        words="Indemnités, {indemnites}, + rémunérations, {remunerations}, = {versement_individuel} ; plafond : "
        "{plafond_individuel} ; argent d'une autre CPTS : {autres_cpts}.",
        todo="Donnez les deux montants de l'année civile (0 s'il n'y en a pas) et ramenez leur somme au plafond. Avec "
        "une autre CPTS, demandez à l'ARS si les sommes s'ajoutent : le décret ne le dit pas.",
        fields=(*PAID, "autres_cpts"),
        parameters=(CAPPED,),
        may_read=(SEVERAL,),
        shown_with=PAID,
        who="votre ARS",
    )

    def formula(structure, period, parameters):
        """With money of another CPTS, a sum under the cap is not sure to be: the decree does not settle it."""
        room = at_least(
            structure("aci_cpts_plafond_individuel", period) - structure("aci_cpts_versement_individuel", period), 0
        )
        elsewhere = truth_of(structure("aci_cpts_autres_cpts", period)) == 1
        if (elsewhere & (room == 1)).any():
            known(parameters(period), SEVERAL)
        exists = structure("aci_cpts_indemnites_plafonnees", period).decode_to_str() != "sans_objet"
        return state_of(np.where(elsewhere & (room == 1), np.nan, room), applies=exists)


class aci_cpts_depassement(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Somme au-dessus du plafond"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-LAW-10-EXCES",
        group=GROUP,
        nature="montant",
        words="Versé, {versement_individuel}, − plafond, {plafond_individuel} ; rien s'il est au-dessous.",
        only_if="aci_cpts_indemnites_plafonnees",
        fields=PAID,
        shown_with=PAID,
    )

    def formula(structure, period):
        paid, cap = structure("aci_cpts_versement_individuel", period), structure("aci_cpts_plafond_individuel", period)
        return np.maximum(paid - cap, 0)
