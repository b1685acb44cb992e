"""The aids, as the API says them."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import Amount, Answer, Day, Texte


class Aide(Answer):
    """Une aide : qui la reçoit, qui la paie, combien, à quelles conditions, par quels textes."""

    id: str = Field(description="Son identifiant.", examples=["aides_capii_montant"])
    libelle: str = Field(description="Son nom en clair.", examples=["CAPII (première installation)"])
    qui: list[str] = Field(description="Les structures et les professions qui peuvent la recevoir.")
    region: str | None = Field(description="Le code de la politique régionale qui la donne ; null : toute la France.")
    payeur: str = Field(description="Qui paie, tel que le texte le nomme.")
    payeurs: list[str] = Field(description="Les familles de payeurs, telles que le filtre les nomme.")
    types: list[Literal["forfait", "subvention", "consultant", "exoneration", "cotisations", "garantie", "bourse"]] = (
        Field(description="Ce qu'elle est.")
    )
    etapes: list[Literal["creation", "formation", "installation", "fonctionnement", "investissement", "maintien"]] = (
        Field(description="Les moments où elle aide.")
    )
    montant_min: Amount | None = Field(description="Au moins ; null : à confirmer, ou selon le cas.")
    montant_max: Amount | None = Field(description="Au plus ; null : à confirmer, ou selon le cas.")
    unite: str = Field(description="Ce que le montant paie : par an, par mois, en une fois…")
    a_confirmer: bool = Field(description="Vrai quand un montant n'est pas établi ou a pu changer.")
    calcul: str = Field(description="Comment elle se calcule, avec les chiffres du jour.")
    conditions: list[str] = Field(description="Ce qu'il faut remplir pour la recevoir.")
    textes: list[Texte] = Field(description="Les textes de ses chiffres.")
    depuis: Day | None = Field(description="Le premier jour où on peut la demander, quand il est connu.")
    jusqu_a: Day | None = Field(description="Le dernier jour, quand elle a pris fin.")
    exclut: list[str] = Field(description="Les aides avec lesquelles elle ne se cumule pas, par leurs « id ».")
    demande: str | None = Field(description="Comment la demander, et qui décide.")
    simulateur: str | None = Field(description="Le code du simulateur qui la calcule, ou null.")
    page: str = Field(description="Sa page sur ce site.", examples=["/aides/aides_capii_montant/"])


class Aides(Answer):
    """Les aides trouvées, celles des structures d'abord."""

    date: Day = Field(description="Le jour des textes appliqués.")
    aides: list[Aide] = Field(description="Les aides.")
