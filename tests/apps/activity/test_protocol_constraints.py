"""What the database refuses of the protocols; the national protocols; the days that the calendar is told."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.cooperation_facts import applied
from maillage.apps.activity.deadlines.protocols import deadlines
from maillage.apps.activity.inputs import CooperationFields, JoiningFields, ProtocolFields, PublicationFields
from maillage.apps.activity.models import (
    Cooperation,
    CooperationMember,
    Protocol,
    ProtocolOpinion,
    ProtocolUse,
    ProtocolVersion,
    ProtocolWriter,
)
from maillage.apps.activity.protocol_facts import paid, terms_of
from maillage.apps.activity.services.cooperation import join, leave, rejoin, write_cooperation
from maillage.apps.activity.services.protocol_life import publish_protocol
from maillage.apps.activity.services.protocols import create_protocol
from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.core.kernel.problems import BadInput

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
def protocol(people, told):
    fields = ProtocolFields(title="Plaies", theme="Patients obèses", content="Tous")
    made = create_protocol(people.structure, fields, **told)
    publish_protocol(made, PublicationFields(applies_on=cast.TODAY, review_on=SOON, how="En réunion"), **told)
    made.refresh_from_db()
    return made


@pytest.fixture
def cooperation(people, told):
    return write_cooperation(people.structure, "odynophagie", CooperationFields(starts_on=cast.TODAY), **told)


def refuses(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_each_is_held_once(protocol, nurse):
    month = datetime.date(2026, 10, 1)
    for model, fields in (
        (ProtocolWriter, {"member": nurse}),
        (ProtocolOpinion, {"member": nurse, "round": 1}),
        (ProtocolUse, {"month": month}),
    ):
        model.objects.create(protocol=protocol, **fields)
        refuses(lambda model=model, fields=fields: model.objects.create(protocol=protocol, **fields))
    version = ProtocolVersion.objects.get()
    version.pk = None
    refuses(lambda: version.save(force_insert=True))
    refuses(lambda: Protocol.objects.update(title=""))


def test_a_national_protocol_is_held_once_and_its_days_follow(people, cooperation, nurse, told):
    fields = {"structure": people.structure, "code": "odynophagie", "starts_on": cast.TODAY}
    refuses(lambda: Cooperation.objects.create(**fields))
    refuses(lambda: Cooperation.objects.update(ends_on=datetime.date(2000, 1, 1)))
    joined = join(cooperation, JoiningFields(member=nurse.pk, part="delegue", joined_on=cast.TODAY), **told)
    again = {"cooperation": cooperation, "member": nurse, "part": "delegant", "joined_on": cast.TODAY}
    refuses(lambda: CooperationMember.objects.create(**again))
    refuses(lambda: CooperationMember.objects.update(left_on=datetime.date(2000, 1, 1)))
    leave(joined, SOON, **told)
    with pytest.raises(NotNow):
        leave(joined, SOON, **told)
    assert rejoin(joined, **told).left_on is None
    with pytest.raises(NotNow):
        rejoin(joined, **told)
    with pytest.raises(BadInput):
        leave(joined, datetime.date(2000, 1, 1), **told)


def test_who_stops_a_national_protocol_ends_its_memberships(people, cooperation, nurse, told):
    join(cooperation, JoiningFields(member=nurse.pk, part="delegue", joined_on=cast.TODAY), **told)
    days = CooperationFields(starts_on=cast.TODAY, ends_on=SOON)
    write_cooperation(people.structure, "odynophagie", days, **told)
    assert CooperationMember.objects.get().left_on == SOON
    with pytest.raises(NotNow):
        join(cooperation, JoiningFields(member=nurse.pk, part="delegue", joined_on=SOON), **told)


def test_a_member_of_the_team_joins_after_it_began(people, cooperation, nurse, told):
    with pytest.raises(BadInput):
        join(cooperation, JoiningFields(member=people.projet.pk, part="delegue", joined_on=cast.TODAY), **told)
    with pytest.raises(BadInput):
        join(cooperation, JoiningFields(member=nurse.pk, part="delegue", joined_on="2020-01-01"), **told)
    with pytest.raises(NotAllowed):
        write_cooperation(
            people.structure, "pollakiurie", CooperationFields(starts_on=cast.TODAY), by=people.membre, at=cast.NOW
        )


def test_what_the_indicator_asks_is_met_once_declared_with_the_metiers(people, cooperation, told):
    def counted():
        return [each.protocol.code for each in applied(people.structure, cast.TODAY) if each.counts]

    assert counted() == []
    days = CooperationFields(starts_on=cast.TODAY, declared_on=cast.TODAY)
    write_cooperation(people.structure, "odynophagie", days, **told)
    assert counted() == ["odynophagie"]
    people.structure.members.filter(metier="infirmier").update(left_on=cast.TODAY)
    assert counted() == []


def test_the_agreement_counts_the_themes_in_force_and_not_those_of_a_mission(people, protocol, told):
    def count():
        return paid(people.structure.protocols.all(), people.structure, cast.TODAY)

    assert (count().themed, count().total, count().most) == (1, 100, 8)
    Protocol.objects.update(in_mission=True)
    assert (count().themed, count().in_mission) == (0, 1)
    assert terms_of(people.structure, datetime.date(2018, 1, 1)).most is None
    people.structure.kind = "cpts"
    assert count() is None


def test_the_calendar_is_told_what_to_review_and_what_to_write(people, protocol, told):
    create_protocol(people.structure, ProtocolFields(title="Chutes", planned_on=SOON), **told)
    found = list(deadlines(people.structure, since=cast.TODAY, until=SOON))
    assert [each.what for each in found] == ["Revoir le protocole « Plaies »", "Publier le protocole « Chutes »"]
    assert {each.nature for each in found} == {"protocole"}
    assert list(deadlines(people.structure, since=cast.TODAY, until=cast.TODAY)) == []
