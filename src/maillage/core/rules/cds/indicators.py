"""Indicators of the accord national of the centres de santé: names, labels and ids of the knowledge base."""

from typing import NamedTuple


class Indicator(NamedTuple):
    """``field``: of the situation (« socle_protocoles »); ``id``: rule id; ``label``: what is reached."""

    field: str
    id: str
    label: str

    @property
    def name(self) -> str:
        """As the lists of parameters name it."""
        return self.field.partition("_")[2]


SOCLES = (
    Indicator("socle_accessibilite", "IND-01", "Accessibilité du centre"),
    Indicator("socle_missions_de_sante_publique", "IND-02", "Missions de santé publique"),
    Indicator("socle_diversification", "IND-03", "Diversification de l'offre de soins"),
    Indicator("socle_accueil_cst", "IND-04", "Accueil d'un centre adhérant à un contrat de solidarité territoriale"),
    Indicator("socle_concertation", "IND-10", "Concertation pluriprofessionnelle formalisée et régulière"),
    Indicator("socle_formation", "IND-11", "Formation des jeunes professionnels de santé"),
    Indicator("socle_coordination_externe", "IND-12", "Coordination externe"),
    Indicator("socle_protocoles", "IND-13", "Protocoles pluriprofessionnels"),
    Indicator("socle_fonction_coordination", "IND-15", "Fonction de coordination"),
    Indicator("socle_partage_information", "IND-17", "Partage et structuration de l'information"),
    Indicator("socle_systeme_information", "IND-18", "Système d'information pluriprofessionnel"),
)
OPTIONS = (
    Indicator("option_publics_vulnerables", "IND-05", "Accompagnement des publics vulnérables"),
    Indicator("option_information_du_public", "IND-06", "Information du public"),
    Indicator("option_soins_non_programmes", "IND-07", "Soins non programmés régulés, effection"),
    Indicator("option_crise_sanitaire", "IND-08", "Réponse aux crises sanitaires"),
    Indicator("option_aller_vers", "IND-09", "« Aller vers », sages-femmes et chirurgiens-dentistes"),
    Indicator("option_parcours", "IND-14", "Parcours et infirmier en pratique avancée"),
    Indicator("option_demarche_qualite", "IND-16", "Démarche qualité"),
    Indicator("option_teletransmission", "IND-19", "Télétransmission et téléservices"),
    Indicator("option_justificatif_teleservices", "IND-20", "Justificatif d'usage des téléservices"),
    Indicator("option_numerique", "IND-21", "Numérique en santé"),
)
