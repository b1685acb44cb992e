"""What a centre de santé declares of its indicators, its points and its yearly file."""

from typing import Annotated

from pydantic import Field

from maillage.core.rules.simulation.situation import NUMBER, Count, Day, People, Quantity, Situation, field

SOCLES, OPTIONS, FILE, POINTS = "Indicateurs socles", "Indicateurs optionnels", "Le dossier annuel", "Des points"
Year = Annotated[int, Field(ge=2015, le=2028), NUMBER]


class PayFacts(Situation):
    """Prerequisites, options, and the file of the year."""

    socle_accessibilite: bool | None = field(
        "Accessibilité", "Ouverture et accueil du centre au niveau de l'accord.", group=SOCLES
    )
    socle_missions_de_sante_publique: bool | None = field(
        "Missions de santé publique", "Missions menées selon le projet de santé.", group=SOCLES
    )
    socle_diversification: bool | None = field(
        "Diversification de l'offre de soins", "Offre de soins élargie selon l'accord.", group=SOCLES
    )
    socle_accueil_cst: bool | None = field(
        "Accueil d'un centre en solidarité",
        "Le centre accueille un centre adhérant à un contrat de solidarité territoriale.",
        group=SOCLES,
    )
    socle_concertation: bool | None = field(
        "Concertation pluriprofessionnelle", "Réunions formalisées et régulières.", group=SOCLES
    )
    socle_formation: bool | None = field(
        "Formation des jeunes professionnels", "Le centre accueille des stagiaires.", group=SOCLES
    )
    socle_coordination_externe: bool | None = field(
        "Coordination externe", "Liens formalisés avec les partenaires extérieurs.", group=SOCLES
    )
    socle_protocoles: bool | None = field(
        "Protocoles pluriprofessionnels", "Protocoles écrits et suivis.", group=SOCLES
    )
    socle_fonction_coordination: bool | None = field(
        "Fonction de coordination", "Une personne coordonne le centre.", group=SOCLES
    )
    socle_partage_information: bool | None = field(
        "Partage de l'information", "Information partagée et structurée.", group=SOCLES
    )
    socle_systeme_information: bool | None = field(
        "Système d'information pluriprofessionnel", "Logiciel partagé au niveau de l'accord.", group=SOCLES
    )
    option_publics_vulnerables: bool | None = field(
        "Publics vulnérables", "Accompagnement, avec au moins une convention signée avec un partenaire.", group=OPTIONS
    )
    option_information_du_public: bool | None = field(
        "Information du public", "Le centre informe le public de son offre.", group=OPTIONS
    )
    option_soins_non_programmes: bool | None = field(
        "Soins non programmés (effection)",
        "Soins non programmés régulés par le service d'accès aux soins.",
        group=OPTIONS,
    )
    option_crise_sanitaire: bool | None = field(
        "Réponse aux crises sanitaires", "Plan de réponse, et actions en cas de crise.", group=OPTIONS
    )
    option_aller_vers: bool | None = field(
        "« Aller vers »", "Actions des sages-femmes et des chirurgiens-dentistes.", group=OPTIONS
    )
    option_parcours: bool | None = field(
        "Parcours et IPA",
        "Insuffisance cardiaque, obésité de l'enfant, présence d'un infirmier en pratique avancée.",
        group=OPTIONS,
    )
    option_demarche_qualite: bool | None = field("Démarche qualité", "Au moins le premier niveau.", group=OPTIONS)
    option_teletransmission: bool | None = field(
        "Télétransmission et téléservices", "Usage au niveau de l'accord.", group=OPTIONS
    )
    option_justificatif_teleservices: bool | None = field(
        "Justificatif d'usage des téléservices", "Transmis à la caisse.", group=OPTIONS
    )
    option_numerique: bool | None = field(
        "Numérique en santé", "Dossier médical partagé, codage, télémédecine.", group=OPTIONS
    )
    stages_accueillis: Count | None = field(
        "Stages accueillis", "Nombre de stages de l'année.", unit="stages", group=OPTIONS
    )
    ecds_valide: bool | None = field(
        "Dossier e-CDS validé", "Le dossier de l'année est validé sur la plateforme e-CDS.", group=FILE
    )
    exercice_declare: Year | None = field("Exercice déclaré", "L'année d'activité que le dossier déclare.", group=FILE)
    ecds_depose_le: Day | None = field("Dossier e-CDS déposé le", "Le jour du dépôt.", group=FILE)
    points_fixes: Quantity | None = field(
        "Points fixes",
        "Points qui ne dépendent pas de la patientèle. L'accord national ne compte plus en points depuis le 15 "
        "octobre 2025.",
        unit="points",
        group=POINTS,
    )
    points_variables: Quantity | None = field(
        "Points variables", "Points qui suivent la patientèle.", unit="points", group=POINTS
    )
    patientele: People | None = field(
        "Patientèle", "Patients dont un médecin du centre est le médecin traitant.", unit="patients", group=POINTS
    )
