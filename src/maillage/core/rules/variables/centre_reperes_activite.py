"""CDS: volume of acts and fees of a business plan, held against published ratios (cds.md §7.2 and §7.3)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, at_least, state_of
from maillage.core.rules.cds.formulas import Amount, Measure, below
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, RULES = "Repères économiques, activité", "cds.reperes."
METHODS = ("actes_par_etp", "actes_par_mois", "heures_par_an")
RATES = ("actes_par_heure", "taux_remplissage", "taux_non_venue", "taux_rejets")
FLOOR = "cds.medecins_400.seuil"


def or_zero(structure, period, name):
    """A share that is not given leaves the volume as it is."""
    return np.nan_to_num(structure("centre_" + name, period))


class centre_actes_par_medecin(Measure):
    unit = "actes par an"
    label = "Actes d'un médecin à temps plein"
    spec = LineSpec(
        simulator="cds",
        id="R15",
        group=GROUP,
        nature="repere",
        words="Selon la méthode choisie : par an, par mois ou par heure. Centres : {cds.reperes.actes.moyenne} en "
        "moyenne, {cds.reperes.actes.centres_equilibres} dans ceux qui s'équilibrent.",
        fields=(*METHODS, *RATES),
        parameters=("cds.reperes.actes.moyenne", "cds.reperes.actes.centres_equilibres"),
        shown_with=METHODS,
    )

    def formula(structure, period):
        """One method: the year, twelve months, or the hours filled and honoured."""
        month = structure("centre_actes_par_mois", period) * MONTHS_IN_A_YEAR
        full = structure("centre_taux_remplissage", period)
        hours = structure("centre_heures_par_an", period) * structure("centre_actes_par_heure", period)
        hours = hours * np.where(np.isnan(full), 1.0, full) * (1 - or_zero(structure, period, "taux_non_venue"))
        found = structure("centre_actes_par_etp", period)
        found = np.where(np.isnan(found), month, found)
        return np.where(np.isnan(found), hours, found)


class centre_actes_vraisemblables(Condition):
    label = "Le volume d'actes n'est pas excessif"
    spec = LineSpec(
        simulator="cds",
        id="R15-maximum",
        group=GROUP,
        nature="condition",
        words="{actes_par_medecin}, pour {cds.reperes.actes.maximum} chez les libéraux.",
        todo="Au-delà de l'activité des libéraux, le plan est fragile : revoyez le volume d'actes.",
        fields=METHODS,
        parameters=("cds.reperes.actes.maximum",),
        shown_with=METHODS,
    )

    def formula(structure, period, parameters):
        most = known(parameters(period), RULES + "actes.maximum")
        return state_of(below(structure("centre_actes_par_medecin", period), most))


class centre_actes_au_dessus_du_seuil(Condition):
    label = "Le volume d'actes atteint le seuil des postes garantis"
    spec = LineSpec(
        simulator="cds",
        id="R15-minimum",
        group=GROUP,
        nature="condition",
        words="{actes_par_medecin} ; seuil des « 400 médecins » : {cds.medecins_400.seuil}, toute l'année.",
        todo="Sous ce volume, même un poste garanti par l'ARS n'est pas aidé automatiquement.",
        fields=METHODS,
        parameters=(FLOOR,),
        shown_with=METHODS,
    )

    def formula(structure, period, parameters):
        """The monthly floor of the region, over a year; without object where no region gives it."""
        floor = known(parameters(period), FLOOR) * MONTHS_IN_A_YEAR
        reached = at_least(structure("centre_actes_par_medecin", period), floor)
        return state_of(reached, applies=not np.isnan(floor))


class centre_part_de_la_moyenne(Measure):
    unit = "part de la moyenne"
    label = "Activité, en part de la moyenne des centres"
    spec = LineSpec(
        simulator="cds",
        id="R15-part",
        group=GROUP,
        nature="repere",
        words="{actes_par_medecin}, sur {cds.reperes.actes.moyenne}.",
        fields=METHODS,
        parameters=("cds.reperes.actes.moyenne",),
        shown_with=METHODS,
    )

    def formula(structure, period, parameters):
        average = known(parameters(period), RULES + "actes.moyenne")
        return structure("centre_actes_par_medecin", period) / average


class centre_actes(Measure):
    unit = "actes par an"
    label = "Actes du centre"
    spec = LineSpec(
        simulator="cds",
        id="E-actes",
        group=GROUP,
        nature="repere",
        words="{actes_par_medecin} × {etp_generalistes} de généralistes.",
        fields=(*METHODS, "etp_generalistes"),
        shown_with=METHODS,
    )

    def formula(structure, period):
        return structure("centre_actes_par_medecin", period) * structure("centre_etp_generalistes", period)


class centre_honoraires(Amount):
    unit = "euros par an"
    label = "Honoraires attendus"
    spec = LineSpec(
        simulator="cds",
        id="E-honoraires",
        group=GROUP,
        nature="montant",
        words="{actes} × {tarif_moyen}, moins les rejets du tiers payant ({taux_rejets}).",
        fields=("tarif_moyen", "etp_generalistes", *METHODS),
        may_read=("cds.reperes.tiers_payant.rejets",),
        shown_with=("tarif_moyen",),
    )

    def formula(structure, period):
        kept = 1 - or_zero(structure, period, "taux_rejets")
        return structure("centre_actes", period) * structure("centre_tarif_moyen", period) * kept


class centre_rendez_vous(Condition):
    label = "Les absences sont sous la cible"
    spec = LineSpec(
        simulator="cds",
        id="R5",
        group=GROUP,
        nature="condition",
        words="Rendez-vous non honorés : {taux_non_venue}, pour une cible de "
        "{cds.reperes.rendez_vous.non_venue_cible}. Remplissage : {taux_remplissage}, pour "
        "{cds.reperes.rendez_vous.remplissage} observés.",
        todo="Rappels, liste d'attente, rendez-vous du jour : réduisez les absences.",
        fields=("taux_non_venue", "taux_remplissage"),
        parameters=("cds.reperes.rendez_vous.non_venue_cible", "cds.reperes.rendez_vous.remplissage"),
        shown_with=("taux_non_venue",),
    )

    def formula(structure, period, parameters):
        target = known(parameters(period), RULES + "rendez_vous.non_venue_cible")
        return state_of(below(structure("centre_taux_non_venue", period), target))


class centre_cout_tiers_payant_courant(Condition):
    label = "Le coût du tiers payant est dans l'intervalle observé"
    spec = LineSpec(
        simulator="cds",
        id="R4",
        group=GROUP,
        nature="condition",
        words="{cout_tiers_payant}, pour {cds.reperes.tiers_payant.cout_minimum} à "
        "{cds.reperes.tiers_payant.cout_maximum} observés.",
        todo="Vérifiez le coût de traitement du tiers payant.",
        fields=("cout_tiers_payant",),
        parameters=("cds.reperes.tiers_payant.cout_minimum", "cds.reperes.tiers_payant.cout_maximum"),
        shown_with=("cout_tiers_payant",),
    )

    def formula(structure, period, parameters):
        cost, rules = structure("centre_cout_tiers_payant", period), parameters(period)
        low = at_least(cost, known(rules, RULES + "tiers_payant.cout_minimum"))
        return state_of(all_of(low, below(cost, known(rules, RULES + "tiers_payant.cout_maximum"))))
