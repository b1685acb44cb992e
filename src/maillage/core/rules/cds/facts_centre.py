"""What a centre de santé says of itself, of its place and of its team."""

from typing import Literal

from maillage.core.rules.simulation.situation import Day, Quantity, Situation, field

WHERE, TEAM = "Où et quand", "Le centre et son équipe"
FULL_TIME = "équivalents temps plein"


class CentreFacts(Situation):
    """The day, the zone, the kind of centre and its full-time equivalents."""

    date: Day = field("Date", "Le jour auquel appliquer les règles.", ..., group=WHERE)
    zone: Literal["zip", "zac", "hors_zone"] | None = field(
        "Zone du zonage des médecins",
        "ZIP : zone d'intervention prioritaire. ZAC : zone d'action complémentaire.",
        group=WHERE,
        choices={"zip": "ZIP", "zac": "ZAC", "hors_zone": "hors zonage"},
    )
    quartier_prioritaire: bool | None = field(
        "Quartier prioritaire", "Le centre est dans un quartier prioritaire de la politique de la ville.", group=WHERE
    )
    ile: bool | None = field("Île", "Le centre est sur une île.", group=WHERE)
    type_de_centre: Literal["medical", "polyvalent", "dentaire", "infirmier"] | None = field(
        "Type de centre",
        "Polyvalent : plusieurs professions, dont des médecins.",
        group=TEAM,
        choices={"medical": "médical"},
    )
    ouverture_le: Day | None = field("Ouverture", "Le jour où le centre a ouvert, ou doit ouvrir.", group=TEAM)
    etp_medecins: Quantity | None = field(
        "Médecins salariés", "Temps de travail de tous les médecins salariés.", unit=FULL_TIME, group=TEAM
    )
    etp_generalistes: Quantity | None = field(
        "Médecins généralistes salariés", "Dont celui des généralistes.", unit=FULL_TIME, group=TEAM
    )
    etp_infirmiers: Quantity | None = field(
        "Infirmiers salariés", "Temps de travail des infirmiers.", unit=FULL_TIME, group=TEAM
    )
    etp_dentistes: Quantity | None = field(
        "Chirurgiens-dentistes salariés", "Temps de travail des chirurgiens-dentistes.", unit=FULL_TIME, group=TEAM
    )
