"""The verbs on contracts: record one, amend it, say that it stopped, take it out, put it back."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from maillage.apps.accounts.models import User
from maillage.apps.activity.records import GivenFile, entity_of, kept, locked, tell_change
from maillage.apps.activity.writing import REMOVED, RESTORED, NotNow, check_unchanged, tell, values
from maillage.apps.common.repeats import just_written, sent_twice
from maillage.apps.common.screening import screened
from maillage.apps.contracts.fields import AmendmentFields, ContractFields, EndFields, TermsFields
from maillage.apps.contracts.models import Contract, ContractVersion
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import check_edits
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem

ACT = "modifier les contrats"
SCREENED = ("title", "reference", "parties")


@transaction.atomic
def create_contract(
    structure: Structure,
    fields: ContractFields,
    terms: TermsFields,
    *,
    file: GivenFile | None = None,
    by: User,
    at: datetime.datetime,
) -> Contract:
    """Record a contract with the terms first agreed. Raises :class:`PatientData` or :class:`BadInput`."""
    check_edits(by, structure, ACT)
    held(structure)
    contract = Contract(structure=structure)
    _fill(contract, fields)
    same = Contract.objects.filter(structure=structure, kind=contract.kind, title=contract.title, removed_at=None)
    if just_written(same.filter(entity=contract.entity, reference=contract.reference), at):
        raise sent_twice("title", "un autre intitulé", "ce contrat")
    contract.save(force_insert=True)
    tell(structure, by=by, at=at, verb="créer", subject=contract, after=values(contract))
    _write(contract, 1, ContractVersion.Nature.INITIAL, terms, file=file, by=by, at=at)
    return contract


@transaction.atomic
def write_contract(
    contract: Contract, fields: ContractFields, *, seen: str = "", by: User, at: datetime.datetime
) -> Contract:
    """Change what a contract is; its terms are changed by an amendment. Raises :class:`Changed`."""
    check_edits(by, contract.structure, ACT)
    row = locked(contract)
    check_unchanged(row, seen)
    before = values(row)
    _fill(row, fields)
    if row.funds.exclude(entity=row.entity).exists():
        raise BadInput([Problem("entity", None, "la personne morale qui tient les fonds dédiés de ce contrat")])
    row.save()
    tell_change(row.structure, row, before, by=by, at=at)
    return row


@transaction.atomic
def amend(
    contract: Contract, fields: AmendmentFields, *, file: GivenFile | None = None, by: User, at: datetime.datetime
) -> ContractVersion:
    """Add a version: the ones before stay as they were. Raises :class:`NotNow`, :class:`BadInput`."""
    check_edits(by, contract.structure, ACT)
    row = locked(contract)
    if row.removed_at is not None:
        raise NotNow("Ce contrat est retiré : rétablissez-le avant de le changer.")
    if row.ended_on is not None and fields.nature != "rectification":
        raise NotNow("Ce contrat est arrêté : dites d'abord qu'il reprend.")
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    return _write(row, last + 1, fields.nature, fields, file=file, by=by, at=at)


@transaction.atomic
def end_contract(contract: Contract, fields: EndFields, *, by: User, at: datetime.datetime) -> Contract:
    """Say that a contract stops before its term. Raises :class:`NotNow` when it already did, :class:`BadInput`."""
    check_edits(by, contract.structure, ACT)
    row = locked(contract)
    if row.ended_on is not None:
        raise NotNow("Ce contrat est déjà arrêté.")
    screened({"reason": fields.reason})
    begun = row.versions.exclude(effective_on=None).aggregate(first=Min("effective_on"))["first"]
    if begun is not None and fields.day < begun:
        raise BadInput(
            [Problem("day", french.day(fields.day), f"une date à partir du {french.day(begun)}, sa prise d'effet")]
        )
    return _set(row, {"ended_on": fields.day, "ended_reason": fields.reason}, verb="arrêter", by=by, at=at)


@transaction.atomic
def resume_contract(contract: Contract, *, by: User, at: datetime.datetime) -> Contract:
    """Say that a contract did not stop after all. Raises :class:`NotNow` when it is not stopped."""
    check_edits(by, contract.structure, ACT)
    row = locked(contract)
    if row.ended_on is None:
        raise NotNow("Ce contrat n'est pas arrêté.")
    return _set(row, {"ended_on": None, "ended_reason": ""}, verb="reprendre", by=by, at=at)


@transaction.atomic
def remove_contract(contract: Contract, *, by: User, at: datetime.datetime) -> Contract:
    """Take a contract out of the lists; nothing of it is erased. Raises :class:`NotNow` when a fund comes from it."""
    check_edits(by, contract.structure, ACT)
    row = locked(contract)
    if row.funds.exists():
        raise NotNow("Un fonds dédié vient de ce contrat : il ne se retire pas.")
    return row if row.removed_at else _set(row, {"removed_at": at}, verb=REMOVED, by=by, at=at)


@transaction.atomic
def put_contract_back(contract: Contract, *, by: User, at: datetime.datetime) -> Contract:
    """Put a contract back in the lists."""
    check_edits(by, contract.structure, ACT)
    row = locked(contract)
    return _set(row, {"removed_at": None}, verb=RESTORED, by=by, at=at) if row.removed_at else row


def _set(row: Contract, told: dict[str, Any], *, verb: str, by: User, at: datetime.datetime) -> Contract:
    before = values(row)
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=list(told))
    after = values(row)
    tell(
        row.structure,
        by=by,
        at=at,
        verb=verb,
        subject=row,
        before={name: before[name] for name in told},
        after={name: after[name] for name in told},
    )
    return row


def _fill(contract: Contract, fields: ContractFields) -> None:
    told = {name: getattr(fields, name) for name in SCREENED}
    screened(told)
    for name, text in told.items():
        setattr(contract, name, text)
    contract.entity = entity_of(contract.structure, fields.entity)
    contract.kind, contract.dossier = fields.kind, fields.dossier


def _write(
    contract: Contract,
    number: int,
    nature: str,
    terms: TermsFields,
    *,
    file: GivenFile | None,
    by: User,
    at: datetime.datetime,
) -> ContractVersion:
    screened({"changes": terms.changes, "envelopes": "\n".join(each.objet for each in terms.envelopes)})
    told = terms.model_dump(exclude={"envelopes", "nature"})
    version = ContractVersion.objects.create(
        contract=contract,
        number=number,
        nature=nature,
        **told,
        envelopes=[each.told() for each in terms.envelopes],
        file=kept(contract.structure, file, by=by, at=at) if file else None,
        at=at,
        by=by,
    )
    tell(contract.structure, by=by, at=at, verb="créer", subject=version, after=values(version))
    return version
