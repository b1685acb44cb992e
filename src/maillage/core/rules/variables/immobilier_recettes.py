"""Premises: the rent, what it brings, what it should be (esp_ess_aides.md §6.5 and §6.7)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, Measure, below, reaches
from maillage.core.rules.immobilier.formulas import given_or
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Loyer"
LOWEST, HIGHEST = "immobilier.reperes.loyer_minimal", "immobilier.reperes.loyer_maximal"
TOLD = "Dites le loyer au m² et la surface louée."


class immobilier_surface_du_loyer(Measure):
    unit = "m²"
    label = "Surface louée"

    def formula(structure, period):
        return given_or(structure("immobilier_surface_louee", period), structure("immobilier_surface_totale", period))


class immobilier_loyer_publie(Condition):
    label = "Le loyer est dans la fourchette publiée"
    spec = LineSpec(
        simulator="immobilier",
        id="RAT-09",
        group=GROUP,
        nature="condition",
        words=f"Le vôtre : {{loyer_m2}}. Publiés : de {{{LOWEST}}} (2016, sous le prix de revient) à {{{HIGHEST}}} "
        "(2014, jugé trop élevé : le centre est resté vide). Ce sont des cas isolés, pas une règle.",
        todo="Vérifiez que le loyer couvre vos charges et que les professionnels peuvent le payer.",
        fields=("loyer_m2",),
        shown_with=("loyer_m2",),
    )

    def formula(structure, period, parameters):
        rent, rules = structure("immobilier_loyer_m2", period), parameters(period)
        return state_of(all_of(reaches(rent, known(rules, LOWEST)), below(rent, known(rules, HIGHEST))))


class immobilier_recettes(Amount):
    unit = "euros par an"
    label = "Loyers de l'année"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-LOYER-recettes",
        group=GROUP,
        nature="montant",
        words="{surface_du_loyer} à {loyer_m2}, sur douze mois, occupés à {occupation}.",
        todo=TOLD,
        fields=("loyer_m2", "surface_louee", "occupation"),
        who="les occupants",
        shown_with=("loyer_m2",),
    )

    def formula(structure, period):
        monthly = structure("immobilier_surface_du_loyer", period) * structure("immobilier_loyer_m2", period)
        return monthly * MONTHS_IN_A_YEAR * structure("immobilier_occupation", period)


class immobilier_loyer_par_professionnel(Amount):
    unit = "euros par mois"
    label = "Loyer par professionnel"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-LOYER-professionnel",
        group=GROUP,
        nature="montant",
        words="{surface_du_loyer} à {loyer_m2}, entre {professionnels}, à parts égales.",
        todo="Dites le loyer au m² et combien de professionnels le bâtiment loge.",
        fields=("loyer_m2", "medecins"),
        who="les occupants",
        shown_with=("loyer_m2",),
    )

    def formula(structure, period):
        monthly = structure("immobilier_surface_du_loyer", period) * structure("immobilier_loyer_m2", period)
        people = structure("immobilier_professionnels", period)
        return np.divide(monthly, people, out=np.full_like(monthly, np.nan), where=people > 0)


class immobilier_recettes_cabinet_vide(Amount):
    unit = "euros par an"
    label = "Loyers de l'année, un cabinet étant vide"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-LOYER-vacance",
        group=GROUP,
        nature="montant",
        words="{recettes}, moins douze mois d'un cabinet de {immobilier.plan_type.surface.cabinet_type_1}.",
        todo=TOLD,
        fields=("loyer_m2",),
        shown_with=("loyer_m2",),
    )

    def formula(structure, period, parameters):
        empty = known(parameters(period), "immobilier.plan_type.surface.cabinet_type_1") * MONTHS_IN_A_YEAR
        lost = empty * structure("immobilier_loyer_m2", period)
        return np.maximum(structure("immobilier_recettes", period) - lost, 0)


class immobilier_loyer_d_equilibre(Measure):
    unit = "euros par m² et par mois"
    label = "Loyer qui couvre les charges du propriétaire"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-LOYER-equilibre",
        group=GROUP,
        nature="repere",
        words="{charges_annuelles} de charges, sur douze mois, pour {surface_du_loyer} occupés à {occupation}.",
        todo="Dites les charges de l'année et la surface louée.",
        fields=("charges_annuelles", "surface_louee"),
        shown_with=("charges_annuelles",),
    )

    def formula(structure, period):
        rented = structure("immobilier_surface_du_loyer", period) * structure("immobilier_occupation", period)
        cost = structure("immobilier_charges_annuelles", period)
        return np.divide(cost, rented * MONTHS_IN_A_YEAR, out=np.full_like(cost, np.nan), where=rented > 0)
