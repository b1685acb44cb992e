"""Where to settle, territories put together and their classes, as the API says them."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import Answer
from maillage.api.territories.accessibility_answers import Methode

UNIT = "Dans l'unité de la DREES : voir « unite »."


class LieuPropose(Answer):
    """Un lieu où s'installer."""

    rang: int = Field(description="Dans l'ordre du choix.", examples=[1])
    code_commune: str = Field(description="Code INSEE.", examples=["35236"])
    commune: str = Field(description="Nom de la commune.", examples=["Redon"])
    habitants_gagnes: int = Field(description="Habitants qui passent le seuil, une fois les lieux d'avant pourvus.")
    habitants_gagnes_cumules: int = Field(description="Avec ceux des lieux d'avant.")
    apl_publiee: float | None = Field(description=f"Celle que publie la DREES ; null : inconnue. {UNIT}")


class Optimisation(Answer):
    """Où un professionnel de plus ferait passer le seuil au plus d'habitants."""

    profession: str = Field(description="La profession.")
    unite: str = Field(description="L'unité du seuil, celle de la DREES.")
    seuil: float = Field(description="L'accessibilité à atteindre.", examples=[2.5])
    habitants_sous_le_seuil: int | None = Field(
        description="Habitants du territoire sous le seuil aujourd'hui ; null : inconnu."
    )
    habitants_gagnes: int | None = Field(description="Ceux qui l'atteignent avec ces lieux ; null : inconnu.")
    lieux: list[LieuPropose] = Field(description="Un par professionnel, dans l'ordre.")
    communes_gagnees: list[str] = Field(description="Codes INSEE des communes qui atteignent le seuil.")
    choix: Literal["glouton", "exact"] = Field(description="Un lieu après l'autre, ou l'ensemble cherché d'un coup.")
    prouve: bool = Field(description="Vrai quand, dans le modèle, aucun autre choix ne fait mieux.")
    reference: str = Field(description="La valeur publiée d'où part le calcul ; vide : le modèle seul.")
    methode: Methode = Field(description="Comment l'accessibilité est calculée, et son erreur.")
    remarques: list[str] = Field(description="Ce qu'il faut en savoir.")


class Agregat(Answer):
    """L'accessibilité d'un territoire."""

    code: str = Field(description="Code du territoire.", examples=["243500741"])
    nom: str = Field(description="Nom du territoire.")
    apl: float | None = Field(description=f"Moyenne pondérée des communes ; null : aucune valeur connue. {UNIT}")
    poids: float = Field(description="Ce que pèsent ses communes ensemble (« ponderation » dit quoi).")
    couverture: float | None = Field(description="Part du poids qui a une valeur, de 0 à 1 ; null : rien ne pèse.")
    communes: int = Field(description="Nombre de communes (les arrondissements comptent un à un).")
    communes_connues: int = Field(description="Celles qui ont une valeur et un poids.")


class Agregats(Answer):
    """L'accessibilité des territoires d'une maille."""

    profession: str = Field(description="La profession.")
    maille: str = Field(description="La maille.", examples=["epci"])
    unite: str = Field(description="L'unité des valeurs, celle de la DREES.")
    valeurs: str = Field(description="D'où viennent les valeurs des communes.")
    ponderation: str = Field(description="Ce qui pondère la moyenne.")
    remarques: list[str] = Field(description="Ce qu'il faut en savoir.")
    territoires: list[Agregat] = Field(description="Les territoires, par code.")


class Classe(Answer):
    """La classe d'un territoire dans un zonage."""

    code: str = Field(description="Code du territoire.")
    nom: str = Field(description="Nom du territoire.")
    region: str | None = Field(description="Code INSEE de la région qui a le plus de ses habitants.")
    regions: list[str] = Field(description="Les régions qui comptent chacune leurs habitants du territoire.")
    indicateur: float | None = Field(description="L'indicateur du zonage ; null quand il n'est pas connu.")
    population: float | None = Field(description="Habitants ; null quand aucune source ne les donne.")
    classe: str = Field(description="La classe, ou « a_confirmer ».", examples=["zip"])
    classes_possibles: list[str] = Field(
        description="Ce que les règles laissent possible quand la classe est à confirmer."
    )
    selection_nationale: bool = Field(description="Vrai quand l'ARS ne peut pas changer la classe.")
    echange: Literal["bas", "haut"] | None = Field(description="Zone d'échange où l'ARS peut permuter des territoires.")
    regle: str | None = Field(description="La règle qui classe.")
    motif: str = Field(description="La règle en mots, ou pourquoi la classe est à confirmer.")


class Jauge(Answer):
    """Ce que les règles bornent dans une région."""

    nom: str = Field(description="Ce qui est borné.", examples=["marge_d_adaptation"])
    region: str = Field(description="Code INSEE de la région, ou FRANCE.")
    habitants: int = Field(description="Habitants comptés.")
    part: float | None = Field(description="Leur part de la population (%).")
    plafond_habitants: float | None = Field(description="Le plafond en habitants ; null quand il n'est pas établi.")
    plafond_part: float | None = Field(description="Le plafond en % ; null quand il n'est pas établi.")
    motif: str | None = Field(description="Pourquoi il n'est pas établi.")


class Zonage(Answer):
    """Les classes des territoires par les règles nationales ; l'arrêté de l'ARS fait foi."""

    profession: str = Field(description="La profession.")
    date: str = Field(description="Le jour dont les règles sont appliquées.")
    maille: str = Field(description="La maille utilisée.", examples=["tvs"])
    indicateur: str = Field(description="D'où vient l'indicateur.")
    remarques: list[str] = Field(description="Ce qu'il faut en savoir.")
    territoires: list[Classe] = Field(description="Les territoires, par code.")
    jauges: list[Jauge] = Field(description="Ce que les règles bornent, par région.")
