"""What a maison de santé declares for one civil year of its ACI (inputs of the rules, see ``aci_msp/situation.py``).

Durations are in months of the year, hours in hours a day, shares between 0 and 1.
"""

from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import YEAR

from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure


class FermetureConges(Enum):
    """How long the structure closes for holidays."""

    aucune = "Aucune fermeture"
    jusqu_a_3_semaines = "Au plus 3 semaines, pendant les vacances scolaires"
    plus_de_3_semaines = "Plus de 3 semaines, ou plus d'une semaine hors des vacances scolaires"


class aci_msp_associes(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Professionnels de santé associés de la SISA"

    def formula(structure, _period):
        """Members of the structure in the role of associé, unless a number is given."""
        return structure.nb_persons(Structure.ASSOCIE)


class aci_msp_fermeture_conges(Variable):
    value_type = Enum
    possible_values = FermetureConges
    default_value = FermetureConges.aucune
    entity = Structure
    definition_period = YEAR
    label = "Fermeture pendant les congés"


class aci_msp_patientele(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Patients qui ont déclaré comme médecin traitant un médecin associé"


class aci_msp_amplitude_horaire(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Heures d'ouverture par jour, du lundi au vendredi"


class aci_msp_samedi_matin(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "La structure ouvre le samedi matin"


class aci_msp_soins_non_programmes(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Des soins non programmés sont organisés chaque jour ouvré"


class aci_msp_derogation_horaires(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "L'ARS et la CPAM ont accordé une dérogation aux horaires"


class aci_msp_plan_crise(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Le plan de réponse aux crises sanitaires graves est écrit et à jour"


class aci_msp_crise_actions(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Une crise a été déclarée et des actions ont été menées"


class aci_msp_diversite_niveau(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Niveau de diversité des services (0, 1 ou 2)"


class aci_msp_vacataires_niveau(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Niveau des consultations de second recours (0, 1 ou 2)"


class aci_msp_medecin_cstm(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Un médecin en contrat de solidarité territoriale est accueilli"


class aci_msp_missions_sante_publique(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Missions de santé publique menées"


class aci_msp_mission_obesite_enfant(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "L'une des missions porte sur l'obésité de l'enfant"


class aci_msp_ipa(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Un infirmier en pratique avancée fait partie de l'équipe"


class aci_msp_usagers_niveau(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Niveau d'implication des usagers (0, 1 ou 2)"


class aci_msp_part_medecins_sas(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Part des médecins qui participent au SAS (1 pour 100 %)"


class aci_msp_sas_toutes_demandes(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "La structure prend toutes les demandes du SAS"


class aci_msp_coordination(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Une fonction de coordination est identifiée, sur un temps dédié"


class aci_msp_protocoles(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Protocoles pluriprofessionnels"


class aci_msp_reunions_concertation(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Réunions de concertation dans l'année"


class aci_msp_dossiers_concertes(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Dossiers étudiés en concertation dans l'année"


class aci_msp_patients_ald_ou_75_ans(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Patients en ALD ou de 75 ans ou plus, chacun compté une fois"


class aci_msp_stages(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Stagiaires différents accueillis dans l'année"


class aci_msp_coordination_externe(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Une procédure organise la transmission aux acteurs extérieurs"


class aci_msp_qualite_niveau(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Niveau de la démarche qualité (0 à 3)"


class aci_msp_protocoles_nationaux(Variable):
    value_type = int
    entity = Structure
    definition_period = YEAR
    label = "Protocoles nationaux de coopération de soins non programmés"


class aci_msp_parcours_insuffisance_cardiaque(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "La structure participe au parcours insuffisance cardiaque"


class aci_msp_parcours_obesite_enfant(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "La structure participe au parcours obésité de l'enfant"


class aci_msp_si_standard(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Le logiciel a le label « standard »"


class aci_msp_si_standard_mois(Variable):
    value_type = int
    default_value = 12
    entity = Structure
    definition_period = YEAR
    label = "Mois de l'année avec le logiciel « standard »"


class aci_msp_si_avance(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Le logiciel a le label « avancé »"


class aci_msp_si_avance_mois(Variable):
    value_type = int
    default_value = 12
    entity = Structure
    definition_period = YEAR
    label = "Mois de l'année avec le logiciel « avancé »"


class aci_msp_taux_c2s(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Part des patients à la C2S (1 pour 100 %)"


class aci_msp_taux_ame(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Part des patients à l'AME (1 pour 100 %)"


class aci_msp_nouvelle_structure(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "La structure est nouvelle au sens de l'accord"


class aci_msp_mois_contrat(Variable):
    value_type = int
    default_value = 12
    entity = Structure
    definition_period = YEAR
    label = "Mois de contrat dans l'année"
