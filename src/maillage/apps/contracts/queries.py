"""Reads of the legal persons, contracts, funds and documents of a structure, each within the right of who reads."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from maillage.apps.accounts.permissions import Person
from maillage.apps.activity.permissions import may_see_inside
from maillage.apps.contracts.models import Contract, ContractVersion, Document, DocumentVersion, Fund
from maillage.apps.contracts.services.funds import standing as movements_of
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.core.activity.funds import balance
from maillage.core.activity.terms import Standing, Terms, standing

MINE = "structure__organisation"


@dataclass(frozen=True)
class ReadContract:
    """A contract and where it stands on the day when it is read."""

    contract: Contract
    standing: Standing
    current: ContractVersion | None


@dataclass(frozen=True)
class ReadDocument:
    """A document, its last version, and whether it asks something: « expire », « bientot », or nothing."""

    document: Document
    last: DocumentVersion | None
    alert: str


def entities_of(person: Person, structure: Structure) -> QuerySet[LegalEntity]:
    """The legal persons that a person may read with what they hold."""
    rows = structure.legal_entities.select_related("sheet", MINE).prefetch_related("held_sites__site", "communes")
    return rows if may_see_inside(person, structure) else rows.none()


def contracts_of(person: Person, structure: Structure) -> QuerySet[Contract]:
    """The contracts that a person may read, those taken out left aside."""
    return every_contract(person, structure).filter(removed_at=None)


def every_contract(person: Person, structure: Structure) -> QuerySet[Contract]:
    """The same with those taken out."""
    return _contracts(structure) if may_see_inside(person, structure) else Contract.objects.none()


def contract_of(person: Person, structure: Structure, identifier: uuid.UUID) -> Contract | None:
    """A contract that a person may read, taken out or not."""
    return every_contract(person, structure).filter(pk=identifier).first()


def funds_of(person: Person, structure: Structure) -> QuerySet[Fund]:
    """The funds that a person may read, those in use first."""
    rows = Fund.objects.filter(entity__structure=structure).select_related("entity__structure__organisation")
    rows = rows.select_related("contract").prefetch_related("movements").order_by("closed_at", "title", "pk")
    return rows if may_see_inside(person, structure) else rows.none()


def fund_of(person: Person, structure: Structure, identifier: uuid.UUID) -> Fund | None:
    """A fund that a person may read."""
    return funds_of(person, structure).filter(pk=identifier).first()


def left_in(fund: Fund) -> Decimal:
    """What is left in a fund."""
    return balance(movements_of(fund))


def documents_of(person: Person, structure: Structure) -> QuerySet[Document]:
    """The documents that a person may read, those taken out left aside."""
    return every_document(person, structure).filter(removed_at=None)


def every_document(person: Person, structure: Structure) -> QuerySet[Document]:
    """The same with those taken out."""
    return _documents(structure) if may_see_inside(person, structure) else Document.objects.none()


def document_of(person: Person, structure: Structure, identifier: uuid.UUID) -> Document | None:
    """A document that a person may read, taken out or not."""
    return every_document(person, structure).filter(pk=identifier).first()


def read_contract(contract: Contract, today: datetime.date) -> ReadContract:
    """Where a contract stands today."""
    rows = list(contract.versions.all())
    found = standing([terms_of(each) for each in rows], today, ended_on=contract.ended_on)
    number = found.terms.number if found.terms else 0
    return ReadContract(contract, found, next((each for each in rows if each.number == number), None))


def terms_of(version: ContractVersion) -> Terms:
    """The terms of a version, as the rules of contracts read them."""
    return Terms(
        version.number,
        version.effective_on,
        version.signed_on,
        version.ends_on,
        version.renewal,
        version.renewal_months,
        version.notice_months,
    )


def read_document(document: Document, today: datetime.date) -> ReadDocument:
    """A document as it stands today."""
    last = max(document.versions.all(), key=lambda each: each.number, default=None)
    if last is None or last.expires_on is None:
        return ReadDocument(document, last, "")
    left = (last.expires_on - today).days
    return ReadDocument(document, last, "expire" if left < 0 else "bientot" if left <= document.warn_days else "")


def alive(structure: Structure) -> tuple[Iterable[Contract], Iterable[Document], Iterable[Fund]]:
    """What may have a day to come in a structure, whoever reads: for its calendar."""
    funds = Fund.objects.filter(entity__structure=structure, closed_at=None).select_related("entity")
    documents = _documents(structure).filter(removed_at=None)
    return _contracts(structure).filter(removed_at=None), documents, funds.prefetch_related("movements")


def _contracts(structure: Structure) -> QuerySet[Contract]:
    versions = Prefetch("versions", ContractVersion.objects.select_related("file", "by"))
    return Contract.objects.filter(structure=structure).select_related("entity", MINE).prefetch_related(versions)


def _documents(structure: Structure) -> QuerySet[Document]:
    versions = Prefetch("versions", DocumentVersion.objects.select_related("file", "by"))
    rows = Document.objects.filter(structure=structure)
    return rows.select_related("entity", "owner", MINE).prefetch_related(versions)
