"""The days of the contracts, the ring-fenced funds and the documents of a structure."""

import datetime
from collections.abc import Iterable, Iterator

from maillage.apps.contracts.models import Contract, Document, Fund
from maillage.apps.contracts.queries import alive, left_in, read_contract, read_document
from maillage.apps.structures.deadlines import Due
from maillage.apps.structures.models import Structure


def deadlines(structure: Structure, *, since: datetime.date, until: datetime.date) -> Iterator[Due]:
    """The end and the notice of each contract, the use of each fund, the expiry of each document, in a period."""
    contracts, documents, funds = alive(structure)
    found = (*_of_contracts(contracts, since), *_of_documents(documents, since), *_of_funds(funds))
    return (each for each in found if since <= each.day <= until)


def _of_contracts(contracts: Iterable[Contract], today: datetime.date) -> Iterator[Due]:
    for contract in contracts:
        found = read_contract(contract, today).standing
        page = f"entites/contrats/{contract.pk}/"
        if found.ends_on and contract.ended_on is None:
            yield Due(found.ends_on, "contrat", f"contrat-{contract.pk}-fin", f"Fin : {contract.title}", page)
        if found.leave_by:
            what = f"Dernier jour pour annoncer un départ : {contract.title}"
            yield Due(found.leave_by, "contrat", f"contrat-{contract.pk}-preavis", what, page, is_late_after=False)


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
