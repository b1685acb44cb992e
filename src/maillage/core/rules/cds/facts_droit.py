"""What a centre de santé says of its manager, its file, its obligations."""

from typing import Literal

from maillage.core.rules.simulation.situation import Day, Euros, Quantity, Situation, field

MANAGER, FILE, DUTIES, PAY = "Le gestionnaire", "Le dossier", "Les obligations", "Subvention Teulade"
ANTENNA, FAULT = "Une antenne", "Un manquement"
MANAGERS = {
    "association_1901": "association",
    "collectivite": "commune ou département",
    "region": "région",
    "epci": "groupement de communes",
    "etablissement_de_sante": "établissement de santé",
    "scic": "SCIC",
    "gcs": "GCS",
    "societe": "société (SAS, SELAS, SISA…)",
    "autre": "autre organisme",
}
FAULTS = {
    "pieces_manquantes": "pièces manquantes",
    "donnees_fausses": "données fausses ou manquantes",
    "ordre_ou_comite": "absence à l'Ordre, ou comité médical ou dentaire manquant",
    "securite_ou_fraude": "sécurité des soins ou fraude",
}


class ManagerFacts(Situation):
    """Who runs the centre, and how."""

    gestionnaire: (
        Literal[
            "association_1901",
            "fondation",
            "mutuelle",
            "collectivite",
            "region",
            "epci",
            "etablissement_de_sante",
            "scic",
            "gcs",
            "societe",
            "autre",
        ]
        | None
    ) = field("Gestionnaire", "L'organisme qui gère le centre.", group=MANAGER, choices=MANAGERS)
    gestionnaire_d_etablissement: bool | None = field(
        "Gère un établissement de santé", "Le gestionnaire gère aussi un établissement de santé.", group=MANAGER
    )
    scic_associes_autorises: bool | None = field(
        "Associés de la SCIC", "Tous les associés pourraient eux-mêmes gérer un centre de santé.", group=MANAGER
    )
    dirigeant_interesse: bool | None = field(
        "Dirigeant intéressé",
        "Un dirigeant du gestionnaire a un intérêt dans une société privée que le gestionnaire paie.",
        group=MANAGER,
    )
    benefices_reinvestis: bool | None = field(
        "Bénéfices réinvestis", "Ils vont en réserve ou sont réinvestis, jamais distribués.", group=DUTIES
    )
    professionnels_salaries: bool | None = field(
        "Professionnels salariés",
        "Tous les professionnels de santé du centre sont salariés ou bénévoles.",
        group=DUTIES,
    )
    tiers_payant: bool | None = field("Tiers payant", "Le centre pratique le tiers payant.", group=DUTIES)
    sans_depassement: bool | None = field("Aucun dépassement", "Le centre ne facture aucun dépassement.", group=DUTIES)
    changement_le: Day | None = field(
        "Changement fait le",
        "Règlement, gestionnaire, représentant légal, adresse, antenne fermée, plateau technique (fauteuil dentaire…).",
        group=DUTIES,
    )
    changement_signale_le: Day | None = field("Changement signalé le", "Le jour où l'ARS a été prévenue.", group=DUTIES)
    remuneration_soignants: Euros | None = field(
        "Rémunération des soignants",
        "Rémunération brute annuelle des praticiens et auxiliaires médicaux, soumise à cotisations.",
        unit="euros par an",
        group=PAY,
    )
    remuneration_autres: Euros | None = field(
        "Rémunération des autres salariés", "Secrétariat, coordination, direction.", unit="euros par an", group=PAY
    )


class FileFacts(Situation):
    """Activities, récépissé and agrément, antenna, faults."""

    activite_dentaire: bool | None = field("Activité dentaire", "Des soins dentaires.", group=FILE)
    activite_ophtalmologie: bool | None = field(
        "Activité ophtalmologique", "Des consultations d'ophtalmologie.", group=FILE
    )
    activite_orthoptie: bool | None = field("Activité orthoptique", "Des soins d'orthoptie.", group=FILE)
    autre_activite: bool | None = field(
        "Autre activité", "Médecine générale, soins infirmiers, autres soins.", group=FILE
    )
    projet_de_sante: bool | None = field(
        "Projet de santé écrit", "Besoins, personnel, missions, horaires, coordination.", group=FILE
    )
    reglement_annexe: bool | None = field(
        "Règlement de fonctionnement annexé", "Hygiène, sécurité, droits des patients.", group=FILE
    )
    engagement_de_conformite: bool | None = field(
        "Engagement de conformité", "Il accompagne le projet de santé envoyé à l'ARS.", group=FILE
    )
    recepisse_obtenu: bool | None = field("Récépissé obtenu", "L'ARS a délivré le récépissé.", group=FILE)
    agrement_obtenu: bool | None = field("Agrément obtenu", "L'ARS a délivré l'agrément.", group=FILE)
    declarations_d_interets: bool | None = field(
        "Déclarations d'intérêts", "Celles des membres de l'instance dirigeante sont jointes.", group=FILE
    )
    contrats_tiers: bool | None = field(
        "Contrats avec des sociétés tierces", "Ils sont joints au dossier d'agrément.", group=FILE
    )
    dossier_recu_le: Day | None = field("Dossier reçu le", "Le jour où l'ARS a reçu le dossier.", group=FILE)
    piece_demandee_le: Day | None = field("Pièce demandée le", "Le jour où l'ARS a demandé une pièce.", group=FILE)
    piece_fournie_le: Day | None = field("Pièce fournie le", "Le jour où l'ARS l'a reçue.", group=FILE)
    antenne_heures: Quantity | None = field(
        "Ouverture de l'antenne", "Heures d'ouverture par semaine.", unit="heures par semaine", group=ANTENNA
    )
    antenne_minutes: Quantity | None = field(
        "Trajet jusqu'à l'antenne", "Minutes depuis le centre.", unit="minutes", group=ANTENNA
    )
    antenne_sans_autonomie: bool | None = field(
        "Antenne gérée par le centre", "Ni gestion propre, ni système d'information à part.", group=ANTENNA
    )
    manquement: Literal["pieces_manquantes", "donnees_fausses", "ordre_ou_comite", "securite_ou_fraude"] | None = field(
        "Manquement relevé", "Ce que l'ARS reproche au centre.", group=FAULT, choices=FAULTS
    )
    observations_demandees_le: Day | None = field(
        "Observations demandées le", "Le jour où l'ARS a écrit au centre.", group=FAULT
    )
    fermeture_prononcee_le: Day | None = field(
        "Fermeture d'un centre du gestionnaire", "Le jour où l'ARS a fermé un centre du même gestionnaire.", group=FAULT
    )
