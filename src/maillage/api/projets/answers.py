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
    etat: Literal["ok", "manque", "inconnu", "conseille"] = Field(
        description="« conseille » n'empêche pas l'envoi ; « inconnu » : une réponse manque pour conclure."
    )
    manque: str | None = Field(description="Ce qui manque, ou null quand rien ne manque.")
    cible: str = Field(
        description="Où le compléter : « rubrique:… », « equipe », « signatures »…", examples=["rubrique:msp.membres"]
    )
    source: str = Field(description="Le texte ou le guide qui le demande.")
    confiance: Confidence | None = Field(description="A, B ou C.")
    a_confirmer: str | None = Field(description="Pourquoi le contrôle lui-même est à confirmer, ou null.")
    regle: str | None = Field(description="La règle qui décide, ou null.", examples=["msp_paramedicaux"])


class CompletudeDuProjet(Answer):
    """Tout ce qui est regardé dans un projet avant son envoi."""

    complet: bool = Field(description="Vrai quand rien de demandé ne manque.")
    faits: int = Field(description="Combien de contrôles sont faits.")
    attendus: int = Field(description="Combien doivent l'être.")
    conseilles: int = Field(description="Combien sont seulement conseillés et ne sont pas faits.")
    controles: list[Controle] = Field(description="Chaque contrôle, par partie.")
