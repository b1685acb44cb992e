"""Communes and data sources, as the API says them."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import Answer


class Lieu(Answer):
    """Un territoire et son code."""

    code: str = Field(description="Code INSEE, ou SIREN pour un EPCI.", examples=["35"])
    nom: str = Field(description="Nom.", examples=["Ille-et-Vilaine"])


class CommuneTrouvee(Answer):
    """Une commune d'aujourd'hui, ou un arrondissement de Paris, Lyon ou Marseille."""

    code: str = Field(description="Code INSEE.", examples=["35236"])
    nom: str = Field(description="Nom.", examples=["Redon"])
    libelle: str = Field(description="Nom et département, qui distinguent les homonymes.")
    type: Literal["commune", "arrondissement municipal"] = Field(description="Commune, ou arrondissement.")
    departement: Lieu = Field(description="Son département.")
    region: Lieu = Field(description="Sa région.")
    epci: Lieu | None = Field(description="Intercommunalité à fiscalité propre ; null quand il n'y en a pas.")
    codes_postaux: list[str] = Field(description="Ses codes postaux.", examples=[["35600"]])
    population: int | None = Field(description="Population municipale ; null quand aucune source ne la donne.")
    millesime_population: str | None = Field(description="Producteur et année de la population.")
    trouvee_sous: str | None = Field(description="L'ancien nom sous lequel la recherche l'a trouvée, ou null.")


class Ages(Answer):
    """Habitants par âge. La somme peut s'écarter du total de quelques unités : chaque nombre est arrondi."""

    moins_de_20: int = Field(description="0 à 19 ans.")
    de_20_a_64: int = Field(description="20 à 64 ans.")
    plus_de_65: int = Field(description="65 ans et plus.")
    total: int = Field(description="Ensemble.")
    millesime: str = Field(description="Producteur et année.")


class Ancienne(Answer):
    """Une commune d'hier."""

    code: str = Field(description="Ancien code INSEE.")
    nom: str | None = Field(description="Ancien nom ; null quand aucune source ne le donne.")


class CommuneDetaillee(CommuneTrouvee):
    """Une commune et ce que l'on sait de ses habitants."""

    parent: Lieu | None = Field(description="La commune d'un arrondissement municipal, sinon null.")
    latitude: float | None = Field(description="Latitude de la mairie (WGS84).")
    longitude: float | None = Field(description="Longitude de la mairie (WGS84).")
    anciennes: list[Ancienne] = Field(description="Les communes d'hier dont elle tient le territoire.")
    ages: Ages | None = Field(description="Population par âge ; null quand elle n'est pas publiée.")


class Communes(Answer):
    """Les communes trouvées, la plus probable d'abord."""

    communes: list[CommuneTrouvee] = Field(description="Les communes trouvées.")


class Source(Answer):
    """Une source de données et son dernier chargement."""

    cle: str = Field(description="Le nom de la source.")
    contenu: str = Field(description="Ce qu'elle contient.")
    producteur: str = Field(description="Qui la produit.")
    paquet: str = Field(description="Le paquet et sa version qui portent le fichier.")
    millesime: str = Field(description="De quand elle date.")
    licence: str = Field(description="Sous quelle licence elle est publiée.")
    url: str | None = Field(description="Où la trouver, ou null.")
    lignes_lues: int | None = Field(description="Lignes lues au dernier chargement.")
    lignes_retenues: int | None = Field(description="Lignes chargées.")
    lignes_ecartees: int | None = Field(description="Lignes écartées.")
    chargee_le: str | None = Field(description="Date et heure du dernier chargement réussi (ISO 8601).")
    etat: Literal["en_cours", "complete", "en_erreur", "arretee", "absente"] = Field(
        description="Où en est son chargement."
    )
    remarque: str | None = Field(description="Ce qui s'est passé, ou null.")


class Sources(Answer):
    """Les sources de données de cette installation."""

    sources: list[Source] = Field(description="Les sources, dans l'ordre de leurs clés.")
