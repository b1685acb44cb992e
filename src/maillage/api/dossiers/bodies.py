"""The body of each act on a dossier."""

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Corps(BaseModel):
    """A body: nothing that it does not describe."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CorpsVide(Corps):
    """Rien à dire de plus : un objet vide."""


class Reponses(Corps):
    """Des réponses au formulaire."""

    reponses: Annotated[
        dict[str, Any],
        Field(description="Ce qui change, par le code de la question ; null efface une réponse.", max_length=300),
    ]
    revision: Annotated[int, Field(ge=0, description="La révision qui a été lue.")]


class Retrait(Corps):
    """Pourquoi le dossier est retiré."""

    motif: Annotated[str, Field(min_length=1, max_length=2_000, description="Pourquoi, en quelques mots.")]


class Attribution(Corps):
    """À qui le dossier est confié."""

    responsable: Annotated[
        UUID | None, Field(description="L'identifiant d'une personne qui instruit ; null : personne.")
    ]


class Etiquettes(Corps):
    """Des étiquettes à poser, d'autres à retirer."""

    ajouter: Annotated[list[str], Field(max_length=20, description="Les étiquettes à poser.")] = []
    retirer: Annotated[list[str], Field(max_length=20, description="Les étiquettes à retirer.")] = []


class MessageEcrit(Corps):
    """Un message à l'autre partie, ou une note."""

    texte: Annotated[str, Field(min_length=1, max_length=20_000, description="Le texte.")]
    interne: Annotated[bool, Field(description="Une note pour l'autorité seulement.")] = False


class PieceVoulue(Corps):
    """Une pièce demandée."""

    code: Annotated[str, Field(max_length=60, description="Le code d'une pièce de la démarche, ou « autre ».")]
    libelle: Annotated[str, Field(max_length=200, description="Son nom, pour « autre ».")] = ""
    precision: Annotated[str, Field(max_length=2_000, description="Ce qui doit y être.")] = ""


class DemandeEcrite(Corps):
    """Des pièces à demander."""

    pieces: Annotated[list[PieceVoulue], Field(min_length=1, max_length=40, description="Les pièces.")]
    texte: Annotated[str, Field(max_length=20_000, description="Le message qui les accompagne.")] = ""
    avant_le: Annotated[datetime.date, Field(description="Le dernier jour pour répondre.")]


class Proposition(Corps):
    """Ce qui est dit à qui décide."""

    note: Annotated[str, Field(max_length=20_000, description="Une note que seule l'autorité lit.")] = ""


class Renvoi(Corps):
    """Pourquoi le dossier est renvoyé à l'instruction."""

    motif: Annotated[str, Field(min_length=1, max_length=2_000, description="Ce que seule l'autorité lira.")]


class Classement(Corps):
    """Pourquoi le dossier est classé sans suite."""

    motif: Annotated[str, Field(min_length=1, max_length=2_000, description="Ce que qui dépose lira.")]


class AvisDonne(Corps):
    """Un avis."""

    avis: Annotated[UUID, Field(description="L'identifiant de l'avis demandé.")]
    sens: Annotated[Literal["favorable", "reserve", "defavorable", "sans"], Field(description="Son sens.")]
    texte: Annotated[str, Field(max_length=20_000, description="L'avis, motivé.")]
