"""The bodies of the statutes and the mandates: given, ended, told, put back."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.writing import Changed, NotNow, stamp
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.governance.deadlines import deadlines
from maillage.apps.governance.inputs import BodyFields, CollegeFields, EndFields, MandateFields, RulesFields
from maillage.apps.governance.models import Body, College, Mandate, VotingRules
from maillage.apps.governance.queries import alerts, bodies_of, current, mandates_of
from maillage.apps.governance.services import bodies, mandates
from maillage.core.kernel.problems import BadInput, read

YEAR = datetime.timedelta(days=365)


@pytest.fixture
def mandate(bureau, members, told):
    fields = MandateFields(member=members["porteuse"].pk, function="Présidence", since=cast.TODAY)
    return mandates.give_mandate(bureau, fields, **told)


def test_a_mandate_lasts_what_the_statutes_say(mandate):
    assert mandate.until == datetime.date(2029, 11, 22)


def test_a_mandate_without_a_known_length_has_no_end(assembly_body, members, told):
    fields = MandateFields(member=members["membre"].pk, function="Secrétariat", since=cast.TODAY)
    assert mandates.give_mandate(assembly_body, fields, **told).until is None


def test_each_act_is_told_once(people, mandate, told):
    mandates.end_mandate(mandate, EndFields(ended_on="2027-01-05", ended_why="demission"), **told)
    verbs = Event.objects.filter(scope=str(people.structure.organisation_id), subject_id=str(mandate.pk))
    assert sorted(verbs.values_list("verb", flat=True)) == ["créer", "terminer"]


def test_the_same_function_is_held_once(bureau, mandate, told):
    fields = MandateFields(member=mandate.member_id, function="Présidence", since=cast.TODAY)
    with pytest.raises(NotNow, match="déjà cette fonction"):
        mandates.give_mandate(bureau, fields, **told)


def test_a_mandate_ends_once_and_its_end_is_taken_back(mandate, told):
    end = EndFields(ended_on=cast.TODAY, ended_why="demission")
    mandates.end_mandate(mandate, end, **told)
    with pytest.raises(NotNow, match="déjà terminé"):
        mandates.end_mandate(mandate, end, **told)
    assert mandates.resume_mandate(mandate, **told).ended_on is None
    with pytest.raises(BadInput, match="ne précède pas"):
        mandates.end_mandate(mandate, EndFields(ended_on="2020-01-01", ended_why="terme"), **told)


def test_a_mandate_is_renewed_from_its_term_in_one_act(bureau, members, told):
    fields = MandateFields(member=members["porteuse"].pk, function="Présidence", since="2022-11-01")
    old = mandates.give_mandate(bureau, fields, **told)
    new = mandates.renew_mandate(old, **told)
    old.refresh_from_db()
    assert (old.ended_on, old.ended_why) == (datetime.date(2025, 11, 1), "renouvele")
    assert (new.since, new.until, new.function) == (old.ended_on, datetime.date(2028, 11, 1), "Présidence")
    new.member.left_on = cast.TODAY
    new.member.save()
    with pytest.raises(NotNow, match="quitté l'équipe"):
        mandates.renew_mandate(new, **told)


def test_who_is_not_of_the_team_has_no_mandate(bureau, told):
    fields = MandateFields(member=bureau.pk, function="Présidence", since=cast.TODAY)
    with pytest.raises(BadInput, match="membre de l'équipe"):
        mandates.give_mandate(bureau, fields, **told)


def test_the_college_of_another_body_is_refused(bureau, assembly_body, members, told):
    college = bodies.add_college(assembly_body, CollegeFields(nom="Usagers"), **told)
    fields = MandateFields(member=members["membre"].pk, function="Membre", since=cast.TODAY, college=college.pk)
    with pytest.raises(BadInput, match="collège de cet organe"):
        mandates.give_mandate(bureau, fields, **told)


def test_a_mandate_removed_by_mistake_is_put_back_as_it_was(people, mandate, told):
    before = Mandate.objects.values().get()
    key = bodies.take_out(mandate, **told)
    assert not Mandate.objects.exists()
    bodies.put_back(Mandate, people.structure, key, **told)
    assert Mandate.objects.values().get() == before
    with pytest.raises(NotNow, match="plus rien"):
        bodies.put_back(Mandate, people.structure, key, **told)


def test_a_college_that_serves_is_not_removed(bureau, members, told):
    college = bodies.add_college(bureau, CollegeFields(nom="Soignants", seats="2"), **told)
    fields = MandateFields(member=members["membre"].pk, function="Membre", since=cast.TODAY, college=college.pk)
    mandates.give_mandate(bureau, fields, **told)
    with pytest.raises(NotNow, match="sert déjà"):
        bodies.take_out(college, **told)
    assert College.objects.get().nom == "Soignants"


def test_rules_are_put_back_with_what_is_not_known(people, rules, told):
    before = VotingRules.objects.values().get()
    bodies.put_back(VotingRules, people.structure, bodies.take_out(rules, **told), **told)
    assert VotingRules.objects.values().get() == before


def test_a_body_closes_when_nobody_holds_a_mandate_in_it(bureau, mandate, told):
    with pytest.raises(NotNow, match="terminez-les"):
        bodies.close_body(bureau, on=cast.TODAY, **told)
    mandates.end_mandate(mandate, EndFields(ended_on=cast.TODAY, ended_why="terme"), **told)
    bodies.close_body(bureau, on=cast.TODAY, **told)
    with pytest.raises(NotNow, match="n'existe plus"):
        bodies.change_body(bureau, BodyFields(nom="Bureau", kind="bureau"), **told)
    assert bodies.reopen_body(bureau, **told).closed_on is None


def test_a_body_seen_before_someone_wrote_it_is_not_overwritten(bureau, told):
    seen = stamp(bureau)
    bodies.change_body(bureau, BodyFields(nom="Bureau de l'association", kind="bureau"), seen=seen, **told)
    with pytest.raises(Changed):
        bodies.change_body(bureau, BodyFields(nom="Autre", kind="bureau"), seen=seen, **told)


@pytest.mark.parametrize("part", ["membre", "instructrice", "stranger"])
def test_who_may_not_write_is_refused_and_who_may_not_see_sees_nothing(people, bureau, part):
    person = getattr(people, part)
    with pytest.raises(NotAllowed):
        bodies.add_body(people.structure, BodyFields(nom="CA", kind="conseil"), by=person, at=cast.NOW)
    assert bodies_of(person, people.structure).exists() is (part == "membre")
    assert not mandates_of(person, people.structure).exists()


def test_patient_data_is_stopped(people, told):
    with pytest.raises(BadInput):
        bodies.add_body(people.structure, BodyFields(nom="Mme Durand, née le 12/03/1950", kind="bureau"), **told)
    assert not Body.objects.exists()


def test_alerts_tell_what_ends_who_left_and_the_seats_left(people, bureau, mandate):
    day = datetime.date(2029, 10, 1)
    rows = list(mandates_of(people.porteuse, people.structure))
    found = alerts([bureau], current(rows, day), day)
    assert [(each.nature, each.seats) for each in found] == [("bientot", 0), ("siege", 2)]
    late = alerts([], current(rows, day + YEAR), day + YEAR)
    assert [each.nature for each in late] == ["fini"]
    mandate.member.left_on = cast.TODAY
    mandate.member.save()
    rows = list(mandates_of(people.porteuse, people.structure))
    assert [each.nature for each in alerts([], rows, cast.TODAY)] == ["parti"]


def test_the_end_of_a_mandate_is_a_deadline(people, mandate):
    found = list(deadlines(people.structure, since=cast.TODAY, until=cast.TODAY + 4 * YEAR))
    assert [(each.nature, each.day.year, each.page) for each in found] == [
        ("mandat", 2029, f"gouvernance/organes/{mandate.body_id}/")
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"quorum": "25 %"}, (1, 4)),
        ({"quorum": "aucun"}, (0, 1)),
        ({"quorum": "à confirmer"}, (None, None)),
    ],
)
def test_a_share_is_typed_as_people_say_it(fields, expected):
    columns = RulesFields(nom="Ordinaires", **fields).columns()
    assert (columns["quorum_top"], columns["quorum_bottom"]) == expected


def test_seats_and_length_stay_unknown_until_typed():
    fields = read(BodyFields, {"nom": "CA", "kind": "conseil", "seats": "", "mandate_months": "à confirmer"})
    assert (fields.seats, fields.mandate_months) == (None, None)
    with pytest.raises(BadInput):
        read(BodyFields, {"nom": "CA", "kind": "conseil", "seats": "0"})


@pytest.mark.parametrize(
    "fields", [{"quorum": "3/2"}, {"quorum": "la moitié"}, {"majority": "0"}, {"powers_most": "-1"}]
)
def test_a_wrong_rule_is_said_beside_its_field(fields):
    with pytest.raises(BadInput) as wrong:
        read(RulesFields, {"nom": "Ordinaires", **fields})
    assert [each.field for each in wrong.value.problems] == list(fields)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Body, {"nom": ""}),
        (Body, {"seats": 0}),
        (Body, {"mandate_months": 0}),
        (Mandate, {"function": ""}),
        (Mandate, {"until": datetime.date(2020, 1, 1)}),
        (Mandate, {"ended_on": datetime.date(2027, 1, 1)}),
        (VotingRules, {"nom": ""}),
        (VotingRules, {"quorum_top": 3}),
        (VotingRules, {"second_top": 1}),
        (VotingRules, {"majority_bottom": 0}),
        (College, {"nom": ""}),
        (College, {"seats": 0}),
    ],
)
def test_the_database_refuses_what_cannot_be(bureau, rules, mandate, told, model, change):
    bodies.add_college(bureau, CollegeFields(nom="Soignants"), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_names_are_once_in_a_body(bureau, rules, told):
    bodies.add_college(bureau, CollegeFields(nom="Soignants"), **told)
    with pytest.raises(NotNow, match="existe déjà"):
        bodies.add_college(bureau, CollegeFields(nom="Soignants"), **told)
    with pytest.raises(NotNow, match="existent déjà"):
        bodies.add_rules(rules.body, RulesFields(nom=rules.nom), **told)
