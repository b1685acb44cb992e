"""What a legal person of the small world signed and holds: a contract with its file, a ring-fenced fund."""

import io

from tests import cast

from maillage.apps.activity.records import GivenFile
from maillage.apps.contracts.fields import (
    ContractFields,
    DocumentFields,
    FileFields,
    FundFields,
    MovementFields,
    TermsFields,
)
from maillage.apps.contracts.services.contracts import create_contract
from maillage.apps.contracts.services.documents import file_document
from maillage.apps.contracts.services.funds import create_fund, move_money
from maillage.apps.digital.fields import ToolFields
from maillage.apps.digital.services import create_tool
from maillage.apps.structures.models import LegalEntity


def a_file() -> GivenFile:
    """A text that tells nobody."""
    return GivenFile("convention.txt", io.BytesIO(b"Convention"))


class Contracts:
    """One of each, written by the porteuse in the name of a legal person."""

    def __init__(self, people: cast.Cast, entity: LegalEntity) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        fields = ContractFields(kind="fir", title="FIR", entity=entity.pk)
        self.contract = create_contract(people.structure, fields, TermsFields(), file=a_file(), **told)
        self.fund = create_fund(people.structure, FundFields(title="Équipement", entity=entity.pk), **told)
        received = MovementFields(kind="recu", day=cast.TODAY, amount="100", label="Premier versement")
        self.movement = move_money(self.fund, received, file=a_file(), **told)
        statutes = DocumentFields(title="Statuts", category="statuts")
        self.document = file_document(people.structure, statutes, FileFields(), file=a_file(), **told)
        software = ToolFields(use="dossier", product="Dossier partagé")
        self.tool = create_tool(people.structure, software, file=a_file(), **told)
