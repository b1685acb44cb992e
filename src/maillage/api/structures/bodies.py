"""What the API takes to write in a structure: the same values as the forms, read by the same services."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=10_000)]
Day = Annotated[str, Field(max_length=10, description="AAAA-MM-JJ.", examples=["2026-11-10"])]


class Ecrit(BaseModel):
    """A body: nothing that it does not describe."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NouveauMembre(Ecrit):
    """Une personne qui entre dans l'équipe."""

    nom: Annotated[str, Field(max_length=120, description="Son nom.", examples=["Exemple"])]
    prenom: Annotated[str, Field(max_length=120)] = ""
    metier: Annotated[str, Field(max_length=80, description="Son métier.", examples=["infirmier"])]
    mode: Annotated[str, Field(max_length=20, description="libéral, salarié, mixte, remplaçant ou bénévole.")] = ""
    rpps: Annotated[str, Field(max_length=20)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    fonction: Annotated[str, Field(max_length=120)] = ""
    etp: Annotated[str | None, Field(max_length=6, description="De 0 à 2.", examples=["0.80"])] = None
    commune: Annotated[str, Field(max_length=5, description="Code INSEE de la commune d'exercice.")] = ""
    signataire: bool = True
    entree_le: Annotated[str | None, Field(max_length=10, description="AAAA-MM-JJ ; aujourd'hui sans elle.")] = None

    def fields(self) -> dict[str, Any]:
        """The same for the service."""
        return {MEMBER.get(name, name): value for name, value in self.model_dump().items()}


class Presence(Ecrit):
    """Comment une personne est venue."""

    membre: UUID
    presence: Literal["present", "distance", "excuse", "absent"]
    minutes: Annotated[int | None, Field(ge=0, le=1440, description="null : toute la réunion.")] = None


class NouvelleReunion(Ecrit):
    """Une réunion, prévue ou déjà tenue."""

    sujet: Annotated[str, Field(max_length=200, examples=["Concertation de novembre"])]
    nature: Annotated[str, Field(max_length=20, examples=["concertation"])] = "projet"
    jour: Day
    heure: Annotated[str, Field(max_length=5, examples=["12:30"])]
    minutes: Annotated[int, Field(ge=1, le=1440)]
    lieu: Line = ""
    ordre_du_jour: Words = ""
    compte_rendu: Words = ""
    presences: Annotated[list[Presence], Field(max_length=1000)] = []
    clore: Annotated[bool, Field(description="Clore la réunion : sa feuille est scellée, les autres sont absents.")] = (
        False
    )


class NouvelleAction(Ecrit):
    """Une fiche action."""

    intitule: Annotated[str, Field(max_length=200, examples=["Prévention des chutes"])]
    objectif: Words = ""
    besoin: Words = ""
    population: Words = ""
    partenaires: Words = ""
    pilote: UUID | None = None
    debut: Annotated[str | None, Field(max_length=10)] = None
    fin: Annotated[str | None, Field(max_length=10)] = None
    etapes: Words = ""
    moyens: Words = ""
    budget: Annotated[str | None, Field(max_length=20, description="En euros ; null : à confirmer.")] = None
    financements: Words = ""
    evaluation: Words = ""
    etat: Literal["prevue", "en_cours", "finie", "abandonnee"] = "prevue"

    def fields(self) -> dict[str, Any]:
        """The same for the service."""
        told = self.model_dump()
        return {name: told[ours] for ours, name in ACTION.items()}


ACTION = {
    "intitule": "title", "objectif": "objective", "besoin": "need_text", "population": "population",
    "partenaires": "partners", "pilote": "pilot", "debut": "starts_on", "fin": "ends_on", "etapes": "steps",
    "moyens": "means", "budget": "budget", "financements": "funding", "evaluation": "evaluation", "etat": "state",
}  # fmt: skip
MEETING = {
    "sujet": "title", "nature": "kind", "jour": "day", "heure": "hour", "minutes": "minutes", "lieu": "place",
    "ordre_du_jour": "agenda",
}  # fmt: skip
MEMBER = {"signataire": "is_signatory", "entree_le": "joined_on"}
"""What each field is called inside, by its name in the API."""
