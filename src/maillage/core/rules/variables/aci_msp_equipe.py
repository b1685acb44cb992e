"""ACI MSP, axis 2: team work and coordination (aci_msp.md §4.2). National pathways are in ``aci_msp_parcours``."""

import numpy as np
from openfisca_core.periods import YEAR

from maillage.core.rules.aci_msp.grid import REFERENCE, IndicatorSpec, paths
from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure


class aci_msp_points_coordination(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Fonction de coordination"
    spec = IndicatorSpec(
        id="MSP-2.1",
        label="Fonction de coordination",
        level="prérequis",
        axis=2,
        part="mixte",
        proof="Contrat de travail, fiche de poste…",
        parameters=(
            *paths(
                "coordination",
                "points_fixes",
                "points_variables",
                "points_variables_au_dela",
                "seuil_de_patientele",
            ),
            *REFERENCE,
        ),
        fields=("coordination", "patientele"),
        todo="Confier la coordination à une personne identifiée (membre de l'équipe ou recrutée), sur un temps dédié",
    )

    def formula(structure, period):
        """Fixed part and part by patients."""
        fixed = structure("aci_msp_points_coordination_fixes", period)
        return fixed + structure("aci_msp_points_coordination_variables", period)


class aci_msp_points_coordination_fixes(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Fonction de coordination : points fixes"

    def formula(structure, period, parameters):
        """All or nothing."""
        return structure("aci_msp_coordination", period) * parameters(period).aci_msp.coordination.points_fixes


class aci_msp_points_coordination_variables(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Fonction de coordination : points variables"

    def formula(structure, period):
        """All or nothing."""
        return structure("aci_msp_coordination", period) * structure("aci_msp_points_des_patients", period)


class aci_msp_points_des_patients(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Points variables d'une coordination en place"

    def formula(structure, period, parameters):
        """1 700 points for 4 000 patients up to 8 000 patients, 1 100 above; no upper bound."""
        msp = parameters(period).aci_msp
        patients = structure("aci_msp_patientele", period)
        first = np.minimum(patients, msp.coordination.seuil_de_patientele)
        points = first * msp.coordination.points_variables
        return (points + (patients - first) * msp.coordination.points_variables_au_dela) / msp.patientele.reference


class aci_msp_points_protocoles(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Protocoles pluriprofessionnels"
    spec = IndicatorSpec(
        id="MSP-2.2",
        label="Protocoles pluriprofessionnels",
        level="socle",
        axis=2,
        part="fixe",
        proof="Copie de chaque protocole",
        parameters=paths("protocoles", "points_par_protocole", "maximum"),
        fields=("protocoles",),
        todo="Rédiger jusqu'à huit protocoles pluriprofessionnels sur les thèmes prioritaires de l'annexe 3, "
        "sans reprendre un protocole déjà utilisé dans une mission de santé publique (une seule source)",
    )

    def formula(structure, period, parameters):
        """Per protocol, eight at most."""
        protocols = parameters(period).aci_msp.protocoles
        paid = np.minimum(structure("aci_msp_protocoles", period), protocols.maximum)
        return paid * protocols.points_par_protocole


class aci_msp_points_protocoles_ipa(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Protocoles pluriprofessionnels : bonus de l'IPA"
    spec = IndicatorSpec(
        id="MSP-2.2b",
        label="Protocoles pluriprofessionnels : bonus de l'IPA",
        level="option",
        axis=2,
        part="fixe",
        proof="Non précisé",
        parameters=paths("protocoles", "points_ipa_par_protocole", "maximum"),
        fields=("ipa", "protocoles"),
        todo="Intégrer un infirmier en pratique avancée dans l'équipe et rédiger jusqu'à huit protocoles",
    )

    def formula(structure, period, parameters):
        """Per protocol, eight at most, with an IPA in the team."""
        protocols = parameters(period).aci_msp.protocoles
        paid = np.minimum(structure("aci_msp_protocoles", period), protocols.maximum)
        return structure("aci_msp_ipa", period) * paid * protocols.points_ipa_par_protocole


class aci_msp_part_concertation(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Part atteinte de la concertation pluriprofessionnelle (1 pour 100 %)"

    def formula(structure, period, parameters):
        """Share of files studied over the share asked, at most 1; zero without enough meetings.

        The number of meetings is prorated to the months of the contract. The rounding is a parameter: exact, or as
        the guide of the CNAM does (rate cut at two decimals of a percent, quotient rounded to a thousandth).
        """
        rules = parameters(period).aci_msp.concertation
        files = structure("aci_msp_dossiers_concertes", period)
        base = np.maximum(structure("aci_msp_patients_ald_ou_75_ans", period), 1)
        if rules.mode_de_calcul == "guide_cnam":
            share = np.round(np.floor(files / base * 10_000 + 1e-9) / 10_000 / rules.part_des_dossiers, 3)
        else:
            share = files / (base * rules.part_des_dossiers)
        return structure("aci_msp_concertation_possible", period) * np.minimum(share, 1)


class aci_msp_concertation_possible(Variable):
    value_type = bool
    entity = Structure
    definition_period = YEAR
    label = "Assez de réunions de concertation, et une base de patients connue"

    def formula(structure, period, parameters):
        """Six meetings for a year of contract; the number of patients in ALD or of 75 or more is given."""
        asked = parameters(period).aci_msp.concertation.reunions_minimales
        enough = structure("aci_msp_reunions_concertation", period) * 12 >= asked * structure(
            "aci_msp_mois_contrat", period
        )
        return enough & (structure("aci_msp_patients_ald_ou_75_ans", period) > 0)


class aci_msp_points_concertation(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Concertation pluriprofessionnelle"
    spec = IndicatorSpec(
        id="MSP-2.3",
        label="Concertation pluriprofessionnelle",
        level="socle",
        axis=2,
        part="variable",
        proof="Calendrier et nombre de dossiers par réunion ; comptes rendus gardés pour le service médical",
        parameters=(
            *paths("concertation", "points", "reunions_minimales", "part_des_dossiers", "age", "mode_de_calcul"),
            *REFERENCE,
        ),
        fields=(
            "dossiers_concertes",
            "reunions_concertation",
            "patients_ald_ou_75_ans",
            "patientele",
            "mois_contrat",
        ),
        todo="Tenir au moins six réunions dans l'année et y étudier les dossiers de 5 % des patients en ALD ou de "
        "75 ans ou plus",
    )

    def formula(structure, period, parameters):
        """Follows the patientèle and the share of files studied."""
        share = structure("aci_msp_part_concertation", period)
        points = parameters(period).aci_msp.concertation.points
        return share * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_concertation_ipa(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Concertation pluriprofessionnelle : bonus de l'IPA"
    spec = IndicatorSpec(
        id="MSP-2.3b",
        label="Concertation pluriprofessionnelle : bonus de l'IPA",
        level="option",
        axis=2,
        part="variable",
        proof="Non précisé",
        parameters=(
            *paths("concertation", "points_ipa", "reunions_minimales", "part_des_dossiers", "age", "mode_de_calcul"),
            *REFERENCE,
        ),
        fields=(
            "ipa",
            "dossiers_concertes",
            "reunions_concertation",
            "patients_ald_ou_75_ans",
            "patientele",
            "mois_contrat",
        ),
        todo="Intégrer un infirmier en pratique avancée dans l'équipe et atteindre toute la concertation",
    )

    def formula(structure, period, parameters):
        """Variable, in the same proportion as the concertation itself."""
        share = structure("aci_msp_ipa", period) * structure("aci_msp_part_concertation", period)
        points = parameters(period).aci_msp.concertation.points_ipa
        return share * points * structure("aci_msp_coefficient_patientele", period)


class aci_msp_points_formation(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Formation de professionnels de santé"
    spec = IndicatorSpec(
        id="MSP-2.4",
        label="Formation de professionnels de santé",
        level="option",
        axis=2,
        part="fixe",
        proof="Attestations ou conventions de stage (nom, profession, dates)",
        parameters=paths(
            "formation", "points_du_minimum", "points_par_stagiaire_suivant", "stagiaires_minimum", "maximum"
        ),
        fields=("stages",),
        todo="Accueillir quatre stagiaires différents dans l'année, de toute profession de santé",
    )

    def formula(structure, period, parameters):
        """Nothing below two trainees, four at most."""
        training = parameters(period).aci_msp.formation
        paid = np.minimum(structure("aci_msp_stages", period), training.maximum)
        more = (paid - training.stagiaires_minimum) * training.points_par_stagiaire_suivant
        return (paid >= training.stagiaires_minimum) * (training.points_du_minimum + more)


class aci_msp_points_coordination_externe(Variable):
    value_type = float
    entity = Structure
    definition_period = YEAR
    label = "Coordination externe"
    spec = IndicatorSpec(
        id="MSP-2.5",
        label="Coordination externe",
        level="option",
        axis=2,
        part="variable",
        proof="Document qui décrit la procédure",
        parameters=(*paths("coordination_externe", "points"), *REFERENCE),
        fields=("coordination_externe", "patientele"),
        todo="Écrire une procédure de transmission des données de santé (volet de synthèse médicale…) aux "
        "professionnels extérieurs, aux hôpitaux et au secteur médico-social",
    )

    def formula(structure, period, parameters):
        """All or nothing, follows the patientèle."""
        points = parameters(period).aci_msp.coordination_externe.points
        reached = structure("aci_msp_coordination_externe", period)
        return reached * points * structure("aci_msp_coefficient_patientele", period)
