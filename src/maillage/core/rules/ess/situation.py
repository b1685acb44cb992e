"""What an équipe de soins spécialisés declares: the input of its simulator. No OpenFisca here.

Its fields are those of the conditions of creation, so that a team answers once: they have no prefix.
"""

import datetime
from typing import ClassVar, Literal

from pydantic import model_validator

from maillage.core.rules.simulation.situation import Count, Day, SimulatorSpec, Situation, field

WHERE, TEAM, STATUS, MONEY = "Où et quand", "La spécialité et le périmètre", "Le statut et le projet", "Le financement"
Statut = Literal["aucune", "association_1901", "autre"]
Projet = Literal["aucun", "en_cours", "redige", "valide"]


class SituationEss(Situation):
    """Une équipe de soins spécialisés et une date."""

    prefix: ClassVar[str] = ""

    date: Day = field("Date", "Le jour auquel appliquer les règles.", ..., group=WHERE)
    specialite: str | None = field("Spécialité", "La spécialité médicale de l'équipe : « cardiologie ».", group=TEAM)
    perimetre_departemental: bool | None = field(
        "Périmètre d'un département au moins",
        "Le périmètre couvre au moins un département entier, d'un seul tenant.",
        group=TEAM,
    )
    ess_existante: bool | None = field(
        "Une ESS de la spécialité existe déjà",
        "Une autre équipe de soins spécialisés de la même spécialité couvre déjà une partie du périmètre.",
        group=TEAM,
    )
    specialistes_presents: Count | None = field(
        "Médecins de la spécialité",
        "Tous ceux du périmètre, libéraux ou non, adhérents ou non.",
        unit="médecins",
        group=TEAM,
    )
    specialistes_liberaux: Count | None = field(
        "Dont libéraux", "Les libéraux de la spécialité dans le périmètre.", unit="médecins", group=TEAM
    )
    specialistes_adherents: Count | None = field(
        "Adhérents de l'équipe", "Les libéraux de la spécialité qui adhèrent.", unit="médecins", group=TEAM
    )
    forme_juridique: Statut | None = field(
        "Statut juridique", "Le statut de l'équipe.", group=STATUS,
        choices={"association_1901": "association loi 1901", "autre": "autre statut"},
    )  # fmt: skip
    projet_de_sante: Projet | None = field(
        "Projet de santé", "Où en est le projet de santé.", group=STATUS,
        choices={"redige": "rédigé", "valide": "validé"},
    )  # fmt: skip
    ess_derogation: bool | None = field(
        "Dérogation obtenue",
        "Une dérogation aux seuils ou à l'unicité a été validée pour des circonstances particulières.",
        group=STATUS,
    )
    ess_missions_socles: bool | None = field(
        "Les trois missions socles sont menées",
        "Coordonner les soins dans une logique de parcours ; structurer le second recours et le lier aux autres ; "
        "donner un avis ponctuel aux médecins traitants dans un délai réduit.",
        group=MONEY,
    )
    ess_amorcage_recu: bool | None = field(
        "Crédit d'amorçage déjà reçu", "L'équipe a déjà reçu le crédit d'amorçage une année précédente.", group=MONEY
    )

    @property
    def day(self) -> datetime.date:
        return self.date

    @model_validator(mode="after")
    def _fewer_members_than_present(self) -> "SituationEss":
        present, liberal, members = self.specialistes_presents, self.specialistes_liberaux, self.specialistes_adherents
        if present is not None and liberal is not None and liberal > present:
            raise ValueError(f"au plus {present} libéraux : pas plus que de médecins de la spécialité")
        if liberal is not None and members is not None and members > liberal:
            raise ValueError(f"au plus {liberal} adhérents : pas plus que de libéraux de la spécialité")
        return self


SIMULATOR = SimulatorSpec(
    code="ess",
    structure="ESS",
    title="Équipe de soins spécialisés",
    summary="Le crédit d'amorçage puis la dotation que la convention médicale verse à une équipe de soins spécialisés.",
    total="Financement de l'année",
    model=SituationEss,
    example={
        "date": "2026-06-01",
        "specialite": "cardiologie",
        "perimetre_departemental": True,
        "ess_existante": False,
        "specialistes_presents": 30,
        "specialistes_liberaux": 25,
        "specialistes_adherents": 3,
        "forme_juridique": "association_1901",
        "projet_de_sante": "valide",
        "ess_missions_socles": True,
        "ess_amorcage_recu": False,
    },
    example_source="cas ESS-T3 et ESS-T8 : 25 cardiologues libéraux, 3 adhérents, premier financement",
    conditions=(
        "ess_specialite",
        "ess_perimetre",
        "ess_unicite",
        "ess_medecins_presents",
        "ess_adherents",
        "ess_statut",
        "ess_projet_de_sante",
        "ess_financement_conventionnel",
    ),
)
