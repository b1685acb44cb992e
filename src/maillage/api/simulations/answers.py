"""The answer of the ACI MSP simulator, as the core's ``Simulation.as_dict`` builds it."""

from typing import Annotated, Literal

from pydantic import Field

from maillage.api.answers import AConfirmer, Amount, Answer, Confidence, Day, Texte, Value


class ParametreUtilise(Answer):
    """Un chiffre des textes, tel qu'il était l'année de la simulation."""

    chemin: str = Field(description="Son chemin, à lire à /api/parametres/{id}.", examples=["aci_msp.valeur_du_point"])
    libelle: str = Field(description="Son nom en clair.", examples=["Valeur du point de l'ACI des MSP"])
    valeur: Value
    unite: str = Field(description="Son unité.", examples=["euros par point"])
    depuis: Day | None = Field(description="Premier jour de la valeur, ou null quand aucune n'est établie.")
    jusqu_a: Day | None = Field(description="Dernier jour de la valeur, ou null tant qu'aucune fin n'est connue.")
    confiance: Confidence | Literal["", "à confirmer"] | None = Field(description="Confiance : A, B ou C.")
    textes: list[Texte] = Field(description="Les textes qui donnent la valeur.")
    a_confirmer: bool = Field(
        description="Vrai si la valeur elle-même est douteuse : confiance C, ou un texte qui ne change qu'elle. "
        "Ce qui touche toute la grille est dit une fois, dans a_confirmer."
    )


class IndicateurAciMsp(Answer):
    """Une ligne de la grille : ce qu'elle rapporte, pourquoi, et ce qu'elle pourrait encore rapporter."""

    id: str = Field(description="Le nom de l'indicateur.")
    libelle: str = Field(description="L'indicateur en clair.")
    niveau: Literal["prérequis", "socle", "option"] = Field(description="Prérequis, socle ou option.")
    axe: Literal[1, 2, 3] = Field(
        description="1 : accès aux soins ; 2 : travail en équipe ; 3 : système d'information."
    )
    points: float | None = Field(description="Les points atteints ; null quand la grille n'est pas établie.")
    montant: Amount | None = Field(description="Les euros de la ligne, sans la majoration.")
    explication: str = Field(description="La formule en mots, avec les nombres.")
    parametres: list[ParametreUtilise] = Field(description="Les chiffres des textes qui ont servi.")
    manque: str | None = Field(description="Ce qu'il faut faire pour gagner plus, ou null.")
    gain_possible: Amount | None = Field(
        description="Les euros de l'année que cette ligne seule ajouterait ; null si rien."
    )


class SommeAciMsp(Answer):
    """Une somme du résultat et le calcul qui la donne."""

    id: Literal[
        "points_valorises", "majoration", "complement_minimum", "montant", "montant_si_prerequis", "avance", "solde"
    ] = Field(description="Le nom de la somme.")
    libelle: str = Field(description="La somme en clair.", examples=["Points valorisés"])
    montant: Amount | None = Field(description="Les euros de la somme, ou null quand elle est à confirmer.")
    explication: str = Field(description="La formule en mots, avec les nombres.")
    parametres: list[ParametreUtilise] = Field(description="Les chiffres des textes qui ont servi.")


class GainAciMsp(Answer):
    """Une action de l'équipe et ce qu'elle ajouterait à l'année, sur toutes les lignes qu'elle relève."""

    action: str = Field(description="Ce qu'il faut faire.")
    montant: Amount = Field(
        description="Les euros de l'année que cette action seule ajouterait, les prérequis manquants remplis.",
        examples=["6725.48"],
    )
    indicateurs: list[str] = Field(description="Les lignes de la grille qu'elle relève.")


class SimulationAciMsp(Answer):
    """L'ACI d'une maison de santé pour une année civile, chaque euro expliqué."""

    montant: Amount | None = Field(description="Le montant de l'année, majoration comprise.", examples=["112805.00"])
    points: float | None = Field(description="Les points payés ; 0 quand un prérequis manque.", examples=[16115])
    majoration: Annotated[float, Field(ge=0)] | None = Field(
        description="La majoration pour précarité (0.051 pour 5,1 %) ; null quand un taux n'est pas donné.",
        examples=[0.051],
    )
    prerequis_manquants: list[str] = Field(description="Les prérequis non remplis : un seul suffit à tout perdre.")
    montant_si_prerequis: Amount | None = Field(
        description="Le montant une fois les prérequis manquants remplis ; null s'il n'en manque pas.",
        examples=["42700.00"],
    )
    indicateurs: list[IndicateurAciMsp] = Field(description="Les lignes de la grille, dans son ordre.")
    sommes: list[SommeAciMsp] = Field(
        description="Chaque somme ouverte : points valorisés + majoration + complément = montant ; montant − avance = "
        "solde. Les sommes nulles n'y sont pas, sauf montant, avance et solde ; vide quand la grille n'est pas établie."
    )
    gains: list[GainAciMsp] = Field(
        description="Ce que l'équipe peut faire pour gagner plus, le plus grand gain d'abord ; les prérequis manquants "
        "n'y sont pas (voir montant_si_prerequis)."
    )
    avance: Amount | None = Field(description="L'avance versée en début d'année.")
    solde: Amount | None = Field(description="Le montant moins l'avance ; négatif si l'avance a dépassé le montant.")
    a_confirmer: list[AConfirmer] = Field(description="Ce qui n'est pas établi et pèse sur ce résultat.")
