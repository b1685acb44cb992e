"""What is known of a team and of its territory. What is not given is unknown, never false and never zero."""

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from maillage.core.rules.base import Reponse, Variable
from maillage.core.rules.entities import Professionnel, Structure


class Profession(Enum):
    """A profession, in the singular."""

    inconnue = "Profession non précisée"
    medecin_generaliste = "Médecin généraliste"
    medecin_specialiste = "Médecin d'une autre spécialité"
    chirurgien_dentiste = "Chirurgien-dentiste"
    sage_femme = "Sage-femme"
    pharmacien = "Pharmacien"
    infirmier = "Infirmier"
    infirmier_pratique_avancee = "Infirmier en pratique avancée"
    masseur_kinesitherapeute = "Masseur-kinésithérapeute"
    orthophoniste = "Orthophoniste"
    orthoptiste = "Orthoptiste"
    pedicure_podologue = "Pédicure-podologue"
    ergotherapeute = "Ergothérapeute"
    psychomotricien = "Psychomotricien"
    dieteticien = "Diététicien"
    audioprothesiste = "Audioprothésiste"
    opticien_lunetier = "Opticien-lunetier"
    biologiste = "Biologiste médical"
    psychologue = "Psychologue"
    assistant_social = "Assistant social"


class Exercice(Enum):
    """How a professional exercises; ``mixte`` is both libéral and salarié."""

    inconnu = "Mode d'exercice non précisé"
    liberal = "Libéral"
    salarie = "Salarié"
    mixte = "Mixte (libéral et salarié)"


class ProjetDeSante(Enum):
    """How far the projet de santé has gone; ``valide`` means accepted by the ARS."""

    inconnu = "Avancement non précisé"
    aucun = "Pas commencé"
    en_cours = "En cours d'écriture"
    redige = "Rédigé"
    valide = "Validé par l'ARS"


class FormeJuridique(Enum):
    """Legal form of the structure, or kind of manager of a CDS."""

    inconnue = "Non précisée"
    aucune = "Aucune"
    association_1901 = "Association (loi 1901, ou droit local en Alsace-Moselle)"
    sisa = "Société interprofessionnelle de soins ambulatoires (SISA)"
    scm = "Société civile de moyens (SCM)"
    scp = "Société civile professionnelle (SCP)"
    sci = "Société civile immobilière (SCI)"
    gcs = "Groupement de coopération sanitaire (GCS)"
    gie = "Groupement d'intérêt économique (GIE)"
    scic = "Société coopérative d'intérêt collectif (SCIC)"
    fondation = "Fondation"
    mutuelle = "Mutuelle"
    collectivite = "Collectivité territoriale"
    epci = "Établissement public de coopération intercommunale (EPCI)"
    etablissement_de_sante = "Établissement de santé, ou personne qui en gère un"
    sas = "Société par actions simplifiée (SAS)"
    autre = "Autre"


class profession(Variable):
    value_type = Enum
    possible_values = Profession
    default_value = Profession.inconnue
    entity = Professionnel
    definition_period = DateUnit.DAY
    label = "Profession"


class exercice(Variable):
    value_type = Enum
    possible_values = Exercice
    default_value = Exercice.inconnu
    entity = Professionnel
    definition_period = DateUnit.DAY
    label = "Mode d'exercice"


class equipe_connue(Variable):
    value_type = bool
    entity = Structure
    definition_period = DateUnit.DAY
    label = "La composition de l'équipe est connue"

    def formula(structure, period):
        return structure.sum(structure.members("profession", period) != Profession.inconnue) > 0


class projet_de_sante(Variable):
    value_type = Enum
    possible_values = ProjetDeSante
    default_value = ProjetDeSante.inconnu
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Avancement du projet de santé"


class projet_valide_pour_esp(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le projet de santé a été accepté par l'ARS pour une ESP"


class projet_valide_pour_msp(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le projet de santé a été accepté par l'ARS pour une MSP"


class projet_valide_pour_cds(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le projet de santé a été accepté par l'ARS pour un CDS"


class projet_valide_pour_cpts(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le projet de santé a été accepté par l'ARS pour une CPTS"


class forme_juridique(Variable):
    value_type = Enum
    possible_values = FormeJuridique
    default_value = FormeJuridique.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Forme juridique de la structure"


class gestionnaire(Variable):
    value_type = Enum
    possible_values = FormeJuridique
    default_value = FormeJuridique.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Gestionnaire du centre de santé"


class champ_ambulatoire(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Des acteurs de la ville participent au projet"


class champ_hospitalier(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Des acteurs hospitaliers participent au projet"


class champ_medico_social(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Des acteurs médico-sociaux participent au projet"


class champ_social(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Des acteurs sociaux participent au projet"


class cpts_existante(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Une CPTS couvre déjà le territoire"


class ess_existante(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Une ESS de la même spécialité couvre déjà le périmètre"


class perimetre_departemental(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le périmètre est d'un seul tenant et couvre au moins un département"


class specialite(Variable):
    value_type = str
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Spécialité médicale de l'équipe (vide : non précisée)"


class specialistes_presents(Variable):
    value_type = float
    default_value = np.nan
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Médecins de la spécialité présents dans le périmètre, libéraux ou non"
    unit = "médecins"


class specialistes_liberaux(Variable):
    value_type = float
    default_value = np.nan
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Professionnels libéraux de la spécialité dans le périmètre"
    unit = "professionnels libéraux"


class specialistes_adherents(Variable):
    value_type = float
    default_value = np.nan
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Professionnels libéraux de la spécialité qui adhèrent à l'équipe"
    unit = "professionnels libéraux"


class patientele(Variable):
    value_type = float
    default_value = np.nan
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Patientèle de la structure"
    unit = "patients"


class population_de_la_commune(Variable):
    value_type = float
    default_value = np.nan
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Population de la commune où l'équipe exerce, que le territoire comprend"
    unit = "habitants"


class population_du_territoire(Variable):
    value_type = float
    default_value = np.nan
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Population du territoire"
    unit = "habitants"
