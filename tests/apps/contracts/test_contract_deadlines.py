"""The days that contracts, funds, documents and tools give to the calendar; who may not write is refused."""

import datetime
import io

import pytest
from tests import cast

from maillage.apps.activity.records import GivenFile
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.contracts.deadlines import deadlines
from maillage.apps.contracts.fields import (
    AmendmentFields,
    ContractFields,
    DocumentFields,
    EndFields,
    FileFields,
    FundFields,
    MovementFields,
    TermsFields,
)
from maillage.apps.contracts.services import contracts, documents, funds
from maillage.apps.digital.deadlines import deadlines as of_tools
from maillage.apps.digital.fields import ToolFields
from maillage.apps.digital.services import create_tool, write_tool
from maillage.apps.structures.models import LegalEntity

YEAR = {"since": datetime.date(2026, 1, 1), "until": datetime.date(2026, 12, 31)}
ENDS = TermsFields(signed_on="2020-01-01", effective_on="2020-01-01", ends_on="2026-12-31", notice_months="3")


@pytest.fixture
def people(db):
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def entity(people):
    return LegalEntity.objects.create(structure=people.structure, form="sisa")


@pytest.fixture
def contract(people, told, entity):
    fields = ContractFields(kind="fir", title="FIR", entity=entity.pk)
    return contracts.create_contract(people.structure, fields, ENDS, **told)


def found(people, **period):
    return {(each.day.isoformat(), each.nature, each.what) for each in deadlines(people.structure, **(period or YEAR))}


def test_each_subject_gives_its_days(people, told, entity, contract):
    fund = funds.create_fund(
        people.structure, FundFields(title="Achat", entity=entity.pk, use_before="2026-06-30"), **told
    )
    empty = found(people)
    funds.move_money(fund, MovementFields(kind="recu", day="2026-01-02", amount="10", label="Reçu"), **told)
    days = FileFields(expires_on="2026-02-01")
    file = GivenFile("bail.txt", io.BytesIO(b"Bail"))
    documents.file_document(people.structure, DocumentFields(title="Bail"), days, file=file, **told)
    assert found(people) - empty == {
        ("2026-06-30", "contrat", "À utiliser avant ce jour : Achat"),
        ("2026-02-01", "document", "Expire : Bail"),
    }
    assert empty == {
        ("2026-12-31", "contrat", "Fin : FIR"),
        ("2026-09-30", "contrat", "Dernier jour pour annoncer un départ : FIR"),
    }
    assert found(people, since=datetime.date(2027, 1, 1), until=datetime.date(2027, 12, 31)) == set()
    keys = [each.subject for each in deadlines(people.structure, **YEAR)]
    assert len(keys) == len(set(keys))


def test_a_contract_that_stopped_or_was_taken_out_gives_no_day(people, told, contract):
    contracts.end_contract(contract, EndFields(day="2026-01-31", reason="Fusion"), **told)
    assert found(people) == set()
    with pytest.raises(NotNow):
        contracts.end_contract(contract, EndFields(day="2026-01-31", reason="Fusion"), **told)
    with pytest.raises(NotNow):
        contracts.amend(contract, AmendmentFields(effective_on="2026-01-01"), **told)
    contracts.resume_contract(contract, **told)
    contracts.remove_contract(contract, **told)
    assert found(people) == set()


def test_the_renewal_of_a_tool_is_a_day(people, told):
    fields = ToolFields(use="dossier", product="Axi", renews_on="2026-05-01")
    tool = create_tool(people.structure, fields, **told)
    assert [each.what for each in of_tools(people.structure, **YEAR)] == ["À renouveler : Axi"]
    write_tool(tool, ToolFields(use="dossier", product="Axi", ended_on="2026-04-01"), **told)
    assert list(of_tools(people.structure, **YEAR)) == []


def test_who_may_not_write_is_refused_and_each_write_is_told_once(people, contract):
    reader = {"by": people.membre, "at": cast.NOW}
    with pytest.raises(NotAllowed):
        contracts.create_contract(people.structure, ContractFields(kind="fir", title="FIR"), ENDS, **reader)
    with pytest.raises(NotAllowed):
        contracts.amend(contract, AmendmentFields(effective_on="2026-01-01"), **reader)
    with pytest.raises(NotAllowed):
        create_tool(people.structure, ToolFields(use="autre", product="Axi"), **reader)
    scope = str(people.structure.organisation_id)
    events = Event.objects.filter(subject_type__startswith="contracts.", scope=scope)
    assert sorted(events.values_list("subject_type", "verb")) == [
        ("contracts.contract", "créer"),
        ("contracts.contractversion", "créer"),
    ]


def test_a_write_made_meanwhile_is_not_lost(told, contract):
    seen = stamp(contract)
    contracts.write_contract(contract, ContractFields(kind="fir", title="FIR 2026", entity=contract.entity_id), **told)
    with pytest.raises(Changed):
        contracts.write_contract(contract, ContractFields(kind="fir", title="Autre"), seen=seen, **told)


def test_a_contract_that_renews_itself_is_never_late_and_tells_each_renewal(people, told, entity):
    terms = ENDS.model_copy(update={"ends_on": datetime.date(2024, 12, 31), "renewal": "tacite", "renewal_months": 12})
    contracts.create_contract(people.structure, ContractFields(kind="fir", title="FIR"), terms, **told)
    period = {"since": datetime.date(2024, 11, 22), "until": datetime.date(2026, 12, 31)}
    rows = [each for each in deadlines(people.structure, **period) if each.what == "Se renouvelle : FIR"]
    assert [each.day.year for each in rows] == [2024, 2025, 2026]
    assert not any(each.is_late_after for each in rows)
    assert len({each.subject for each in rows}) == 3


def test_an_end_that_an_amendment_moved_is_not_told(people, told, contract):
    later = AmendmentFields(nature="renouvellement", effective_on="2027-01-01", ends_on="2031-12-31")
    contracts.amend(contract, later, **told)
    assert found(people) == set()
    ((day, _nature, what),) = found(people, since=YEAR["since"], until=datetime.date(2031, 12, 31))
    assert (day, what) == ("2031-12-31", "Fin : FIR")
