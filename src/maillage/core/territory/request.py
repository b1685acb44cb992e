"""What is asked of the engine, as the API takes it: a profession, and who comes or leaves."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from maillage.core.kernel.problems import COMMUNE_CODE

Profession = Literal[
    "medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "chirurgien_dentiste", "sage_femme"
]
"""The professions for which the DREES publishes an APL."""
Code = Annotated[str, StringConstraints(pattern=COMMUNE_CODE, to_upper=True)]
Count = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
MOST = 500


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Nombre(_Part):
    """Des professionnels d'une commune."""

    commune: Code = Field(description="Code INSEE de la commune, ou de l'arrondissement.", examples=["35236"])
    nombre: Count = Field(description="Combien de professionnels, en équivalents temps plein.", examples=[1])


class Deplacement(_Part):
    """Des professionnels qui changent de commune."""

    de: Code = Field(description="Code INSEE de la commune qu'ils quittent.", examples=["35238"])
    vers: Code = Field(description="Code INSEE de la commune où ils vont.", examples=["35236"])
    nombre: Count = Field(description="Combien de professionnels, en équivalents temps plein.", examples=[1])


class Depart(_Part):
    """Les professionnels qui ont plus d'un âge, et qui cessent. Refusé tant que leur âge n'est pas chargé."""

    plus_de: int = Field(ge=18, le=120, description="Un âge, en années : partent ceux qui ont plus.", examples=[60])
    lieu: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{2,9}$")] = Field(
        description="Code d'une commune, d'un EPCI, d'un département, ou FRANCE.", examples=["243500741"]
    )


class SituationEtSi(_Part):
    """Qui s'installe, cesse, se déplace ou part : au moins une de ces listes."""

    profession: Profession = Field(description="La profession.", examples=["medecin_generaliste"])
    ajouts: list[Nombre] = Field(default=[], max_length=MOST, description="Ceux qui s'installent.")
    retraits: list[Nombre] = Field(default=[], max_length=MOST, description="Ceux qui cessent.")
    deplacements: list[Deplacement] = Field(default=[], max_length=MOST, description="Ceux qui changent de commune.")
    departs: list[Depart] = Field(default=[], max_length=20, description="Ceux qui ont plus d'un âge, et qui cessent.")
