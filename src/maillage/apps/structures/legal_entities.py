"""The verbs on the legal persons of a structure: think of one, say that it exists, leave it out."""

import datetime
from typing import Annotated, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siren as siren_number

from maillage.apps.accounts.models import User
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.orientation.situation import LABELS

ACT = "modifier la forme juridique"
NO_FORM = "aucune"
IN_ITS_NAME = "une personne morale dont ne dépendent ni contrat, ni fonds, ni personne"
FORMS = {code: name for code, name in LABELS["forme_juridique"].items() if code != NO_FORM}
"""The legal forms that a structure may have, and their names."""


def _text(value: Any) -> str:
    return " ".join(str(value or "").replace("\0", "").split())


def _number(value: Any) -> str:
    return "".join(str(value or "").split()).upper()


def _siren(value: str) -> str:
    if value:
        try:
            siren_number.validate(value)
        except BadNumber:
            raise ValueError("un SIREN : neuf chiffres, dont le dernier est une clé") from None
    return value


def _form(value: str) -> str:
    if value not in FORMS:
        raise ValueError(f"l'une de : {', '.join(FORMS)}")
    return value


def _day(value: Any) -> Any:
    return None if value == "" else value


class LegalEntityFields(BaseModel):
    """What is said of a legal person. A day, a number: only once it is constituted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Annotated[str, AfterValidator(_form)]
    state: LegalEntity.State = LegalEntity.State.ENVISAGEE
    nom: Annotated[str, BeforeValidator(_text), Field(max_length=200)] = ""
    siren: Annotated[str, BeforeValidator(_number), AfterValidator(_siren)] = ""
    rna: Annotated[str, BeforeValidator(_number)] = ""
    constituted_on: Annotated[datetime.date | None, BeforeValidator(_day)] = None

    @field_validator("rna")
    @classmethod
    def association_number(cls, value: str) -> str:
        """The number of an association: W and nine digits."""
        if value and not (value.startswith("W") and value[1:].isdigit() and len(value) == len("W123456789")):
            raise ValueError("un numéro RNA : la lettre W et neuf chiffres")
        return value

    @field_validator("constituted_on")
    @classmethod
    def of_a_constituted_one(cls, value: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        """Only a legal person that exists has a day of birth."""
        if value and info.data.get("state") != LegalEntity.State.CONSTITUEE:
            raise ValueError("rien, tant que la personne morale n'est pas constituée")
        return value


@transaction.atomic
def add_entity(structure: Structure, fields: LegalEntityFields, *, by: User, at: datetime.datetime) -> LegalEntity:
    """Add a legal person, thought of or constituted. Raises :class:`NotAllowed`, :class:`BadInput` for one twice."""
    check_edits(by, structure, ACT)
    _check(fields, at)
    if structure.legal_entities.filter(form=fields.form, nom=fields.nom).exists():
        raise BadInput([Problem("form", fields.form, "une forme qui n'est pas déjà choisie, ou un autre nom")])
    entity = LegalEntity.objects.create(structure=structure, **fields.model_dump())
    record(by=by, at=at, verb="ajouter", subject=entity, after=_told(entity), scope=_scope(structure))
    return entity


@transaction.atomic
def change_entity(entity: LegalEntity, fields: LegalEntityFields, *, by: User, at: datetime.datetime) -> LegalEntity:
    """Say what became of a legal person. Raises :class:`NotAllowed`, :class:`BadInput`."""
    check_edits(by, entity.structure, ACT)
    _check(fields, at)
    before = _told(entity)
    for name, value in fields.model_dump().items():
        setattr(entity, name, value)
    entity.save()
    after = _told(entity)
    if after != before:
        scope = _scope(entity.structure)
        record(by=by, at=at, verb="modifier", subject=entity, before=before, after=after, scope=scope)
    return entity


@transaction.atomic
def remove_entity(entity: LegalEntity, *, by: User, at: datetime.datetime) -> None:
    """Leave a legal person out; the log keeps that it was. Raises :class:`NotAllowed`, :class:`BadInput` when something
    is in its name."""
    check_edits(by, entity.structure, ACT)
    record(by=by, at=at, verb="retirer", subject=entity, before=_told(entity), scope=_scope(entity.structure))
    try:
        entity.delete()
    except ProtectedError:
        raise BadInput([Problem("", None, IN_ITS_NAME)]) from None


def _check(fields: LegalEntityFields, at: datetime.datetime) -> None:
    screened({"nom": fields.nom})
    if fields.constituted_on and fields.constituted_on > timezone.localdate(at):
        raise BadInput([Problem("constituted_on", fields.constituted_on.isoformat(), "un jour passé")])


def _told(entity: LegalEntity) -> dict[str, Any]:
    return {
        "forme": entity.form,
        "nom": entity.nom,
        "etat": str(entity.state),
        "siren": entity.siren,
        "rna": entity.rna,
        "constituee_le": entity.constituted_on.isoformat() if entity.constituted_on else None,
    }


def _scope(structure: Structure) -> str:
    return str(structure.organisation_id)
