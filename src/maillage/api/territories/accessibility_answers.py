"""Accessibility, as the API says it."""

from pydantic import Field

from maillage.api.answers import Answer, Confidence, Value

UNIT = "Consultations par an et par habitant standardisé, ou ETP pour 100 000 : voir « unite »."


class ParametreApl(Answer):
    """Un paramètre de la méthode."""

    chemin: str = Field(description="Le nom du paramètre, que lit /api/parametres/{id}.")
    libelle: str = Field(description="Ce qu'il est.")
    valeur: Value
    unite: str = Field(description="Son unité.")
    confiance: Confidence | None = Field(description="A : établi. B : une seule source, ou estimé. C : à confirmer.")
    sources: list[str] = Field(description="D'où il vient.")
    reserve: str | None = Field(description="Pourquoi il est incertain, ou null.")


class Methode(Answer):
    """Comment les valeurs du modèle sont faites, et leur erreur."""

    demande: str = Field(description="La population comptée.")
    offre: str = Field(description="Les professionnels comptés.")
    temps: str = Field(description="Les temps de trajet : une table chargée, ou une estimation.")
    erreur: str = Field(description="À quelle distance de la valeur publiée le modèle se trouve.")
    remarques: list[str] = Field(description="Ce qui est laissé de côté.")


class ReferenceApl(Answer):
    """La valeur publiée par la DREES, qui reste la référence."""

    libelle: str = Field(description="L'indicateur.")
    producteur: str = Field(description="Qui le produit.")
    millesime: str = Field(description="De quand il date.")


class AplCommune(Answer):
    """L'accessibilité d'une commune."""

    code: str = Field(description="Code INSEE.", examples=["35236"])
    publiee: float | None = Field(
        description=f"Valeur publiée par la DREES ; null quand elle n'est pas chargée. {UNIT}"
    )
    modele: float | None = Field(
        description=f"Valeur du modèle, qui ne sert qu'à dire des différences ; null : population inconnue. {UNIT}"
    )


class Apl(Answer):
    """L'accessibilité des communes demandées."""

    profession: str = Field(description="La profession.", examples=["medecin_generaliste"])
    unite: str = Field(description="L'unité des valeurs, celle de la DREES.")
    reference: ReferenceApl | None = Field(description="La valeur publiée ; null quand elle n'est pas chargée.")
    methode: Methode = Field(description="Comment les valeurs du modèle sont faites.")
    parametres: list[ParametreApl] = Field(description="Les paramètres de la méthode, avec leur confiance.")
    communes: list[AplCommune] = Field(description="Les communes, dans l'ordre de leurs codes.")


class ChangementCommune(Answer):
    """Ce qui change dans une commune."""

    code: str = Field(description="Code INSEE.", examples=["35236"])
    apl_avant: float = Field(description=f"Valeur du modèle avant. {UNIT}")
    apl_apres: float = Field(description=f"Valeur du modèle après. {UNIT}")
    difference: float = Field(description="Après moins avant.")


class EtSi(Answer):
    """Les seules communes qui changent."""

    profession: str = Field(description="La profession.")
    unite: str = Field(description="L'unité des valeurs, celle de la DREES.")
    habitants: int = Field(description="Habitants des communes qui changent, quand leur population est connue.")
    methode: Methode = Field(description="Comment les valeurs sont faites.")
    remarques: list[str] = Field(description="Ce qui a été supposé.")
    communes: list[ChangementCommune] = Field(description="Les communes qui changent, dans l'ordre de leurs codes.")
