"""Conditions of creation of a maison de santé pluriprofessionnelle (MSP), and of its SISA."""

import numpy as np

from maillage.core.rules.base import Condition, ConditionSpec, all_of, none_of, state_of
from maillage.core.rules.variables.dossier import has_form, projet_redige, projet_valide
from maillage.core.rules.variables.equipe import (
    AUXILIAIRES,
    DE_SANTE,
    EN_LIBERAL,
    SALARIES_SEULEMENT,
    count,
    count_exercising,
    reaches,
)
from maillage.core.rules.variables.inputs import FormeJuridique


class msp_medecins_generalistes(Condition):
    label = "Au moins deux médecins généralistes"
    spec = ConditionSpec(
        structure="MSP",
        kind="fond",
        parameter="msp.composition.medecins_generalistes_minimum",
        fields=("professionnels",),
        todo="Associez au moins deux médecins généralistes. Avec un seul, commencez par une équipe de soins primaires.",
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).msp.composition.medecins_generalistes_minimum
        return state_of(reaches(count(structure, period, ["medecin_generaliste"]), minimum))


class msp_paramedicaux(Condition):
    label = "Au moins un paramédical"
    spec = ConditionSpec(
        structure="MSP",
        kind="fond",
        parameter="msp.composition.paramedicaux_minimum",
        fields=("professionnels",),
        todo="Associez au moins un paramédical : infirmier, masseur-kinésithérapeute, orthophoniste… Un pharmacien, "
        "un chirurgien-dentiste ou une sage-femme sont bienvenus mais ne comptent pas comme paramédicaux.",
        lists=(AUXILIAIRES,),
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).msp.composition.paramedicaux_minimum
        auxiliaires = parameters(period).professions.auxiliaires_medicaux
        return state_of(reaches(count(structure, period, auxiliaires), minimum))


class msp_professions(Condition):
    label = "Des membres qui exercent une profession de santé du code de la santé publique"
    spec = ConditionSpec(
        structure="MSP",
        kind="fond",
        parameter="msp.composition.professions_de_sante_seulement",
        fields=("professionnels",),
        todo="Réunissez des professionnels de santé. Un psychologue ou un assistant social ne peut pas être membre : "
        "signez avec lui une convention de partenariat.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        required = parameters(period).msp.composition.professions_de_sante_seulement
        de_sante = parameters(period).professions.de_sante
        return state_of(reaches(count(structure, period, de_sante), 1), applies=required)


class msp_exercice(Condition):
    label = "Des professionnels libéraux"
    spec = ConditionSpec(
        structure="MSP",
        kind="fond",
        parameter="msp.exercice.salaries_admis",
        fields=("professionnels",),
        todo="Constituez l'équipe avec des libéraux ; la SISA peut employer des salariés depuis mai 2021. "
        "Une équipe entièrement salariée relève du centre de santé.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        de_sante = parameters(period).professions.de_sante
        if parameters(period).msp.exercice.salaries_admis:
            return state_of(reaches(count_exercising(structure, period, de_sante, EN_LIBERAL), 1))
        salaried = count_exercising(structure, period, de_sante, SALARIES_SEULEMENT)
        return state_of(none_of(reaches(salaried, 1)))


class msp_projet_de_sante(Condition):
    label = "Un projet de santé rédigé et signé par les membres"
    spec = ConditionSpec(
        structure="MSP",
        kind="demarche",
        parameter="msp.documents.projet_de_sante",
        fields=("projet_de_sante",),
        todo="Rédigez le projet de santé : besoins du territoire, accès aux soins, travail en équipe, partage "
        "d'informations. Chaque membre le signe.",
    )

    def formula(structure, period, parameters):
        return state_of(projet_redige(structure, period), applies=parameters(period).msp.documents.projet_de_sante)


class msp_validation(Condition):
    label = "Un projet de santé validé par l'ARS"
    spec = ConditionSpec(
        structure="MSP",
        kind="demarche",
        parameter="msp.documents.validation",
        fields=("projet_de_sante", "projet_valide_pour"),
        todo="Envoyez le projet de santé à l'ARS : sa validation vaut reconnaissance et ouvre l'accord conventionnel "
        "interprofessionnel (ACI).",
        asked=True,
    )

    def formula(structure, period, parameters):
        return state_of(projet_valide(structure, period, "MSP"), applies=parameters(period).msp.documents.validation)


class msp_association(Condition):
    label = "Une association pour recevoir les crédits de l'ARS (FIR)"
    spec = ConditionSpec(
        structure="MSP",
        kind="demarche",
        parameter="msp.forme_juridique.association_pour_le_fir",
        fields=("forme_juridique",),
        todo="Constituez une association loi 1901, ou gardez-la à côté de la SISA : elle réunit tous les "
        "professionnels du projet et reçoit les crédits du fonds d'intervention régional ; la SISA reçoit l'ACI.",
    )

    def formula(structure, period, parameters):
        """Two legal persons live together: a SISA does not say whether there is an association beside it."""
        required = parameters(period).msp.forme_juridique.association_pour_le_fir
        sisa = structure("forme_juridique", period) == FormeJuridique.sisa
        association = has_form(structure, period, ["association_1901"])
        return state_of(np.where(sisa, np.nan, association), applies=required)


class msp_sisa(Condition):
    label = "Une SISA pour recevoir la rémunération de l'ACI"
    spec = ConditionSpec(
        structure="MSP",
        kind="demarche",
        parameter="msp.sisa.exigee_pour_l_aci",
        fields=("forme_juridique",),
        todo="Constituez une SISA avant de signer l'ACI, ou dans les six mois qui suivent la signature. Une société "
        "civile de moyens peut le devenir en changeant ses statuts.",
    )

    def formula(structure, period, parameters):
        required = parameters(period).msp.sisa.exigee_pour_l_aci
        return state_of(has_form(structure, period, ["sisa"]), applies=required)


class msp_sisa_associes(Condition):
    label = "De quoi former une SISA : deux médecins et un auxiliaire médical"
    spec = ConditionSpec(
        structure="MSP",
        kind="demarche",
        parameter="msp.sisa.medecins_minimum",
        fields=("professionnels",),
        todo="Réunissez parmi les associés au moins deux médecins et un auxiliaire médical : en dessous, un juge peut "
        "dissoudre la société.",
        lists=(AUXILIAIRES,),
    )

    def formula(structure, period, parameters):
        sisa = parameters(period).msp.sisa
        doctors = count(structure, period, ["medecin_generaliste", "medecin_specialiste"])
        auxiliaires = count(structure, period, parameters(period).professions.auxiliaires_medicaux)
        return state_of(
            all_of(reaches(doctors, sisa.medecins_minimum), reaches(auxiliaires, sisa.auxiliaires_medicaux_minimum))
        )
