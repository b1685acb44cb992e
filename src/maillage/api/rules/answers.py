"""The rules, as the API says them."""

from pydantic import Field

from maillage.api.answers import Answer, Texte


class Regle(Answer):
    """Une règle : ce qu'elle calcule, de quels textes, avec quels chiffres."""

    id: str = Field(description="Son identifiant.", examples=["msp_medecins_generalistes"])
    libelle: str = Field(description="Son nom en clair.", examples=["Au moins deux médecins généralistes"])
    repere: str | None = Field(description="Son repère dans la grille de l'accord (MSP-2.1), ou null.")
    structure: str | None = Field(description="La structure dont elle est la règle, ou null : plusieurs.")
    domaine: str = Field(description="Sa famille.", examples=["Maison de santé (MSP)"])
    unite: str | None = Field(description="L'unité de ce qu'elle donne, ou null.")
    texte: str | None = Field(description="Ce qu'elle demande, en une phrase, ou null quand elle est un calcul.")
    justificatif: str | None = Field(description="La pièce qui la prouve, ou null.")
    parametres: list[str] = Field(description="Les chiffres qu'elle lit : des identifiants de /api/parametres.")
    textes: list[Texte] = Field(description="Les textes de ces chiffres, chacun une fois.")
    lit: list[str] = Field(description="Les règles et les faits qu'elle lit, par leurs identifiants.")
    utilisee_par: list[str] = Field(description="Les règles qui la lisent, par leurs identifiants.")
    cas: int = Field(description="Combien de cas d'essai en attendent une valeur.")
    page: str = Field(description="Sa page sur ce site.", examples=["/regles/msp_medecins_generalistes/"])


class Regles(Answer):
    """Les règles trouvées, par famille."""

    regles: list[Regle] = Field(description="Les règles.")
