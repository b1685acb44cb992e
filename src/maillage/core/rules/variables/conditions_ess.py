"""Conditions of creation of an équipe de soins spécialisés (ESS)."""

import numpy as np
from openfisca_core.periods import DateUnit

from maillage.core.kernel.french import fold
from maillage.core.rules.base import (
    Condition,
    ConditionSpec,
    Variable,
    at_least,
    none_of,
    state_of,
    truth_of,
)
from maillage.core.rules.entities import Structure
from maillage.core.rules.variables.dossier import has_status, projet_redige
from maillage.core.rules.variables.equipe import count, reaches

MEDECINE_GENERALE = ("medecine generale", "generaliste")


class ess_adherents_minimum(Variable):
    value_type = float
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Adhérents qu'une ESS doit réunir au départ"
    unit = "professionnels libéraux"

    def formula(structure, period, parameters):
        share = parameters(period).ess.composition.part_des_liberaux
        return np.ceil(structure("specialistes_liberaux", period) * share / 100)


class ess_adherents_cible(Variable):
    value_type = float
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Adhérents qu'une ESS vise à terme"
    unit = "professionnels libéraux"

    def formula(structure, period, parameters):
        share = parameters(period).ess.composition.part_des_liberaux_cible
        return np.ceil(structure("specialistes_liberaux", period) * share / 100)


class ess_specialite(Condition):
    label = "Une spécialité médicale autre que la médecine générale"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.composition.hors_medecine_generale",
        fields=("specialite",),
        todo="Une équipe de soins spécialisés ne se constitue pas en médecine générale : regardez l'ESP, la MSP ou "
        "la CPTS.",
        blocking=True,
    )

    def formula(structure, period, parameters):
        required = parameters(period).ess.composition.hors_medecine_generale
        return state_of(_is_specialised(structure("specialite", period)), applies=required)


class ess_medecins_specialistes(Condition):
    label = "Une équipe formée autour de médecins spécialistes"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.composition.medecins_specialistes_minimum",
        fields=("professionnels", "specialistes_adherents"),
        todo="Réservée aux spécialistes hors médecine générale : regardez l'ESP, la MSP ou la CPTS, ou réunissez des "
        "médecins d'une autre spécialité.",
        blocking=True,
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).ess.composition.medecins_specialistes_minimum
        members = structure("specialistes_adherents", period)
        in_team = reaches(count(structure, period, ["medecin_specialiste"]), minimum)
        # A team of nobody yet may still gather specialists: only people of other trades rule the ESS out.
        of_people = np.where(structure.nb_persons() > 0, in_team, np.nan)
        return state_of(np.where(np.isnan(members), of_people, members >= minimum))


class ess_medecins_presents(Condition):
    label = "Au moins dix médecins de la spécialité dans le périmètre"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.composition.medecins_presents_minimum",
        fields=("specialistes_presents",),
        todo="Élargissez le périmètre jusqu'à compter dix médecins de la spécialité, libéraux ou non, ou demandez une "
        "dérogation.",
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).ess.composition.medecins_presents_minimum
        return state_of(at_least(structure("specialistes_presents", period), minimum))


class ess_adherents(Condition):
    label = "Au moins 10 % des libéraux de la spécialité parmi les adhérents"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.composition.part_des_liberaux",
        fields=("specialistes_adherents", "specialistes_liberaux"),
        todo="Faites adhérer davantage de libéraux : au moins 10 % de ceux du périmètre, arrondis au-dessus, sauf "
        "dérogation pour des circonstances particulières.",
    )

    def formula(structure, period):
        minimum = structure("ess_adherents_minimum", period)
        return state_of(at_least(structure("specialistes_adherents", period), minimum))


class ess_perimetre(Condition):
    label = "Un périmètre d'un seul tenant, au moins départemental"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.territoire.perimetre_departemental",
        fields=("perimetre_departemental",),
        todo="Étendez le périmètre à un département entier au moins, sans discontinuité.",
    )

    def formula(structure, period, parameters):
        required = parameters(period).ess.territoire.perimetre_departemental
        return state_of(truth_of(structure("perimetre_departemental", period)), applies=required)


class ess_unicite(Condition):
    label = "Aucune autre ESS de la même spécialité sur le périmètre"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.territoire.unicite",
        fields=("ess_existante",),
        todo="Rejoignez l'équipe de soins spécialisés qui existe : une seule est admise par spécialité sur un "
        "périmètre, sauf dérogation pour des circonstances particulières. Qui la valide est à confirmer.",
        blocking_if="ess.territoire.unicite_bloquante",
    )

    def formula(structure, period, parameters):
        required = parameters(period).ess.territoire.unicite
        return state_of(none_of(truth_of(structure("ess_existante", period))), applies=required)


class ess_statut(Condition):
    label = "Une association de spécialistes libéraux"
    spec = ConditionSpec(
        structure="ESS",
        kind="demarche",
        parameter="ess.forme_juridique.association_exigee",
        fields=("forme_juridique",),
        todo="Constituez une association loi 1901 : elle convient partout, et plusieurs ARS la demandent.",
    )

    def formula(structure, period, parameters):
        return state_of(has_status(structure, period, parameters(period).ess.forme_juridique.association_exigee))


class ess_projet_de_sante(Condition):
    label = "Un projet de santé rédigé"
    spec = ConditionSpec(
        structure="ESS",
        kind="demarche",
        parameter="ess.documents.projet_de_sante",
        fields=("projet_de_sante",),
        todo="Rédigez le projet de santé selon le cahier des charges national : spécialité, périmètre, adhérents, "
        "organisation de chaque mission socle.",
    )

    def formula(structure, period, parameters):
        return state_of(projet_redige(structure, period), applies=parameters(period).ess.documents.projet_de_sante)


class ess_financement_conventionnel(Condition):
    label = "Un financement par la convention médicale"
    spec = ConditionSpec(
        structure="ESS",
        kind="fond",
        parameter="ess.financement.conventionnel",
        fields=("date",),
        todo="La convention médicale ne finance les équipes de soins spécialisés que depuis le 1er janvier 2025.",
    )

    def formula(structure, period, parameters):
        funded = parameters(period).ess.financement.conventionnel
        return state_of(np.full(structure.count, float(funded)))


def _is_specialised(given):
    """Whether a specialty typed by a person is other than general medicine; unknown when it is not given."""
    return np.array([_truth(fold(str(text))) for text in given])


def _truth(folded):
    if not folded:
        return np.nan
    return float(not any(name in folded for name in MEDECINE_GENERALE))
