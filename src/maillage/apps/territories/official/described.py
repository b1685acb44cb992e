"""The description of an indicator that a person gives beside a file, checked as a whole before anything is read."""

import datetime
import re
from pathlib import Path
from typing import Any, Literal

import orjson
import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from maillage.apps.territories.models import Indicator
from maillage.apps.territories.official.equipment import PREFIX
from maillage.apps.territories.official.indicators import described
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput, nearest, read

CODE, VINTAGE = re.compile(r"[a-z0-9_.]+"), re.compile(r"[0-9A-Za-z .-]+")
A_CODE = "un code en minuscules sans accent, chiffres, points et soulignés (« ald.taux »)"
A_VINTAGE = "une année ou une période sans barre ni accent (« 2024 », « 2024-2025 », « 2024 T1 »)"
NOT_FIELDS = (
    "La description {name} doit donner un champ par ligne, « nom : valeur » ({found}). Un exemple est dans "
    "docs/guides/exemples/."
)
NO_WEIGHT = (
    "L'indicateur « {weight} », donné en « ponderation » par {name}, n'existe pas{near}. Prenez un indicateur officiel "
    "(« population.totale ») ou déjà chargé."
)
ENDINGS = (".yaml", ".yml", ".json")
ABSENT = (
    "Le fichier {file} n'a pas de description. Posez à côté un fichier {stem}.yaml (ou donnez --description) avec : "
    "code, libelle, unite, producteur, millesime, maille, colonnes. Un exemple est dans docs/guides/exemples/."
)
RESERVED = ("apl.", "population.", "revenus.", "densite.", PREFIX)


class Columns(BaseModel):
    """Where the code of the place and the figure stand."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1)
    valeur: str = Field(min_length=1)


class Description(BaseModel):
    """What a person says of a figure. Everything but the last fields must be said."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    code: str = Field(min_length=1, max_length=60)
    libelle: str = Field(min_length=1, max_length=200)
    unite: str = Field(min_length=1, max_length=80)
    producteur: str = Field(min_length=1, max_length=200)
    millesime: str = Field(min_length=1, max_length=40)
    maille: Literal["commune", "epci", "departement", "region"]
    colonnes: Columns
    sens: Literal["haut", "bas", "neutre"] = "neutre"
    agregation: Literal["somme", "moyenne", "aucune"] = "aucune"
    ponderation: str = Field("", max_length=80)
    theme: str = Field("autres", max_length=40)
    decimales: int = Field(0, ge=0, le=6)
    secret: str = ""
    masque: list[str] = Field(default_factory=list)
    methode: str = ""
    licence: str = Field("à confirmer", max_length=120)
    adresse: str = Field("", max_length=200)
    absence_vaut_zero: bool = False
    negatif: bool = False

    @field_validator("*", mode="before")
    @classmethod
    def _day_as_text(cls, value: Any) -> Any:
        """YAML makes a date of « 2024-01-01 » without quotes: it is the text that was written."""
        return value.isoformat() if isinstance(value, datetime.date) else value

    @field_validator("millesime")
    @classmethod
    def _is_a_vintage(cls, vintage: str) -> str:
        if not VINTAGE.fullmatch(vintage):
            raise ValueError(A_VINTAGE)
        return vintage

    @field_validator("code")
    @classmethod
    def _is_free(cls, code: str) -> str:
        if not CODE.fullmatch(code):
            raise ValueError(A_CODE)
        if code in described() or code.startswith(RESERVED):
            raise ValueError(f"un code qui n'est pas celui d'un indicateur officiel ({', '.join(RESERVED)}…)")
        return code

    @model_validator(mode="after")
    def _has_its_weight(self) -> "Description":
        if self.agregation == "moyenne" and not self.ponderation:
            raise ValueError("le champ « ponderation » quand l'agrégation est « moyenne » (« population.totale »)")
        return self

    def indicator(self, _code: str = "") -> Indicator:
        """The indicator, not saved."""
        return Indicator(
            code=self.code,
            label=self.libelle,
            theme=self.theme,
            unit=self.unite,
            producer=self.producteur,
            direction=self.sens,
            aggregation=self.agregation,
            weight=self.ponderation,
            decimals=self.decimales,
            method=self.methode,
            secrecy=self.secret,
        )


def description_of(data: Path, given: str) -> Description:
    """The description given, else that beside the file. Raises :class:`LoadError` with every problem, in French."""
    path = (
        Path(given)
        if given
        else next((data.with_suffix(end) for end in ENDINGS if data.with_suffix(end).exists()), None)
    )
    if path is None or path == data:
        raise LoadError(ABSENT.format(file=data.name, stem=data.stem))
    content = _content(path)
    if not isinstance(content, dict):
        raise LoadError(
            NOT_FIELDS.format(name=path.name, found="elle est vide" if content is None else "il n'y en a pas")
        )
    try:
        said = read(Description, content)
        _check_weight(said, path.name)
        return said
    except BadInput as error:
        problems = " ".join(problem.message for problem in error.problems)
        raise LoadError(f"La description {path.name} ne peut pas être utilisée. {problems}") from error


def _content(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return orjson.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, orjson.JSONDecodeError, yaml.YAMLError) as error:
        raise LoadError(f"La description {path.name} est illisible ({' '.join(str(error).split())}).") from error


def _check_weight(said: Description, name: str) -> None:
    if said.ponderation and said.ponderation not in described() and not _is_loaded(said.ponderation):
        found = nearest(said.ponderation, list(described()))
        near = f" (vouliez-vous dire « {found} » ?)" if found else ""
        raise LoadError(NO_WEIGHT.format(weight=said.ponderation, name=name, near=near))


def _is_loaded(code: str) -> bool:
    return Indicator.objects.filter(code=code).exists()
