"""What the database refuses of contracts, funds and documents, each with its name and its words in French."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.common.models import StoredFile
from maillage.apps.contracts.models import (
    Contract,
    ContractVersion,
    Document,
    DocumentVersion,
    EntityCommune,
    EntitySite,
    Fund,
    FundMovement,
)
from maillage.apps.structures.models import LegalEntity, Site

DAY, BEFORE = datetime.date(2026, 3, 1), datetime.date(2026, 2, 1)


@pytest.fixture
def world(db):
    people = cast.create()
    entity = LegalEntity.objects.create(structure=people.structure, form="sisa")
    site = Site.objects.create(structure=people.structure, nom="Cabinet", commune="35236")
    contract = Contract.objects.create(structure=people.structure, kind="fir", title="FIR")
    document = Document.objects.create(structure=people.structure, category="autre", title="Bail")
    file = StoredFile.objects.create(
        name="a", content_type="b", size=1, sha256="c", path="d", uploaded_by="e", at=cast.NOW
    )
    fund = Fund.objects.create(entity=entity, title="Équipement")
    told = {"at": cast.NOW, "by": people.porteuse}
    ContractVersion.objects.create(contract=contract, number=1, nature="initial", **told)
    DocumentVersion.objects.create(document=document, number=1, file=file, **told)
    EntitySite.objects.create(entity=entity, site=site)
    EntityCommune.objects.create(entity=entity, code="35236")
    return {
        "structure": people.structure,
        "entity": entity,
        "site": site,
        "contract": contract,
        "document": document,
        "file": file,
        "fund": fund,
        **told,
    }


REFUSED = [
    ("contract_has_a_title", Contract, ("structure",), {"kind": "fir", "title": ""}),
    ("contract_stops_for_a_reason", Contract, ("structure",), {"kind": "fir", "title": "FIR", "ended_on": DAY}),
    ("contract_version_once", ContractVersion, ("contract", "at", "by"), {"number": 1, "nature": "initial"}),
    (
        "contract_version_first_is_initial",
        ContractVersion,
        ("contract", "at", "by"),
        {"number": 2, "nature": "initial"},
    ),
    (
        "contract_version_ends_after_it_starts",
        ContractVersion,
        ("contract", "at", "by"),
        {"number": 2, "nature": "avenant", "effective_on": DAY, "ends_on": BEFORE},
    ),
    ("entity_site_once", EntitySite, ("entity", "site"), {}),
    ("entity_commune_once", EntityCommune, ("entity",), {"code": "35236"}),
    ("fund_has_a_title", Fund, ("entity",), {"title": ""}),
    ("fund_movement_amount_positive", FundMovement, ("fund",), {"kind": "recu", "day": DAY, "amount": 0, "label": "x"}),
    ("fund_movement_has_a_label", FundMovement, ("fund",), {"kind": "recu", "day": DAY, "amount": 1, "label": ""}),
    ("document_has_a_title", Document, ("structure",), {"category": "autre", "title": ""}),
    (
        "document_warns_two_years_ahead_at_most",
        Document,
        ("structure",),
        {"category": "autre", "title": "Bail", "warn_days": 731},
    ),
    ("document_version_once", DocumentVersion, ("document", "file", "at", "by"), {"number": 1}),
    (
        "document_expires_after_its_day",
        DocumentVersion,
        ("document", "file", "at", "by"),
        {"number": 2, "dated_on": DAY, "expires_on": BEFORE},
    ),
]


def test_the_database_refuses_what_makes_no_sense(world):
    for name, model, links, fields in REFUSED:
        row = model(**{link: world[link] for link in links}, **fields)
        (constraint,) = [each for each in model._meta.constraints if each.name == name]
        with pytest.raises(ValidationError) as wrong:
            constraint.validate(model, row)
        assert wrong.value.messages == [constraint.violation_error_message]
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_every_constraint_is_tried():
    models = (Contract, ContractVersion, Document, DocumentVersion, EntityCommune, EntitySite, Fund, FundMovement)
    named = {each.name for model in models for each in model._meta.constraints}
    assert named == {name for name, *_rest in REFUSED}
