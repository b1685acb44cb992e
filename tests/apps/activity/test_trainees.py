"""Trainees: noted, changed, certified, removed and put back; the plan by mission; the days of the actions."""

import datetime
import io

import pytest
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.deadlines.actions import deadlines
from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import Traineeship
from maillage.apps.activity.plan_inputs import NoteFields, StepFields, TraineeshipFields
from maillage.apps.activity.plan_queries import plan_of, public_health, traineeships_of, training_of
from maillage.apps.activity.services import actions, plan, trainees
from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.common.refused import NotAllowed
from maillage.core.kernel.problems import BadInput

TOLD = {
    "nom": "Le Goff",
    "prenom": "Anne",
    "metier": "infirmier",
    "school": "IFSI de Redon",
    "starts_on": "2026-09-01",
    "ends_on": "2026-11-30",
}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def anne(people, told):
    return trainees.welcome(people.structure, TraineeshipFields(**TOLD), **told)


def test_a_trainee_is_noted_changed_removed_and_put_back(people, told, anne):
    supervisor = people.structure.members.first()
    fields = TraineeshipFields(**TOLD | {"supervisor": str(supervisor.pk)})
    seen = stamp(anne)
    anne = trainees.write_traineeship(anne, fields, seen=seen, **told)
    assert anne.supervisor == supervisor
    with pytest.raises(Changed):
        trainees.write_traineeship(anne, fields, seen=seen, **told)
    key = trainees.remove_traineeship(anne, **told)
    assert trainees.put_traineeship_back(people.structure, key, **told).supervisor == supervisor
    with pytest.raises(NotNow):
        trainees.put_traineeship_back(people.structure, key, **told)


def test_a_certificate_is_kept_and_the_day_that_asks_for_it_goes(people, told, anne):
    year = {"since": datetime.date(2026, 1, 1), "until": datetime.date(2026, 12, 31)}
    assert [each.what for each in deadlines(people.structure, **year)] == [
        "Attestation de stage à joindre : infirmier, depuis le 1er\N{NO-BREAK SPACE}septembre\N{NO-BREAK SPACE}2026"
    ]
    file = trainees.Certificate("attestation.png", io.BytesIO(PNG))
    kept = trainees.write_traineeship(anne, TraineeshipFields(**TOLD), file=file, **told)
    assert kept.certificate.scope == str(people.structure.organisation_id)
    assert list(deadlines(people.structure, **year)) == []
    key = trainees.remove_traineeship(kept, **told)
    assert trainees.put_traineeship_back(people.structure, key, **told).certificate == kept.certificate


@pytest.mark.parametrize(
    ("wrong", "field"), [({"metier": "sorcier"}, "metier"), ({"supervisor": "7" * 32}, "supervisor")]
)
def test_a_wrong_trainee_is_refused(people, told, wrong, field):
    with pytest.raises(BadInput) as refused:
        trainees.welcome(people.structure, TraineeshipFields(**TOLD | wrong), **told)
    assert [each.field for each in refused.value.problems] == [field]
    assert not Traineeship.objects.exists()


def test_the_same_stay_is_not_noted_twice(people, told, anne):
    twice = TOLD | {"nom": "LE GOFF", "prenom": "anne"}
    with pytest.raises(BadInput, match="déjà noté"):
        trainees.welcome(people.structure, TraineeshipFields(**twice), **told)
    trainees.write_traineeship(anne, TraineeshipFields(**twice), **told)
    other = trainees.welcome(people.structure, TraineeshipFields(**TOLD | {"starts_on": "2026-10-01"}), **told)
    with pytest.raises(BadInput, match="déjà noté"):
        trainees.write_traineeship(other, TraineeshipFields(**TOLD), **told)


def test_who_only_reads_notes_nobody(people):
    with pytest.raises(NotAllowed):
        trainees.welcome(people.structure, TraineeshipFields(**TOLD), by=people.membre, at=cast.NOW)


def test_the_year_counts_its_trainees(people, anne):
    rows = list(traineeships_of(people.structure))
    assert (training_of(rows, 2026).different, training_of(rows, 2025).different) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"nom": ""}, "traineeship_names_its_trainee"),
        ({"ends_on": "2026-08-01"}, "traineeship_ends_after_it_starts"),
    ],
)
def test_the_database_refuses_a_wrong_trainee(people, wrong, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Traineeship.objects.create(structure=people.structure, **TOLD | wrong)


def test_the_plan_gives_each_mission_its_actions(people, told, django_assert_max_num_queries):
    first = {"code": "MSP-1.6a", "titre": "Missions de santé publique", "niveau": "option"}
    fields = ActionFields(title="Vacciner", theme="vaccination", budget="100", ends_on="2026-12-01")
    vaccinate = actions.create_action(people.structure, fields, missions=[first], **told)
    actions.create_action(people.structure, ActionFields(title="Accueil"), **told)
    plan.add_step(vaccinate, StepFields(title="Salle", due_on="2026-11-25"), **told)
    for day in ("2025-11-20", "2026-11-20"):
        plan.note(vaccinate, NoteFields(kind="public", day=day, amount="30"), **told)
    with django_assert_max_num_queries(6):
        found = plan_of(people.structure, cast.TODAY, 2026)
    held = {each.mission.code if each.mission else "": each for each in found}
    assert held["MSP-1.6a"].total.whole.reached == 30
    assert [line.action.title for line in held[""].lines] == ["Accueil"]
    assert held["MSP-2.1"].lines == ()
    assert public_health([vaccinate]).themes == ("vaccination",)
    days = deadlines(people.structure, since=cast.TODAY, until=datetime.date(2026, 12, 31))
    assert [each.what for each in days] == ["Salle (Vacciner)", "Fin de l'action : Vacciner"]
