"""What the answers of several subjects share."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from maillage.api.errors import Erreurs

Amount = Annotated[
    str,
    Field(
        pattern=r"^-?\d+\.\d{2}$",
        description="Un montant en euros, deux décimales ; null veut dire « à confirmer ».",
        examples=["12922.50"],
    ),
]
Confidence = Annotated[
    Literal["A", "B", "C"],
    Field(
        description="A : plusieurs sources concordent, ou le texte officiel. B : une seule source. C : à confirmer.",
        examples=["A"],
    ),
]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="AAAA-MM-JJ.", examples=["2022-01-01"])]
Value = Annotated[
    int | float | bool | str | list[Any] | None,
    Field(description="La valeur dans son unité ; null quand elle est abrogée ou n'est pas établie.", examples=[7]),
]

REFUSED_BODY: dict[int, Any] = dict.fromkeys((405, 413, 415, 422), Erreurs)
"""What a route with a body can refuse."""
REFUSED: dict[int, Any] = dict.fromkeys((405, 422), Erreurs)
"""What a route without a body can refuse."""


class Answer(BaseModel):
    """An answer says all that it can say, and nothing that it does not describe."""

    model_config = ConfigDict(extra="forbid")


class Texte(Answer):
    """Un texte de référence."""

    titre: str = Field(description="Le titre du texte ou de la source.")
    url: str | None = Field(description="Son adresse, ou null quand aucune n'est connue.")


class AConfirmer(Answer):
    """Ce que les textes disponibles ne règlent pas."""

    objet: str = Field(description="Ce qui n'est pas établi.")
    motif: str = Field(description="Pourquoi.")
    qui: str = Field(description="Qui peut le confirmer.")
