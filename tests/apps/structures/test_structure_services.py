"""A structure is created with its organisation and its territory, then changed by who may."""

import pytest
from tests import cast

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Structure
from maillage.apps.structures.services import codes_of, create_structure, rename, set_communes
from maillage.core.kernel.problems import BadInput


def create(by, **changes):
    told = {"kind": "msp", "nom": "  MSP  du Lac ", "communes": ["35294", "35236"], **changes}
    return create_structure(by=by, at=cast.NOW, **told)


def test_who_creates_a_structure_carries_its_project(people):
    structure = create(people.stranger)
    role = Role.objects.get(user=people.stranger)
    assert (role.organisation, role.name) == (structure.organisation, "porteur")
    assert (structure.nom, structure.region, structure.organisation.departement) == ("MSP du Lac", "53", "35")
    assert codes_of(structure) == ["35294", "35236"]
    event = Event.objects.get()
    assert (event.verb, event.actor, event.scope) == (
        "creer", people.stranger.event_actor, str(structure.organisation_id),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("kind", {"kind": "mps"}),
        ("nom", {"nom": " "}),
        ("nom", {"nom": "x" * 201}),
        ("communes", {"communes": []}),
        ("communes.0", {"communes": ["35900"]}),
        ("region", {"region": "11"}),
        ("nom", {"nom": "MSP de Mme Lefèvre, 84 ans"}),
        ("specialite", {"kind": "ess", "specialite": "Suivi de Mme Lefèvre, 84 ans"}),
    ],
)
def test_a_structure_that_makes_no_sense_is_refused_and_nothing_is_written(people, field, changes):
    with pytest.raises(BadInput) as refused:
        create(people.stranger, **changes)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert Structure.objects.count() == 1
    assert Organisation.objects.filter(kind="structure").count() == 1


def test_everything_wrong_is_told_at_once(people):
    with pytest.raises(BadInput) as refused:
        create(people.stranger, kind="", nom="", communes=["99999"])
    assert [problem.field for problem in refused.value.problems] == ["kind", "nom", "communes.0"]


def test_only_an_ess_has_a_speciality(people):
    assert create(people.stranger, specialite="cardiologie").specialite == ""
    assert create(people.stranger, kind="ess", specialite="cardiologie").specialite == "cardiologie"


def test_a_structure_takes_another_name_and_its_organisation_with_it(people):
    rename(people.structure, nom="MSP des Deux-Rives", by=people.coordinatrice, at=cast.NOW)
    people.structure.refresh_from_db()
    assert (people.structure.nom, people.structure.organisation.nom) == ("MSP des Deux-Rives",) * 2
    event = Event.objects.get()
    assert (event.before, event.after) == ({"nom": "MSP de Redon"}, {"nom": "MSP des Deux-Rives"})


def test_a_name_that_does_not_change_writes_nothing(people):
    rename(people.structure, nom="MSP de Redon", by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput):
        rename(people.structure, nom="", by=people.porteuse, at=cast.NOW)
    assert not Event.objects.exists()


def test_the_territory_changes_as_a_whole(people):
    set_communes(people.structure, communes=["35294", "35236", "35294"], by=people.redactrice, at=cast.NOW)
    assert codes_of(people.structure) == ["35294", "35236"]
    set_communes(people.structure, communes=["35294", "35236"], by=people.redactrice, at=cast.NOW)
    assert Event.objects.filter(verb="delimiter").count() == 1
    with pytest.raises(BadInput):
        set_communes(people.structure, communes=["35294", "35900"], by=people.redactrice, at=cast.NOW)
    with pytest.raises(BadInput):
        set_communes(people.structure, communes=[], by=people.redactrice, at=cast.NOW)
    assert codes_of(people.structure) == ["35294", "35236"]


@pytest.mark.parametrize("who", ["membre", "accompagnatrice", "instructrice", "stranger"])
def test_who_may_not_write_changes_nothing(people, who):
    person = getattr(people, who)
    with pytest.raises(NotAllowed):
        rename(people.structure, nom="Autre", by=person, at=cast.NOW)
    with pytest.raises(NotAllowed):
        set_communes(people.structure, communes=["35294"], by=person, at=cast.NOW)
    assert not Event.objects.exists()


def test_a_name_that_tells_a_patient_is_refused(people):
    with pytest.raises(PatientData):
        rename(people.structure, nom="MSP de Mme Lefèvre, 84 ans", by=people.porteuse, at=cast.NOW)
    assert Structure.objects.get().nom == "MSP de Redon"
