"""What the API says of the actions and of the meetings of a project."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import Amount, Answer
from maillage.apps.activity.inputs import MeetingKind


class BesoinDeLAction(Answer):
    """Le chiffre du diagnostic auquel une action répond."""

    libelle: str = Field(description="Le nom du chiffre.")
    valeur: str = Field(description="Sa valeur, comme la page la montre.", examples=["2 398 habitants"])
    millesime: str = Field(description="Son millésime.")


class IndicateurDeLAction(Answer):
    """Ce qui est suivi."""

    nom: str = Field(description="L'indicateur.")
    cible: str = Field(description="La cible, en mots ; vide quand elle est à fixer.")
    source: str = Field(description="D'où il vient ; vide quand c'est à préciser.")


class MissionDeLAction(Answer):
    """Une mission de l'accord."""

    code: str = Field(description="Son code dans les règles.", examples=["MSP-1.6a"])
    titre: str = Field(description="Son titre.")
    niveau: str = Field(description="Prérequis, socle, option ou proposition.")


class FicheAction(Answer):
    """Une fiche action."""

    id: str = Field(description="Son identifiant.")
    rang: int = Field(description="Son rang dans le projet, à partir de 1.")
    intitule: str = Field(description="Son intitulé.")
    etat: Literal["prevue", "en_cours", "finie", "abandonnee"] = Field(description="Où elle en est.")
    objectif: str = Field(description="Ce qui aura changé.")
    besoin: BesoinDeLAction | None = Field(description="Le chiffre du diagnostic, ou null.")
    besoin_en_mots: str = Field(description="Le besoin, en mots.")
    debut: str | None = Field(description="Le premier jour, ou null.", examples=["2027-01-01"])
    fin: str | None = Field(description="Le dernier jour, ou null.", examples=["2027-12-31"])
    budget: Amount | None = Field(description="Le budget en euros ; null veut dire « à confirmer ».")
    indicateurs: list[IndicateurDeLAction] = Field(description="Ce qui est suivi.")
    missions: list[MissionDeLAction] = Field(description="Les missions de l'accord auxquelles elle répond.")


class FichesActions(Answer):
    """Les fiches actions d'un projet, dans leur ordre."""

    actions: list[FicheAction] = Field(description="Chaque fiche.")


class ReunionDuProjet(Answer):
    """Une réunion de l'équipe : des nombres, aucun nom."""

    id: str = Field(description="Son identifiant.")
    sujet: str = Field(description="Son sujet.")
    nature: MeetingKind = Field(description="Sa nature.")
    etat: Literal["prevue", "close", "annulee"] = Field(description="« close » : la feuille de présence est scellée.")
    debut: str = Field(description="Quand elle commence.", examples=["2026-12-01T17:30:00+00:00"])
    minutes: int = Field(description="Sa durée.")
    lieu: str = Field(description="Où elle se tient ; vide quand c'est à préciser.")
    presents: int = Field(description="Combien sont venus, sur place ou à distance.")
    minutes_passees: int | None = Field(
        description="Le temps de tous, préparation comprise ; null avant le début ou quand elle est annulée."
    )
    empreinte: str | None = Field(description="L'empreinte SHA-256 de la feuille scellée, ou null.")


class ReunionsDuProjet(Answer):
    """Les réunions que la personne connectée peut voir, la dernière d'abord."""

    reunions: list[ReunionDuProjet] = Field(description="Chaque réunion.")
