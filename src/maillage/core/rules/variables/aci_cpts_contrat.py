"""ACI CPTS: the contract, its years and its end (aci_cpts.md §4.2). Its years begin on the day of the signature.

The duration is that of the accord on the day of the signature. Without a signature, the first year is to come.
"""

import datetime

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.base import Condition, Variable, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR, last_day_of, months_after, whole_years
from maillage.core.rules.simulation.inputs import NOT_GIVEN, given
from maillage.core.rules.simulation.reading import by_day, known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.variables.aci_cpts_communaute import today

GROUP = "Le contrat"
DURATION, NOTICE = "aci_cpts.contrat.duree", "aci_cpts.contrat.preavis_de_renouvellement"
SIGNED = ("signature",)


def anniversary(structure, period, years):
    """The anniversary of the signature after ``years`` (n,), not given where there is no signature."""
    months = np.where(np.isnan(years), 0, years * MONTHS_IN_A_YEAR).astype(int)
    return months_after(structure("aci_cpts_signature", period), months)


class aci_cpts_fin_du_contrat(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Fin du contrat"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-CTR-02",
        group=GROUP,
        nature="echeance",
        words="Dernier jour du contrat signé le {signature} pour {aci_cpts.contrat.duree}. Pour continuer, il faut un "
        "nouveau contrat, ou ce que le vôtre prévoit.",
        todo="Donnez la date de signature du contrat.",
        fields=SIGNED,
        who="votre CPAM",
        shown_with=SIGNED,
    )

    def formula(structure, period, parameters):
        signed = structure("aci_cpts_signature", period)
        duration = by_day(parameters, DURATION, signed)
        months = np.where(np.isnan(duration), 0, duration * MONTHS_IN_A_YEAR).astype(int)
        return np.where(np.isnan(duration), np.datetime64(NOT_GIVEN), last_day_of(signed, months))


class aci_cpts_demande_de_renouvellement(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Renouvellement du contrat : dernier jour pour le demander"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-CTR-02-RENOUVELLEMENT",
        group=GROUP,
        nature="echeance",
        words="Fin du contrat, le {fin_du_contrat} ; délai pour demander le renouvellement : "
        "{aci_cpts.contrat.preavis_de_renouvellement}.",
        todo="Lisez votre contrat, et parlez-en à la CPAM et à l'ARS au dernier dialogue de gestion avant la fin.",
        fields=SIGNED,
        who="votre CPAM",
        shown_with=SIGNED,
        may_read=(NOTICE,),
    )

    def formula(structure, period, parameters):
        end = structure("aci_cpts_fin_du_contrat", period)
        notice = known(parameters(period), NOTICE) if given(end).any() else np.nan
        if np.isnan(notice):
            return np.full(structure.count, np.datetime64(NOT_GIVEN))
        return months_after(end, -int(notice))


class aci_cpts_contrat_en_cours(Condition):
    label = "Le contrat est en cours"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-CTR-02-COURS",
        group=GROUP,
        nature="condition",
        words="Signature : {signature} ; fin : {fin_du_contrat} ; rupture : {rupture}.",
        todo="Signez le contrat avec la CPAM et l'ARS, ou renouvelez-le : sans lui, l'ACI ne paie rien.",
        fields=("signature", "rupture"),
        who="votre CPAM",
    )

    def formula(structure, period):
        """Unknown before the signature: the amounts are then possible."""
        signed, end = structure("aci_cpts_signature", period), structure("aci_cpts_fin_du_contrat", period)
        broken, day = structure("aci_cpts_rupture", period), today(period)
        over = (given(end) & (day > end)) | (given(broken) & (day >= broken))
        begun = given(signed) & given(end) & (signed <= day)
        return state_of(np.select([over, begun], [0.0, 1.0], default=np.nan))


class aci_cpts_annees_ecoulees(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    label = "Années entières du contrat déjà passées"

    def formula(structure, period, parameters):
        """The last year of a contract that is over stays its last."""
        signed = structure("aci_cpts_signature", period)
        return np.minimum(whole_years(signed, today(period)), by_day(parameters, DURATION, signed) - 1)


class aci_cpts_annee_du_contrat(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    label = "Année du contrat"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-02-ANNEE",
        group=GROUP,
        nature="repere",
        words="Au jour demandé, l'année du contrat va du {debut_d_annee} au {fin_d_annee} inclus.",
        only_if="aci_cpts_contrat_en_cours",
        fields=SIGNED,
        shown_with=SIGNED,
    )

    def formula(structure, period):
        return structure("aci_cpts_annees_ecoulees", period) + 1


class aci_cpts_debut_d_annee(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Début de l'année du contrat"

    def formula(structure, period):
        return anniversary(structure, period, structure("aci_cpts_annees_ecoulees", period))


class aci_cpts_fin_d_annee(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Dernier jour de l'année du contrat"

    def formula(structure, period, parameters):
        """The eve of the anniversary; the last year ends with the contract (signed on a 29 February, a day later)."""
        passed, signed = structure("aci_cpts_annees_ecoulees", period), structure("aci_cpts_signature", period)
        end, eve = structure("aci_cpts_fin_du_contrat", period), anniversary(structure, period, passed + 1)
        last = passed + 1 == by_day(parameters, DURATION, signed)
        return np.where(last | ~given(eve), end, eve - np.timedelta64(1, "D"))


class aci_cpts_anniversaire(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    default_value = NOT_GIVEN
    label = "Prochain anniversaire du contrat"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-06",
        group=GROUP,
        nature="echeance",
        words="Ce jour-là : le solde de l'année qui finit et, si le contrat continue, l'avance de celle qui commence.",
        only_if="aci_cpts_contrat_en_cours",
        fields=SIGNED,
        who="votre CPAM",
        shown_with=SIGNED,
    )

    def formula(structure, period):
        return anniversary(structure, period, structure("aci_cpts_annees_ecoulees", period) + 1)
