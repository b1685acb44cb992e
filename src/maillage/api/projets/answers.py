"""What a project lacks, as the core's ``Completeness.as_dict`` builds it."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import Answer, Confidence


class Controle(Answer):
    """Un contrôle du dossier : le même que celui que l'ARS verra."""

    code: str = Field(description="Son nom, qui ne change pas.", examples=["rubrique.msp.membres"])
    groupe: Literal["texte", "territoire", "equipe", "actions", "droit", "signatures", "etapes"] = Field(
        description="La partie du dossier."
    )
    libelle: str = Field(description="Ce qui est regardé, en clair.")
    etat: Literal["ok", "manque", "inconnu", "a_nommer", "plus_tard", "conseille"] = Field(
        description="« conseille » n'empêche pas l'envoi ; « inconnu » : une réponse manque pour conclure ; "
        "« a_nommer » : les personnes annoncées suffisent, une fois nommées ; « plus_tard » : rien à regarder encore."
    )
    manque: str | None = Field(description="Ce qui manque, ou null quand rien ne manque.")
    cible: str = Field(
        description="Où le compléter : « rubrique:… », « equipe », « signatures »…", examples=["rubrique:msp.membres"]
    )
    source: str = Field(description="Le texte ou le guide qui le demande.")
    confiance: Confidence | None = Field(description="A, B ou C.")
    a_confirmer: str | None = Field(description="Pourquoi le contrôle lui-même est à confirmer, ou null.")
    regle: str | None = Field(description="La règle qui décide, ou null.", examples=["msp_paramedicaux"])
    requis: bool = Field(description="Faux : seulement conseillé, jamais compté.")


class CompletudeDuProjet(Answer):
    """Tout ce qui est regardé dans un projet avant son envoi."""

    complet: bool = Field(description="Vrai quand rien de demandé ne manque.")
    faits: int = Field(description="Combien de contrôles requis sont faits, hors rubriques.")
    attendus: int = Field(description="Combien doivent l'être, hors rubriques.")
    rubriques_pretes: int = Field(description="Combien de rubriques sont prêtes.")
    rubriques: int = Field(description="Combien de rubriques a le projet.")
    conseilles: int = Field(description="Combien sont seulement conseillés et ne sont pas faits.")
    controles: list[Controle] = Field(description="Chaque contrôle, par partie.")


class StructureDuProjet(Answer):
    """La structure qui porte le projet."""

    nature: Literal["esp", "msp", "cds", "ess", "cpts"] = Field(description="Ce qu'elle est.")
    nom: str = Field(description="Son nom.")
    region: str = Field(description="Le code INSEE de sa région.", examples=["53"])
    communes: list[str] = Field(description="Les codes INSEE des communes de son territoire.", examples=[["35236"]])


class ProjetResume(Answer):
    """Un projet de santé, en bref."""

    id: str = Field(description="Son identifiant.")
    titre: str = Field(description="Son titre.")
    etat: Literal["preparation", "partage", "archive"] = Field(
        description="« partage » : l'ARS et l'Assurance Maladie du territoire le lisent."
    )
    debut: str = Field(description="Le jour où il a commencé.", examples=["2026-11-22"])
    structure: StructureDuProjet = Field(description="La structure qui le porte.")


class ListeDesProjets(Answer):
    """Les projets que la personne connectée peut lire."""

    projets: list[ProjetResume] = Field(description="Chaque projet, le plus récent d'abord.")


class ProjetDetaille(ProjetResume):
    """Un projet de santé : ce qu'on en sait sans nommer personne."""

    equipe: dict[str, int] = Field(description="Combien de membres par métier.", examples=[{"infirmier": 2}])
    signataires: int = Field(description="Combien de membres signent le projet.")
    sites: int = Field(description="Combien de lieux reçoivent les patients.")
    diagnostic: str | None = Field(description="L'identifiant du diagnostic conservé du territoire, ou null.")
    peut_ecrire: bool = Field(description="Si la personne connectée peut y écrire.")
