"""The parameters of the rules, as the API says them."""

from pydantic import Field

from maillage.api.answers import Answer, Confidence, Day, Texte, Value


class ValeurDatee(Answer):
    """Une valeur, de son premier à son dernier jour."""

    valeur: Value
    depuis: Day
    jusqu_a: Day | None = Field(description="Dernier jour, ou null tant qu'aucune fin n'est connue.")
    confiance: Confidence | None = Field(description="A, B ou C ; null quand il n'y a pas de valeur.")
    textes: list[Texte] = Field(description="Les textes qui la donnent.")
    motif: str | None = Field(description="Pourquoi il n'y a pas de valeur, quand elle est null.")


class ParametreResume(Answer):
    """Un paramètre et sa dernière valeur."""

    chemin: str = Field(description="Son chemin.", examples=["aci_msp.valeur_du_point"])
    libelle: str = Field(description="Son nom en clair.", examples=["Valeur du point de l'ACI des MSP"])
    unite: str = Field(description="Son unité.", examples=["euros par point"])
    pack: str | None = Field(description="La politique régionale qui donne la valeur, ou null : nationale.")
    verifie_le: Day = Field(description="Dernier jour où une personne a comparé la valeur à son texte.")
    a_verifier_depuis: Day | None = Field(description="Depuis quand un texte connu a pu changer la valeur.")
    derniere_valeur: ValeurDatee = Field(description="Sa dernière valeur.")


class Parametre(ParametreResume):
    """Un paramètre et toutes ses valeurs, de la plus ancienne à la plus récente."""

    a_verifier_motif: str | None = Field(description="Quel texte a pu changer la valeur.")
    regles: list[str] = Field(description="Les identifiants de la base de connaissances.")
    note: str | None = Field(description="Ce qu'il faut savoir pour le lire.")
    valeurs: list[ValeurDatee] = Field(description="Ses valeurs.")


class Parametres(Answer):
    """Tous les paramètres, dans l'ordre de leurs chemins."""

    parametres: list[ParametreResume] = Field(description="Les paramètres.")
