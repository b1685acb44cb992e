"""The cast, its bureau and the rules of its assembly."""

import pytest
from tests import cast

from maillage.apps.governance.inputs import BodyFields, RulesFields
from maillage.apps.governance.services.bodies import add_body, add_rules


@pytest.fixture
def people(db) -> cast.Cast:
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def members(people):
    return {member.prenom.lower(): member for member in people.structure.members.all()}


@pytest.fixture
def bureau(people, told):
    return add_body(people.structure, BodyFields(nom="Bureau", kind="bureau", seats="3", mandate_months="36"), **told)


@pytest.fixture
def assembly_body(people, told):
    return add_body(people.structure, BodyFields(nom="Assemblée générale", kind="assemblee"), **told)


@pytest.fixture
def rules(assembly_body, told):
    fields = RulesFields(
        nom="Décisions ordinaires",
        notice_days="15",
        quorum="1/2",
        quorum_counts="representes",
        quorum_by_college="non",
        remote_counts="oui",
        powers_most="1",
        majority="1/2",
        majority_of="exprimes",
    )
    return add_rules(assembly_body, fields, **told)
