"""Diagnoses that are kept, made again and forgotten."""

import datetime
import json
import uuid

import pytest
from django.db import IntegrityError, transaction
from tests.apps.diagnostics.conftest import AT, REDON

from maillage.apps.common.models import Event
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.diagnostics.queries import again, diagnose, kept_diagnosis
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.diagnostics.services import forget, keep, redo
from maillage.apps.territories.models import DataSource, Value

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def kept(figures):
    return keep(diagnose(read_selection({"epci": ["243500741"]}), today=TODAY), by="visiteur", at=AT)


def test_a_diagnosis_is_kept_as_it_is_at_an_address_drawn_at_random(kept):
    found = kept_diagnosis(kept.pk)

    assert found is not None
    assert kept.pk.version == 4
    assert found.result == json.loads(json.dumps(kept.result))
    assert kept_diagnosis(uuid.uuid4()) is None


def test_keeping_writes_one_event(kept):
    event = Event.objects.get()

    assert (event.verb, event.subject_id) == ("conserver", str(kept.pk))


def test_nothing_has_changed_when_nothing_was_loaded(kept):
    assert again(kept, today=TODAY)[1] == ()


def test_making_it_again_tells_the_figure_before_and_after(kept):
    Value.objects.filter(series__vintage="2021", code=REDON).update(value=4.1)

    _, changed = again(kept, today=TODAY)

    assert [(change.code, change.before, change.after) for change in changed] == [
        ("apl.medecin_generaliste.65_ans", "3", "4")
    ]


def test_making_it_again_keeps_both(kept):
    DataSource.objects.filter(key="zonage").update(vintage="2027")

    second = redo(kept, by="visiteur", at=AT, today=TODAY)

    assert second.previous == kept
    assert second.fingerprint != kept.fingerprint
    assert [event.verb for event in Event.objects.order_by("pk")] == ["conserver", "refaire"]


def test_forgetting_leaves_only_that_it_was(kept):
    address = kept.pk
    forget(kept, by="visiteur", at=AT)

    assert kept_diagnosis(address) is None
    last = Event.objects.order_by("pk").last()
    assert last is not None
    assert (last.verb, last.subject_id) == ("oublier", str(address))
    assert REDON not in json.dumps(last.before)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": ""}, "kept_diagnosis_has_a_name"),
        ({"fingerprint": "x"}, "kept_diagnosis_fingerprint_format"),
    ],
)
@pytest.mark.django_db
def test_the_database_refuses_what_makes_no_sense(fields, name):
    row = {"name": "Redon", "created_at": AT, "recipe": {}, "result": {}, "fingerprint": "a" * 64} | fields

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        KeptDiagnosis.objects.create(**row)
