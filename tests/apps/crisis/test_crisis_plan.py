"""The crisis plan: its texts, its lists, its sealed versions, its exercises and events."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.crisis import services
from maillage.apps.crisis.deadlines import deadlines
from maillage.apps.crisis.inputs import (
    ContactFields,
    EventFields,
    MobilisableFields,
    PlanFields,
    ProcedureFields,
    RoleFields,
)
from maillage.apps.crisis.models import (
    CrisisContact,
    CrisisEvent,
    CrisisPlan,
    CrisisPlanVersion,
    CrisisProcedure,
    CrisisRole,
    Mobilisable,
)
from maillage.apps.crisis.sealing import is_intact
from maillage.core.activity.risks import risks, source
from maillage.core.kernel.problems import BadInput

TOLD = "Madame DUPONT Jeanne, née le 12/03/1950, 2 50 03 35 236 001 22"
SOON = cast.TODAY + datetime.timedelta(days=30)


@pytest.fixture
def people(db):
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def nurse(people):
    return people.structure.members.get(user=people.membre)


@pytest.fixture
def plan(people, told):
    return services.write_plan(people.structure, PlanFields(alert="Le secrétariat"), **told)


def test_the_five_kinds_of_risk_have_their_text_and_their_questions():
    assert len(risks()) == 5
    assert all(len(risk.questions) == 2 for risk in risks().values())
    assert "confiance A" in source()


def test_the_first_word_makes_the_plan_and_a_lost_write_is_told(people, plan, told):
    seen = stamp(plan)
    services.write_plan(people.structure, PlanFields(alert="Le standard"), seen=seen, **told)
    with pytest.raises(Changed):
        services.write_plan(people.structure, PlanFields(alert="Autre"), seen=seen, **told)
    assert CrisisPlan.objects.get().alert == "Le standard"


def test_a_row_of_each_list_is_added_changed_removed_and_put_back(people, plan, told, nurse):
    given = {
        "cellule": RoleFields(function="Direction", member=nurse.pk),
        "mobilisables": MobilisableFields(member=nurse.pk, skills="Vaccination"),
        "contacts": ContactFields(organisation="ARS", phone="02 00 00 00 00"),
        "procedures": ProcedureFields(title="Chaleur", risk="epidemie_climat"),
    }
    for part, fields in given.items():
        row = services.add(people.structure, part, fields, **told)
        services.write(people.structure, part, row.pk, fields, seen=stamp(row), **told)
        key = services.remove(people.structure, part, row.pk, **told)
        back = services.put_back(people.structure, part, key, **told)
        assert (str(back), back.pk) == (str(row), row.pk)
        with pytest.raises(NotNow):
            services.put_back(people.structure, part, key, **told)


def test_a_member_is_on_the_list_once_and_of_the_team(people, plan, told, nurse):
    services.add(people.structure, "mobilisables", MobilisableFields(member=nurse.pk), **told)
    with pytest.raises(BadInput):
        services.add(people.structure, "mobilisables", MobilisableFields(member=nurse.pk), **told)
    with pytest.raises(BadInput):
        services.add(people.structure, "mobilisables", MobilisableFields(member=people.projet.pk), **told)


def test_who_was_put_on_the_list_again_is_not_put_back_twice(people, plan, told, nurse):
    row = services.add(people.structure, "mobilisables", MobilisableFields(member=nurse.pk), **told)
    key = services.remove(people.structure, "mobilisables", row.pk, **told)
    services.add(people.structure, "mobilisables", MobilisableFields(member=nurse.pk), **told)
    with pytest.raises(NotNow):
        services.put_back(people.structure, "mobilisables", key, **told)


def test_a_sealed_version_keeps_what_the_plan_was(people, plan, told, nurse):
    services.add(people.structure, "mobilisables", MobilisableFields(member=nurse.pk, skills="Tri"), **told)
    services.add(people.structure, "procedures", ProcedureFields(title="Chaleur", risk="epidemie_climat"), **told)
    first = services.publish(people.structure, SOON, **told)
    services.write_plan(people.structure, PlanFields(alert="Autre"), **told)
    second = services.publish(people.structure, None, **told)
    assert (first.number, second.number) == (1, 2)
    assert first.content["alerte"] == "Le secrétariat"
    assert first.content["procedures"][0]["risque"].startswith("Épidémie saisonnière")
    assert is_intact(first)
    assert is_intact(second)


def test_an_empty_plan_or_a_review_in_the_past_is_not_sealed(people, told):
    with pytest.raises(NotNow):
        services.publish(people.structure, SOON, **told)
    services.write_plan(people.structure, PlanFields(alert="Le secrétariat"), **told)
    with pytest.raises(BadInput):
        services.publish(people.structure, cast.TODAY, **told)


def test_an_exercise_is_foreseen_done_removed_and_put_back(people, told):
    fields = EventFields(title="Chaleur", starts_on=SOON, risk="epidemie_climat")
    event = services.create_event(people.structure, fields, **told)
    day = SOON + datetime.timedelta(days=1)
    after = {**told, "at": cast.NOW + (day - cast.TODAY)}
    done = EventFields(title="Chaleur", starts_on=SOON, state="fait", people="12", worked="L'appel")
    services.write_event(event, done, seen=stamp(event), **after)
    key = services.remove_event(event, **after)
    back = services.put_event_back(people.structure, key, **after)
    assert (back.people, back.state) == (12, "fait")
    with pytest.raises(NotNow):
        services.put_event_back(people.structure, key, **after)


def test_a_real_event_has_taken_place(people, told):
    fields = EventFields(title="Inondation", kind="reel", starts_on=cast.TODAY, declared_by="Préfecture")
    assert services.create_event(people.structure, fields, **told).state == "fait"


@pytest.mark.parametrize(
    "given",
    [
        {"declared_by": "Préfecture"},
        {"people": "beaucoup"},
        {"people": "99999"},
        {"ends_on": "2026-11-21"},
        {"risk": "inconnu"},
    ],
)
def test_what_makes_no_sense_in_an_event_is_refused(given):
    with pytest.raises(ValueError, match="EventFields"):
        EventFields(**{"title": "Chaleur", "starts_on": "2026-11-22", **given})


def test_a_contact_may_be_reached_and_nobody_replaces_themself(nurse):
    with pytest.raises(ValueError, match="téléphone"):
        ContactFields(organisation="ARS")
    with pytest.raises(ValueError, match="autre personne"):
        RoleFields(function="Direction", member=nurse.pk, deputy=nurse.pk)


def test_no_word_of_it_tells_a_patient(people, plan, told):
    with pytest.raises(PatientData):
        services.write_plan(people.structure, PlanFields(alert=TOLD), **told)
    with pytest.raises(PatientData):
        services.add(people.structure, "procedures", ProcedureFields(title="Tri", steps=TOLD), **told)
    with pytest.raises(PatientData):
        services.create_event(people.structure, EventFields(title="Tri", starts_on=SOON, done=TOLD), **told)


def test_who_only_reads_writes_nothing(people):
    told = {"by": people.membre, "at": cast.NOW}
    with pytest.raises(NotAllowed):
        services.write_plan(people.structure, PlanFields(alert="Autre"), **told)
    with pytest.raises(NotAllowed):
        services.create_event(people.structure, EventFields(title="Chaleur", starts_on=SOON), **told)
    assert not CrisisPlan.objects.exists()


def test_each_write_is_one_event_of_the_structure(people, plan, told):
    before = Event.objects.count()
    services.publish(people.structure, SOON, **told)
    assert Event.objects.count() == before + 1
    assert Event.objects.first().scope == str(people.structure.organisation_id)


def test_the_calendar_is_told_of_the_review_and_of_the_exercises(people, plan, told):
    services.publish(people.structure, SOON, **told)
    services.create_event(people.structure, EventFields(title="Chaleur", starts_on=SOON), **told)
    found = list(deadlines(people.structure, since=cast.TODAY, until=SOON))
    assert [(each.nature, each.day) for each in found] == [("crise", SOON)] * 2
    assert list(deadlines(people.structure, since=cast.TODAY, until=cast.TODAY)) == []


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (CrisisRole, {"function": ""}),
        (CrisisContact, {"organisation": ""}),
        (CrisisContact, {"phone": ""}),
        (CrisisProcedure, {"title": ""}),
        (CrisisPlanVersion, {"fingerprint": "court"}),
        (CrisisEvent, {"title": ""}),
        (CrisisEvent, {"ends_on": datetime.date(2000, 1, 1)}),
        (CrisisEvent, {"kind": "reel"}),
        (CrisisEvent, {"declared_by": "Préfecture"}),
        (CrisisEvent, {"people": 10_001}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(people, plan, told, nurse, model, fields):
    services.add(people.structure, "cellule", RoleFields(function="Direction", member=nurse.pk), **told)
    services.add(people.structure, "contacts", ContactFields(organisation="ARS", phone="02"), **told)
    services.add(people.structure, "procedures", ProcedureFields(title="Chaleur"), **told)
    services.publish(people.structure, SOON, **told)
    services.create_event(people.structure, EventFields(title="Chaleur", starts_on=SOON), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**fields)


def test_the_database_holds_each_once_and_another_to_replace(people, plan, told, nurse):
    services.add(people.structure, "cellule", RoleFields(function="Direction", member=nurse.pk), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        CrisisRole.objects.update(deputy=nurse)
    Mobilisable.objects.create(plan=plan, member=nurse)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mobilisable.objects.create(plan=plan, member=nurse)


def event(**changed):
    return EventFields(**{"title": "Canicule", "starts_on": cast.TODAY.isoformat(), **changed})


def test_nothing_is_done_before_its_day_nor_noted_twice(people, told):
    with pytest.raises(BadInput, match="ou l'état « prévu »"):
        services.create_event(people.structure, event(starts_on=SOON.isoformat(), state="fait"), **told)
    with pytest.raises(BadInput, match="pour un événement réel"):
        services.create_event(people.structure, event(starts_on=SOON.isoformat(), kind="reel"), **told)
    row = services.create_event(people.structure, event(), **told)
    with pytest.raises(BadInput, match="déjà noté"):
        services.create_event(people.structure, event(), **told)
    assert services.write_event(row, event(state="fait"), **told).state == "fait"


def test_the_same_plan_is_sealed_once(people, plan, told):
    services.publish(people.structure, SOON, **told)
    with pytest.raises(NotNow, match="Rien n'a changé depuis la version 1"):
        services.publish(people.structure, SOON, **told)
    services.write_plan(people.structure, PlanFields(alert="La gérante"), **told)
    assert services.publish(people.structure, SOON, **told).number == 2


def test_who_left_the_team_is_in_the_sealed_plan_no_more(people, plan, nurse, told):
    services.add(people.structure, "cellule", RoleFields(function="Direction", member=nurse.pk), **told)
    services.add(people.structure, "mobilisables", MobilisableFields(member=nurse.pk, reach="06 00 00 00 00"), **told)
    assert services.publish(people.structure, SOON, **told).content["fonctions"][0][1] == str(nurse)
    nurse.left_on = cast.TODAY
    nurse.save()
    content = services.publish(people.structure, SOON, **told).content
    assert (content["fonctions"], content["mobilisables"]) == ([["Direction", "", "", ""]], [])
