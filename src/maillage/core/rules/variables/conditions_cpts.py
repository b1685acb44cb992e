"""Conditions of creation of a communauté professionnelle territoriale de santé (CPTS)."""

import numpy as np

from maillage.core.rules.base import Condition, ConditionSpec, any_of, none_of, state_of, truth_of
from maillage.core.rules.variables.dossier import has_status, projet_redige, projet_valide
from maillage.core.rules.variables.equipe import DE_SANTE, EN_LIBERAL, Count, count_exercising, reaches

OTHER_FIELDS = ("champ_hospitalier", "champ_medico_social", "champ_social")


class cpts_champs(Condition):
    label = "Des acteurs de plusieurs champs : ville, hôpital, médico-social, social"
    spec = ConditionSpec(
        structure="CPTS",
        kind="fond",
        parameter="cpts.composition.champs_minimum",
        fields=("champs",),
        todo="Ouvrez le projet à un autre champ : hôpital, EHPAD, service d'aide à domicile, centre communal d'action "
        "sociale… Une communauté ne réunit pas les acteurs d'un seul champ.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).cpts.composition.champs_minimum
        de_sante = parameters(period).professions.de_sante
        liberals = reaches(count_exercising(structure, period, de_sante, EN_LIBERAL), 1)
        in_town = any_of(truth_of(structure("champ_ambulatoire", period)), np.where(liberals == 1, 1.0, 0.0))
        fields = np.stack([in_town, *(truth_of(structure(name, period)) for name in OTHER_FIELDS)])
        return state_of(reaches(Count((fields == 1).sum(axis=0), (fields != 0).sum(axis=0)), minimum))


class cpts_initiative_liberale(Condition):
    label = "Une initiative de professionnels libéraux"
    spec = ConditionSpec(
        structure="CPTS",
        kind="fond",
        parameter="cpts.composition.initiative_liberale",
        fields=("professionnels",),
        todo="Faites porter le projet par des professionnels de santé libéraux du territoire.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        required = parameters(period).cpts.composition.initiative_liberale
        liberals = count_exercising(structure, period, parameters(period).professions.de_sante, EN_LIBERAL)
        return state_of(reaches(liberals, 1), applies=required)


class cpts_unicite(Condition):
    label = "Aucune autre CPTS sur le territoire"
    spec = ConditionSpec(
        structure="CPTS",
        kind="fond",
        parameter="cpts.territoire.une_seule_cpts",
        fields=("cpts_existante",),
        todo="Rejoignez la communauté qui couvre déjà le territoire : l'adhésion est volontaire. Sinon, accordez avec "
        "elle et avec l'ARS des territoires qui ne se recouvrent pas.",
        blocking_if="cpts.territoire.unicite_bloquante",
    )

    def formula(structure, period, parameters):
        required = parameters(period).cpts.territoire.une_seule_cpts
        return state_of(none_of(truth_of(structure("cpts_existante", period))), applies=required)


class cpts_population(Condition):
    label = "Un territoire assez peuplé"
    spec = ConditionSpec(
        structure="CPTS",
        kind="fond",
        parameter="cpts.territoire.population_minimale",
        fields=("communes",),
        todo="Étendez le territoire à d'autres communes, en suivant les déplacements de la population pour se soigner.",
    )

    def formula(structure, period, parameters):
        floor = parameters(period).cpts.territoire.population_minimale
        population = structure("population_du_territoire", period)
        # The territory holds at least the commune: one that is above settles it, one that is not says nothing.
        at_least = np.where(structure("population_de_la_commune", period) > floor, 1.0, np.nan)
        return state_of(np.where(np.isnan(population), at_least, population > floor), applies=floor > 0)


class cpts_statut(Condition):
    label = "Une association"
    spec = ConditionSpec(
        structure="CPTS",
        kind="demarche",
        parameter="cpts.forme_juridique.association_exigee",
        fields=("forme_juridique",),
        todo="Constituez une association (loi 1901, ou droit local en Alsace et en Moselle) ; chaque membre garde sa "
        "propre forme.",
    )

    def formula(structure, period, parameters):
        """Before the ordonnance of May 2021, any legal form was enough."""
        return state_of(has_status(structure, period, parameters(period).cpts.forme_juridique.association_exigee))


class cpts_projet_de_sante(Condition):
    label = "Un projet de santé rédigé et signé par les participants"
    spec = ConditionSpec(
        structure="CPTS",
        kind="demarche",
        parameter="cpts.documents.projet_de_sante",
        fields=("projet_de_sante",),
        todo="Rédigez le projet de santé : acteurs et territoire, gouvernance, coordinateur, besoins, actions, "
        "évaluation. Les participants le signent.",
    )

    def formula(structure, period, parameters):
        return state_of(projet_redige(structure, period), applies=parameters(period).cpts.documents.projet_de_sante)


class cpts_validation(Condition):
    label = "Un projet de santé validé"
    spec = ConditionSpec(
        structure="CPTS",
        kind="demarche",
        parameter="cpts.documents.validation",
        fields=("projet_de_sante", "projet_valide_pour"),
        todo="Envoyez le projet à l'ARS : sans opposition dans les deux mois, il est réputé validé.",
        asked=True,
    )

    def formula(structure, period, parameters):
        return state_of(projet_valide(structure, period, "CPTS"), applies=parameters(period).cpts.documents.validation)
