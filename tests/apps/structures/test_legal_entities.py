"""The legal persons of a structure: thought of, constituted, left out."""

import datetime

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY, Cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.legal_entities import LegalEntityFields, add_entity, change_entity, remove_entity
from maillage.apps.structures.models import LegalEntity
from maillage.core.kernel.problems import BadInput, read

pytestmark = pytest.mark.django_db
SIREN = "732829320"


@pytest.fixture
def people() -> Cast:
    small_world.create_territories()
    return cast.create()


def fields(**said: object) -> LegalEntityFields:
    return read(LegalEntityFields, {"form": "sisa", **said})


def add(people: Cast, **said: object) -> LegalEntity:
    return add_entity(people.structure, fields(**said), by=people.porteuse, at=NOW)


def test_a_form_is_thought_of_then_constituted(people: Cast):
    entity = add(people)
    assert entity.state == LegalEntity.State.ENVISAGEE
    said = {"state": "constituee", "nom": "SISA de Redon", "siren": "732 829 320", "constituted_on": TODAY}
    change_entity(entity, fields(**said), by=people.porteuse, at=NOW)
    assert LegalEntity.objects.get().siren == SIREN
    assert [event.verb for event in Event.objects.order_by("pk")] == ["ajouter", "modifier"]


def test_two_legal_persons_live_together(people: Cast):
    add(people)
    add(people, form="association_1901", rna="w353001234")
    assert LegalEntity.objects.get(form="association_1901").rna == "W353001234"
    with pytest.raises(BadInput):
        add(people)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"form": "sarl"}, "form"),
        ({"form": "aucune"}, "form"),
        ({"siren": "732829321"}, "siren"),
        ({"rna": "12345"}, "rna"),
        ({"constituted_on": "2026-01-01"}, "constituted_on"),
        ({"state": "reve"}, "state"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(said: dict, field: str):
    with pytest.raises(BadInput) as refused:
        fields(**said)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_legal_person_is_not_constituted_tomorrow(people: Cast):
    with pytest.raises(BadInput, match="un jour passé"):
        add(people, state="constituee", constituted_on=TODAY + datetime.timedelta(days=1))


def test_a_legal_person_is_left_out_and_the_log_remembers(people: Cast):
    remove_entity(add(people), by=people.porteuse, at=NOW)
    assert not LegalEntity.objects.exists()
    assert Event.objects.first().before["forme"] == "sisa"


def test_who_only_reads_changes_nothing(people: Cast):
    entity = add(people)
    for reader in (people.membre, people.instructrice, people.stranger):
        with pytest.raises(NotAllowed):
            add_entity(people.structure, fields(form="scm"), by=reader, at=NOW)
        with pytest.raises(NotAllowed):
            change_entity(entity, fields(), by=reader, at=NOW)
        with pytest.raises(NotAllowed):
            remove_entity(entity, by=reader, at=NOW)


def test_a_name_that_tells_a_patient_is_refused(people: Cast):
    entity = add(people)
    told = fields(nom="SISA de Mme Lefèvre, 84 ans")
    with pytest.raises(PatientData):
        change_entity(entity, told, by=people.porteuse, at=NOW)
    with pytest.raises(PatientData):
        add_entity(people.structure, told, by=people.porteuse, at=NOW)
    assert LegalEntity.objects.get().nom == ""
