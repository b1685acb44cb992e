"""The diagnosis of a territory, as the API says it: the JSON of :mod:`maillage.core.territory.diagnosis.results`."""

from typing import Annotated, Any, Literal

from pydantic import Field

from maillage.api.answers import Answer, Texte
from maillage.api.territories.answers import Lieu

Number = Annotated[
    float | None, Field(description="Dans l'unité du chiffre ; null veut dire « à confirmer », jamais zéro.")
]
Written = Annotated[str, Field(description="La valeur en français, ou « à confirmer ».")]
Vintage = Annotated[str, Field(description="De quand datent les données ; vide quand rien n'est chargé.")]


class LieuComptable(Lieu):
    """Une intercommunalité, et combien de ses communes sont dans le territoire."""

    communes: int = Field(description="Communes de l'EPCI qui sont dans le territoire.")
    sur: int = Field(description="Communes de l'EPCI entier.")


class Repere(Lieu):
    """Un lieu auquel comparer."""

    niveau: Literal["departement", "region", "france"] = Field(description="À quelle échelle.")


class TerritoireChoisi(Answer):
    """Le territoire, et comment il a été choisi."""

    nom: str = Field(description="Nom du territoire.")
    choix: str = Field(description="Comment il a été choisi, en une phrase.")
    notes: list[str] = Field(description="Ce qu'il faut savoir de ce choix.")
    communes: int = Field(description="Nombre de communes.")
    departements: list[Lieu] = Field(description="Ses départements.")
    regions: list[Lieu] = Field(description="Ses régions.")
    epci: list[LieuComptable] = Field(description="Ses intercommunalités.")
    compare_a: list[Repere] = Field(description="Les lieux auxquels ses chiffres sont comparés.")
    comparaison: str = Field(default="", description="Pourquoi ces lieux, en une phrase.")


class Avertissement(Answer):
    """Ce qu'une règle dit du territoire."""

    code: str = Field(description="L'identifiant de la vérification.")
    structure: str = Field(description="La structure que la règle vise.")
    etat: Literal["alerte", "a_verifier", "respecte", "information"] = Field(description="Ce qu'il en est.")
    titre: str = Field(description="La règle, en quelques mots.")
    texte: str = Field(description="Ce qu'il en est pour ce territoire.")
    parametre: str | None = Field(description="Le paramètre du seuil (/api/parametres/{id}), ou null.")
    regle: str | None = Field(description="La règle (/regles/…), ou null.")
    textes: list[Texte] = Field(description="Les textes de référence.")


class Comparaison(Answer):
    """Le même chiffre ailleurs."""

    niveau: Literal["departement", "region", "france"] = Field(description="À quelle échelle.")
    code: str = Field(description="Code du lieu.")
    nom: str = Field(description="Nom du lieu.")
    valeur: Number
    texte: Written
    millesime: str = Field("", description="Son millésime quand ce n'est pas celui du chiffre ; vide sinon.")


class Millesime(Answer):
    """Le chiffre du territoire à une date."""

    millesime: Vintage
    valeur: Number
    texte: Written


class Etendue(Answer):
    """La plus petite et la plus grande valeur des communes."""

    min: float = Field(description="La plus petite.")
    max: float = Field(description="La plus grande.")


class Chiffre(Answer):
    """Un chiffre du territoire, avec de quoi le citer."""

    code: str = Field(description="L'indicateur.", examples=["population.totale"])
    libelle: str = Field(description="Son nom.")
    valeur: Number
    texte: Written
    unite: str = Field(description="Son unité.")
    decimales: int = Field(description="Combien de décimales le texte montre ; la valeur les a toutes.")
    millesime: Vintage
    producteur: str = Field(description="Qui le produit.")
    methode: str = Field(description="Comment il est calculé ; vide quand la source ne le dit pas.")
    secret: str = Field(description="Ce que le producteur ne publie pas (secret statistique) ; vide sinon.")
    sens: Literal["haut", "bas", "neutre"] = Field(description="Ce qui est plus favorable.")
    comparaisons: list[Comparaison] = Field(description="Le même chiffre ailleurs.")
    evolution: list[Millesime] = Field(description="D'un millésime à l'autre, du plus ancien au plus récent.")
    couverture: str = Field(description="Combien de communes ont une valeur ; vide quand toutes en ont une.")
    etendue: Etendue | None = Field(description="De la plus petite à la plus grande commune, ou null.")
    pourquoi: str = Field(description="Pourquoi il n'y a pas de valeur, ou pas pour tout le territoire ; vide sinon.")


class Colonne(Answer):
    """Une colonne d'un tableau."""

    titre: str = Field(description="Son titre.")
    numerique: bool = Field(description="Si elle porte des nombres.")


class LigneDeTableau(Answer):
    """Une ligne d'un tableau : les mêmes cases, écrites et brutes."""

    textes: list[str] = Field(description="Une case par colonne, en français.")
    valeurs: list[str | float | None] = Field(description="Les mêmes cases, en nombres ou textes.")


class Tableau(Answer):
    """Une liste derrière les chiffres."""

    code: str = Field(description="Son identifiant.")
    titre: str = Field(description="Son titre.")
    colonnes: list[Colonne] = Field(description="Ses colonnes.")
    lignes: list[LigneDeTableau] = Field(description="Ses lignes.")
    source: str = Field(description="D'où elle vient ; vide quand le tableau le dit.")
    note: str = Field(description="Ce qu'il faut savoir pour la lire ; vide sinon.")


class AideZone(Answer):
    """Une aide qu'une zone ouvre."""

    code: str = Field(description="L'aide (/api/aides).")
    libelle: str = Field(description="Son nom.")
    montant: str = Field(description="Son montant, en mots ; vide quand il n'est pas connu.")


class ZoneOuvrant(Answer):
    """Une classe du zonage d'une profession, et les aides qu'elle ouvre."""

    profession: str = Field(description="La profession.", examples=["infirmier"])
    metier: str = Field(description="La profession, en mots.")
    classe: str = Field(description="La classe du zonage.")
    zone: str = Field(description="La classe, en mots.")
    communes: int = Field(description="Communes du territoire qui sont dans cette classe.")
    aides: list[AideZone] = Field(description="Les aides.")
    note: str = Field(description="Ce qu'il faut savoir ; vide sinon.")


class Partie(Answer):
    """Une partie du diagnostic."""

    code: str = Field(description="Son identifiant.", examples=["population"])
    titre: str = Field(description="Son titre.")
    texte: str = Field(description="Son introduction ; vide sinon.")
    chiffres: list[Chiffre] = Field(description="Ses chiffres.")
    tableaux: list[Tableau] = Field(description="Ses tableaux.")
    aides: list[ZoneOuvrant] = Field(description="Les aides que le zonage ouvre ; vide pour les autres parties.")
    graphiques: list[str] = Field(description="Les graphiques que les pages et les documents dessinent.")


class Manque(Answer):
    """Ce qu'il manque au diagnostic, et comment l'obtenir."""

    objet: str = Field(description="Ce qui manque.")
    pourquoi: str = Field(description="Pourquoi.")
    comment: str = Field(description="Comment l'obtenir.")
    commande: str = Field("", description="La commande de la personne qui tient l'installation ; vide sans commande.")


class CommuneChiffree(Answer):
    """Une commune du territoire et ses chiffres."""

    code: str = Field(description="Code INSEE.")
    nom: str = Field(description="Nom.")
    departement: str = Field(description="Code de son département.")
    epci: str | None = Field(description="SIREN de son intercommunalité, ou null.")
    latitude: float | None = Field(description="Latitude de la mairie (WGS84).")
    longitude: float | None = Field(description="Longitude de la mairie (WGS84).")
    valeurs: dict[str, float | None] = Field(description="Ses chiffres, par indicateur ; null quand inconnu.")
    zonages: dict[str, str] = Field(description="Sa classe, par profession.")


class SourceLue(Answer):
    """Une source que le diagnostic a lue."""

    cle: str = Field(description="Le nom de la source (/api/donnees).")
    libelle: str = Field(description="Ce qu'elle contient.")
    producteur: str = Field(description="Qui la produit.")
    millesime: Vintage
    licence: str = Field(description="Sous quelle licence.")
    url: str = Field(description="Où la trouver ; vide quand aucune adresse n'est connue.")
    chargee_le: str = Field(description="Jour du chargement (AAAA-MM-JJ) ; vide quand il n'est pas connu.")


class Recette(Answer):
    """De quoi refaire le même diagnostic : le choix, les millésimes, les paramètres."""

    format: int = Field(description="La version de cette forme.")
    version: str = Field(description="La version de Maillage.")
    jour: str = Field(description="Le jour du diagnostic (AAAA-MM-JJ).")
    selection: dict[str, Any] = Field(description="Le territoire, comme il a été demandé.")
    millesimes: dict[str, Any] = Field(description="Par source lue : son millésime et l'empreinte de son fichier.")
    parametres: dict[str, Any] = Field(description="Par chemin : la valeur appliquée.")


class Diagnostic(Answer):
    """Le diagnostic d'un territoire : ses chiffres, leurs sources, ce qui manque."""

    format: int = Field(description="La version de cette forme.")
    titre: str = Field(description="Le nom du territoire.")
    jour: str = Field(description="Le jour du diagnostic (AAAA-MM-JJ).")
    territoire: TerritoireChoisi = Field(description="Le territoire.")
    chiffres_cles: list[str] = Field(description="Les chiffres à lire d'abord, cinq au plus.")
    avertissements: list[Avertissement] = Field(description="Ce que les règles disent du territoire.")
    sections: list[Partie] = Field(description="Les parties.")
    manques: list[Manque] = Field(description="Ce qui manque.")
    communes: list[CommuneChiffree] = Field(description="Les communes, par code.")
    sources: list[SourceLue] = Field(description="Les sources lues.")
    recette: Recette = Field(description="De quoi le refaire.")


class DiagnosticGarde(Answer):
    """Un diagnostic conservé, tel qu'il était ce jour-là."""

    id: str = Field(description="Son identifiant, qui ne se devine pas.")
    conserve_le: str = Field(description="Date et heure (ISO 8601).")
    precedent: str | None = Field(description="L'identifiant de celui qu'il refait, ou null.")
    diagnostic: Diagnostic = Field(description="Le diagnostic.")
