"""The days of the contracts, the ring-fenced funds and the documents of a structure."""

import datetime
from collections.abc import Iterable, Iterator

from maillage.apps.contracts.models import Contract, Document, Fund
from maillage.apps.contracts.queries import alive, left_in, read_contract, read_document
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure
from maillage.core.activity.terms import Standing

MOST_TERMS = 100
"""Renewals told in a period: beyond, it is a typing error."""


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The end and the notice of each contract, the use of each fund, the expiry of each document, in a period."""
    contracts, documents, funds = alive(structure)
    found = (*_of_contracts(contracts, since, until), *_of_documents(documents, since), *_of_funds(funds))
    return (each for each in found if since <= each.day <= until)


def _of_contracts(contracts: Iterable[Contract], since: datetime.date, until: datetime.date) -> Iterator[Due]:
    for contract in contracts:
        page = f"entites/contrats/{contract.pk}/"
        for found in _terms_of(contract, since, until):
            renews = found.renews_itself
            rank = f"-{found.ends_on}" if renews else ""
            if found.ends_on and contract.ended_on is None:
                what = f"{'Se renouvelle' if renews else 'Fin'} : {contract.title}"
                yield Due(found.ends_on, "contrat", f"contrat-{contract.pk}-fin{rank}", what, page, not renews)
            if found.leave_by:
                what = f"Dernier jour pour annoncer un départ : {contract.title}"
                key = f"contrat-{contract.pk}-preavis{rank}"
                yield Due(found.leave_by, "contrat", key, what, page, is_late_after=False)


def _terms_of(contract: Contract, since: datetime.date, until: datetime.date) -> Iterator[Standing]:
    """Where a contract stands by its last version, at the start of a period, then after each time it renews itself.

    The last told may end after the period: its notice may be in it. An end that an amendment moved is not told.
    """
    days = [each.effective_on for each in contract.versions.all() if each.effective_on]
    day = max([since, *days])
    for _rank in range(MOST_TERMS):
        found = read_contract(contract, day).standing
        yield found
        if not found.renews_itself or found.ends_on is None or not day <= found.ends_on <= until:
            return
        day = found.ends_on + datetime.timedelta(days=1)


def _of_documents(documents: Iterable[Document], today: datetime.date) -> Iterator[Due]:
    for document in documents:
        last = read_document(document, today).last
        if last is not None and last.expires_on is not None:
            what = f"Expire : {document.title}"
            yield Due(last.expires_on, "document", f"document-{document.pk}", what, f"documents/{document.pk}/")


def _of_funds(funds: Iterable[Fund]) -> Iterator[Due]:
    for fund in funds:
        if fund.use_before is not None and left_in(fund):
            what = f"À utiliser avant ce jour : {fund.title}"
            yield Due(fund.use_before, "contrat", f"fonds-{fund.pk}", what, f"entites/fonds/{fund.pk}/")
