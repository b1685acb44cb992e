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
    verifie_jusqu_au: Day | None = Field(
        description="Dernier jour pour lequel la valeur est comparée à son texte ; null si elle commence après."
    )


class ValeurAu(Answer):
    """La valeur à une date, et ce qu'il faut en savoir."""

    date: Day = Field(description="Le jour demandé, aujourd'hui sinon.")
    valeur: Value
    depuis: Day | None = Field(description="Premier jour de cette valeur ; null avant la première connue.")
    jusqu_a: Day | None = Field(description="Dernier jour, ou null tant qu'aucune fin n'est connue.")
    confiance: Confidence | None = Field(description="A, B ou C ; null quand il n'y a pas de valeur.")
    textes: list[Texte] = Field(description="Les textes qui la donnent.")
    verifie_jusqu_au: Day | None = Field(description="Dernier jour pour lequel elle est comparée à son texte.")
    a_confirmer: bool = Field(description="Vrai quand elle n'est pas établie, est incertaine, ou a pu changer.")
    motif: str | None = Field(description="Pourquoi elle est à confirmer.")
    avertissement: str | None = Field(description="Ce qu'il faut savoir quand le jour demandé suit la vérification.")


class Utilisateur(Answer):
    """Une règle qui lit le paramètre."""

    id: str = Field(description="Son identifiant, comme dans /api/regles.", examples=["aci_msp_montant"])
    libelle: str = Field(description="Son nom en clair.")


class ParametreResume(Answer):
    """Un paramètre, sa valeur à une date et sa dernière valeur."""

    id: str = Field(description="Son identifiant : son chemin.", examples=["aci_msp.valeur_du_point"])
    libelle: str = Field(description="Son nom en clair.", examples=["Valeur du point de l'ACI des MSP"])
    unite: str = Field(description="Son unité.", examples=["euros par point"])
    pack: str | None = Field(description="La politique régionale qui donne la valeur, ou null : nationale.")
    verifie_le: Day = Field(description="Dernier jour où une personne a comparé la valeur à son texte.")
    a_verifier_depuis: Day | None = Field(description="Depuis quand un texte connu a pu changer la valeur.")
    valeur_au: ValeurAu = Field(description="Sa valeur à la date demandée.")
    derniere_valeur: ValeurDatee = Field(description="Sa dernière valeur.")


class Parametre(ParametreResume):
    """Un paramètre et toutes ses valeurs, de la plus ancienne à la plus récente."""

    a_verifier_motif: str | None = Field(description="Quel texte a pu changer la valeur.")
    regles: list[str] = Field(description="Les identifiants de la base de connaissances.")
    note: str | None = Field(description="Ce qu'il faut savoir pour le lire.")
    valeurs: list[ValeurDatee] = Field(description="Ses valeurs.")
    utilise_par: list[Utilisateur] = Field(description="Les règles qui le lisent.")
    aides: list[str] = Field(description="Les aides dont il donne le montant.")


class Parametres(Answer):
    """Tous les paramètres, dans l'ordre de leurs identifiants."""

    parametres: list[ParametreResume] = Field(description="Les paramètres.")
