"""Helps and calls, as the API says them."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import Amount, Answer, Confidence, Day

Structure = Literal["ESP", "MSP", "CDS", "ESS", "CPTS"]


class Accompagnement(Answer):
    """Une aide à une étape : qui la donne, ce qu'elle est, ce qu'il faut pour l'avoir."""

    id: str = Field(description="Son identifiant.", examples=["cpts_projet_elaboration"])
    structure: Structure = Field(description="La structure aidée.")
    etape: str = Field(description="L'identifiant de l'étape.", examples=["projet"])
    titre_etape: str = Field(description="Le titre de l'étape.", examples=["Écrire le projet de santé"])
    qui: str = Field(description="Qui aide.", examples=["ARS Bretagne"])
    nature: Literal["methode", "consultant", "argent", "contrat", "decision"] = Field(
        description="Ce que l'équipe reçoit : méthode, temps de consultant, argent, contrat ou décision."
    )
    aide: str = Field(description="L'aide, en quelques mots.")
    phrase: str = Field(description="L'aide telle que l'étape d'une orientation la dit, à cette date.")
    parametre: str | None = Field(description="L'identifiant de son montant dans /api/parametres, ou null.")
    borne: Literal["exact", "plafond"] | None = Field(description="Ce qu'est le montant, ou null sans paramètre.")
    montant: Amount | None = Field(description="Le montant à cette date, ou null : à confirmer, ou sans paramètre.")
    unite: str | None = Field(description="L'unité du montant, ou null sans paramètre.")
    a_confirmer: bool = Field(description="Vrai quand le montant, ou l'aide elle-même, n'est pas établi.")
    motif: str | None = Field(description="Pourquoi c'est à confirmer, ou null.")
    documents: list[str] = Field(description="Ce qui est demandé.")
    avis: str | None = Field(description="Qui donne un avis, ou null.")
    decide: str | None = Field(description="Qui décide, ou null.")
    depuis: Day | None = Field(description="Le premier jour connu, ou null.")
    jusqu_a: Day | None = Field(description="Le dernier jour, ou null : aucun n'est connu.")
    source: str = Field(description="Le texte qui le dit.")
    confiance: Confidence


class Accompagnements(Answer):
    """Qui aide, à quelle étape, un jour donné."""

    date: Day = Field(description="Le jour.")
    region: str | None = Field(description="La politique régionale, ou null : la nation seule.")
    avertissement: str | None = Field(description="Ce que la politique régionale dit d'elle-même, ou null.")
    accompagnements: list[Accompagnement] = Field(description="Les aides.")


class Appel(Answer):
    """Un appel à projets. Sans ses deux jours, il n'est jamais dit ouvert."""

    id: str = Field(description="Son identifiant.", examples=["bretagne-si_msp"])
    libelle: str = Field(description="Son titre.")
    objet: str = Field(description="Ce qu'il finance.")
    payeur: str = Field(description="Qui paie.")
    region: str | None = Field(description="La politique régionale qui le porte, ou null.")
    lieu: str = Field(description="La région, en toutes lettres.")
    etat: Literal["ouvert", "a_venir", "a_confirmer", "clos"] = Field(description="Son état à cette date.")
    ouvert_le: Day | None = Field(description="Le premier jour, ou null : à confirmer.")
    ferme_le: Day | None = Field(description="Le dernier jour, ou null : à confirmer.")
    derniere_annee: int | None = Field(description="Sa dernière année quand ses jours ne sont pas connus, ou null.")
    structures: list[Structure] = Field(description="Les structures qui peuvent répondre.")
    territoires: list[str] = Field(description="Où, en toutes lettres ; vide : toute la région.")
    documents: list[str] = Field(description="Ce qui est demandé.")
    adresse: str | None = Field(description="Sa page, ou null.")
    source: str = Field(description="Le texte qui le dit.")
    confiance: Confidence


class Appels(Answer):
    """Les appels à projets connus, les ouverts d'abord."""

    date: Day = Field(description="Le jour de leur état.")
    appels: list[Appel] = Field(description="Les appels.")
