"""The verbs on a legal person: who it is, what it holds, its part in the structure."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from maillage.apps.accounts.models import User
from maillage.apps.activity.writing import (
    REMOVED,
    RESTORED,
    NotNow,
    changes,
    check_unchanged,
    removed,
    tell,
    values,
)
from maillage.apps.common.screening import screened
from maillage.apps.contracts.fields import SheetFields
from maillage.apps.contracts.models import EntityCommune, EntitySheet, EntitySite
from maillage.apps.structures.holding import held
from maillage.apps.structures.legal_entities import LegalEntityFields, add_entity, change_entity
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier les personnes morales"
IN_ITS_NAME = "Un contrat, un fonds ou des personnes dépendent de cette personne morale : elle ne se retire pas."


@transaction.atomic
def write_sheet(entity: LegalEntity, fields: SheetFields, *, by: User, at: datetime.datetime) -> EntitySheet:
    """Say what a legal person is for and what it holds. Raises :class:`PatientData` or :class:`BadInput`."""
    structure = entity.structure
    check_edits(by, structure, ACT)
    held(structure)
    entity.refresh_from_db()
    screened({"purpose": fields.purpose, "address": fields.address})
    _check(structure, fields)
    sheet = EntitySheet.objects.filter(entity=entity).first() or EntitySheet(entity=entity)
    before = told(entity, sheet)
    sheet = _keep(entity, fields)
    left, right = changes(before, told(entity, sheet))
    if right:
        tell(structure, by=by, at=at, verb="modifier", subject=entity, before=left, after=right)
    return sheet


@transaction.atomic
def create_entity(
    structure: Structure, identity: LegalEntityFields, sheet: SheetFields, *, by: User, at: datetime.datetime
) -> LegalEntity:
    """Add a legal person with what it holds. Raises :class:`PatientData` or :class:`BadInput`."""
    _check_name(identity)
    entity = add_entity(structure, identity, by=by, at=at)
    if sheet != SheetFields():
        write_sheet(entity, sheet, by=by, at=at)
    return entity


@transaction.atomic
def write_entity(
    entity: LegalEntity,
    identity: LegalEntityFields,
    sheet: SheetFields,
    *,
    seen: str = "",
    by: User,
    at: datetime.datetime,
) -> LegalEntity:
    """Change a legal person and what it holds. Raises :class:`Changed` when someone wrote it since it was seen."""
    check_edits(by, entity.structure, ACT)
    row = LegalEntity.objects.select_for_update(of=("self",)).select_related("structure").get(pk=entity.pk)
    check_unchanged(row, seen)
    _check_name(identity)
    change_entity(row, identity, by=by, at=at)
    write_sheet(row, sheet, by=by, at=at)
    return row


@transaction.atomic
def take_out(entity: LegalEntity, *, by: User, at: datetime.datetime) -> str:
    """Take a legal person out; what is returned puts it back. Raises :class:`NotNow` when something is in its name."""
    structure = entity.structure
    check_edits(by, structure, ACT)
    held(structure)
    row = LegalEntity.objects.select_for_update(of=("self",)).get(pk=entity.pk)
    key, sheet = str(row.pk), EntitySheet.objects.filter(entity=row).first() or EntitySheet(entity=row)
    tell(structure, by=by, at=at, verb=REMOVED, subject=row, before={**values(row), **told(row, sheet)})
    try:
        row.delete()
    except ProtectedError:
        raise NotNow(IN_ITS_NAME) from None
    return key


@transaction.atomic
def put_back(structure: Structure, key: str, *, by: User, at: datetime.datetime) -> LegalEntity:
    """Put a legal person back with what it held. Raises :class:`NotNow` when there is nothing to put back."""
    check_edits(by, structure, ACT)
    held(structure)
    known = removed(LegalEntity, key) or {}
    if known.get("structure_id") != str(structure.pk):
        raise NotNow("Cette personne morale n'est plus à rétablir.")
    names = {field.attname for field in LegalEntity._meta.concrete_fields}
    entity = LegalEntity.objects.create(pk=int(key), **{name: known[name] for name in sorted(names & known.keys())})
    entity.refresh_from_db()
    sites = structure.sites.filter(nom__in=known["sites"]).values_list("pk", flat=True)
    communes = structure.communes.filter(code__in=known["communes"]).values_list("code", flat=True)
    _keep(entity, SheetFields.model_construct(**_sheet_of(known, sites, communes)))
    tell(structure, by=by, at=at, verb=RESTORED, subject=entity, after=values(entity))
    return entity


def told(entity: LegalEntity, sheet: EntitySheet) -> dict[str, object]:
    """What the log keeps of it."""
    return {
        "gestionnaire": sheet.is_manager,
        "rôle dans la structure": sheet.purpose,
        "siège": sheet.address,
        "sites": [each.site.nom for each in EntitySite.objects.filter(entity=entity).select_related("site")],
        "communes": list(EntityCommune.objects.filter(entity=entity).values_list("code", flat=True)),
    }


def _keep(entity: LegalEntity, fields: SheetFields) -> EntitySheet:
    sheet = EntitySheet.objects.filter(entity=entity).first() or EntitySheet(entity=entity)
    sheet.is_manager, sheet.purpose, sheet.address = fields.is_manager, fields.purpose, fields.address
    sheet.save()
    EntitySite.objects.filter(entity=entity).delete()
    EntitySite.objects.bulk_create(EntitySite(entity=entity, site_id=key) for key in dict.fromkeys(fields.sites))
    EntityCommune.objects.filter(entity=entity).delete()
    codes = dict.fromkeys(fields.communes)
    EntityCommune.objects.bulk_create(EntityCommune(entity=entity, code=code) for code in codes)
    return sheet


def _sheet_of(known: Mapping[str, Any], sites: Iterable[int], communes: Iterable[str]) -> dict[str, Any]:
    return {
        "is_manager": known["gestionnaire"],
        "purpose": known["rôle dans la structure"],
        "address": known["siège"],
        "sites": tuple(sites),
        "communes": tuple(communes),
    }


def _check_name(identity: LegalEntityFields) -> None:
    """A legal person that exists signs with its name; one that is thought of may have none yet."""
    if identity.state == LegalEntity.State.CONSTITUEE and not identity.nom:
        raise BadInput([Problem("nom", None, "son nom, puisqu'elle est constituée")])


def _check(structure: Structure, fields: SheetFields) -> None:
    problems = []
    if wrong := _others(fields.sites, structure.sites.values_list("pk", flat=True)):
        problems.append(Problem("sites", wrong[0], "un site de la structure"))
    if wrong := _others(fields.communes, structure.communes.values_list("code", flat=True)):
        problems.append(Problem("communes", wrong[0], "une commune du territoire de la structure"))
    if problems:
        raise BadInput(problems)


def _others(given: Iterable[object], known: Iterable[object]) -> list[str]:
    accepted = set(known)
    return [str(each) for each in given if each not in accepted]
