"""What follows an action: dated steps, public reached, spending, values of its indicators."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.models import ActionNote, ActionStep
from maillage.apps.activity.plan_inputs import NoteFields, StepFields
from maillage.apps.activity.services import actions, plan
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.core.kernel.problems import BadInput

DAY = "2026-11-20"


@pytest.fixture
def people(db):
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def action(people, told):
    rows = [{"nom": "Ateliers", "cible": "10"}, {"nom": "Chutes", "cible": "0"}]
    return actions.create_action(people.structure, ActionFields(title="Chutes", indicators=rows), **told)


def value(action, told, amount="3", indicator="Ateliers", day=DAY):
    return plan.note(action, NoteFields(kind="valeur", day=day, amount=amount, indicator=indicator), **told)


def test_a_step_is_added_done_undone_removed_and_put_back(people, action, told):
    owner = people.structure.members.first()
    step = plan.add_step(action, StepFields(title="Louer la salle", owner=str(owner.pk), due_on="01/12/2026"), **told)
    assert plan.set_step_done(step, done=True, **told).done_on == cast.TODAY
    plan.set_step_done(step, done=True, **told)
    assert plan.set_step_done(step, done=False, **told).done_on is None
    key = plan.remove_row(step, **told)
    assert not ActionStep.objects.exists()
    back = plan.put_row_back(ActionStep, people.structure, key, **told)
    assert (back.title, back.owner, back.due_on) == ("Louer la salle", owner, datetime.date(2026, 12, 1))
    verbs = list(Event.objects.filter(subject_id=str(step.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["créer", "état", "état", "retirer", "rétablir"]
    with pytest.raises(NotNow):
        plan.put_row_back(ActionStep, people.structure, key, **told)


def test_a_value_of_the_same_day_replaces_the_first(action, told):
    value(action, told)
    value(action, told, "4,5")
    assert [str(each.amount) for each in action.notes.all()] == ["4.50"]
    value(action, told, "6", day="2026-11-21")
    assert action.notes.count() == 2


def test_public_and_spending_add_up_even_on_one_day(action, told):
    for amount in ("30", "12"):
        plan.note(action, NoteFields(kind="public", day=DAY, amount=amount, label="Atelier"), **told)
    assert action.notes.filter(kind="public", day=DAY).count() == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "public", "day": "2026-12-25", "amount": "3"}, "day"),
        ({"kind": "valeur", "day": DAY, "amount": "3", "indicator": "Autre"}, "indicator"),
        ({"kind": "depense", "day": DAY, "amount": "3", "indicator": "Ateliers"}, "indicator"),
    ],
)
def test_what_cannot_be_noted_is_refused(action, told, fields, field):
    with pytest.raises(BadInput) as refused:
        plan.note(action, NoteFields(**fields), **told)
    assert [each.field for each in refused.value.problems] == [field]
    assert not ActionNote.objects.exists()


def test_people_are_counted_whole_and_a_figure_is_one():
    for amount in ("2,5", "beaucoup", "", "-3"):
        with pytest.raises(ValueError, match="nombre"):
            NoteFields(kind="public", day=DAY, amount=amount)


def test_no_patient_in_a_step_or_a_note(action, told):
    with pytest.raises(PatientData):
        plan.add_step(action, StepFields(title="Appeler Mme MARTIN Jeanne, 82 ans"), **told)
    with pytest.raises(PatientData):
        plan.note(action, NoteFields(kind="public", day=DAY, amount="1", label="Mme MARTIN Jeanne, 82 ans"), **told)


def test_an_owner_is_of_the_team_and_who_reads_writes_nothing(people, action, told):
    with pytest.raises(BadInput):
        plan.add_step(action, StepFields(title="Salle", owner=str(action.pk)), **told)
    with pytest.raises(NotAllowed):
        plan.add_step(action, StepFields(title="Salle"), by=people.membre, at=cast.NOW)


def test_the_values_follow_an_indicator_whose_name_changes(action, told):
    value(action, told)
    rows = [{"nom": "Ateliers tenus", "cible": "10"}, {"nom": "Chutes", "cible": "0"}]
    actions.write_action(action, ActionFields(title="Chutes", indicators=rows), **told)
    assert action.notes.get().indicator == "Ateliers tenus"


def test_an_action_put_back_has_its_steps_and_notes_again(people, action, told):
    step = plan.add_step(action, StepFields(title="Salle"), **told)
    kept = value(action, told)
    key = actions.remove_action(action, **told)
    assert not ActionNote.objects.exists()
    back = actions.put_action_back(people.structure, key, **told)
    assert [each.pk for each in back.dated_steps.all()] == [step.pk]
    assert [(each.pk, each.amount) for each in back.notes.all()] == [(kept.pk, kept.amount)]


def test_a_note_is_not_put_back_over_another_value(people, action, told):
    key = plan.remove_row(value(action, told), **told)
    value(action, told, "9")
    with pytest.raises(NotNow):
        plan.put_row_back(ActionNote, people.structure, key, **told)


@pytest.mark.parametrize(
    ("model", "fields", "name"),
    [
        (ActionStep, {"title": ""}, "action_step_has_a_title"),
        (ActionNote, {"kind": "public", "day": DAY, "amount": -1}, "action_note_not_negative"),
        (ActionNote, {"kind": "valeur", "day": DAY, "amount": 1}, "action_note_names_its_indicator"),
    ],
)
def test_the_database_refuses_what_no_form_lets_through(action, model, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(action=action, **fields)


def test_the_database_keeps_one_value_of_an_indicator_a_day(action, told):
    value(action, told)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionNote.objects.create(action=action, kind="valeur", day=DAY, amount=1, indicator="Ateliers")
