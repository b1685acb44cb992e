"""Premises: the lease and its end (esp_ess_aides.md §6.6)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, state_of, truth_of
from maillage.core.rules.cds.formulas import Deadline, after, earlier, kind_is, reaches
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR, last_day_of
from maillage.core.rules.simulation.inputs import NOT_GIVEN
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, LEASE = "Bail", "immobilier.bail."


class immobilier_bail_duree_valable(Condition):
    label = "La durée du bail est valable"
    spec = LineSpec(
        simulator="immobilier",
        id="JUR-04",
        group=GROUP,
        nature="condition",
        words="Bail {bail} de {bail_duree}. Un bail professionnel dure au moins {immobilier.bail.duree_minimale}, un "
        "bail commercial {immobilier.bail.duree_commerciale}. Au-delà de {immobilier.bail.duree_devant_notaire}, il se "
        "signe devant notaire.",
        todo="Allongez la durée du bail.",
        fields=("bail", "bail_duree"),
        parameters=(LEASE + "duree_devant_notaire",),
        who="le propriétaire et les occupants",
        shown_with=("bail_duree",),
    )

    def formula(structure, period, parameters):
        rules, length = parameters(period), structure("immobilier_bail_duree", period)
        commercial = kind_is(structure("immobilier_bail", period), ["commercial"])
        least = np.where(
            commercial == 1, known(rules, LEASE + "duree_commerciale"), known(rules, LEASE + "duree_minimale")
        )
        return state_of(reaches(length, np.where(np.isnan(commercial), np.nan, least)))


class immobilier_bail_terme(Deadline):
    label = "Dernier jour du bail"
    spec = LineSpec(
        simulator="immobilier",
        id="JUR-04-terme",
        group=GROUP,
        nature="echeance",
        words="Commencé le {bail_signe_le}, pour {bail_duree} ; il se renouvelle tacitement pour la même durée.",
        todo="Dites le début et la durée du bail.",
        fields=("bail_signe_le", "bail_duree"),
        parameters=(LEASE + "duree_minimale",),
        shown_with=("bail_signe_le",),
    )

    def formula(structure, period):
        """The eve of the day on which it would begin again."""
        begun, years = structure("immobilier_bail_signe_le", period), structure("immobilier_bail_duree", period)
        months = MONTHS_IN_A_YEAR * years
        ended = last_day_of(begun, np.nan_to_num(months).astype(int))
        return np.where(np.isnan(months), np.datetime64(NOT_GIVEN), ended)


class immobilier_preavis_fin(Deadline):
    label = "Fin du préavis"
    spec = LineSpec(
        simulator="immobilier",
        id="JUR-04-preavis",
        group=GROUP,
        nature="echeance",
        words="Congé donné le {conge_le}, {immobilier.bail.preavis} de préavis. À cette date, le locataire est libre ; "
        "le bailleur ne l'est qu'au terme.",
        fields=("conge_le", "conge_par"),
        shown_with=("conge_le",),
    )

    def formula(structure, period, parameters):
        return after(structure("immobilier_conge_le", period), months=known(parameters(period), LEASE + "preavis"))


class immobilier_conge_valable(Condition):
    label = "Le congé est valable"
    spec = LineSpec(
        simulator="immobilier",
        id="JUR-04-conge",
        group=GROUP,
        nature="condition",
        words="Congé donné par : {conge_par}, le : {conge_le}, pour le : {depart_le} ; fin du préavis : {preavis_fin} "
        "; dernier jour du bail : {bail_terme}. Le bailleur ne peut pas reprendre les lieux avant le terme.",
        todo="Respectez le préavis ; si vous êtes le bailleur, attendez le terme du bail.",
        fields=("conge_par", "conge_le", "depart_le", "bail_signe_le"),
        parameters=(LEASE + "preavis",),
        shown_with=("conge_par",),
    )

    def formula(structure, period):
        """A day that is not said is the end of the notice."""
        tenant = kind_is(structure("immobilier_conge_par", period), ["locataire"])
        end, notice = structure("immobilier_depart_le", period), structure("immobilier_preavis_fin", period)
        in_time = earlier(notice, end)
        at_term = earlier(structure("immobilier_bail_terme", period), end)
        return state_of(all_of(in_time, any_of(tenant, at_term)))


class immobilier_bail_collectif_protege(Condition):
    label = "Le bail collectif dit qui paie un cabinet vide"
    spec = LineSpec(
        simulator="immobilier",
        id="JUR-01",
        group=GROUP,
        nature="condition",
        words="Bail collectif : {bail_collectif} ; clause sur les locaux vacants : {clause_de_vacance}. Avec un bail "
        "collectif, les occupants choisissent le nouveau venu, mais répondent ensemble des cabinets vides ; avec des "
        "baux individuels, le propriétaire peut faire entrer quelqu'un sans leur accord.",
        todo="Négociez une clause qui limite ce que les occupants paient pour un cabinet vide.",
        fields=("bail_collectif", "clause_de_vacance"),
        parameters=(LEASE + "clause_de_vacance",),
        who="le propriétaire et les occupants",
        shown_with=("bail_collectif",),
    )

    def formula(structure, period):
        shared = truth_of(structure("immobilier_bail_collectif", period))
        return state_of(truth_of(structure("immobilier_clause_de_vacance", period)), applies=shared != 0)


class immobilier_sci_loyer(Condition):
    label = "Le loyer de la SCI est celui d'un tiers"
    spec = LineSpec(
        simulator="immobilier",
        id="JUR-03",
        group=GROUP,
        nature="condition",
        words="Loyer de marché : {loyer_de_marche}. La SCI des professionnels loue à leur SCM, ou à eux, au prix "
        "qu'elle demanderait à un tiers.",
        todo="Faites estimer le loyer de marché.",
        fields=("loyer_de_marche", "proprietaire"),
        parameters=(LEASE + "loyer_de_marche",),
        who="la SCI",
        shown_for=("proprietaire", "sci"),
    )

    def formula(structure, period):
        company = kind_is(structure("immobilier_proprietaire", period), ["sci"])
        return state_of(truth_of(structure("immobilier_loyer_de_marche", period)), applies=company != 0)
