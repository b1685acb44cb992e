"""Conditions of creation of an équipe de soins primaires (ESP)."""

from maillage.core.rules.base import Condition, ConditionSpec, none_of, state_of
from maillage.core.rules.variables.dossier import has_form, projet_redige, projet_valide
from maillage.core.rules.variables.equipe import (
    AUXILIAIRES,
    DE_SANTE,
    SALARIES_SEULEMENT,
    Count,
    count,
    count_exercising,
    reaches,
)


class esp_medecin_generaliste(Condition):
    label = "Au moins un médecin généraliste de premier recours"
    spec = ConditionSpec(
        structure="ESP",
        kind="fond",
        parameter="esp.composition.medecins_generalistes_minimum",
        fields=("professionnels",),
        todo="Associez au moins un médecin généraliste : l'équipe se construit autour de lui.",
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).esp.composition.medecins_generalistes_minimum
        return state_of(reaches(count(structure, period, ["medecin_generaliste"]), minimum))


class esp_ensemble(Condition):
    label = "Un ensemble de professionnels de santé"
    spec = ConditionSpec(
        structure="ESP",
        kind="fond",
        parameter="esp.composition.professionnels_minimum",
        fields=("professionnels",),
        todo="Réunissez d'autres professionnels de santé autour du médecin généraliste : une personne seule ne forme "
        "pas une équipe.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).esp.composition.professionnels_minimum
        return state_of(reaches(count(structure, period, parameters(period).professions.de_sante), minimum))


class esp_autres_professionnels(Condition):
    label = "Au moins un autre professionnel de santé de premier recours"
    spec = ConditionSpec(
        structure="ESP",
        kind="fond",
        parameter="esp.composition.autres_professionnels_minimum",
        fields=("professionnels",),
        todo="Associez au médecin généraliste un professionnel d'une autre profession de santé de premier recours : "
        "infirmier, pharmacien, masseur-kinésithérapeute, sage-femme…",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).esp.composition.autres_professionnels_minimum
        others = set(parameters(period).professions.de_sante) - {"medecin_generaliste"}
        # Which other specialists give premier-recours care is not written: they are possible, not sure.
        sure = count(structure, period, others - {"medecin_specialiste"}).sure
        counted = Count(sure, count(structure, period, others).possible)
        return state_of(reaches(counted, minimum), applies=minimum > 0)


class esp_paramedicaux(Condition):
    label = "Au moins un paramédical"
    spec = ConditionSpec(
        structure="ESP",
        kind="fond",
        parameter="esp.composition.paramedicaux_minimum",
        fields=("professionnels",),
        todo="Associez au moins un paramédical (infirmier, masseur-kinésithérapeute, orthophoniste…). Si votre équipe "
        "n'en a pas, demandez à l'ARS : les rédactions successives de sa politique diffèrent.",
        lists=(AUXILIAIRES,),
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).esp.composition.paramedicaux_minimum
        auxiliaires = parameters(period).professions.auxiliaires_medicaux
        return state_of(reaches(count(structure, period, auxiliaires), minimum), applies=minimum > 0)


class esp_exercice_liberal(Condition):
    label = "Des professionnels libéraux"
    spec = ConditionSpec(
        structure="ESP",
        kind="fond",
        parameter="esp.exercice.liberal_exige",
        fields=("professionnels",),
        todo="Réunissez des professionnels libéraux ; pour une équipe de salariés, regardez le centre de santé.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        required = parameters(period).esp.exercice.liberal_exige
        salaried = count_exercising(structure, period, parameters(period).professions.de_sante, SALARIES_SEULEMENT)
        return state_of(none_of(reaches(salaried, 1)), applies=required)


class esp_projet_de_sante(Condition):
    label = "Un projet de santé rédigé par l'équipe"
    spec = ConditionSpec(
        structure="ESP",
        kind="demarche",
        parameter="esp.documents.projet_de_sante",
        fields=("projet_de_sante",),
        todo="Rédigez un projet de santé simplifié : territoire, professionnels engagés, thèmes, organisation commune.",
    )

    def formula(structure, period, parameters):
        return state_of(projet_redige(structure, period), applies=parameters(period).esp.documents.projet_de_sante)


class esp_validation(Condition):
    label = "Un projet de santé validé par l'ARS"
    spec = ConditionSpec(
        structure="ESP",
        kind="demarche",
        parameter="esp.documents.validation",
        fields=("projet_de_sante", "projet_valide_pour"),
        todo="Envoyez le projet de santé à l'ARS : sa validation vaut reconnaissance et ouvre les appels à projets.",
        asked=True,
    )

    def formula(structure, period, parameters):
        return state_of(projet_valide(structure, period, "ESP"), applies=parameters(period).esp.documents.validation)


class esp_association(Condition):
    label = "Une association pour recevoir les crédits de l'ARS (FIR)"
    spec = ConditionSpec(
        structure="ESP",
        kind="demarche",
        parameter="esp.forme_juridique.association_pour_le_fir",
        fields=("forme_juridique",),
        todo="Constituez une association loi 1901 avant de demander des crédits du fonds d'intervention régional.",
    )

    def formula(structure, period, parameters):
        required = parameters(period).esp.forme_juridique.association_pour_le_fir
        return state_of(has_form(structure, period, ["association_1901"]), applies=required)
