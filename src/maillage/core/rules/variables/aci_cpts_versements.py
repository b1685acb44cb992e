"""ACI CPTS: when the money of the year is paid, and what is given back (aci_cpts.md §3.4).

Running money is paid in full at the signature while no mission has begun; later, an advance at the anniversary and the
rest with the balance of the year. Each part fixe: an advance from its start, prorated, and the rest at the anniversary.
"""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aci_cpts.missions import MISSIONS, PAID
from maillage.core.rules.base import Condition, Variable, all_of, any_of, state_of, truth_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import days_between, whole_years
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.variables.aci_cpts_communaute import truth_of_state

GROUP = "Versements de l'année du contrat"
SILENT = "aci_cpts.versements.fonctionnement_sans_mission"
RULE = "aci_cpts.versements.regle_de_la_part_variable"
FIXED = tuple(mission.amounts[0] for mission in PAID)
STARTS = tuple(f"{mission.code}_debut" for mission in MISSIONS)
WHO = "votre CPAM"


def over_running_missions(structure, period, amount):
    """Sum of ``amount(mission)`` over the missions that run in the year, shape (n,).

    Not-a-number when one of them is not known, or when none runs for sure and one may.
    """
    runs = np.stack([truth_of_state(structure(f"aci_cpts_{mission.code}_en_cours", period)) for mission in PAID])
    amounts = np.stack([amount(mission) for mission in PAID])
    unsure = np.isnan(runs).any(axis=0) & ~(runs == 1).any(axis=0)
    return np.where(unsure, np.nan, np.where(runs == 1, amounts, 0.0).sum(axis=0))


class aci_cpts_mission_au_debut(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    label = "Une mission avait commencé au début de l'année du contrat (1 : oui, 0 : non)"

    def formula(structure, period):
        """Not-a-number when no start is given."""
        begin = structure("aci_cpts_debut_d_annee", period)
        starts = np.stack([structure(f"aci_cpts_{name}", period) for name in STARTS])
        begun = (given(starts) & given(begin) & (starts <= begin)).any(axis=0)
        return np.select([begun, given(starts).any(axis=0)], [1.0, 0.0], default=np.nan)


class aci_cpts_paye_a_la_signature(Condition):
    label = "Le fonctionnement est versé en entier à la signature"

    def formula(structure, period):
        """In the first year, while no mission had begun at the signature; once the file is complete."""
        years, begun = structure("aci_cpts_annees_ecoulees", period), structure("aci_cpts_mission_au_debut", period)
        contract = truth_of_state(structure("aci_cpts_contrat_en_cours", period))
        complete = truth_of(structure("aci_cpts_dossier_complet", period))
        return state_of(all_of(contract, complete), applies=~(years >= 1) & (begun != 1))


class aci_cpts_paye_en_avance(Condition):
    label = "Le fonctionnement est versé en avance puis en solde"

    def formula(structure, period, parameters):
        """Once missions have begun. The text says nothing of a later year in which none has."""
        years, begun = structure("aci_cpts_annees_ecoulees", period), structure("aci_cpts_mission_au_debut", period)
        applies = (years >= 1) | (begun == 1)
        if (applies & (begun == 0)).any():
            known(parameters(period), SILENT)
        contract = truth_of_state(structure("aci_cpts_contrat_en_cours", period))
        return state_of(all_of(contract, np.where(begun == 1, 1.0, np.nan)), applies=applies)


class aci_cpts_versement_signature(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Fonctionnement versé à la signature"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-01",
        group=GROUP,
        nature="montant",
        words="Avant le début des missions : {aci_cpts.versements.part_a_la_signature} du fonctionnement, "
        "{fonctionnement}, quand la caisse a vérifié que le dossier est complet (réponse : {dossier_complet}).",
        upper="aci_cpts_versement_signature_au_plus",
        only_if="aci_cpts_paye_a_la_signature",
        todo="La première année, envoyez à la caisse le dossier complet ; demandez-lui la liste des pièces.",
        fields=("dossier_complet", "signature", "population"),
        parameters=("aci_cpts.contrat.pieces_de_l_adhesion",),
        who=WHO,
    )

    def formula(structure, period, parameters):
        share = parameters(period).aci_cpts.versements.part_a_la_signature
        return share * structure("aci_cpts_fonctionnement", period)


class aci_cpts_versement_signature_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Fonctionnement versé à la signature, pour la plus grande taille possible"

    def formula(structure, period, parameters):
        share = parameters(period).aci_cpts.versements.part_a_la_signature
        return share * structure("aci_cpts_fonctionnement_au_plus", period)


class aci_cpts_avance_fonctionnement(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Fonctionnement : avance au début de l'année du contrat"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-02",
        group=GROUP,
        nature="montant",
        words="Fonctionnement, {fonctionnement}, × {aci_cpts.versements.avance_du_fonctionnement}, versé le "
        "{debut_d_annee}.",
        upper="aci_cpts_avance_fonctionnement_au_plus",
        only_if="aci_cpts_paye_en_avance",
        todo="Donnez le jour où les missions ont commencé : l'avance vient à l'anniversaire qui suit.",
        fields=("signature", *STARTS),
        may_read=(SILENT,),
        who=WHO,
        shown_with=("signature",),
    )

    def formula(structure, period, parameters):
        rate = parameters(period).aci_cpts.versements.avance_du_fonctionnement
        return rate * structure("aci_cpts_fonctionnement", period)


class aci_cpts_avance_fonctionnement_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Fonctionnement : avance, pour la plus grande taille possible"

    def formula(structure, period, parameters):
        rate = parameters(period).aci_cpts.versements.avance_du_fonctionnement
        return rate * structure("aci_cpts_fonctionnement_au_plus", period)


class aci_cpts_solde_fonctionnement(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Fonctionnement : solde, avec celui de l'année"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-03",
        group=GROUP,
        nature="montant",
        words="Fonctionnement, {fonctionnement}, − avance, {avance_fonctionnement} ; versé avec le solde de l'année, à "
        "partir du {anniversaire}.",
        upper="aci_cpts_solde_fonctionnement_au_plus",
        only_if="aci_cpts_paye_en_avance",
        todo="Donnez le jour où les missions ont commencé.",
        fields=("signature", *STARTS),
        who=WHO,
        shown_with=("signature",),
    )

    def formula(structure, period):
        return structure("aci_cpts_fonctionnement", period) - structure("aci_cpts_avance_fonctionnement", period)


class aci_cpts_solde_fonctionnement_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Fonctionnement : solde, pour la plus grande taille possible"

    def formula(structure, period):
        running = structure("aci_cpts_fonctionnement_au_plus", period)
        return running - structure("aci_cpts_avance_fonctionnement_au_plus", period)


class aci_cpts_une_mission_court(Condition):
    label = "Une mission court dans l'année du contrat"

    def formula(structure, period):
        states = (structure(f"aci_cpts_{mission.code}_en_cours", period) for mission in MISSIONS)
        return state_of(any_of(*(truth_of_state(state) for state in states)))


class aci_cpts_avance_missions(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Missions : avances de l'année sur les parts fixes"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-05",
        group=GROUP,
        nature="montant",
        words="{aci_cpts.versements.avance_des_missions} de la part fixe de chaque mission commencée : au début de "
        "l'année du contrat, ou au début de la mission, au prorata des jours jusqu'au {anniversaire} sur "
        "{aci_cpts.versements.jours_de_l_annee}.",
        only_if="aci_cpts_une_mission_court",
        todo="Donnez le jour où chaque mission a commencé et sa part fixe dans votre contrat.",
        fields=(*STARTS, *FIXED),
        who=WHO,
        shown_with=("signature",),
    )

    def formula(structure, period):
        return over_running_missions(
            structure, period, lambda mission: structure(f"aci_cpts_{mission.code}_avance", period)
        )


class aci_cpts_solde_missions(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Missions : solde des parts fixes de l'année"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-06-SOLDE",
        group=GROUP,
        nature="montant",
        words="Parts fixes dues pour l'année − avances, {avance_missions} ; versé à l'anniversaire, le {anniversaire}.",
        only_if="aci_cpts_une_mission_court",
        todo="Donnez le jour où chaque mission a commencé et sa part fixe dans votre contrat.",
        fields=(*STARTS, *FIXED),
        who=WHO,
        shown_with=("signature",),
    )

    def formula(structure, period):
        return over_running_missions(
            structure, period, lambda mission: structure(f"aci_cpts_{mission.code}_solde", period)
        )


class aci_cpts_part_variable(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Missions : parts variables, après le dialogue de gestion"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-07",
        group=GROUP,
        nature="montant",
        words="Part variable de chaque mission commencée × ses résultats, connus au dialogue de gestion de fin "
        "d'année. Règle exacte (plafond, seuils, poids) : {aci_cpts.versements.regle_de_la_part_variable}.",
        only_if="aci_cpts_une_mission_court",
        todo="Donnez la part variable de chaque mission commencée et la part que vous pensez obtenir.",
        fields=(*(mission.amounts[1] for mission in PAID), *(f"{mission.code}_atteinte" for mission in PAID)),
        may_read=(RULE,),
        who=WHO,
        shown_with=("signature",),
    )

    def formula(structure, period, parameters):
        def reached(mission):
            results = structure(f"aci_cpts_{mission.code}_atteinte", period)
            return structure(f"aci_cpts_{mission.code}_variable", period) * results

        found = over_running_missions(structure, period, reached)
        if (found > 0).any():
            known(parameters(period), RULE)
        return found


class aci_cpts_contrat_rompu(Condition):
    label = "Le contrat est rompu dans l'année du contrat demandée"

    def formula(structure, period):
        """Unknown when the contract is broken in another of its years: the advances are those of the year asked."""
        broken, signed = structure("aci_cpts_rupture", period), structure("aci_cpts_signature", period)
        same_year = whole_years(signed, broken) == structure("aci_cpts_annees_ecoulees", period)
        return state_of(np.where(same_year, 1.0, np.nan), applies=given(broken))


class aci_cpts_avances_recues(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Avances de l'année du contrat, fonctionnement et parts fixes"

    def formula(structure, period):
        """The running money is that of the signature in a first year without a mission, else its advance."""
        whole = structure("aci_cpts_paye_a_la_signature", period).decode_to_str() != "sans_objet"
        signature = structure("aci_cpts_versement_signature", period)
        running = np.where(whole, signature, structure("aci_cpts_avance_fonctionnement", period))
        begin, end = structure("aci_cpts_debut_d_annee", period), structure("aci_cpts_anniversaire", period)
        broken, total = structure("aci_cpts_rupture", period), running
        for mission in PAID:
            start = structure(f"aci_cpts_{mission.starts_with}_debut", period)
            taken = structure(f"aci_cpts_{mission.code}_en_cours", period).decode_to_str() != "sans_objet"
            begun = taken & given(start) & (start < end) & (np.maximum(start, begin) < broken)
            total = total + np.where(begun, structure(f"aci_cpts_{mission.code}_avance", period), 0.0)
        return total


class aci_cpts_a_rendre(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "À rendre si le contrat est rompu pour un manquement"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-09",
        group=GROUP,
        nature="montant",
        words="Avances de l'année, {avances_recues}, au prorata des jours du {rupture} au {anniversaire} sur "
        "{aci_cpts.versements.jours_de_l_annee}.",
        only_if="aci_cpts_contrat_rompu",
        todo="Demandez le calcul à la CPAM ; donnez pour date un jour de l'année du contrat où il est rompu.",
        fields=("rupture",),
        parameters=("aci_cpts.versements.restitution_au_prorata",),
        who=WHO,
        shown_with=("rupture",),
    )

    def formula(structure, period, parameters):
        """Days not run over those of the year, at most the whole."""
        days = days_between(structure("aci_cpts_rupture", period), structure("aci_cpts_anniversaire", period))
        share = np.clip(days, 0, None) / parameters(period).aci_cpts.versements.jours_de_l_annee
        return structure("aci_cpts_avances_recues", period) * np.minimum(share, 1.0)
