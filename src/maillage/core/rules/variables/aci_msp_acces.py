"""ACI MSP, axis 1: access to care. Points of each line, at the patientèle of the structure (aci_msp.md §4.1, §4.4)."""

import numpy as np
from openfisca_core.periods import YEAR

from maillage.core.rules.aci_msp.grid import REFERENCE, IndicatorSpec, paths
from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure
from maillage.core.rules.variables.aci_msp_situation import FermetureConges


class aci_msp_points_horaires(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Horaires d'ouverture et soins non programmés"
    spec = IndicatorSpec(
        id="MSP-1.1",
        label="Horaires d'ouverture et soins non programmés",
        level="prérequis",
        axis=1,
        part="fixe",
        proof="Charte d'engagement (modèle de l'annexe 4), envoyée à la caisse et affichée",
        parameters=paths(
            "horaires",
            "points",
            "minoration_amplitude_de_10_a_12_heures",
            "minoration_amplitude_de_8_a_10_heures",
            "minoration_samedi_matin",
            "minoration_fermeture",
            "amplitude_pleine",
            "amplitude_intermediaire",
            "amplitude_minimale",
            "fermeture_maximale_en_vacances",
            "fermeture_maximale_hors_vacances",
            "derogation_neutralise_l_amplitude",
        ),
        fields=(
            "amplitude_horaire",
            "samedi_matin",
            "fermeture_conges",
            "soins_non_programmes",
            "derogation_horaires",
        ),
        todo="Ouvrir de 8 h à 20 h du lundi au vendredi, le samedi matin et pendant les vacances scolaires, "
        "et organiser des soins non programmés chaque jour ouvré",
    )

    def formula(structure, period, parameters):
        """800 points less additive minorations; nothing when the opening or unscheduled care is not enough."""
        hours = parameters(period).aci_msp.horaires
        closing = structure("aci_msp_fermeture_conges", period)
        minorations = (
            structure("aci_msp_minoration_amplitude", period)
            + hours.minoration_samedi_matin * ~structure("aci_msp_samedi_matin", period)
            + hours.minoration_fermeture * (closing == FermetureConges.jusqu_a_3_semaines)
        )
        reached = (
            structure("aci_msp_soins_non_programmes", period)
            * structure("aci_msp_amplitude_suffisante", period)
            * (closing != FermetureConges.plus_de_3_semaines)
        )
        return reached * (hours.points - minorations)


class aci_msp_amplitude_suffisante(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "L'amplitude d'ouverture suffit, ou une dérogation en dispense"

    def formula(structure, period, parameters):
        """At least 8 hours a day, or a derogation."""
        hours = parameters(period).aci_msp.horaires
        exempt = structure("aci_msp_derogation_horaires", period) & hours.derogation_neutralise_l_amplitude
        return exempt | (structure("aci_msp_amplitude_horaire", period) >= hours.amplitude_minimale)


class aci_msp_minoration_amplitude(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points retirés pour l'amplitude d'ouverture"

    def formula(structure, period, parameters):
        """60 points from 10 to 12 hours, 150 below; none with a derogation."""
        hours = parameters(period).aci_msp.horaires
        opening = structure("aci_msp_amplitude_horaire", period)
        exempt = structure("aci_msp_derogation_horaires", period) & hours.derogation_neutralise_l_amplitude
        return np.select(
            [exempt | (opening >= hours.amplitude_pleine), opening >= hours.amplitude_intermediaire],
            [0, hours.minoration_amplitude_de_10_a_12_heures],
            default=hours.minoration_amplitude_de_8_a_10_heures,
        )


class aci_msp_points_plan_crise(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Crise sanitaire grave : plan de réponse"
    spec = IndicatorSpec(
        id="MSP-1.2a",
        label="Crise sanitaire grave : plan de réponse",
        level="prérequis",
        axis=1,
        part="fixe",
        proof="Copie du plan",
        parameters=paths("crise", "points_du_plan", "plan_prerequis"),
        fields=("plan_crise",),
        todo="Écrire un plan de réponse aux crises sanitaires graves, articulé avec la mission de crise de la CPTS, "
        "et le tenir à jour",
    )

    def formula(structure, period, parameters):
        """Paid whatever the situation, as soon as the plan is written and up to date."""
        return structure("aci_msp_plan_crise", period) * parameters(period).aci_msp.crise.points_du_plan


class aci_msp_points_actions_crise(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Crise sanitaire grave : actions menées"
    spec = IndicatorSpec(
        id="MSP-1.2b",
        label="Crise sanitaire grave : actions menées",
        level="option",
        axis=1,
        part="variable",
        proof="Tout justificatif des actions menées",
        parameters=(*paths("crise", "points_des_actions"), *REFERENCE),
        fields=("crise_actions", "plan_crise", "patientele"),
        todo="Rien à faire tant qu'aucune crise sanitaire grave n'est déclarée par les autorités ; "
        "en cas de crise, mener les actions du plan",
    )

    def formula(structure, period, parameters):
        """Only with the plan, a declared crisis and actions."""
        acted = structure("aci_msp_plan_crise", period) * structure("aci_msp_crise_actions", period)
        points = parameters(period).aci_msp.crise.points_des_actions
        return acted * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_diversite_niveau_1(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Diversité des services, niveau 1"
    spec = IndicatorSpec(
        id="MSP-1.3a",
        label="Diversité des services, niveau 1",
        level="option",
        axis=1,
        part="fixe",
        proof="Liste des associés au 31 décembre (nom, numéro AM, RPPS, profession)",
        parameters=paths("diversite", "points_niveau_1", "professions_paramedicales"),
        fields=("diversite_niveau",),
        todo="Compter parmi les associés une profession médicale autre que généraliste, une spécialité médicale, "
        "un pharmacien, ou trois professions paramédicales différentes",
    )

    def formula(structure, period, parameters):
        """Levels add up: the first is earned at level 1 and above."""
        level = structure("aci_msp_diversite_niveau", period)
        return (level >= 1) * parameters(period).aci_msp.diversite.points_niveau_1


class aci_msp_points_diversite_niveau_2(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Diversité des services, niveau 2"
    spec = IndicatorSpec(
        id="MSP-1.3b",
        label="Diversité des services, niveau 2",
        level="option",
        axis=1,
        part="fixe",
        proof="Liste des associés au 31 décembre (nom, numéro AM, RPPS, profession)",
        parameters=paths("diversite", "points_niveau_2", "professions_paramedicales"),
        fields=("diversite_niveau",),
        todo="Compter parmi les associés une autre profession médicale, une spécialité ou un pharmacien, "
        "et trois professions paramédicales différentes",
    )

    def formula(structure, period, parameters):
        """Added to level 1."""
        level = structure("aci_msp_diversite_niveau", period)
        return (level >= 2) * parameters(period).aci_msp.diversite.points_niveau_2


class aci_msp_points_vacataires_niveau_1(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Consultations de second recours, niveau 1"
    spec = IndicatorSpec(
        id="MSP-1.4a",
        label="Consultations de second recours, niveau 1",
        level="option",
        axis=1,
        part="fixe",
        proof="Liste des vacataires et présence moyenne par semaine",
        parameters=paths("vacataires", "points_niveau_1", "presence_niveau_1"),
        fields=("vacataires_niveau",),
        todo="Accueillir des vacataires extérieurs non associés (spécialiste, sage-femme, chirurgien-dentiste ou "
        "pharmacien) au moins une demi-journée par semaine en moyenne",
    )

    def formula(structure, period, parameters):
        """Levels add up: the first is earned at level 1 and above."""
        level = structure("aci_msp_vacataires_niveau", period)
        return (level >= 1) * parameters(period).aci_msp.vacataires.points_niveau_1


class aci_msp_points_vacataires_niveau_2(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Consultations de second recours, niveau 2"
    spec = IndicatorSpec(
        id="MSP-1.4b",
        label="Consultations de second recours, niveau 2",
        level="option",
        axis=1,
        part="fixe",
        proof="Liste des vacataires et présence moyenne par semaine",
        parameters=paths("vacataires", "points_niveau_2", "presence_niveau_2"),
        fields=("vacataires_niveau",),
        todo="Porter la présence des vacataires à deux jours et demi par semaine en moyenne",
    )

    def formula(structure, period, parameters):
        """Added to level 1."""
        level = structure("aci_msp_vacataires_niveau", period)
        return (level >= 2) * parameters(period).aci_msp.vacataires.points_niveau_2


class aci_msp_points_cstm(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Accueil d'un médecin en contrat de solidarité territoriale"
    spec = IndicatorSpec(
        id="MSP-1.5",
        label="Accueil d'un médecin en contrat de solidarité territoriale",
        level="option",
        axis=1,
        part="fixe",
        proof="Copie du contrat de solidarité territoriale",
        parameters=paths("cstm", "points", "nouveaux_contrats"),
        fields=("medecin_cstm",),
        todo="En zone sous-dense, accueillir un médecin non associé en contrat de solidarité territoriale "
        "(aucun ne se signe après le 31 décembre 2025)",
    )

    def formula(structure, period, parameters):
        """All or nothing; cumulates with the consultations of second recours. A running contract counts to its term."""
        return structure("aci_msp_medecin_cstm", period) * parameters(period).aci_msp.cstm.points


class aci_msp_points_missions(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Missions de santé publique"
    spec = IndicatorSpec(
        id="MSP-1.6a",
        label="Missions de santé publique",
        level="option",
        axis=1,
        part="variable",
        proof="Justificatifs prévus par l'annexe du contrat",
        parameters=(*paths("missions", "points_par_mission", "maximum"), *REFERENCE),
        fields=("missions_sante_publique", "patientele"),
        todo="Mener deux missions de santé publique, sans répéter un thème ni mener les deux au titre du projet "
        "régional de santé",
    )

    def formula(structure, period, parameters):
        """Per mission, two at most."""
        missions = parameters(period).aci_msp.missions
        paid = np.minimum(structure("aci_msp_missions_sante_publique", period), missions.maximum)
        return paid * missions.points_par_mission * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_missions_ipa(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Missions de santé publique : bonus de l'IPA"
    spec = IndicatorSpec(
        id="MSP-1.6b",
        label="Missions de santé publique : bonus de l'IPA",
        level="option",
        axis=1,
        part="fixe",
        proof="Non précisé",
        parameters=paths("missions", "points_ipa", "missions_pour_le_bonus_ipa"),
        fields=("ipa", "missions_sante_publique"),
        todo="Intégrer un infirmier en pratique avancée dans l'équipe et mener deux missions de santé publique",
    )

    def formula(structure, period, parameters):
        """Fixed: an IPA in the team and two missions."""
        missions = parameters(period).aci_msp.missions
        enough = structure("aci_msp_missions_sante_publique", period) >= missions.missions_pour_le_bonus_ipa
        return structure("aci_msp_ipa", period) * enough * missions.points_ipa


class aci_msp_points_usagers_niveau_1(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Implication des usagers, niveau 1"
    spec = IndicatorSpec(
        id="MSP-1.7a",
        label="Implication des usagers, niveau 1",
        level="option",
        axis=1,
        part="fixe",
        proof="Tout document",
        parameters=paths("usagers", "points_niveau_1"),
        fields=("usagers_niveau",),
        todo="Consulter, informer et sensibiliser les usagers (enquête de satisfaction, par exemple)",
    )

    def formula(structure, period, parameters):
        """Levels add up: the first is earned at level 1 and above."""
        level = structure("aci_msp_usagers_niveau", period)
        return (level >= 1) * parameters(period).aci_msp.usagers.points_niveau_1


class aci_msp_points_usagers_niveau_2(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Implication des usagers, niveau 2"
    spec = IndicatorSpec(
        id="MSP-1.7b",
        label="Implication des usagers, niveau 2",
        level="option",
        axis=1,
        part="variable",
        proof="Tout document",
        parameters=(*paths("usagers", "points_niveau_2"), *REFERENCE),
        fields=("usagers_niveau", "patientele"),
        todo="Après le niveau 1, co-construire et décider avec les usagers",
    )

    def formula(structure, period, parameters):
        """Added to level 1, follows the patientèle."""
        reached = structure("aci_msp_usagers_niveau", period) >= 2
        points = parameters(period).aci_msp.usagers.points_niveau_2
        return reached * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_sas(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Soins non programmés en lien avec le SAS"
    spec = IndicatorSpec(
        id="MSP-1.8",
        label="Soins non programmés en lien avec le SAS",
        level="option",
        axis=1,
        part="fixe",
        proof="Vérifié par l'Assurance Maladie ; pour « toutes les demandes », liste des médecins",
        parameters=paths("sas", "points_partiels", "points_complets", "part_partielle", "part_complete"),
        fields=("part_medecins_sas", "sas_toutes_demandes"),
        todo="Faire participer tous les médecins au service d'accès aux soins, "
        "ou prendre toutes les demandes de son régulateur",
    )

    def formula(structure, period, parameters):
        """Two steps that do not add up: half of the doctors, then all of them (or all requests)."""
        sas = parameters(period).aci_msp.sas
        share = structure("aci_msp_part_medecins_sas", period)
        whole = structure("aci_msp_sas_toutes_demandes", period) | (share >= sas.part_complete)
        return np.select([whole, share >= sas.part_partielle], [sas.points_complets, sas.points_partiels], default=0)
