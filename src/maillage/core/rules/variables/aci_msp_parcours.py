"""ACI MSP, axis 2, end: quality, national protocols and pathways (aci_msp.md §4.2)."""

import numpy as np
from openfisca_core.periods import YEAR

from maillage.core.rules.aci_msp.grid import REFERENCE, IndicatorSpec, paths
from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure


class aci_msp_points_qualite_niveau_1(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Démarche qualité, niveau 1"
    spec = IndicatorSpec(
        id="MSP-2.6a",
        label="Démarche qualité, niveau 1",
        level="option",
        axis=2,
        part="fixe",
        proof="État des lieux, argumentaire…",
        parameters=paths("qualite", "points_niveau_1"),
        fields=("qualite_niveau",),
        todo="Nommer un référent qualité, faire un diagnostic de maturité, choisir un thème et un objectif",
    )

    def formula(structure, period, parameters):
        """Levels add up: the first is earned at level 1 and above."""
        level = structure("aci_msp_qualite_niveau", period)
        return (level >= 1) * parameters(period).aci_msp.qualite.points_niveau_1


class aci_msp_points_qualite_niveau_2(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Démarche qualité, niveau 2"
    spec = IndicatorSpec(
        id="MSP-2.6b",
        label="Démarche qualité, niveau 2",
        level="option",
        axis=2,
        part="variable",
        proof="Plan d'actions",
        parameters=(*paths("qualite", "points_niveau_2"), *REFERENCE),
        fields=("qualite_niveau", "patientele"),
        todo="Après le niveau 1, écrire un plan d'actions et le mettre en œuvre",
    )

    def formula(structure, period, parameters):
        """Added to level 1, follows the patientèle."""
        reached = structure("aci_msp_qualite_niveau", period) >= 2
        points = parameters(period).aci_msp.qualite.points_niveau_2
        return reached * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_qualite_niveau_3(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Démarche qualité, niveau 3"
    spec = IndicatorSpec(
        id="MSP-2.6c",
        label="Démarche qualité, niveau 3",
        level="option",
        axis=2,
        part="variable",
        proof="Bilan",
        parameters=(*paths("qualite", "points_niveau_3"), *REFERENCE),
        fields=("qualite_niveau", "patientele"),
        todo="Après les niveaux 1 et 2, écrire les résultats et les conclusions",
    )

    def formula(structure, period, parameters):
        """Added to levels 1 and 2, follows the patientèle."""
        reached = structure("aci_msp_qualite_niveau", period) >= 3
        points = parameters(period).aci_msp.qualite.points_niveau_3
        return reached * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_protocoles_nationaux(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Protocoles nationaux de coopération de soins non programmés"
    spec = IndicatorSpec(
        id="MSP-2.7",
        label="Protocoles nationaux de coopération de soins non programmés",
        level="option",
        axis=2,
        part="fixe",
        proof="Déclaration à l'ARS ; le guide n'en demande pas de copie à la CPAM (à confirmer)",
        parameters=paths("protocoles_nationaux", "points_par_protocole", "maximum"),
        fields=("protocoles_nationaux",),
        todo="Déclarer à l'ARS les protocoles nationaux de coopération que l'équipe peut appliquer, jusqu'à six",
    )

    def formula(structure, period, parameters):
        """Per protocol, six at most."""
        protocols = parameters(period).aci_msp.protocoles_nationaux
        paid = np.minimum(structure("aci_msp_protocoles_nationaux", period), protocols.maximum)
        return paid * protocols.points_par_protocole


class aci_msp_points_insuffisance_cardiaque(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Parcours insuffisance cardiaque"
    spec = IndicatorSpec(
        id="MSP-2.8",
        label="Parcours insuffisance cardiaque",
        level="option",
        axis=2,
        part="variable",
        proof="Déclaration sur l'honneur et protocole ; depuis 2023, nombres de patients",
        parameters=(*paths("insuffisance_cardiaque", "points"), *REFERENCE),
        fields=("parcours_insuffisance_cardiaque", "patientele"),
        todo="Participer au parcours de l'insuffisance cardiaque",
    )

    def formula(structure, period, parameters):
        """All or nothing, follows the patientèle."""
        points = parameters(period).aci_msp.insuffisance_cardiaque.points
        reached = structure("aci_msp_parcours_insuffisance_cardiaque", period)
        return reached * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_obesite_enfant(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Parcours surpoids et obésité de l'enfant"
    spec = IndicatorSpec(
        id="MSP-2.9",
        label="Parcours surpoids et obésité de l'enfant",
        level="option",
        axis=2,
        part="fixe",
        proof="Aucun",
        parameters=(*paths("obesite_enfant", "points"), *paths("missions", "maximum")),
        fields=("parcours_obesite_enfant", "missions_sante_publique", "mission_obesite_enfant"),
        todo="Participer au parcours, avec deux missions de santé publique ou une seule sur l'obésité de l'enfant",
    )

    def formula(structure, period, parameters):
        """One mission on this theme, or two missions on any theme."""
        msp = parameters(period).aci_msp
        missions = structure("aci_msp_missions_sante_publique", period)
        on_theme = (missions >= 1) & structure("aci_msp_mission_obesite_enfant", period)
        reached = structure("aci_msp_parcours_obesite_enfant", period) & (on_theme | (missions >= msp.missions.maximum))
        return reached * msp.obesite_enfant.points
