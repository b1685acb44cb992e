"""Who practises at a distance and how much: the first fields of the simulator. No OpenFisca here."""

from typing import Literal

from maillage.core.rules.simulation.situation import Count, Day, Situation, field

WHERE, WHO, ACTS, NURSE = "Où et quand", "Vous", "Actes de l'année", "Infirmier auprès du patient"
BEFORE = "Jusqu'au 31 mars 2022, il y avait deux niveaux."
PROFESSIONS = {
    "medecin_generaliste": "médecin généraliste",
    "psychiatre": "psychiatre",
    "neurologue": "neurologue",
    "gynecologue": "gynécologue",
    "autre_specialite": "médecin d'une autre spécialité",
    "sage_femme": "sage-femme",
    "infirmier": "infirmier",
    "orthophoniste": "orthophoniste",
    "masseur_kinesitherapeute": "masseur-kinésithérapeute",
    "pedicure_podologue": "pédicure-podologue",
    "autre": "autre profession",
}
DOCTORS = ("medecin_generaliste", "psychiatre", "neurologue", "gynecologue", "autre_specialite")
Profession = Literal[
    "medecin_generaliste", "psychiatre", "neurologue", "gynecologue", "autre_specialite", "sage_femme", "infirmier",
    "orthophoniste", "masseur_kinesitherapeute", "pedicure_podologue", "autre",
]  # fmt: skip


class ActivityFacts(Situation):
    """The professional and the acts of a civil year."""

    date: Day = field("Date", "Le jour des actes, ou le dernier jour de l'année comptée.", ..., group=WHERE)
    profession: Profession | None = field("Profession", "La vôtre.", group=WHO, choices=PROFESSIONS)
    secteur_1: bool | None = field("Secteur 1", "Vous exercez aux tarifs conventionnels.", group=WHO)
    societe: bool | None = field(
        "Société de téléconsultation", "Vous êtes salarié d'une société de téléconsultation.", group=WHO
    )
    societe_agreee: bool | None = field("Société agréée", "La société a l'agrément des ministères.", group=WHO)

    actes_de_l_annee: Count | None = field(
        "Tous les actes de l'année", "En présence et à distance, sur l'année civile.", unit="actes", group=ACTS
    )
    teleconsultations: Count | None = field("Téléconsultations", "Dans l'année civile.", unit="actes", group=ACTS)
    rendues: Count | None = field(
        "Téléexpertises rendues", "Celles où l'on vous demande votre avis (requis).", unit="actes", group=ACTS
    )
    demandees: Count | None = field(
        "Téléexpertises demandées", "Celles où vous demandez un avis (requérant).", unit="actes", group=ACTS
    )
    niveau: Literal["niveau_1", "niveau_2"] | None = field(
        "Niveau des téléexpertises", BEFORE, group=ACTS, choices={"niveau_1": "niveau 1", "niveau_2": "niveau 2"}
    )
    rang_pour_le_patient: Count | None = field(
        "Rang de la téléexpertise", "Dans l'année, avec ce médecin, pour ce patient : 5 pour la cinquième.",
        unit="actes", group=ACTS,
    )  # fmt: skip
    connait_le_patient: bool | None = field(
        "Patient connu du médecin requis", BEFORE + " Le niveau 2 le demandait.", group=ACTS
    )
    consentement_teleexpertise: bool | None = field(
        "Consentement à la téléexpertise", "Le requérant l'a demandé au patient.", group=ACTS
    )

    pendant_un_soin: Count | None = field("Pendant un soin prévu", "Téléconsultations.", unit="actes", group=NURSE)
    dans_un_lieu_dedie: Count | None = field("Dans un lieu dédié", "Téléconsultations.", unit="actes", group=NURSE)
    a_domicile: Count | None = field("À domicile, organisées exprès", "Téléconsultations.", unit="actes", group=NURSE)
