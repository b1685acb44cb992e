"""What the API takes to write in a structure: the same values as the forms, read by the same services."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


def _line(words: str, longest: int = 200, example: str = "") -> Any:
    return Field(max_length=longest, description=words, examples=[example] if example else None)


def _words(words: str) -> Any:
    return _line(words, 10_000)


class Ecrit(BaseModel):
    """A body: nothing that it does not describe."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NouveauMembre(Ecrit):
    """Une personne qui entre dans l'équipe."""

    nom: Annotated[str, _line("Son nom.", 120, "Exemple")]
    prenom: Annotated[str, _line("Son prénom.", 120)] = ""
    metier: Annotated[str, _line("Son métier.", 80, "infirmier")]
    mode: Annotated[str, _line("libéral, salarié, mixte, remplaçant ou bénévole.", 20)] = ""
    rpps: Annotated[str, _line("Son numéro RPPS.", 20)] = ""
    email: Annotated[str, _line("Son adresse électronique.", 254)] = ""
    fonction: Annotated[str, _line("Sa fonction dans l'équipe.", 120)] = ""
    etp: Annotated[str | None, _line("Son équivalent temps plein, de 0 à 2.", 6, "0.80")] = None
    commune: Annotated[str, _line("Le code INSEE de sa commune d'exercice.", 5)] = ""
    signataire: Annotated[bool, Field(description="Si elle signe le projet de santé.")] = True
    entree_le: Annotated[str | None, _line("AAAA-MM-JJ ; aujourd'hui sans elle.", 10)] = None

    def fields(self) -> dict[str, Any]:
        """The same for the service."""
        return {MEMBER.get(name, name): value for name, value in self.model_dump().items()}


class Presence(Ecrit):
    """Comment une personne est venue."""

    membre: Annotated[UUID, Field(description="L'identifiant d'une personne de l'équipe.")]
    presence: Annotated[Literal["present", "distance", "excuse", "absent"], Field(description="Comment.")]
    minutes: Annotated[int | None, Field(ge=0, le=1440, description="Combien de temps ; null : toute la réunion.")] = (
        None
    )


class NouvelleReunion(Ecrit):
    """Une réunion, prévue ou déjà tenue."""

    sujet: Annotated[str, _line("Son sujet.", example="Concertation de novembre")]
    nature: Annotated[str, _line("staff, concertation, bureau… comme dans la réponse.", 20)] = "projet"
    jour: Annotated[str, _line("AAAA-MM-JJ.", 10, "2026-11-10")]
    heure: Annotated[str, _line("HH:MM, à l'heure de Paris.", 5, "12:30")]
    minutes: Annotated[int, Field(ge=1, le=1440, description="Sa durée.")]
    lieu: Annotated[str, _line("Où elle se tient.")] = ""
    ordre_du_jour: Annotated[str, _words("Une ligne par point.")] = ""
    compte_rendu: Annotated[str, _words("Ce qui a été dit et décidé ; aucune donnée de patient.")] = ""
    presences: Annotated[list[Presence], Field(max_length=1000, description="Qui est venu, et comment.")] = []
    clore: Annotated[bool, Field(description="La clore : sa feuille est scellée, les autres sont absents.")] = False


class NouvelleAction(Ecrit):
    """Une fiche action."""

    intitule: Annotated[str, _line("Son intitulé.", example="Prévention des chutes")]
    objectif: Annotated[str, _words("Ce qui aura changé.")] = ""
    besoin: Annotated[str, _words("Le besoin, en mots.")] = ""
    population: Annotated[str, _words("La population concernée.")] = ""
    partenaires: Annotated[str, _words("Les partenaires.")] = ""
    pilote: Annotated[UUID | None, Field(description="L'identifiant d'une personne de l'équipe, ou null.")] = None
    debut: Annotated[str | None, _line("AAAA-MM-JJ, ou null.", 10)] = None
    fin: Annotated[str | None, _line("AAAA-MM-JJ, ou null.", 10)] = None
    etapes: Annotated[str, _words("Une ligne par étape.")] = ""
    moyens: Annotated[str, _words("Les moyens.")] = ""
    budget: Annotated[str | None, _line("En euros ; null : à confirmer.", 20, "1500.00")] = None
    financements: Annotated[str, _words("Les financements.")] = ""
    evaluation: Annotated[str, _words("Comment elle sera évaluée.")] = ""
    etat: Annotated[Literal["prevue", "en_cours", "finie", "abandonnee"], Field(description="Où elle en est.")] = (
        "prevue"
    )

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
