"""What the API says of a structure that lives."""

from pydantic import Field

from maillage.api.answers import Answer, Day
from maillage.api.projets.activity_answers import FicheAction, ReunionDuProjet


class Structure(Answer):
    """Une structure, ce qui la nomme."""

    id: str = Field(description="Son identifiant.")
    nature: str = Field(description="esp, msp, cds, ess ou cpts.", examples=["msp"])
    nom: str = Field(description="Son nom.")
    region: str = Field(description="Le code INSEE de sa région.", examples=["53"])
    communes: list[str] = Field(description="Les codes INSEE des communes de son territoire.")


class ListeDesStructures(Answer):
    """Les structures que l'on peut lire."""

    structures: list[Structure] = Field(description="Chaque structure, par son nom.")


class MembreDeLaStructure(Answer):
    """Une personne de l'équipe."""

    id: str = Field(description="Son identifiant.")
    nom: str = Field(description="Son nom.")
    prenom: str = Field(description="Son prénom.")
    metier: str = Field(description="Son métier.", examples=["infirmier"])
    fonction: str = Field(description="Sa fonction dans l'équipe.")
    mode: str = Field(description="Son mode d'exercice ; vide quand il n'est pas dit.")
    rpps: str = Field(description="Son numéro RPPS ; vide quand il n'est pas donné.")
    etp: str | None = Field(description="Son équivalent temps plein, ou null.", examples=["0.80"])
    email: str | None = Field(
        description="Son adresse ; null pour qui n'est pas de l'équipe, vide si elle la garde pour elle."
    )
    signataire: bool = Field(description="Si elle signe le projet de santé.")
    entree_le: Day = Field(description="Son premier jour dans l'équipe.")
    sortie_le: Day | None = Field(description="Son dernier jour, ou null.")


class ListeDesMembres(Answer):
    """L'équipe d'une structure."""

    membres: list[MembreDeLaStructure] = Field(description="Chaque personne, par son nom.")


class ListeDesReunions(Answer):
    """Les réunions d'une structure."""

    total: int = Field(description="Combien répondent.")
    page: int = Field(description="La page lue, à partir de 1.")
    pages: int = Field(description="Combien de pages.")
    reunions: list[ReunionDuProjet] = Field(description="Chaque réunion, la dernière d'abord.")


class ListeDesActions(Answer):
    """Les fiches actions d'une structure."""

    actions: list[FicheAction] = Field(description="Chaque fiche, dans l'ordre de la structure.")
